"""What looks for cut and unspoken words finds them: each is shown a window that is wrong in one thing."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.looking import cut_off
from tests.ui.pseudo import spoken, untranslated

WORDS = spoken("Choose another one, or save as PDF")


@pytest.fixture
def top(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 200)
    made.show()
    return made


def shown(one: QWidget, *, room: float) -> QWidget:
    """Show a widget with so much of the room its words need."""
    one.resize(round(one.sizeHint().width() * room), one.sizeHint().height())
    one.show()
    return one


@pytest.mark.parametrize("make", [QLabel, QPushButton])
def test_a_word_that_is_clipped_is_told_of_and_a_whole_one_is_not(
    top: QWidget, make: type[QLabel | QPushButton]
) -> None:
    shown(make(WORDS, top), room=1)
    assert cut_off(top) == []
    shown(make(WORDS, top), room=0.6)
    assert [WORDS in told for told in cut_off(top)] == [True]


def test_lines_without_height_and_tabs_without_room_are_told_of(top: QWidget) -> None:
    lines = QLabel(WORDS, top)
    lines.setWordWrap(True)
    lines.setGeometry(0, 0, 120, 16)
    lines.show()
    tabs = QTabBar(top)
    tabs.setUsesScrollButtons(False)
    for _number in range(4):
        tabs.addTab(WORDS)
    tabs.setGeometry(0, 100, 200, 30)
    tabs.show()
    assert len(cut_off(top)) == 1 + 4


def test_what_is_cut_with_dots_is_of_the_language_still_and_what_comes_from_no_catalogue_is_told_of(
    top: QWidget,
) -> None:
    for text in (
        WORDS,
        WORDS[:12] + "…",
        f"{WORDS} · {WORDS[:9]}…",
        spoken("Move…"),
        spoken("{n} of {WORDS}"),
        "重庆市江津区",
    ):
        QLabel(text, top).show()
    assert untranslated(top) == []
    wrong = (
        "Choose another one",
        "Choose ano…",
        f"{WORDS[:12]}… or save",
        f"{WORDS} or save",
        "or save " + WORDS[:9] + "…",
    )
    for text in wrong:
        QLabel(text, top).show()
    assert len(untranslated(top)) == len(wrong)
