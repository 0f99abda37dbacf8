"""Events, packaged projects, sets of projects and yearly results are entered and changed by the keyboard."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt

from crm_app.domain.events import EventKind
from crm_app.domain.projects import Project
from crm_app.services import enterprises, events, targets
from crm_app.ui.settings.offers import Events, PackagedProjects, Sets, YearlyResults
from tests.ui.enterprises.hands import Hands
from tests.ui.keyboard import CTRL


def test_an_event_is_entered_corrected_and_taken_back(hands: Hands) -> None:
    part = hands.settings("events").part(Events)
    part.list.search.setFocus()
    hands.press(Qt.Key.Key_Insert)
    hands.fill(hands.dialog(), name="专题推介会(示例)", on="2023-6-1", kind="宣传报道", people="80")
    hands.save(hands.dialog())
    (event,) = events.list_events(hands.book)
    assert (event.kind, event.people) == (EventKind.PUBLICITY, 80)
    hands.until(lambda: part.list.model.rowCount() == 1)
    part.list.table.selectRow(0)
    part.list.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.fill(hands.dialog(), sessions="2")
    hands.save(hands.dialog())
    assert events.list_events(hands.book)[0].sessions == 2
    part.list.table.selectRow(0)
    part.list.table.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.until(lambda: events.list_events(hands.book) == [])


def test_packaged_projects_sets_and_results_stand_on_what_the_book_knows(hands: Hands) -> None:
    with hands.book.unit("projects") as unit:
        made = [unit.insert(Project, name=name, total_investment=100_000_000) for name in ("甲项目", "乙项目")]
        unit.commit()
    page = hands.settings("packaged")
    packaged, sets, results = page.part(PackagedProjects), page.part(Sets), page.part(YearlyResults)
    packaged.open_form(None)
    dialog = hands.dialog()
    hands.fill(dialog, name="智能装备产业园(示例)", amount="6亿")
    dialog.form.editors["project_id"].set_record(made[0], "甲项目")  # type: ignore[attr-defined]
    hands.save(dialog)
    ((offered, signed),) = events.list_packaged(hands.book)
    assert (offered.amount, signed and signed.name) == (600_000_000, "甲项目")

    sets.open_form(None)
    dialog = hands.dialog()
    hands.fill(dialog, name="重点项目(示例)")
    dialog.form.editors["projects"].set_typed("甲项目\n没有的项目")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(dialog.form.editors["projects"].message.isVisible)
    dialog.form.editors["projects"].set_typed("乙项目\n甲项目")
    hands.save(dialog)
    (picked,) = events.list_sets(hands.book)
    assert ([one.name for one in picked.projects], picked.total_yuan) == (["乙项目", "甲项目"], 200_000_000)
    sets.open_form(picked)
    dialog = hands.dialog()
    hands.fill(dialog, projects="甲项目")
    hands.save(dialog)
    assert len(events.list_sets(hands.book)[0].projects) == 1

    firm = enterprises.create_enterprise(hands.book, name="渝能电池(示例)").value
    results.open_form(None)
    dialog = hands.dialog()
    dialog.form.editors["enterprise_id"].set_record(firm, "渝能电池(示例)")  # type: ignore[attr-defined]
    hands.fill(dialog, year="2022", output="5亿", land="40")
    hands.save(dialog)
    ((annual, enterprise),) = targets.list_annuals(hands.book)
    assert (annual.output, annual.land, enterprise.id) == (500_000_000, Decimal(40), firm)
