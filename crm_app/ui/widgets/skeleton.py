"""Quiet bars where rows will stand, once reading them takes long enough to be noticed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crm_app.ui import theme
from crm_app.ui.widgets.cells import paint_skeleton

_AFTER_MS = 150
"""What is there sooner is not announced."""


class Skeleton(QWidget):
    """Lies over a widget from :meth:`expect` until :meth:`done`; ``height`` is that of a row, in pixels.

    Over what is no list its bars stand in so many ``columns``, and hide what stood there before.
    """

    def __init__(self, over: QWidget, height: int = 0, columns: int = 0) -> None:
        super().__init__(over)
        self._height, self._columns = height, columns
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self._appear)
        over.installEventFilter(self)
        self.hide()

    def expect(self) -> None:
        """Show bars unless the answer comes soon."""
        if self.isHidden():
            self._soon.start()

    def done(self) -> None:
        """Make room for what was read."""
        self._soon.stop()
        self.hide()

    def _appear(self) -> None:
        self._fill()
        self.show()
        self.raise_()

    def _fill(self) -> None:
        # Asked for anew: of a page that is being replaced, Python may have let go already.
        over = self.parentWidget()
        assert over is not None
        self.setGeometry(over.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what lies under it."""
        if event.type() is QEvent.Type.Resize and watched is not self:
            self._fill()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a bar in each row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, columns = self._height or theme.ROW, max(1, self._columns)
        if self._columns:
            painter.fillRect(self.rect(), QColor(theme.colours().window))
        wide = self.width() // columns
        for number in range(columns * (self.height() // height)):
            line, column = divmod(number, columns)
            at = QRect(column * wide + theme.M, line * height, wide - 2 * theme.M, height)
            paint_skeleton(painter, at, line + column)
