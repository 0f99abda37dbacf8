"""What is typed is kept within two seconds and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from crm_app.services import book as books
from crm_app.services import enterprises
from crm_app.settings import Settings
from crm_app.ui.crash import CrashHook
from crm_app.ui.enterprises.next_step import open_next_step
from crm_app.ui.session import Session
from crm_app.ui.words import Words
from tests.templates import new_book
from tests.ui.kit import MemoryDrafts, enter, held_up, settle


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
    assert drafts.kept["log"]["name"].startswith("a")


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
    qtbot.waitSignal(field.destroyed).wait()
    hook.keep_drafts()
    assert hook.log.path.exists() is False


@pytest.fixture
def real(hook: CrashHook, words: Words, tmp_path: Path) -> Iterator[Session]:
    session = Session(Settings(tmp_path / "settings.json"), hook, words)
    book = new_book(tmp_path / "book.crm")
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


def test_a_draft_that_comes_back_takes_the_place_of_nothing_typed_since(session: Session, drafts: MemoryDrafts) -> None:
    drafts.save("log", {"name": "某新能源"})
    session.throw_away("log")
    assert drafts.load("log") == {}
    session.undo()
    assert drafts.load("log") == {"name": "某新能源"}
    session.throw_away("log")
    drafts.save("log", {"name": "另一家"})
    said: list[str] = []
    session.said.connect(lambda sentence, _undo: said.append(sentence))
    session.undo()
    assert drafts.load("log") == {"name": "另一家"}
    assert len(said) == 1


@pytest.mark.parametrize(
    ("typed", "more", "kept"),
    [
        ("下周三 回访", "", {}),
        ("下周三 回访", "，带上地块图", {"next_step": "下周三 回访，带上地块图"}),
        ("没有日子的 2月30日", "", {"next_step": "没有日子的 2月30日"}),
    ],
    ids=["saved", "typed on", "refused"],
)
def test_a_form_closed_while_its_save_waits_leaves_a_draft_of_what_is_not_in_the_book(
    real: Session, qtbot: QtBot, typed: str, more: str, kept: dict[str, str]
) -> None:
    enterprise = enterprises.create_enterprise(real.book, name="重庆山城新能源有限公司").value
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = open_next_step(real, window, enterprise, "重庆山城新能源有限公司")
    key = f"next_step:{enterprise}"
    told: list[str] = []
    real.trouble.connect(told.append)
    with held_up(real.background):
        enter(dialog.next_step.field, typed)
        qtbot.keyClick(dialog.next_step.field, Qt.Key.Key_Return)
        enter(dialog.next_step.field, more)
        with qtbot.waitSignal(dialog.destroyed, timeout=20_000):
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert real.drafts.load(key)
    settle(qtbot, real.background)
    assert real.drafts.load(key) == kept
    assert bool(told) == (kept == {"next_step": typed})
