from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.ui.session import Session
from tests.templates import new_book
from tests.ui.enterprises.hands import Hands, window_on


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "t.crm")
    clock.pin_today(date(2023, 6, 14))
    books.be(made, "单晓")
    yield made
    clock.pin_today(None)
    made.close()


@pytest.fixture
def hands(book: Book, session: Session, qtbot: QtBot) -> Iterator[Hands]:
    with window_on(book, session, qtbot) as made:
        yield made
