"""The lists of the place by keyboard: trips, visits, follow-ups and next steps."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from crm_app import clock
from crm_app.domain.listed import TASKS, TRIPS
from crm_app.domain.tasks import Task
from crm_app.services import enterprises, follow_ups, receptions, tasks, trips, visits
from crm_app.services.book import Book
from crm_app.services.receptions import Receive
from crm_app.ui.enterprises.asking import WhichEnterprise
from crm_app.ui.enterprises.next_step import NextStepDialog
from crm_app.ui.imports.export import open_export
from crm_app.ui.records.deleting import DeleteDialog
from crm_app.ui.session import Location
from crm_app.ui.today.postpone import PostponeDialog
from crm_app.ui.trips.copying import CopyDialog
from crm_app.ui.trips.listing import Listing
from crm_app.ui.where import show_row
from crm_app.ui.widgets.list_cells import cell_of
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.trips.hands import MONDAY, NAMES, TODAY, Hands, a_trip

ENTER = Qt.Key.Key_Return


def _known(book: Book) -> list[UUID]:
    return [enterprises.suggest(book, name)[0].enterprise.id for name in NAMES]


@pytest.fixture
def filled(book: Book) -> UUID:
    """A trip with two visits of it, two follow-ups, and three steps of which one is done; returns the trip."""
    trip = a_trip(book, planned=2)
    battery, motors, laser = _known(book)
    visits.write_visit(book, visits.WriteVisit(enterprise_id=battery, on=MONDAY, trip_id=trip, talk="看模组产线"))
    visits.write_visit(book, visits.WriteVisit(enterprise_id=motors, on=TODAY, trip_id=trip))
    for number, one in enumerate((battery, laser)):
        follow_ups.log_follow_up(book, content="约定拜访", mode="电话", on=date(2023, 6, 1 + number), enterprise_id=one)
    for one, typed in ((motors, "下周三 回访"), (laser, "7月20日 寄送政策汇编")):
        tasks.add_task(book, typed, enterprise_id=one)
    clock.pin_today(date(2023, 6, 7))
    tasks.add_task(book, "明天 报送载体清单", enterprise_id=battery)
    tasks.finish_task(book, tasks.add_task(book, "明天 约见", enterprise_id=laser).value)
    clock.pin_today(TODAY)
    return trip


def _shown(hands: Hands, name: str, rows: int) -> Listing:
    hands.session.go("trips", view=name)
    listed: Listing = hands.page.lists.top
    hands.until(lambda: listed.model.complete and listed.model.rowCount() == rows)
    listed.table.setFocus()
    hands.until(lambda: listed.table.currentIndex().isValid())
    return listed


def _column(listed: Listing, name: str) -> list[object]:
    return [row.values[name] for row in listed.model.rows()]


def test_the_lists_are_walked_by_keys_and_the_last_one_is_there_again(hands: Hands, filled: UUID) -> None:
    hands.go()
    lists = hands.page.lists
    seen = [lists.top.model.wanted.name]
    for _step in range(4):
        hands.press(Qt.Key.Key_PageDown, CTRL)
        seen.append(lists.top.model.wanted.name)
    assert seen == ["trips", "visits", "receptions", "follow_ups", "tasks"]
    hands.press(Qt.Key.Key_PageDown, CTRL)
    assert lists.shown is lists.calendar
    hands.press(Qt.Key.Key_PageDown, CTRL)
    assert lists.shown is lists.lists["trips"]
    for _step in range(2):
        hands.press(Qt.Key.Key_PageUp, CTRL)
    hands.until(lambda: lists.top.told == "3项下一步")
    assert hands.session.settings.last("trips_view") == "tasks"
    hands.session.go("today")
    QTest.keyClick(hands.window, Qt.Key.Key_4, CTRL)
    assert hands.page.lists.top.model.wanted.name == "tasks"
    assert hands.page.lists.tabs.tabs["tasks"].isChecked()


def test_a_visit_is_shown_come_back_from_exported_and_deleted(hands: Hands, filled: UUID) -> None:
    listed = _shown(hands, "visits", 2)
    assert _column(listed, "enterprise") == [NAMES[1], NAMES[0]]
    hands.press(Qt.Key.Key_Down)
    hands.press(ENTER)
    hands.until(lambda: hands.page.visit.title.text() == NAMES[0])
    hands.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    hands.until(listed.isVisible)
    row = listed.current()
    assert row is not None
    assert row.values["enterprise"] == NAMES[0]
    assert listed.table.hasFocus()
    dialog = open_export(hands.session, hands.window, "trips")
    assert dialog.kind.currentData() == "visits"
    dialog.reject()
    hands.closed()
    listed.table.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.dialog(DeleteDialog)
    hands.press(ENTER)
    hands.closed()
    hands.until(lambda: _column(listed, "enterprise") == [NAMES[1]])
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.until(lambda: _column(listed, "enterprise") == [NAMES[1], NAMES[0]])


@pytest.mark.parametrize(("kind", "words"), [("trips", "全部外出"), ("visits", "全部拜访"), ("receptions", "全部接待")])
def test_a_page_has_a_way_back_to_the_list_of_its_kind(hands: Hands, filled: UUID, kind: str, words: str) -> None:
    if kind == "receptions":
        receptions.receive(hands.book, Receive(guests="某集团", on=TODAY))
    listed = _shown(hands, kind, 2 if kind == "visits" else 1)
    hands.press(ENTER)
    hands.until(lambda: not listed.isVisible())

    def ways() -> list[QPushButton]:
        return [one for one in hands.page.findChildren(QPushButton) if one.isVisible() and one.text() == words]

    hands.until(ways)
    QTest.mouseClick(ways()[0], Qt.MouseButton.LeftButton)
    hands.until(listed.isVisible)


def test_visits_are_found_by_the_initials_of_their_enterprise(hands: Hands, filled: UUID) -> None:
    listed = _shown(hands, "visits", 2)
    hands.write("yndc")
    assert listed.search.hasFocus()
    hands.press(ENTER)
    # A single one that was found is opened.
    hands.until(lambda: hands.page.visit.isVisible() and hands.page.visit.title.text() == NAMES[0])


def test_a_follow_up_leads_to_its_enterprise(hands: Hands, filled: UUID) -> None:
    wanted: list[Location] = []
    _shown(hands, "follow_ups", 2)
    hands.session.wanted.connect(wanted.append)
    hands.press(ENTER)
    hands.until(lambda: wanted)
    assert wanted == [Location("enterprises", _known(hands.book)[2])]


def test_a_step_is_ticked_off_moved_and_brought_back(hands: Hands, filled: UUID) -> None:
    listed = _shown(hands, "tasks", 3)
    assert _column(listed, "what") == ["报送载体清单", "回访", "寄送政策汇编"]
    listed.table.selectRow(1)
    hands.press(Qt.Key.Key_Space)
    hands.until(lambda: _column(listed, "what") == ["报送载体清单", "寄送政策汇编"])
    # The cursor stays on its line.
    hands.until(lambda: listed.table.currentIndex().row() == 1)
    hands.press(Qt.Key.Key_Up, SHIFT)
    hands.press(Qt.Key.Key_Space)
    hands.until(lambda: listed.model.complete and listed.model.rowCount() == 0)
    for left in (2, 3):
        hands.press(Qt.Key.Key_Z, CTRL)
        hands.until(lambda left=left: listed.model.complete and listed.model.rowCount() == left)
    listed.table.selectRow(1)
    hands.press(Qt.Key.Key_D, CTRL)
    hands.dialog(PostponeDialog)
    hands.write("7月31日")
    hands.press(ENTER)
    hands.closed()
    hands.until(lambda: _column(listed, "what") == ["报送载体清单", "寄送政策汇编", "回访"])


def test_a_step_that_is_found_is_shown_in_the_list_whatever_narrowed_it(hands: Hands, filled: UUID) -> None:
    listed = _shown(hands, "tasks", 3)
    hands.write("yndc")
    hands.until(lambda: listed.model.complete and listed.model.rowCount() == 1)
    with hands.book.read() as reader:
        (done,) = (one.id for one in reader.find(Task) if one.done_on)
    show_row(hands.session, done)
    hands.until(lambda: (row := listed.current()) is not None and row.id == done)
    assert listed.model.rowCount() == 4
    assert listed.isVisible()


def test_a_new_step_asks_whom_it_is_about(hands: Hands, filled: UUID) -> None:
    listed = _shown(hands, "tasks", 3)
    hands.press(Qt.Key.Key_Insert)
    asked = hands.dialog(WhichEnterprise)
    hands.write("hzjg")
    hands.until(lambda: asked.field.offers)
    hands.press(ENTER)
    hands.dialog(NextStepDialog)
    hands.write("后天 电话确认")
    hands.press(ENTER)
    hands.closed()
    hands.until(lambda: "电话确认" in _column(listed, "what"))


def test_a_view_that_comes_with_a_list_is_led_to(hands: Hands, filled: UUID) -> None:
    listed = _shown(hands, "tasks:overdue", 1)
    assert _column(listed, "what") == ["报送载体清单"]
    assert _column(_shown(hands, "visits:not_written", 1), "enterprise") == [NAMES[1]]
    assert _column(_shown(hands, "trips:ahead", 1), "title") == ["赴深圳招商"]


def test_a_trip_is_copied_printed_and_packed_from_its_row(hands: Hands, filled: UUID) -> None:
    listed = _shown(hands, "trips", 1)
    offered = [one.objectName() for one in listed.table.actions()]
    assert {"open", "copy_trip", "print_row", "pack_trip", "edit_rows", "copy_rows", "delete"} <= set(offered)
    wanted: list[Location] = []
    hands.session.wanted.connect(wanted.append)
    hands.press(Qt.Key.Key_P, CTRL)
    assert wanted == [Location("papers", filled, "trip")]
    _shown(hands, "trips", 1)
    hands.press(Qt.Key.Key_C, CTRL | SHIFT)
    hands.dialog(CopyDialog)
    hands.write("下周一")
    hands.press(ENTER)
    hands.closed()
    hands.until(lambda: listed.model.rowCount() == 2)
    assert len(trips.list_trips(hands.book)) == 2


def test_an_empty_list_teaches_the_first_step(hands: Hands) -> None:
    for name in ("trips", "visits", "follow_ups", "tasks"):
        hands.session.go("trips", view=name)
        listed = hands.page.lists.top
        hands.until(listed._empty.isVisible)
        hands.until(lambda: hands.page.lists.top._empty.isAncestorOf(hands.focus()))


def test_what_is_done_is_not_overdue() -> None:
    clock.pin_today(TODAY)
    due, report, day = TASKS.column("due"), TRIPS.column("report_due"), date(2023, 6, 1)
    assert cell_of(due, {"due": day, "done_on": None}, False).tone == "overdue"
    assert cell_of(due, {"due": day, "done_on": day}, False).tone == "muted"
    assert cell_of(report, {"report_due": day, "reported": False}, False).tone == "overdue"
    assert cell_of(report, {"report_due": day, "reported": True}, False).tone == "muted"


def test_a_departure_says_how_far_off_it_is_whether_ahead_or_behind(hands: Hands) -> None:
    departure = next(column for column in TRIPS.columns if column.name == "start_on")
    hints = [cell_of(departure, {"start_on": TODAY + timedelta(days=n)}, first=False).hint for n in (-2, 0, 1, 6, 400)]
    assert hints == ["2天前", "今天", "明天", "6天后", ""]
