"""What the tests of the window share: a session with no book behind it, drafts in memory, and pages that do little."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Event
from types import MappingProxyType
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_app.services.book import Book
from crm_app.ui.background import Background
from crm_app.ui.main_window import MainWindow, main_window
from crm_app.ui.page import Page
from crm_app.ui.places import Places
from crm_app.ui.session import Location, Session


def compose(field: QWidget, preedit: str = "", commit: str = "") -> None:
    """Do what an input method does: hold ``preedit`` unfinished, or hand over ``commit``. QTest types Latin only."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def enter(field: QWidget, text: str) -> None:
    """Type a text, Chinese or not, key by key."""
    for character in text:
        if character.isascii():
            QTest.keyClicks(field, character)
        else:
            compose(field, commit=character)


@contextmanager
def plain_window(session: Session, book: Book, qtbot: QtBot) -> Iterator[MainWindow]:
    """Show a window whose places are plain on a book, in front of everything."""
    window = main_window(session, PlainPlaces())
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    session.attach(book)
    yield window
    session.background.finish()


def window_in_front(session: Session, places: Places, qtbot: QtBot) -> MainWindow:
    """Show a window as large as a laptop's screen, without a book; whoever asks for it closes it."""
    window = main_window(session, places)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


_PAUSE_MS = 200
"""Timers up to this wait for a pause in typing; longer ones wait for the user."""


def settle(qtbot: QtBot, background: Background) -> None:
    """Let what was typed be told, and everything that is being written and read arrive."""

    def still() -> bool:
        waiting = (timer for window in QApplication.topLevelWidgets() for timer in window.findChildren(QTimer))
        pausing = (timer.isActive() and timer.isSingleShot() and timer.interval() <= _PAUSE_MS for timer in waiting)
        return not background.busy and not any(pausing)

    # An answer may lead to the next question: it is still when it is so twice.
    for _twice in range(2):
        qtbot.waitUntil(still, timeout=20_000)
        qtbot.wait(1)
    qtbot.waitUntil(still, timeout=20_000)


@contextmanager
def held_up(background: Background) -> Iterator[None]:
    """Let every write wait, as behind a long import."""
    gate = Event()
    background.write("", lambda _progress: gate.wait(20))
    try:
        yield
    finally:
        gate.set()


@contextmanager
def unread(background: Background) -> Iterator[None]:
    """Let every read wait, as on a slow disk."""
    gate = Event()
    for _reader in range(2):
        background.read(lambda: gate.wait(20), lambda _done: None)
    try:
        yield
    finally:
        gate.set()


class MemoryDrafts:
    """Drafts that live as long as the test."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}

    def save(self, key: str, values: Mapping[str, str]) -> None:
        self.kept[key] = dict(values)

    def load(self, key: str) -> dict[str, str]:
        return dict(self.kept.get(key, {}))

    def drop(self, key: str) -> None:
        self.kept.pop(key, None)


class PlainPage(Page):
    """A page with one field that notes what it is told."""

    def __init__(self, place: str, session: Session) -> None:
        super().__init__(session)
        self.place = place
        self.field = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.field)
        self.shown: list[Location] = []
        self.refreshed: list[Any] = []

    def refresh(self, changes: Any) -> None:
        self.refreshed.append(changes)

    def show_location(self, location: Location) -> None:
        self.shown.append(location)

    def focus_first(self) -> None:
        self.field.setFocus()


class PlainPlaces(Places):
    """Makes plain pages, but for those that are ``real``, and notes what was opened."""

    def __init__(self, real: Mapping[str, Callable[[Session], Page]] = MappingProxyType({})) -> None:
        self._real = real
        self.made: list[str] = []
        self.logged: list[UUID | None] = []
        self.helped: list[str] = []

    def page(self, place: str, session: Session) -> Page:
        self.made.append(place)
        return self._real[place](session) if place in self._real else PlainPage(place, session)

    def log(self, session: Session, window: QWidget, enterprise: UUID | None) -> None:
        self.logged.append(enterprise)

    def help(self, session: Session, window: QWidget, place: str) -> None:
        self.helped.append(place)
