"""Buttons give up their words before they are cut; bars announce rows that take their time."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crm_app.ui import theme
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.skeleton import Skeleton


@pytest.fixture
def host(app: QApplication, qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 60)
    host.show()
    return host


def test_words_go_from_the_last_button_on_and_come_back(host: QWidget, qtbot: QtBot) -> None:
    row = QHBoxLayout(host)
    # As the window does, whose least size is the screen's and not its words'.
    row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(QLabel("赴上海招商"), 1)
    words = ["逐家记录", "晚间补录", "情况报告"]
    buttons = [QPushButton(word, host) for word in words]
    for button in buttons:
        theme.put_icon(button, "note")
        row.addWidget(button)
    Folding(host, row, buttons)

    def shown() -> list[str]:
        return [button.text() for button in buttons]

    host.resize(340, 60)
    qtbot.waitUntil(lambda: shown() == [*words[:2], ""])
    qtbot.waitUntil(lambda: all(button.width() >= button.minimumSizeHint().width() for button in buttons))
    assert (buttons[2].accessibleName(), buttons[2].toolTip()) == (words[2], words[2])
    host.resize(900, 60)
    qtbot.waitUntil(lambda: shown() == words)


def test_bars_are_shown_only_for_what_is_not_there_soon(host: QWidget, qtbot: QtBot) -> None:
    skeleton = Skeleton(host)
    skeleton.expect()
    skeleton.done()
    skeleton.expect()
    assert not skeleton.isVisible()
    qtbot.waitUntil(skeleton.isVisible)
    assert skeleton.geometry() == host.rect()
    skeleton.done()
    assert not skeleton.isVisible()
