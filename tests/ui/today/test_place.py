"""Today while things change elsewhere: one stays on the step one stood on, and the day goes on."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from crm_app import clock
from crm_app.domain import days
from crm_app.services import drafts, tasks
from crm_app.ui.today.page import TodayPage
from crm_app.ui.today.painting import circle_of
from tests.ui.keyboard import SHIFT
from tests.ui.sampled import PUBLISHED, Hands


def today(hands: Hands) -> TodayPage:
    page = hands.go("today")
    assert isinstance(page, TodayPage)
    hands.until(page.chosen)
    return page


def test_what_comes_from_elsewhere_leaves_the_cursor_and_what_is_chosen(hands: Hands) -> None:
    page = today(hands)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down, SHIFT)
    current, chosen = page.current(), page.chosen()
    assert current is not None
    assert len(chosen) == 2
    other = tasks.agenda(hands.book).week[0].id
    hands.session.write("", lambda book, _progress: tasks.postpone_tasks(book, [other], "2023-01-04"))
    hands.settle()
    now = page.current()
    assert now is not None
    assert now.id == current.id
    assert page.chosen() == chosen


def test_the_menu_of_a_step_is_no_tick(hands: Hands) -> None:
    page = today(hands)
    before = tasks.agenda(hands.book)
    spot = circle_of(page.list.visualRect(page.list.currentIndex())).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.RightButton, pos=spot)
    hands.settle()
    assert tasks.agenda(hands.book) == before


def test_a_window_that_stays_open_over_night_shows_the_new_day(hands: Hands) -> None:
    page = today(hands)
    due = len(tasks.agenda(hands.book).today)
    clock.pin_today(PUBLISHED + timedelta(days=1))
    for timer in page.findChildren(QTimer):
        if timer.interval() == 60_000:
            timer.timeout.emit()
    hands.settle()
    shown = [label.text() for label in page.findChildren(QLabel)]
    assert days.show_with_weekday(PUBLISHED + timedelta(days=1)) in shown
    assert len(tasks.agenda(hands.book).today) != due or due == 0


def test_a_draft_kept_elsewhere_is_there_on_coming_back_and_the_focus_stays(hands: Hands) -> None:
    page = today(hands)
    hands.go("figures")
    drafts.keep(hands.book, "log", {"name": "渝新"})
    hands.go("today")
    links = [one for one in page.side.findChildren(QPushButton) if one.text() == "一条未保存的登记"]
    assert len(links) == 1, [one.text() for one in page.side.findChildren(QPushButton)]
    links[0].setFocus()
    drafts.keep(hands.book, "person:new", {"name": "何"})
    page.side.load_soon()
    hands.settle()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "一条未保存的登记"
    assert focus is not links[0]
