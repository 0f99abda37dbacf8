"""A laptop at 150 % leaves some 900 by 500 pixels: words stay on buttons, days keep lines, texts are read whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.services import trips
from crm_app.services.book import Book
from crm_app.ui import actions
from crm_app.ui.session import Session
from crm_app.ui.trips.page import TripsPage
from crm_app.ui.visits.dialog import VisitDialog
from tests.ui.sampled import Hands, sample, windowed
from tests.ui.test_small_screen import squeezed

__all__ = ["sample"]


@pytest.fixture
def hands(session: Session, sample: Book, qtbot: QtBot) -> Iterator[Hands]:
    for made in windowed(session, sample, qtbot, ("trips",)):
        made.window.resize(911, 512)
        yield made


def trip_of(hands: Hands) -> UUID:
    return next(row.trip.id for row in trips.list_trips(hands.book) if row.visits)


def place(hands: Hands, record: UUID | None = None, view: str = "") -> TripsPage:
    page = hands.go("trips", record, view)
    assert isinstance(page, TripsPage)
    return page


_WHOLE = ["全部外出", "逐家记录", "晚间补录", "情况报告", "另存为 PDF", "工作手册", "各家一页纸", "编辑"]


def test_every_button_of_a_trip_says_what_it_does_and_the_papers_share_one(hands: Hands) -> None:
    page = place(hands, trip_of(hands))
    hands.until(lambda: page.trip is not None and page.trip.head.title.text())
    assert page.trip is not None

    def words() -> list[str]:
        assert page.trip is not None
        shown = [one for one in page.trip.head.findChildren(QPushButton) if one.isVisible()]
        return [one.text() for one in sorted(shown, key=lambda one: one.x())]

    assert words() == ["全部外出", "逐家记录", "晚间补录", "材料", "编辑"]
    shared = next(one for one in page.trip.head.findChildren(QPushButton) if one.text() == "材料")
    assert shared.menu() is not None
    offered = shared.menu().actions()
    assert [one.text() for one in offered] == ["情况报告", actions.spec("save_report").title, "工作手册", "各家一页纸"]
    offered[0].trigger()
    assert hands.went_to("papers").view == "trip"
    hands.window.resize(1366, 768)
    page = place(hands, trip_of(hands))
    hands.until(lambda: words() == _WHOLE)


def test_a_day_of_the_month_keeps_two_lines_under_its_trip_and_today_is_seen(hands: Hands) -> None:
    page = place(hands, view="calendar")
    calendar = page.lists.calendar
    canvas, area = calendar.canvas, calendar.days.area
    hands.until(lambda: canvas.span is not None and canvas.span.items and area.verticalScrollBar().maximum())
    assert canvas._laid is not None
    full = [cell for cell in canvas._laid.cells.values() if cell.more is not None]
    assert full
    assert all(len(cell.boxes) >= 2 for cell in full)

    def seen() -> bool:
        spot = canvas.place_of(canvas.cursor_day)
        return spot is not None and area.viewport().rect().contains(spot.translated(canvas.pos()))

    hands.until(seen)
    assert canvas.cursor_day == clock.today()
    canvas.setFocus()
    for _week in range(3):
        hands.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        hands.until(seen)
    assert canvas.cursor_day == clock.today() + timedelta(weeks=3)


def test_what_was_said_is_read_whole_in_the_evening_and_grows_with_what_is_typed(hands: Hands) -> None:
    page = place(hands, trip_of(hands), "evening")
    hands.until(lambda: page.trip is not None and page.trip.evening is not None and page.trip.evening.lines)
    assert page.trip is not None
    assert page.trip.evening is not None
    lines = page.trip.evening.lines
    hands.until(lambda: not any(one.talk.verticalScrollBar().maximum() for one in lines))
    empty = next(one.asks for one in lines if not one.asks.toPlainText())
    before = empty.height()
    empty.setFocus()
    hands.write("要5万平方米标准厂房，双回路供电，月底前来区里看" * 2)
    hands.until(lambda: empty.height() > before and not empty.verticalScrollBar().maximum())


def test_the_form_of_a_visit_is_seen_whole(hands: Hands) -> None:
    page = place(hands, trip_of(hands))
    hands.until(lambda: page.trip is not None and page.trip.page is not None)
    assert page.trip is not None
    page.trip.begin_round()
    dialog = hands.dialog(VisitDialog)
    dialog.resize(911, 480)
    hands.until(lambda: dialog.form is not None and dialog.form.height() <= dialog._held.viewport().height())
    form = dialog.form
    assert form is not None
    assert form.trip.y() == form.place.y()
    dialog.resize(1280, 724)
    hands.until(lambda: form.trip.y() < form.place.y())
    assert form.height() <= dialog._held.viewport().height()
    dialog.reject()


def test_a_trip_without_photos_says_how_they_come_and_the_keys_are_at_the_way_to_them(hands: Hands) -> None:
    page = place(hands, trip_of(hands), "files")
    hands.until(lambda: page.trip is not None and page.trip.head.title.text())
    assert page.trip is not None
    files = page.trip.attachments
    hands.until(files.nothing.isVisible)
    assert [one.text() for one in files.nothing.findChildren(QLabel)] == [
        "还没有照片和附件",
        files.hint.text(),
    ]
    assert squeezed(files) == []
    page.focus_first()
    assert hands.focus() is files.add
    hands.press(Qt.Key.Key_Space)
    asked = hands.dialog(QFileDialog)
    asked.reject()
    hands.closed(asked)
