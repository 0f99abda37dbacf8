"""Enter presses the button that has the keyboard: Qt leaves that to the desktop, and most of Linux's have only Space.

In a dialog Enter would else go past a button that was reached with Tab to the one that is proposed: past “Cancel”.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Entering(QObject):
    """Watches the one button that has the focus."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None

    def follow(self, focused: QWidget | None) -> None:
        """Take note of what has the focus now."""
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = focused if isinstance(focused, QPushButton | QToolButton) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press it once, however long the key is held: what repeats would else press what is proposed."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in _ENTER:
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.isAutoRepeat():
            return True
        if isinstance(watched, QToolButton) and watched.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup:
            watched.showMenu()
        elif isinstance(watched, QPushButton | QToolButton):
            watched.click()
        return True
