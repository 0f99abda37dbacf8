"""Enter presses the button that has the keyboard, and that one alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from crm_app.ui.shell.entering import Entering


def test_enter_held_down_on_a_button_presses_it_once_and_never_the_proposed_one(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    beside, proposed = QPushButton("+", dialog), QPushButton("ok", dialog)
    beside.setAutoDefault(False)
    proposed.setDefault(True)
    layout = QVBoxLayout(dialog)
    pressed: list[QPushButton] = []
    for button in (beside, proposed):
        layout.addWidget(button)
        button.clicked.connect(lambda _checked=False, button=button: pressed.append(button))
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    beside.setFocus()
    Entering(dialog).follow(beside)
    for again in (False, True, True):
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", again)
        QApplication.sendEvent(beside, key)
    assert pressed == [beside]
