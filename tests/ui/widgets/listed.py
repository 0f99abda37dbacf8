"""A list of some hundred enterprises on the screen, read to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.views import Query
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.ui.session import Session
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.list_model import BLOCK
from tests.templates import new_book

CTRL = Qt.KeyboardModifier.ControlModifier
ROWS = 3 * BLOCK + 7


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(tmp_path_factory.mktemp("list")) / "t.crm"
    made = new_book(path)
    with made.unit("fill") as unit:
        unit.insert_many(
            Enterprise,
            [{"name": f"企业{n:04}", "cluster": ("新能源", "食品")[n % 2], "staff": n} for n in range(ROWS)],
        )
        unit.commit()
    books.close_book(made)
    return path


@pytest.fixture
def book(filled: Path) -> Iterator[Book]:
    clock.pin_today(date(2023, 6, 14))
    opened = books.open_book(filled)
    yield opened
    books.close_book(opened)


@pytest.fixture
def listed(book: Book, session: Session, qtbot: QtBot) -> DataList:
    session.attach(book)
    query = Query("enterprises", columns=("name", "cluster", "staff"))
    listed = DataList(session, query, EmptyState("还没有企业"), None)  # type: ignore[arg-type]
    qtbot.addWidget(listed)
    listed.resize(900, 600)
    with qtbot.waitActive(listed):
        listed.show()
        listed.activateWindow()
    listed.reload()
    qtbot.waitUntil(lambda: listed.model.complete)
    # Nothing is waited for behind the test: the bot closes the list first, and what it had asked is answered to nobody.
    return listed
