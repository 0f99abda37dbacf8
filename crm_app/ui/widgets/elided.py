"""A line of text that ends in “…” where there is no room, and says all of it when pointed at."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from crm_app.ui import theme

_BETWEEN = " · "


class Elided(QLabel):
    """Takes the room its text wants, or less; ``text`` stays whole for a screen reader."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(text)
        if role:
            self.setProperty("role", role)

    def say(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Shrink to almost nothing."""
        return QSize(theme.XL, super().minimumSizeHint().height())

    def shown(self) -> str:
        """Return what fits, as it is painted."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        rect, shown = self.contentsRect(), self.shown()
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class WholeParts(Elided):
    """A line of parts with “ · ” between them, of which as many are shown as fit whole: half a figure tells nothing."""

    def shown(self) -> str:
        """Return the parts that fit."""
        parts, room = self.text().split(_BETWEEN), self.contentsRect().width()
        for many in range(len(parts), 0, -1):
            words = _BETWEEN.join(parts[:many])
            if self.fontMetrics().horizontalAdvance(words) <= room:
                return words
        return ""
