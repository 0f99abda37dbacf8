"""What is typed is kept within two seconds and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from crm_app.services import book as books
from crm_app.settings import Settings
from crm_app.ui.crash import CrashHook
from crm_app.ui.session import Session
from crm_app.ui.words import Words
from tests.ui.kit import MemoryDrafts


def test_steady_typing_is_kept_within_two_seconds(session: Session, drafts: MemoryDrafts, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    autosave = session.autosave(field, "log", lambda: {"name": field.text()})
    field.textEdited.connect(lambda _text: autosave.touch())
    while "log" not in drafts.kept:
        qtbot.keyClicks(field, "a")
        # Two seconds of typing; on a machine that is slow these are fewer keys, never more.
        assert len(field.text()) <= 20
        qtbot.wait(100)
    assert drafts.kept["log"]["name"].startswith("aaa")


def test_a_saved_or_emptied_form_leaves_no_draft(session: Session, drafts: MemoryDrafts, qtbot: QtBot) -> None:
    field = QLineEdit("某")
    qtbot.addWidget(field)
    autosave = session.autosave(field, "log", lambda: {"name": field.text()})
    autosave.now()
    assert drafts.kept["log"] == {"name": "某"}
    field.clear()
    autosave.now()
    assert drafts.kept == {}
    field.setText("某")
    autosave.now()
    autosave.discard()
    assert drafts.kept == {}


def test_a_closed_form_is_not_asked_any_more(
    session: Session, hook: CrashHook, drafts: MemoryDrafts, qtbot: QtBot
) -> None:
    field = QLineEdit("某")
    session.autosave(field, "log", lambda: {"name": field.text()})
    field.deleteLater()
    qtbot.waitSignal(field.destroyed, timeout=1000).wait()
    hook.keep_drafts()
    assert hook.log.path.exists() is False


@pytest.fixture
def real(hook: CrashHook, words: Words, tmp_path: Path) -> Iterator[Session]:
    session = Session(Settings(tmp_path / "settings.json"), hook, words)
    book = books.create_book(tmp_path / "book.crm")
    session.attach(book)
    yield session
    session.background.finish()
    books.close_book(book)


def test_drafts_of_a_book_are_there_at_once_and_after_a_restart(real: Session, qtbot: QtBot) -> None:
    real.drafts.save("log", {"name": "某新能源"})
    assert real.drafts.load("log") == {"name": "某新能源"}
    qtbot.waitUntil(lambda: not real.background.writing)
    other = Session(real.settings, real.crash_hook, real._words)
    other.attach(real.book)
    assert other.drafts.load("log") == {"name": "某新能源"}
    other.drafts.drop("log")
    assert other.drafts.load("log") == {}
    qtbot.waitUntil(lambda: not other.background.writing)
    other.background.finish()
