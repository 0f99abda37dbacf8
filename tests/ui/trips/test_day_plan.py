"""The day plan: stops moved by keyboard and by mouse, times that shift or are asked about, an order by region."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from crm_app.domain.trips import PlanState
from crm_app.services import enterprises, trips
from crm_app.services.book import Book
from crm_app.ui.trips.itinerary import Itinerary
from crm_app.ui.trips.plan_asking import AskAgain, RouteDialog
from crm_app.ui.trips.plan_days import DayHead
from crm_app.ui.trips.plan_row import PlanRow
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.trips.hands import MONDAY, NAMES, TODAY, Hands, a_trip

ALT = Qt.KeyboardModifier.AltModifier
BATTERY, MOTORS, LASER = NAMES
THURSDAY = TODAY + timedelta(days=1)


@pytest.fixture
def trip(book: Book) -> UUID:
    """The battery works and the motors on Thursday, agreed with the latter; the laser nowhere yet."""
    made = a_trip(book, planned=3)
    for row in trips.trip_page(book, made).plans[:2]:
        time = "09:30" if row.enterprise.name == BATTERY else "14:30"
        state = PlanState.TO_ASK if row.enterprise.name == BATTERY else PlanState.AGREED
        trips.change_plan(book, row.plan.id, on=THURSDAY, time=time, state=state)
    return made


def _placed(hands: Hands) -> dict[str, tuple[date | None, str | None]]:
    return {row.enterprise.name: (row.plan.on, row.plan.time) for row in hands.only_trip().plans}


def _row(plan: Itinerary, name: str) -> PlanRow:
    return next(row for row in plan.rows() if row.planned.enterprise.name == name)


def _heads(plan: Itinerary) -> list[DayHead]:
    return [part for part in plan.parts() if isinstance(part, DayHead)]


def _opened(hands: Hands, trip: UUID) -> Itinerary:
    hands.go(trip, "itinerary")
    plan = hands.trip.itinerary
    hands.until(plan.rows)
    return plan


def test_stops_are_moved_by_keys_and_one_undo_takes_each_back(hands: Hands, trip: UUID) -> None:
    plan = _opened(hands, trip)
    assert [head.on for head in _heads(plan)] == [None, *(MONDAY + timedelta(days=n) for n in range(5))]
    _row(plan, LASER).time.setFocus()
    hands.press(Qt.Key.Key_PageDown, ALT)
    hands.until(lambda: _placed(hands)[LASER] == (MONDAY, "09:30"))
    hands.settle()
    assert _row(plan, LASER).time.hasFocus()
    assert None not in [head.on for head in _heads(plan)]
    for _step in range(3):
        hands.press(Qt.Key.Key_PageDown, ALT)
        hands.settle()
    # At its own time where that is free in the new day, else between its neighbours.
    assert _placed(hands)[LASER] == (THURSDAY, "08:00")
    hands.trip.head.round.setFocus()  # in a field, Ctrl+Z is the field's
    hands.settle()
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.until(lambda: _placed(hands)[LASER][0] == TODAY)


def test_who_is_agreed_with_is_asked_about(hands: Hands, trip: UUID) -> None:
    plan = _opened(hands, trip)
    _row(plan, MOTORS).purpose.setFocus()
    hands.press(Qt.Key.Key_Up, ALT)
    hands.dialog(AskAgain)
    assert _placed(hands)[MOTORS] == (THURSDAY, "14:30")
    hands.press(Qt.Key.Key_Space)  # move, and ask them again
    hands.closed()
    assert (_placed(hands)[MOTORS], _placed(hands)[BATTERY]) == ((THURSDAY, "09:30"), (THURSDAY, "14:30"))
    motors = next(row for row in hands.only_trip().plans if row.enterprise.name == MOTORS)
    assert motors.plan.state is PlanState.TO_ASK


def test_a_stop_is_dragged_from_the_tray_into_a_day(hands: Hands, trip: UUID) -> None:
    plan = _opened(hands, trip)
    grip = _row(plan, LASER).grip
    friday = next(head for head in _heads(plan) if head.on == MONDAY + timedelta(days=4))

    def pull(release: bool) -> None:
        middle = grip.rect().center()
        QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=middle)
        for step in (20, 60, 0):
            below = grip.mapFromGlobal(friday.mapToGlobal(QPoint(10, friday.height() - 2 + step)))
            QTest.mouseMove(grip, below)
        if not release:
            hands.press(Qt.Key.Key_Escape)
        QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=below)
        hands.settle()

    pull(release=False)
    assert _placed(hands)[LASER] == (None, None)
    pull(release=True)
    assert _placed(hands)[LASER] == (friday.on, "09:30")


def test_stops_are_put_in_order_by_region_with_one_undo(hands: Hands, trip: UUID, book: Book) -> None:
    regions = {BATTERY: "广东省深圳市", LASER: "广东省深圳市", "穗安装备(示例)有限公司": "广东省广州市"}
    for name, region in regions.items():
        found = enterprises.suggest(book, name)
        known = found[0].enterprise.id if name in NAMES else enterprises.create_enterprise(book, name=name).value
        enterprises.change_enterprise(book, known, region=region)
        trips.plan_visits(book, trip, [known], on=TODAY)
    guangzhou = next(row.plan.id for row in trips.trip_page(book, trip).plans if row.enterprise.name[0] == "穗")
    trips.change_plan(book, guangzhou, time="09:30")
    plan = _opened(hands, trip)
    before = _placed(hands)
    plan.add.setFocus()
    hands.press(Qt.Key.Key_O, CTRL | SHIFT)
    hands.dialog(RouteDialog)
    hands.press(Qt.Key.Key_Space)
    hands.closed()
    hands.until(lambda: _placed(hands) != before)
    after = _placed(hands)
    assert after[MOTORS] == before[MOTORS]  # agreed
    assert all(on is not None for on, _time in after.values())
    undo = [one for one in hands.window.findChildren(QPushButton) if one.isVisible() and "撤销" in one.text()]
    undo[0].click()
    hands.until(lambda: _placed(hands) == before)


def test_what_hinders_is_said_where_it_is(hands: Hands, trip: UUID, book: Book) -> None:
    other = trips.create_trip(book, start_on=THURSDAY, end_on=THURSDAY, title="广州行").value.id
    battery = enterprises.suggest(book, BATTERY)[0].enterprise.id
    trips.plan_visits(book, other, [battery], on=THURSDAY)
    plan = _opened(hands, trip)
    assert "广州行" in _row(plan, BATTERY).told.text()
    head = next(head for head in _heads(plan) if head.on == THURSDAY)
    assert "单晓" in head._away.text()
    long = trips.create_trip(book, start_on=date(2023, 6, 20), end_on=date(2023, 6, 25), title="端午").value.id
    hands.go(long, "itinerary")
    hands.until(lambda: hands.trip.page)
    trips.plan_visits(book, long, [battery], on=date(2023, 6, 22))
    page = trips.trip_page(book, long)
    marks = {day.on.day: (day.mark.named, day.mark.works, day.mark.unusual) for day in page.days}
    assert marks[22] == (True, False, True)
    assert marks[25] == (False, True, True)
    assert any("非工作日" in told for told in page.troubles[page.plans[0].plan.id])
