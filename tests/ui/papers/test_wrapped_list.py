"""The list of sentences: each state has a badge of its own colour."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from crm_app.ui import theme
from crm_app.ui.papers.wrapped_list import State, WrappedList


@pytest.mark.parametrize(("state", "ground"), [(State.OPEN, "danger_soft"), (State.NOTE, "warn_soft")])
def test_a_state_is_told_by_its_colour(qtbot: QtBot, state: State, ground: str) -> None:
    sentences = WrappedList(None, "示例")  # type: ignore[arg-type]
    qtbot.addWidget(sentences)
    sentences.put([("缺项 · 须处理\n期号尚未编定", 1)])
    sentences.set_state(0, state)
    sentences.resize(400, 100)
    sentences.show()
    picture = sentences.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(0, picture.height(), 2)}
    assert getattr(theme.colours(), ground) in colours
