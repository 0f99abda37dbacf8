"""The search index after a ledger: merged by itself, bit by bit, once nothing else is written."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from crm_app.db.changes import Changes
from crm_app.ui.session import Session
from crm_app.ui.shell import index_watch
from tests.ledgers import pieces_of, take_a_ledger
from tests.templates import new_book


def test_pieces_are_merged_after_a_change(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    book = new_book(tmp_path / "merged.crm")
    watch = index_watch.IndexWatch(session)
    session.attach(book)
    take_a_ledger(book, blocks=12)
    session.changed.emit(Changes())
    watch.look()
    qtbot.waitUntil(lambda: pieces_of(book) < 4)
    session.closing.emit()
    session.background.finish()
    book.close()
