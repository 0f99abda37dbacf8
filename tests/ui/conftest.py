"""A dressed application, a crash hook of its own folder, and a session without a book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from crm_app.settings import Settings
from crm_app.ui import theme
from crm_app.ui.crash import CrashHook
from crm_app.ui.session import Session
from crm_app.ui.words import Words
from tests.ui.kit import MemoryDrafts


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    theme.install(qapp, "light")
    return qapp


@pytest.fixture
def hook(app: QApplication, tmp_path: Path) -> Iterator[CrashHook]:
    hook = CrashHook(tmp_path)
    yield hook
    hook.uninstall()


@pytest.fixture
def words(app: QApplication) -> Iterator[Words]:
    words = Words(app)
    words.use("zh_CN")
    yield words
    words.use("en")


@pytest.fixture
def drafts() -> MemoryDrafts:
    return MemoryDrafts()


@pytest.fixture
def session(hook: CrashHook, words: Words, drafts: MemoryDrafts, tmp_path: Path) -> Iterator[Session]:
    session = Session(Settings(tmp_path / "settings.json"), hook, words, drafts)
    yield session
    session.background.finish()
    session.settings.end()
