"""What is typed into the log form outlives a kill beside a long write, and a disk that is full for a while."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from crm_app.services import book as books
from crm_app.services import drafts as book_drafts
from crm_app.services import leads
from tests.templates import new_book
from tests.ui.keyboard import CTRL
from tests.ui.log.test_log import opened
from tests.ui.log.typing_child import TYPED
from tests.ui.sampled import Hands

ROOT = Path(__file__).parents[3]


@pytest.fixture
def drafts() -> None:
    """None in memory: they go to the book."""


def test_typing_is_kept_though_a_paper_is_being_made(tmp_path: Path) -> None:
    books.close_book(new_book(tmp_path / "book.crm"))
    command = [sys.executable, "-m", "tests.ui.log.typing_child", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, check=False, timeout=60)
    assert done.returncode < 0, "it was killed: what was typed was there"
    book = books.open_book(tmp_path / "book.crm")
    try:
        (key,) = book_drafts.keys(book)
        kept = book_drafts.load(book, key)
        assert kept is not None
        assert TYPED in kept.values()
    finally:
        books.close_book(book)


def _let_grow(hands: Hands, pages: int) -> None:
    # SQLite's own limit stands for the disk's: it answers SQLITE_FULL just so.
    with hands.book.write_outside_journal() as connection:
        present = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {present + pages}")


def test_a_full_disk_is_said_once_and_loses_no_typing(hands: Hands) -> None:
    dialog = opened(hands)
    _let_grow(hands, 0)
    dialog.enterprise.setText("满盘示例公司")
    dialog.note.setPlainText("很长的备注" * 40_000)
    hands.until(lambda: hands.told)
    hands.write("再")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: dialog.error.isVisible())
    assert dialog.enterprise.text().startswith("满盘示例公司")
    assert dialog.note.toPlainText().startswith("很长的备注")
    assert len(hands.told) == 1
    assert "磁盘已满" in hands.told[0]
    assert not [one for one in leads.list_leads(hands.book) if one.enterprise.name.startswith("满盘")]

    _let_grow(hands, 10_000)
    # Nothing more is typed: what could not be kept is tried again by itself.
    hands.until(lambda: book_drafts.load(hands.book, "log"))
    assert len(hands.told) == 1
