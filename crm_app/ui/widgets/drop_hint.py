"""What a drop is going to do, said while files are dragged over a part of the window."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from crm_app.ui import theme

_BORDER = 2
_VEIL = 110
"""How much of what is below the veil hides, of 255."""


class DropHint(QWidget):
    """A frame around the place that takes the files, and a sentence in its middle; it takes no event itself."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._place = QRect()
        self.words, self.names, self._takes = "", "", True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, words: str, names: str, place: QRect | None = None, *, takes: bool = True) -> None:
        """Say what a drop on ``place`` does, by default on the whole part, and with which files."""
        self.setGeometry(self._over.rect())
        self._place = (place or self._over.rect()).adjusted(_BORDER, _BORDER, -_BORDER, -_BORDER)
        self.words, self.names, self._takes = words, names, takes
        self.setAccessibleName(words)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, and the sentence on a card: in the frame where it fits, else right below it."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colours.accent_soft if self._takes else colours.warn_soft)
        ground.setAlpha(_VEIL)
        painter.setPen(QPen(QColor(colours.accent if self._takes else colours.gap), _BORDER))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self._place), theme.RADIUS, theme.RADIUS)
        card = self._card()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent if self._takes else colours.toast))
        painter.drawRoundedRect(QRectF(card), theme.RADIUS, theme.RADIUS)
        painter.setPen(QColor(colours.on_accent if self._takes else colours.on_toast))
        lines = card.adjusted(theme.L, theme.S, -theme.L, -theme.S)
        elide = Qt.TextElideMode.ElideMiddle
        painter.setFont(self._bold())
        words = painter.fontMetrics().elidedText(self.words, elide, lines.width())
        painter.drawText(lines, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, words)
        painter.setFont(self.font())
        names = painter.fontMetrics().elidedText(self.names, elide, lines.width())
        painter.drawText(lines, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, names)
        painter.end()

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _card(self) -> QRect:
        metrics = self.fontMetrics()
        wide = max(metrics.horizontalAdvance(self.words), metrics.horizontalAdvance(self.names)) + 3 * theme.L
        card = QRect(0, 0, min(wide, self.width() - 2 * theme.M), 2 * metrics.lineSpacing() + 2 * theme.S + theme.XS)
        card.moveCenter(self._place.center())
        if card.height() > self._place.height():
            below, above = self._place.bottom() + theme.XS, self._place.top() - card.height() - theme.XS
            card.moveTop(below if below + card.height() < self.height() else above)
        return card
