from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_app.services.book import Book
from crm_app.ui.session import Session
from tests.templates import own_book
from tests.ui.enterprises.hands import Hands, window_on


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with own_book(tmp_path / "t.crm", date(2023, 6, 14)) as made:
        yield made


@pytest.fixture
def hands(book: Book, session: Session, qtbot: QtBot) -> Iterator[Hands]:
    with window_on(book, session, qtbot) as made:
        yield made
