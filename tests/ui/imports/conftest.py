"""A window on a book of its own that knows one of the enterprises of the ledger, and much like another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_app.services import enterprises
from crm_app.services.book import Book
from crm_app.ui.imports import open_import
from crm_app.ui.imports.dialog import ImportDialog
from crm_app.ui.main_window import MainWindow
from crm_app.ui.session import Session
from tests.templates import own_book
from tests.ui.imports.ledgers import GOOD, WRONG, write_ledger
from tests.ui.kit import plain_window

Open = Callable[..., ImportDialog]
TODAY = date(2023, 6, 14)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with own_book(tmp_path / "t.crm", TODAY) as made:
        enterprises.create_enterprise(made, name="星河电池(示例)有限公司", region="四川省成都市")
        enterprises.create_enterprise(made, name="云岭电机(示例)股份有限公司")
        yield made


@pytest.fixture
def window(session: Session, book: Book, qtbot: QtBot) -> Iterator[MainWindow]:
    with plain_window(session, book, qtbot) as made:
        yield made


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "企业台账.xlsx", (*GOOD, *WRONG))


@pytest.fixture
def opened(session: Session, window: MainWindow, qtbot: QtBot) -> Open:
    """Open the import on a file, and wait for the preview and its rows."""

    def opened(*paths: Path) -> ImportDialog:
        dialog = open_import(session, window, paths)
        assert dialog is not None
        qtbot.waitUntil(lambda: dialog.desk.busy is None)
        if dialog.pane is not None:
            preview = dialog.pane.preview
            qtbot.waitUntil(lambda: bool(preview.rows.model.rowCount()))
        return dialog

    return opened
