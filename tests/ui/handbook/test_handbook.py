"""The handbook: opens at the place one is in, lists every shortcut there is, and is no larger than a dialog may be."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from crm_app.ui import actions
from crm_app.ui.handbook import Handbook, open_help
from crm_app.ui.handbook.shortcuts import shown_keys
from crm_app.ui.handbook.topics import TOPICS
from crm_app.ui.places import PLACES, SETTINGS
from crm_app.ui.session import Session


@pytest.fixture
def book_of(session: Session, qtbot: QtBot) -> Any:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return lambda place: open_help(session, window, place)


def _words(page: QWidget | None) -> str:
    assert page is not None
    return "\n".join(label.text() for label in page.findChildren(QLabel))


@pytest.mark.parametrize("place", [*PLACES, SETTINGS])
def test_it_opens_at_the_place_one_is_in(book_of: Any, place: str) -> None:
    opened: Handbook = book_of(place)
    assert opened.topics.currentRow() == list(TOPICS).index(place)
    assert opened.width() <= 560
    assert opened.height() <= 420


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_page_says_something_in_both_languages(session: Session, book_of: Any, language: str) -> None:
    session.set_language(language)
    opened: Handbook = book_of("today")
    for row in range(opened.topics.count()):
        opened.topics.setCurrentRow(row)
        shown = _words(opened.pages.currentWidget())
        assert shown
        if language == "zh_CN":
            assert any("\u4e00" <= character <= "\u9fff" for character in shown)


def test_the_sheet_lists_every_declared_shortcut(book_of: Any, qtbot: QtBot) -> None:
    opened: Handbook = book_of("today")
    for _step in range(opened.topics.count()):
        qtbot.keyClick(opened.topics, Qt.Key.Key_Down)
    lines = _words(opened.pages.currentWidget()).splitlines()
    for declared in actions.SPECS:
        if declared.keys:
            assert shown_keys(declared) in lines, declared.id
            assert declared.title in lines, declared.id
