"""A window on a copy of the sample half-year, at real places, with hands on keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListView, QWidget
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.domain import pinyin
from crm_app.services import book as books
from crm_app.services import protection
from crm_app.services.book import Book
from crm_app.ui.main_window import MainWindow, main_window
from crm_app.ui.page import Page
from crm_app.ui.places import Places
from crm_app.ui.session import Location, Session
from tests import templates
from tests.ui.kit import PlainPage, PlainPlaces, enter, settle

PUBLISHED = date(2023, 7, 12)
"""A Wednesday, the day of the sample."""
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
REAL = ("today", "papers", "figures")
D = TypeVar("D", bound=QDialog)


class Rooms(PlainPlaces):
    """The places under test are real, the others note where one went."""

    def __init__(self, real: Sequence[str] = REAL) -> None:
        super().__init__()
        self._real = real

    def page(self, place: str, session: Session) -> Page:
        self.made.append(place)
        if place not in self._real:
            return PlainPage(place, session)
        return Places().page(place, session)

    def log(self, session: Session, window: QWidget, enterprise: UUID | None) -> None:
        Places().log(session, window, enterprise)

    def help(self, session: Session, window: QWidget, place: str) -> None:
        Places().help(session, window, place)


@dataclass
class Hands:
    """Keys pressed wherever the focus is, clicks, and answers waited for."""

    window: MainWindow
    session: Session
    book: Book
    qtbot: QtBot
    told: list[str] = field(default_factory=list)
    said: list[tuple[str, bool]] = field(default_factory=list)
    keys: int = 0

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=15_000)

    def settle(self) -> None:
        """Let everything that is being written and read arrive."""
        settle(self.qtbot, self.session.background)

    def go(self, place: str, record: UUID | None = None, view: str = "") -> Page:
        self.session.go(place, record, view)
        self.settle()
        page = self.window.page
        assert page is not None
        return page

    def went_to(self, place: str) -> Location:
        """Return where the window went, once it is there."""
        self.until(lambda: isinstance(self.window.page, PlainPage) and self.window.page.place == place)
        page = self.window.page
        assert isinstance(page, PlainPage)
        return page.shown[-1]

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1 + bin(modifiers.value).count("1")
        QTest.keyClick(self.focus(), key, modifiers)

    def write(self, text: str) -> None:
        """Type, counting Chinese as the letters of its pinyin and one more key for each word of two characters."""
        chinese = [character for character in text if not character.isascii()]
        self.keys += len(text) - len(chinese) + len(pinyin.full("".join(chinese)).replace(" ", "")) + len(chinese) // 2
        enter(self.focus(), text)

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_row(self, view: QListView, row: int) -> None:
        index = view.model().index(row, 0)
        view.scrollTo(index)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())

    def tab_to(self, wanted: QWidget) -> None:
        for _step in range(60):
            if self.focus() is wanted:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {wanted.accessibleName()}")

    def dialog(self, kind: type[D]) -> D:
        def found() -> D | None:
            shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
            return shown[0] if shown else None

        self.until(found)
        dialog = found()
        assert dialog is not None
        dialog.activateWindow()
        self.until(lambda: QApplication.focusWidget() and dialog.isAncestorOf(self.focus()))
        return dialog

    def closed(self, dialog: QDialog) -> None:
        """Do what a window manager does when a dialog is gone; the screen of the tests has none."""
        self.until(lambda: not shiboken6.isValid(dialog) or not dialog.isVisible())
        self.window.activateWindow()
        self.settle()


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Book]:
    opened = books.open_book(templates.sample_file(tmp_path / "sample.crm"))
    clock.pin_today(PUBLISHED)
    yield opened
    books.close_book(opened)


@pytest.fixture
def hands(session: Session, sample: Book, qtbot: QtBot) -> Iterator[Hands]:
    yield from windowed(session, sample, qtbot)


def windowed(session: Session, book: Book, qtbot: QtBot, real: Sequence[str] = REAL) -> Iterator[Hands]:
    """Open a window on a book; close it in the end."""
    window = main_window(session, Rooms(real))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    hands = Hands(window, session, book, qtbot)
    session.trouble.connect(hands.told.append)
    session.said.connect(lambda sentence, undo: hands.said.append((sentence, undo)))
    session.attach(book, protected=protection.is_protected(book))
    hands.settle()
    yield hands
    window.close()
    session.background.finish()
