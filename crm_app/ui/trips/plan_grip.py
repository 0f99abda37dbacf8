"""The grip of a stop: pulled by the mouse, it says where to; nothing is carried through the system's drag and drop."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from crm_app.i18n import _
from crm_app.ui import theme

GRIP = 20
"""Its width in pixels."""


class Grip(QLabel):
    """Where a stop is taken by the mouse; ``pulled`` and ``let_go`` carry the pointer's place on the screen."""

    pulled = Signal(object)
    let_go = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(GRIP))
        self.setAccessibleName(_("Drag to another place"))
        self._from: QPoint | None = None
        self.dragging = False
        theme.signals.changed.connect(self._dress)
        self.put(movable=True)

    def put(self, *, movable: bool) -> None:
        """Offer to be taken, or not."""
        self._movable = movable
        self.setCursor(Qt.CursorShape.OpenHandCursor if movable else Qt.CursorShape.ArrowCursor)
        self.setToolTip(_("Drag to another place, or Alt+↑ ↓; Alt+PgUp PgDn for another day") if movable else "")
        self._dress()

    def _dress(self) -> None:
        self.setPixmap(theme.icon("grip-vertical", "edge").pixmap(theme.size(16, 16)) if self._movable else QPixmap())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where it was taken."""
        if self._movable and event.button() is Qt.MouseButton.LeftButton:
            self._from = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull, once the hand has moved further than a trembling one."""
        at = event.globalPosition().toPoint()
        if self._from is None:
            return
        if self.dragging or (at - self._from).manhattanLength() >= QApplication.startDragDistance():
            self.dragging = True
            self.pulled.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        pulled, self._from, self.dragging = self.dragging, None, False
        if pulled:
            self.let_go.emit(event.globalPosition().toPoint())

    def give_up(self) -> None:
        """Stop dragging; the stop stays where it is."""
        self._from, self.dragging = None, False
