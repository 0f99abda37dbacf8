"""The list: found by what one remembers, opened by Enter, left as it was when one comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from crm_app.domain.listed import shipped
from crm_app.i18n import _
from crm_app.services import enterprises, trips, visits
from crm_app.ui.enterprises.page import EnterprisesPage
from crm_app.ui.records.deleting import DeleteDialog
from crm_app.ui.trips.new_trip import TripDialog
from crm_app.ui.trips.plan_with import PlanWithDialog, open_plan_with
from tests.ui.enterprises.conftest import NAMES
from tests.ui.enterprises.hands import Hands
from tests.ui.keyboard import CTRL

D = TypeVar("D", bound=QDialog)


def _names(page: EnterprisesPage) -> list[str]:
    return [row.values["name"] for row in page.list.model.rows()]


def test_twenty_rows_are_seen_on_a_small_laptop_screen(hands: Hands) -> None:
    for number in range(40):
        enterprises.create_enterprise(hands.book, name=f"示例{number:02}有限公司")
    table = hands.enterprises().list.table
    hands.until(lambda: table.model().rowCount() == 40 + len(NAMES))
    assert table.rowAt(table.viewport().height() - 1) - table.rowAt(0) >= 20


def test_initials_and_enter_open_the_only_enterprise_that_fits(hands: Hands) -> None:
    page = hands.enterprises()
    hands.write(page.list.search, "jcdj")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: page.view.title.text() == NAMES[1])
    hands.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    hands.until(lambda: page.list.isVisible())
    assert page.list.search.text() == "jcdj"


def test_the_arrow_keys_walk_from_the_field_into_the_rows(hands: Hands) -> None:
    page = hands.enterprises()
    page.list.search.setFocus()
    hands.press(Qt.Key.Key_Down)
    assert hands.focus() is page.list.table
    first = page.list.current()
    hands.press(Qt.Key.Key_Down)
    second = page.list.current()
    assert first is not None
    assert second is not None
    assert [first.values["name"], second.values["name"]] == _names(page)[:2]
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: page.view.title.text() == second.values["name"])


def test_nothing_found_says_so_and_the_whole_list_comes_back(hands: Hands) -> None:
    page = hands.enterprises()
    hands.write(page.list.search, "zzzz")
    hands.until(lambda: not _names(page))
    assert not page.list.table.isVisible()
    page.list.search.clear()
    hands.until(lambda: len(_names(page)) == len(NAMES))


def test_a_click_on_a_head_sorts_in_the_book(hands: Hands) -> None:
    page = hands.enterprises()
    before = _names(page)
    head = page.list.table.horizontalHeader()
    hands.qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=head.viewport().rect().topLeft())
    hands.until(lambda: _names(page) == before[::-1])


def test_delete_takes_the_row_away_and_undo_brings_it_back(hands: Hands) -> None:
    page = hands.enterprises()
    hands.click_row(page.list.table, 0)
    hands.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    hands.until(lambda: isinstance(hands.focus().window(), DeleteDialog))
    hands.press(Qt.Key.Key_Return)
    hands.come_back()
    hands.until(lambda: len(_names(page)) == len(NAMES) - 1)
    hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hands.until(lambda: len(_names(page)) == len(NAMES))


def test_a_new_enterprise_needs_a_name_alone_and_shows_likely_duplicates(hands: Hands) -> None:
    page = hands.enterprises()
    page.list.table.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.fill(dialog, name="渝能电池（示例）有限公司")
    hands.until(lambda: NAMES[0] in dialog.note.text())
    hands.fill(dialog, name="长寿食品(示例)有限公司")
    hands.until(lambda: not dialog.note.isVisible())
    hands.save(dialog)
    hands.until(lambda: page.view.title.text() == "长寿食品(示例)有限公司")
    assert len(enterprises.all_enterprises(hands.book)) == len(NAMES) + 1


def test_without_a_name_nothing_is_saved_and_the_field_says_why(hands: Hands) -> None:
    hands.enterprises().list.table.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.form.editors["name"].message.isVisible()
    assert len(enterprises.all_enterprises(hands.book)) == len(NAMES)
    dialog.close()


def _dialog(hands: Hands, kind: type[D]) -> D:
    def shown() -> list[D]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    hands.until(lambda: shown() and QApplication.focusWidget() and shown()[0].isAncestorOf(hands.focus()))
    return shown()[0]


def test_what_the_list_is_narrowed_to_goes_on_a_trip(hands: Hands) -> None:
    page = hands.enterprises()
    hands.write(page.list.search, "示例")
    hands.until(lambda: page.list.model.complete and len(_names(page)) == len(NAMES))
    page.list.table.setFocus()
    hands.press(Qt.Key.Key_T, CTRL | Qt.KeyboardModifier.ShiftModifier)
    asked = _dialog(hands, PlanWithDialog)
    assert asked.list.viewport().height() < 3 * asked.list.sizeHintForRow(0), "no taller than what it lists"
    hands.press(Qt.Key.Key_Return)  # a new trip stands first
    dialog = _dialog(hands, TripDialog)
    hands.write(dialog.start_on, "6月19日")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: trips.latest_trips(hands.book, 1))
    hands.come_back()
    (made,) = trips.latest_trips(hands.book, 2)
    assert {row.enterprise.name for row in trips.trip_page(hands.book, made.id).plans} == set(NAMES)
    # Another one joins it.
    fresh = enterprises.create_enterprise(hands.book, name="后来的示例企业").value
    open_plan_with(hands.session, hands.window, [fresh])
    again = _dialog(hands, PlanWithDialog)
    hands.press(Qt.Key.Key_Down)
    assert made.title in again.list.currentItem().text()
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: len(trips.trip_page(hands.book, made.id).plans) == len(NAMES) + 1)
    hands.come_back()


def test_a_trip_is_made_of_the_supply_chain_of_a_province_that_nobody_visited(hands: Hands) -> None:
    """“Supply chain, Guangdong, never visited”: a view that comes with the list, and two fields under its heads."""
    told = {"chain_position": "供应链配套", "region": "广东省深圳市"}
    wanted = enterprises.create_enterprise(hands.book, name="深圳甲配套(示例)", **told).value
    visited = enterprises.create_enterprise(hands.book, name="深圳乙配套(示例)", **told).value
    enterprises.create_enterprise(hands.book, name="杭州丙配套(示例)", **told | {"region": "浙江省杭州市"})
    enterprises.create_enterprise(hands.book, name="深圳丁整机(示例)", **told | {"chain_position": "整机"})
    visits.write_visit(hands.book, visits.WriteVisit(enterprise_id=visited, on=date(2023, 5, 18), talk="参观"))
    page = hands.enterprises()
    view = shipped("enterprises", "never_visited")
    assert view is not None
    page.list.show_query(replace(view, columns=("name", "region", "chain_position")), "never_visited")
    hands.until(lambda: page.list.model.complete)
    for name, typed in (("region", "广东"), ("chain_position", "供应链")):
        hands.write(page.list.heads.fields[name], typed)
    hands.until(lambda: page.list.model.complete and _names(page) == ["深圳甲配套(示例)"])
    hands.click(hands.named(page, _("Plan a trip")))
    _dialog(hands, PlanWithDialog)
    hands.press(Qt.Key.Key_Return)
    dialog = _dialog(hands, TripDialog)
    assert dialog.regions.text() == "深圳"
    hands.write(dialog.start_on, "下周一到下周三")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: trips.latest_trips(hands.book, 1))
    hands.come_back()
    (made,) = trips.latest_trips(hands.book, 1)
    assert [row.enterprise.id for row in trips.trip_page(hands.book, made.id).plans] == [wanted]
