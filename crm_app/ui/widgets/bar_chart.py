"""A bar chart on screen, from the geometry that papers print; its table always stands beside it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crm_app.services.charts import BarChart, Ink, Line, Rect, Role, Text, bar_chart, chart_height
from crm_app.ui import theme

_READS = 1.2
"""Pixels a point: the type of a paper reads a little small on a screen."""


def _scale() -> float:
    return _READS * theme.px(100) / 100


class BarChartView(QWidget):
    """Paints one chart; a click on a bar tells its number."""

    bar_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = BarChart("", (), "")
        theme.signals.changed.connect(self.update)

    def put(self, chart: BarChart) -> None:
        """Show another chart."""
        self._chart = chart
        self.setAccessibleName(chart.caption)
        self.setFixedHeight(round(chart_height(chart) * _scale()) if chart.bars else 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks in the colours of the look."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(_scale(), _scale())
        for mark in bar_chart(self._chart, self.width() / _scale(), self.height() / _scale()):
            match mark:
                case Rect():
                    painter.fillRect(QRectF(mark.x, mark.y, mark.width, mark.height), _colour(mark.ink))
                case Line():
                    painter.setPen(_colour(mark.ink))
                    painter.drawLine(QPointF(mark.x1, mark.y1), QPointF(mark.x2, mark.y2))
                case Text():
                    self._text(painter, mark)

    def _text(self, painter: QPainter, mark: Text) -> None:
        font = QFont(self.font())
        font.setPixelSize(round(mark.size))
        font.setBold(mark.role in (Role.BOLD, Role.HEAD))
        painter.setFont(font)
        painter.setPen(_colour(mark.ink))
        painter.drawText(QPointF(mark.x, mark.y), mark.text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which bar was clicked."""
        if event.button() != Qt.MouseButton.LeftButton or not self._chart.bars:
            return
        foot = self.height() - 16 * _scale()
        number = int(event.position().y() / foot * len(self._chart.bars)) if foot > 0 else 0
        if 0 <= number < len(self._chart.bars):
            self.bar_clicked.emit(number)


def _colour(ink: Ink) -> QColor:
    colours = theme.colours()
    named = {
        Ink.BLACK: colours.text,
        Ink.GREY: colours.muted,
        Ink.PALE: colours.border,
        Ink.WASH: colours.hover,
        Ink.BAR: colours.accent,
        Ink.RED: colours.overdue,
    }
    return QColor(named[ink])
