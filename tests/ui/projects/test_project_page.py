"""The page of a project and the leads: parts added by keyboard, counted otherwise with a reason, judged."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from crm_app.domain.amounts import Currency
from crm_app.domain.kinds import Amount
from crm_app.domain.leads import Triage
from crm_app.domain.projects import Agreement, Project
from crm_app.domain.stages import Stage
from crm_app.services import dictionaries, enterprises, leads, projects
from crm_app.ui.projects.cards import LinkLabel
from crm_app.ui.projects.investors import InvestorsDialog
from crm_app.ui.projects.signing import SigningDialog
from tests.projects import new_project
from tests.ui.keyboard import CTRL
from tests.ui.kit import enter
from tests.ui.projects.conftest import TODAY, Hands, a_lead

YI = 100_000_000


@pytest.fixture
def parties(hands: Hands) -> list[UUID]:
    return [enterprises.create_enterprise(hands.book, name=name).value for name in ("渝能电池(示例)", "江驰电机(示例)")]


@pytest.fixture
def project(hands: Hands, parties: list[UUID]) -> UUID:
    return new_project(hands.book, "电池基地(示例)", parties[:1], on=TODAY).value


def open_by_key(hands: Hands, wanted: QWidget) -> None:
    hands.tab_to(wanted)
    hands.press(Qt.Key.Key_Space)


def test_milestones_funds_needs_and_the_park_are_added_from_their_cards(hands: Hands, project: UUID) -> None:
    view = hands.go(project).project
    for card, typed in (
        (view.milestones, {"kind": "注册", "evidence": "营业执照"}),
        (view.funds, {"amount": "2亿", "kind": "注册资本"}),
        (view.needs, {"kind": "用地", "text": "二期 200 亩", "due": "下周三"}),
        (view.place, {"park": "科学城江津片区"}),
    ):
        open_by_key(hands, card.add_button)
        dialog = hands.dialog()
        hands.fill(dialog, **typed)
        hands.save(dialog)
    page = projects.project_page(hands.book, project)
    assert [one.kind for one in page.milestones] == ["注册"]
    assert [one.amount for one in page.funds] == [Amount(2 * YI)]
    assert [(one.kind, one.due is not None) for one in page.needs] == [("用地", True)]
    assert page.park_today == "双福科技创新城"


def test_what_is_to_come_is_seen_and_a_milestone_is_reached_with_a_click(hands: Hands, project: UUID) -> None:
    projects.change_project(hands.book, project, total_investment=10 * YI)
    projects.add_fund(hands.book, project, on=TODAY, amount=Amount(2 * YI))
    view = hands.go(project).project
    assert view.milestones.count.text() == "0/6"
    assert view.funds.count.text() == "2亿元 · 占总投资20%"
    assert view.funds.bar.value() == 20
    asked = [one.text() for one in view.facts.findChildren(QLabel) if "研判评审" in one.text()]
    assert "产业集群" in asked[0]
    assert "总投资" not in asked[0]
    (entry, *_more) = dictionaries.entries(hands.book, "park")
    dictionaries.change_entry(hands.book, entry.id, per_mu=Decimal(300))
    projects.set_park(hands.book, project, entry.name)
    projects.change_project(hands.book, project, fixed_investment=5 * YI, land=Decimal(200))
    view.reload()
    hands.until(lambda: "低于平台要求的300" in [one.text() for one in view.place.findChildren(QLabel)])
    hands.settle()
    links = view.milestones.findChildren(LinkLabel)
    link = next(one for one in links if "环评" in one.accessibleName() and one.isVisible())
    hands.tab_to(link)
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    hands.fill(dialog, evidence="批复")
    hands.save(dialog)
    assert [one.kind for one in projects.project_page(hands.book, project).milestones] == ["环评"]
    hands.until(lambda: view.milestones.count.text() == "1/6")


def test_a_next_step_is_set_and_ticked_off(hands: Hands, project: UUID) -> None:
    view = hands.go(project).project
    open_by_key(hands, view.step_button)
    dialog = hands.dialog()
    enter(hands.focus(), "下周三 踏勘地块")
    hands.press(Qt.Key.Key_Return)
    hands.closed(dialog)
    (step,) = projects.project_page(hands.book, project).tasks
    assert step.what == "踏勘地块"
    done = next(one for one in view.steps.findChildren(QAbstractButton) if one.text() == "完成")
    open_by_key(hands, done)
    hands.until(lambda: not projects.project_page(hands.book, project).tasks)


def test_facts_are_changed_and_only_what_was_typed(hands: Hands, project: UUID) -> None:
    view = hands.go(project).project
    hands.press(Qt.Key.Key_F2)
    dialog = hands.dialog()
    hands.fill(dialog, total_investment="12亿")
    hands.save(dialog)
    page = projects.project_page(hands.book, project)
    assert (page.project.total_investment, page.project.name) == (12 * YI, "电池基地(示例)")
    hands.until(lambda: "12亿元" in view.line.text())


def test_whatever_is_known_of_a_project_stands_among_its_facts(
    hands: Hands, project: UUID, parties: list[UUID]
) -> None:
    contact = enterprises.add_contact(hands.book, parties[0], name="张小示").value
    view = hands.go(project).project
    projects.change_project(hands.book, project, other_channels=("商会",), in_bulletin=True, contact_id=contact)
    view.reload()
    titles = {Project.field(name).title for name in ("other_channels", "in_bulletin", "contact_id")}
    told = {"商会", "张小示"} | titles
    hands.until(lambda: told <= {one.text() for one in view.facts.findChildren(QLabel)})


def test_shares_that_do_not_sum_are_said_in_the_dialog(hands: Hands, project: UUID, parties: list[UUID]) -> None:
    view = hands.go(project).project
    open_by_key(hands, view.investors.add_button)
    dialog = hands.dialog()
    assert isinstance(dialog, InvestorsDialog)
    add = next(one for one in dialog.findChildren(QAbstractButton) if one.text() == "添加投资方")
    open_by_key(hands, add)
    enter(hands.focus(), "江驰电机")
    hands.until(lambda: getattr(hands.focus(), "offers", ()))
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Tab)
    enter(hands.focus(), "40")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: "140" in dialog.error.text())
    first = dialog.rows.findChildren(QLineEdit)[1]
    first.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    enter(first, "60")
    hands.save(dialog)
    held = {one.enterprise.id: one.investor.share for one in projects.project_page(hands.book, project).investors}
    assert held == {parties[0]: Decimal(60), parties[1]: Decimal(40)}


def test_dollars_ask_for_their_rate(hands: Hands, project: UUID) -> None:
    hands.go(project).project.sign()
    dialog = hands.dialog()
    assert isinstance(dialog, SigningDialog)
    assert dialog.form is not None
    dialog.kinds.buttons()[list(Agreement).index(Agreement.FRAMEWORK)].click()
    hands.settle()
    rate = dialog.form.editors["rate"]
    assert not rate.isVisible()
    hands.fill(dialog, amount="1.2亿美元")
    assert rate.isVisible()
    hands.fill(dialog, rate="7.1", rate_on="6月14日")
    hands.save(dialog)
    (signing,) = projects.project_page(hands.book, project).signings
    assert signing.amount == Amount(12_000_000_000, Currency.USD)
    assert (signing.kind, signing.rate, signing.rate_on) == (Agreement.FRAMEWORK, Decimal("7.1"), TODAY)


def test_a_signing_is_counted_otherwise_with_a_reason(hands: Hands, project: UUID) -> None:
    signed = projects.sign(
        hands.book,
        project,
        kind=Agreement.FORMAL,
        signed_on=TODAY,
        amount=Amount(3 * YI),
        reason="先签约，其余待补",
    ).value
    view = hands.go(project).project
    switch = next(one for one in view.signings.findChildren(QAbstractButton) if one.accessibleName() == "改计…")
    open_by_key(hands, switch)
    dialog = hands.dialog()
    hands.fill(dialog, counted_projects="0", counted_yuan="0元")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert dialog.form is not None
    assert "请填写" in dialog.form.editors["count_reason"].message.text()
    hands.fill(dialog, count_reason="与区属平台重复")
    hands.save(dialog)
    (signing,) = projects.project_page(hands.book, project).signings
    assert signing.id == signed.id
    assert (signing.counted_projects, signing.counted_yuan, signing.count_reason) == (0, 0, "与区属平台重复")


def test_the_project_sheet_is_asked_of_the_papers(hands: Hands, project: UUID) -> None:
    view = hands.go(project).project
    wanted: list[object] = []
    hands.session.wanted.connect(wanted.append)
    open_by_key(hands, view.print_button)
    (location,) = wanted
    assert (location.place, location.record, location.view) == ("papers", project, "project")  # type: ignore[attr-defined]


def test_a_lead_found_by_search_stands_in_the_list(hands: Hands) -> None:
    first = a_lead(hands.book)
    leads.triage(hands.book, first, Triage.NO, "不合产业方向")
    page = hands.go(first)
    hands.until(lambda: page.leads.list.current() is not None)
    hands.settle()
    row = page.leads.list.current()
    assert row is not None
    assert row.id == first
    assert page.leads.isVisible()


def test_a_lead_is_turned_down_with_a_reason(hands: Hands) -> None:
    lead = a_lead(hands.book)
    page = hands.go(view="leads")
    no = next(one for one in page.leads.card.findChildren(QAbstractButton) if one.text() == "不跟进")
    open_by_key(hands, no)
    dialog = hands.dialog()
    hands.fill(dialog, triage_reason="不合产业方向")
    hands.save(dialog)
    assert leads.lead_row(hands.book, lead).lead.triage is Triage.NO
    hands.until(lambda: page.leads.list.model.rowCount() == 0)


def test_an_id_of_nothing_is_told_and_shows_the_list(hands: Hands) -> None:
    page = hands.go(uuid4())
    hands.until(lambda: hands.told)
    hands.settle()
    assert page.tabs.isVisible()


def test_everything_one_can_reach_has_a_name(hands: Hands, project: UUID) -> None:
    projects.move_stage(hands.book, project, Stage.ON_HOLD, answers={"stage_entry.reason": "等"})
    a_lead(hands.book)
    page = hands.go(project)
    hands.go(view="board")
    hands.go(view="leads")
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, LinkLabel)
    reachable = [
        one
        for kind in kinds
        for one in page.findChildren(kind)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.objectName().startswith("qt_")
    ]
    nameless = [
        one
        for one in reachable
        if not (one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else ""))
    ]
    assert nameless == []
