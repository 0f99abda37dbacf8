"""Reminders through a tray of the test's own: said once, across restarts, without words where the book is guarded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.domain.reminders import Away
from crm_app.services import book as books
from crm_app.services import enterprises, projects, tasks
from crm_app.services.book import Book
from crm_app.ui.session import Location, Session
from crm_app.ui.shell.reminding import Reminder
from tests.templates import new_book

DAY = date(2023, 7, 12)
"""A Wednesday."""


class Tray(QObject):
    """Notes what it shows."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self.there = True

    def say(self, title: str, text: str) -> bool:
        self.said.append((title, text))
        return self.there

    def rest(self) -> None:
        pass


class Desk:
    """A session on a book with one wall clock, and the reminder that watches it."""

    def __init__(self, session: Session, book: Book, qtbot: QtBot) -> None:
        self.session, self.book, self.qtbot = session, book, qtbot
        self.tray = Tray()
        self.locked = False
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.wall(DAY, 9, 0)
        self.reminder = self.again()

    def again(self) -> Reminder:
        """Begin anew, as after a restart."""
        reminder = Reminder(self.session, self.window, self.tray, lambda: self.locked, lambda: self.now)
        reminder.note_away()
        return reminder

    def wall(self, day: date, hour: int, minute: int = 0) -> None:
        local = datetime.combine(day, time(hour, minute)).astimezone()
        self.now = int(local.astimezone(UTC).timestamp() * 1000)

    def look(self) -> list[tuple[str, str]]:
        """Look once and return what was said anew."""
        before = len(self.tray.said)
        self.reminder.look()
        self.qtbot.waitUntil(lambda: not self.session.background.busy, timeout=20_000)
        return self.tray.said[before:]


@pytest.fixture
def desk(session: Session, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    book = new_book(tmp_path / "book.crm")
    books.be(book, "单晓")
    monkeypatch.setattr(clock, "today", lambda: DAY)
    session.attach(book)
    yield Desk(session, book, qtbot)
    session.closing.emit()
    session.background.finish()
    books.close_book(book)


def test_each_step_is_said_once_at_its_time_also_after_a_restart(desk: Desk) -> None:
    tasks.add_task(desk.book, "今天 送方案")
    timed = tasks.add_task(desk.book, "今天 14:30 见张总").value
    tasks.add_task(desk.book, "明天 回访")
    assert desk.look() == [("有 1 件下一步到时间了", "送方案")]
    assert desk.look() == []
    desk.wall(DAY, 14, 29)
    assert desk.look() == []
    desk.wall(DAY, 14, 31)
    assert desk.look() == [("有 1 件下一步到时间了", "14:30 见张总")]
    desk.reminder = desk.again()
    assert desk.look() == []
    promise: dict[str, Any] = {"kind": "其他", "due": date(2023, 7, 8), "promised_on": date(2023, 7, 3)}
    projects.add_need(desk.book, text="回复电价", **promise)
    projects.add_need(desk.book, text="回复地价", **(promise | {"due": date(2023, 7, 13)}))
    desk.wall(DAY, 7, 30)
    assert desk.look() == [], "in the quiet hours nothing is said"
    desk.wall(DAY, 14, 32)
    assert desk.look() == [("有 1 项承诺或诉求到期", "承诺：回复电价")]
    assert desk.look() == []
    tasks.postpone_tasks(desk.book, [timed], "2023-07-11")
    assert desk.look() == [("有 1 件下一步到时间了", "14:30 见张总")], "another day is another reminder"


def test_a_click_opens_what_the_step_is_about_or_today_where_there_are_several(desk: Desk) -> None:
    went: list[Location] = []
    desk.session.wanted.connect(went.append)
    company = enterprises.create_enterprise(desk.book, name="甲一电池(示例)有限公司").value
    tasks.add_task(desk.book, "今天 送方案", enterprise_id=company)
    desk.look()
    desk.tray.clicked.emit()
    desk.qtbot.waitUntil(lambda: bool(went), timeout=20_000)
    assert went[-1] == Location("enterprises", company)
    for what in "乙丙丁戊":
        tasks.add_task(desk.book, f"今天 {what}")
    assert desk.look() == [("有 4 件下一步到时间了", "乙\n丙\n丁\n另1项")]
    desk.tray.clicked.emit()
    assert went[-1].place == "today"


def test_a_guarded_book_says_only_how_many_and_a_locked_one_too(desk: Desk) -> None:
    tasks.add_task(desk.book, "今天 见张总")
    tasks.add_task(desk.book, "今天 15:00 见李总")
    desk.session.note_protection(True)
    assert desk.look() == [("有 1 件下一步到时间了", "打开程序查看。")]
    desk.locked = True
    desk.wall(DAY, 15)
    assert desk.look() == [("有 1 件下一步到时间了", "打开程序查看。")]
    went: list[Location] = []
    desk.session.wanted.connect(went.append)
    desk.tray.clicked.emit()
    assert went == []
    desk.locked = False
    desk.reminder.unlocked()
    desk.qtbot.waitUntil(lambda: not desk.session.background.busy, timeout=20_000)


def test_without_a_tray_the_window_says_it_and_off_says_nothing(desk: Desk) -> None:
    desk.tray.there = False
    said: list[str] = []
    desk.session.said.connect(lambda sentence, _undo: said.append(sentence))
    tasks.add_task(desk.book, "今天 送方案")
    desk.session.settings.reminders_on = False
    assert desk.look() == []
    desk.session.settings.reminders_on = True
    desk.look()
    assert said == ["有 1 件下一步到时间了"]


def test_after_sleep_it_looks_once_and_says_since_when_nobody_looked(desk: Desk) -> None:
    noted: list[Away | None] = []
    desk.session.away_noted.connect(lambda: noted.append(desk.session.away))
    desk.look()
    desk.wall(DAY, 9, 1)
    desk.look()
    assert noted == []
    desk.wall(DAY, 17)
    desk.look()
    assert noted == [Away(datetime.combine(DAY, time(9, 1)), datetime.combine(DAY, time(17)))]


def test_nothing_of_a_book_that_was_left_is_led_to(desk: Desk) -> None:
    went: list[Location] = []
    desk.session.wanted.connect(went.append)
    for what in "甲乙":
        tasks.add_task(desk.book, f"今天 {what}")
    assert len(desk.look()) == 1
    desk.session.detach()
    desk.tray.clicked.emit()
    assert went == []
    desk.session.attach(desk.book)
