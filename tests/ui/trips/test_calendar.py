"""The calendar by keyboard and mouse: walked, opened, postponed, a whole trip moved after a question."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from crm_app.domain.tasks import Task
from crm_app.domain.trips import PlanState, TripKind
from crm_app.services import enterprises, tasks, trips
from crm_app.services.book import Book
from crm_app.services.calendar import Item
from crm_app.ui.session import Location
from crm_app.ui.today.postpone import PostponeDialog
from crm_app.ui.trips.calendar.canvas import Canvas
from crm_app.ui.trips.calendar.moving import MoveDialog, MoveTripDialog
from crm_app.ui.trips.plan_asking import AskAgain
from tests.ui.keyboard import CTRL
from tests.ui.trips.hands import FRIDAY, MONDAY, NAMES, TODAY, Hands, a_trip

DUE = date(2023, 6, 21)
KEY = Qt.Key


@pytest.fixture
def trip(book: Book) -> UUID:
    made = a_trip(book, planned=1, on=FRIDAY)
    known = enterprises.suggest(book, NAMES[1])[0].enterprise.id
    tasks.add_task(book, "下周三 回访", enterprise_id=known)
    return made


def _opened(hands: Hands, view: str = "calendar:month") -> Canvas:
    hands.session.go("trips", view=view)
    canvas = hands.page.lists.calendar.canvas
    hands.until(lambda: canvas.span is not None and canvas.span.items)
    canvas.setFocus()
    return canvas


def _due(hands: Hands) -> date:
    with hands.book.read() as reader:
        return reader.find(Task)[0].due


def test_days_and_their_items_are_walked_by_keys(hands: Hands, trip: UUID) -> None:
    canvas = _opened(hands)
    assert canvas.cursor_day == TODAY
    for key in (KEY.Key_Right, KEY.Key_Right):
        hands.press(key)
    assert canvas.cursor_day == FRIDAY
    titles = []
    for _step in range(2):
        hands.press(KEY.Key_Down)
        assert isinstance(canvas.chosen, Item)
        titles.append(canvas.chosen.kind)
    assert titles == ["trip", "trip_plan"]
    assert NAMES[0] in canvas.accessibleDescription()
    hands.press(KEY.Key_Down)
    assert (canvas.cursor_day, canvas.chosen) == (FRIDAY + timedelta(days=7), None)
    hands.press(KEY.Key_Up, CTRL)
    hands.press(KEY.Key_PageDown)
    assert canvas.cursor_day == date(2023, 7, 16)
    hands.until(lambda: canvas.span and canvas.span.first == date(2023, 6, 26))
    assert "2023年7月" in hands.page.lists.calendar.title.text()
    hands.press(KEY.Key_T)
    hands.press(KEY.Key_W)
    hands.until(lambda: canvas.span and (canvas.span.first, canvas.span.last) == (MONDAY, date(2023, 6, 18)))
    wanted: list[Location] = []
    hands.session.wanted.connect(wanted.append)
    hands.press(KEY.Key_Return)  # the first of the day: the trip over it
    assert wanted == [Location("trips", trip, "trip")]


def test_a_step_is_postponed_by_d_and_by_the_mouse(hands: Hands, trip: UUID) -> None:
    canvas = _opened(hands)
    hands.press(KEY.Key_Down, CTRL)
    hands.press(KEY.Key_Down)
    assert (canvas.cursor_day, canvas.chosen and canvas.chosen.title) == (DUE, "回访")
    hands.press(KEY.Key_D)
    hands.dialog(PostponeDialog)
    hands.write("6月28日")
    hands.press(KEY.Key_Return)
    hands.closed()
    # The cursor goes along with what was moved.
    hands.until(lambda: canvas.cursor_day == date(2023, 6, 28))
    assert canvas._laid is not None
    box = canvas._laid.cells[date(2023, 6, 28)].boxes[0]
    there = canvas._laid.cells[date(2023, 6, 30)].rect.center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=box.rect.center())
    QTest.mouseMove(canvas, box.rect.center() + (there - box.rect.center()) / 2)
    QTest.mouseMove(canvas, there)
    # What is carried is seen beside the hand, within the days.
    beside = QRect(there.x() + 16, there.y() + 16, 90, 16)
    with_chip = canvas.grab(beside).toImage()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=there)
    assert canvas.grab(beside).toImage() != with_chip
    hands.until(lambda: _due(hands) == date(2023, 6, 30))
    hands.settle()
    hands.press(KEY.Key_Z, CTRL)
    hands.until(lambda: _due(hands) == date(2023, 6, 28))


def test_the_week_has_room_for_what_a_full_day_of_the_month_leaves_out(hands: Hands, trip: UUID) -> None:
    for start in (MONDAY, MONDAY + timedelta(days=1)):
        trips.create_trip(hands.book, start_on=start, end_on=FRIDAY, regions=("上海",))
    posting = trips.create_trip(
        hands.book, start_on=date(2023, 4, 1), end_on=date(2023, 7, 1), regions=("北京",), kind=TripKind.POSTING
    ).value.id
    canvas = _opened(hands)
    assert canvas._laid is not None
    full = canvas._laid.cells[MONDAY + timedelta(days=2)]
    assert posting not in {box.item.id for box in canvas._laid.bars if box.day == MONDAY}
    assert full.more is not None
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=full.more.rect.center())
    hands.until(lambda: canvas.weekly and canvas.span and canvas.span.first == MONDAY)
    assert len(canvas._laid.bars) == 4
    assert posting in {box.item.id for box in canvas._laid.bars}
    assert [cell.more for cell in canvas._laid.cells.values() if cell.more is not None] == []


def test_a_plan_stays_within_its_trip_and_a_trip_moves_after_a_question(hands: Hands, trip: UUID) -> None:
    canvas = _opened(hands)
    canvas.go_to(FRIDAY, next(one for one in canvas.span.items if one.kind == "trip_plan") if canvas.span else None)
    hands.press(KEY.Key_D)
    asked = hands.dialog(MoveDialog)
    assert [one.text() for one in asked.findChildren(QPushButton)] == ["不动", "改到这天"]
    hands.write("7月1日")
    hands.press(KEY.Key_Return)
    hands.closed()
    hands.until(lambda: hands.told)
    assert "请在其间选择日期" in hands.told[0]
    trips.change_plan(hands.book, hands.only_trip().plans[0].plan.id, state=PlanState.AGREED)
    assert canvas._laid is not None
    bar = canvas._laid.bars[0]
    there = canvas._laid.cells[date(2023, 6, 20)].rect.center()
    # Taken at its Tuesday, let go on the next.
    at = canvas._laid.cells[date(2023, 6, 13)].rect.center()
    at.setY(bar.rect.center().y())
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(canvas, there)
    QTest.mouseMove(canvas, there)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=there)
    dialog = hands.dialog(MoveTripDialog)
    assert any(NAMES[0] in one.text() for one in dialog.findChildren(QLabel)), "said with whom the old days are agreed"
    assert hands.only_trip().trip.start_on == MONDAY
    hands.press(KEY.Key_Space)
    hands.closed()
    hands.until(lambda: hands.only_trip().trip.start_on == date(2023, 6, 19))
    plan = hands.only_trip().plans[0].plan
    assert (plan.on, plan.state) == (date(2023, 6, 23), PlanState.TO_ASK)
    assert len(trips.list_trips(hands.book)) == 1


def test_whoever_agreed_to_a_day_is_asked_about_before_it_is_another(hands: Hands, trip: UUID) -> None:
    plan = trips.trip_page(hands.book, trip).plans[0].plan.id
    trips.change_plan(hands.book, plan, state=PlanState.AGREED)
    canvas = _opened(hands)
    canvas.go_to(FRIDAY, next(one for one in canvas.span.items if one.kind == "trip_plan") if canvas.span else None)
    hands.press(KEY.Key_D)
    hands.dialog(MoveDialog)
    hands.write("6月15日")
    hands.press(KEY.Key_Return)
    hands.dialog(AskAgain)
    assert hands.only_trip().plans[0].plan.on == FRIDAY
    hands.press(KEY.Key_Return)
    hands.closed()
    hands.until(lambda: hands.only_trip().plans[0].plan.on == date(2023, 6, 15))
    assert hands.only_trip().plans[0].plan.state is PlanState.TO_ASK


def test_kinds_are_hidden_and_what_is_seen_is_saved(hands: Hands, trip: UUID, tmp_path: Path) -> None:
    canvas = _opened(hands)
    view = hands.page.lists.calendar
    view.kinds["trip"].click()
    view.kinds["visit"].click()
    hands.until(lambda: canvas.span and [one.kind for one in canvas.span.items] == ["task"])
    path = tmp_path / "out.ics"
    view.write_file(path)
    hands.until(path.exists)
    assert path.read_text(encoding="utf-8").count("BEGIN:V") == 2
    for kind in ("trip", "visit"):
        view.kinds[kind].click()
