"""A damaged book at the start: what can be read is salvaged by one click, opened, and what is lost is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_app.db.engine import PAGE
from crm_app.services import book as books
from crm_app.services import enterprises
from tests.templates import new_book
from tests.ui.test_start import Start


@pytest.fixture
def start(app: QApplication, qtbot: QtBot) -> Iterator[Start]:
    start = Start(app, qtbot)
    yield start
    start.until(lambda: not start.program.session.background.writing)
    start.program.window.close()
    start.program.end()


def test_one_click_salvages_and_opens(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "book.crm"
    book = new_book(path)
    enterprises.create_enterprise(book, name="示例公司")
    books.close_book(book)
    content = path.read_bytes()
    damaged = bytes(PAGE) + content[PAGE:]
    path.write_bytes(damaged)
    told: list[str] = []
    start.program.session.trouble.connect(told.append)
    start.program.begin(path)
    cover = start.cover()
    assert "损坏" in cover.trouble.text()
    QTest.mouseClick(cover.salvage, Qt.MouseButton.LeftButton)
    start.today()
    assert start.program.session.book.path == tmp_path / "book.salvaged.crm"
    assert [one.name for one in enterprises.all_enterprises(start.program.session.book)] == ["示例公司"]
    assert "book.salvaged.crm" in told[0]
    assert path.read_bytes() == damaged
