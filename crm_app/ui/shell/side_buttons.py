"""The two buttons at a mouse's side go back and forward, over whatever the mouse stands: a table would keep them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QWidget


class SideButtons(QObject):
    """Sees the mouse before the widgets of a window do; ``runs`` are what the buttons do."""

    def __init__(self, window: QWidget, runs: Mapping[Qt.MouseButton, Callable[[], object]]) -> None:
        super().__init__(window)
        self._runs = runs
        self._seen: QWindow | None = None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find the window's surface when it is first shown; take the presses of the two buttons from it."""
        if isinstance(watched, QWidget):
            surface = watched.windowHandle() if event.type() is QEvent.Type.Show else None
            if surface is not None and surface is not self._seen:
                self._seen = surface
                surface.installEventFilter(self)
        elif isinstance(event, QMouseEvent) and event.button() in self._runs:
            if event.type() is QEvent.Type.MouseButtonPress:
                self._runs[event.button()]()
            return True
        return False
