"""A window on a copy of the sample half-year, at real places, with hands on keyboard and mouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QWidget
from pytestqt.qtbot import QtBot

from crm_app.services import book as books
from crm_app.services import protection
from crm_app.services.book import Book
from crm_app.ui.page import Page
from crm_app.ui.places import Places
from crm_app.ui.session import Location, Session
from tests import templates
from tests.ui.keyboard import CountedKeys
from tests.ui.kit import PlainPage, PlainPlaces, window_in_front

PUBLISHED = date(2023, 7, 12)
"""A Wednesday, the day of the sample."""
REAL = ("today", "papers", "figures")


class Rooms(PlainPlaces):
    """The places under test are real, the others note where one went."""

    def __init__(self, real: Sequence[str]) -> None:
        super().__init__({place: partial(Places().page, place) for place in real})

    def log(self, session: Session, window: QWidget, enterprise: UUID | None) -> None:
        Places().log(session, window, enterprise)

    def help(self, session: Session, window: QWidget, place: str) -> None:
        Places().help(session, window, place)


@dataclass
class Hands(CountedKeys):
    """Keys, clicks, and what was said."""

    said: list[tuple[str, bool]] = field(default_factory=list)

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

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_row(self, view: QListView, row: int) -> None:
        index = view.model().index(row, 0)
        view.scrollTo(index)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Book]:
    opened = books.open_book(templates.sample_file(tmp_path / "sample.crm"))
    yield opened
    books.close_book(opened)


@pytest.fixture
def hands(session: Session, sample: Book, qtbot: QtBot) -> Iterator[Hands]:
    yield from windowed(session, sample, qtbot)


def windowed(session: Session, book: Book, qtbot: QtBot, real: Sequence[str] = REAL) -> Iterator[Hands]:
    """Open a window on a book; close it in the end."""
    window = window_in_front(session, Rooms(real), qtbot)
    qtbot.addWidget(window)
    hands = Hands(window, session, book, qtbot)
    session.trouble.connect(hands.told.append)
    session.said.connect(lambda sentence, undo: hands.said.append((sentence, undo)))
    session.attach(book, protected=protection.is_protected(book))
    hands.settle()
    yield hands
    window.close()
    session.background.finish()
