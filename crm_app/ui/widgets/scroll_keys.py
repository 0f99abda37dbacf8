"""Reading a long page with the keyboard, wherever on it the focus is: Page Up, Page Down, Home, End and the arrows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QScrollBar, QWidget

_ARROWS = {
    Qt.Key.Key_Up: QScrollBar.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QScrollBar.SliderAction.SliderSingleStepAdd,
}
_PAGES = {
    Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QScrollBar.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QScrollBar.SliderAction.SliderToMaximum,
}


class ScrollKeys(QObject):
    """Scrolls ``area`` by keys that nothing on ``page`` wanted; on ``buttons`` the arrows would only move the focus."""

    def __init__(self, page: QWidget, area: QScrollArea, buttons: Iterable[QAbstractButton] = ()) -> None:
        super().__init__(page)
        self._area = area
        page.installEventFilter(self)
        for button in buttons:
            button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scroll."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return super().eventFilter(watched, event)
        bar, key = self._area.verticalScrollBar(), Qt.Key(event.key())
        step = _PAGES.get(key) or _ARROWS.get(key)
        if step is None or not bar.maximum():
            return super().eventFilter(watched, event)
        bar.triggerAction(step)
        return True
