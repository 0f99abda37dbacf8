"""A lead becomes a signed project by keyboard alone, and the book says so."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Origin
from crm_app.domain.stages import Stage
from crm_app.services import leads, projects
from crm_app.ui.projects.make_project import MakeProjectDialog
from crm_app.ui.projects.moving import StageDialog
from crm_app.ui.projects.signing import SigningDialog
from tests.projects import new_project
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.kit import enter
from tests.ui.projects.conftest import TODAY, Hands, a_lead

YI = 100_000_000
REVIEW = {
    "content": "动力电池壳体及模组",
    "cluster": "智能网联新能源汽车",
    "industry": "汽车零部件",
    "output": "5亿",
    "tax": "2000万",
    "jobs": "300",
}


def test_a_lead_becomes_a_signed_project_without_the_mouse(hands: Hands) -> None:
    a_lead(hands.book)
    hands.qtbot.keyClick(hands.window, Qt.Key.Key_3, CTRL)
    hands.settle()
    hands.press(Qt.Key.Key_Space)  # the empty board offers the leads
    hands.until(lambda: hands.page.leads.list.table.hasFocus() and hands.page.leads.list.current())

    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    assert isinstance(dialog, MakeProjectDialog)
    hands.save(dialog)
    (row,) = leads.list_leads(hands.book, open_only=False)
    project = row.project_id
    assert project is not None
    made = projects.project_page(hands.book, project)
    assert made.project.name == "渝能电池(示例)动力电池壳体项目"
    assert (made.project.channel, made.project.total_investment) == ("以商招商", 10 * YI)
    assert [one.enterprise.name for one in made.investors] == ["渝能电池(示例)有限公司"]
    assert [task.what for task in made.tasks] == ["回访"]
    hands.until(lambda: hands.page.project.page is not None)
    assert hands.page.project.title.text() == made.project.name

    hands.go(view="board")
    hands.press(Qt.Key.Key_Right, CTRL | SHIFT)
    dialog = hands.dialog()
    assert isinstance(dialog, StageDialog)
    hands.fill(dialog, **REVIEW)
    hands.save(dialog)
    reviewed = projects.project_page(hands.book, project)
    assert reviewed.stage is Stage.REVIEW
    assert (reviewed.project.output, reviewed.project.jobs) == (5 * YI, 300)

    hands.press(Qt.Key.Key_Right, CTRL | SHIFT)  # nothing is asked: the card moves at once
    hands.until(lambda: hands.stage(project) is Stage.MOU)
    hands.settle()
    column = hands.page.board.columns[Stage.MOU].list
    assert column.hasFocus()
    assert column.current() is not None

    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: hands.page.project.isVisible() and hands.page.project.page is not None)
    hands.settle()
    hands.tab_to(hands.page.project.sign_button)
    hands.press(Qt.Key.Key_Space)
    dialog = hands.dialog()
    assert isinstance(dialog, SigningDialog)
    hands.fill(
        dialog, signed_on="6月12日", origin="外引", project_type="新设", fixed_investment="6亿", park="双福科技创新城"
    )
    assert "计1个项目、10亿元" in dialog.counts.text()
    hands.press(Qt.Key.Key_Return, CTRL)
    assert dialog.form is not None
    day = dialog.form.editors["signed_on"]
    hands.until(lambda: day.message.text().startswith("日期早于上一条进展记录"))
    assert day.isAncestorOf(hands.focus())
    hands.press(Qt.Key.Key_A, CTRL)
    enter(hands.focus(), "今天")
    hands.save(dialog)
    signed = projects.project_page(hands.book, project)
    (contract,) = signed.signings
    assert (contract.kind, contract.amount) == (Agreement.FORMAL, Amount(10 * YI))
    assert contract.signed_on.first == TODAY
    assert signed.stage is Stage.SIGNED
    assert signed.park_at_signing == "双福科技创新城"
    assert (signed.project.origin, signed.project.channel) == (Origin.ATTRACTED, "以商招商")
    assert signed.investors[0].investor.share == Decimal(100)
    assert not hands.told


def test_undo_takes_the_card_back(hands: Hands) -> None:
    project = new_project(hands.book, "渝能电池(示例)", on=TODAY, **_reviewed()).value
    hands.go(view="board")
    hands.press(Qt.Key.Key_Right, CTRL | SHIFT)
    hands.until(lambda: hands.stage(project) is Stage.REVIEW)
    hands.settle()
    assert hands.page.board.columns[Stage.REVIEW].list.hasFocus()
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.until(lambda: hands.stage(project) is Stage.NEGOTIATING)
    hands.settle()
    column = hands.page.board.columns[Stage.NEGOTIATING].list
    assert [card.project.id for card in column.cards.cards] == [project]
    hands.press(Qt.Key.Key_Y, CTRL)
    hands.until(lambda: hands.stage(project) is Stage.REVIEW)


def _reviewed() -> dict[str, Any]:
    return {
        "content": "壳体",
        "cluster": "智能网联新能源汽车",
        "industry": "汽车零部件",
        "output": 5 * YI,
        "tax": YI,
        "jobs": 30,
    }
