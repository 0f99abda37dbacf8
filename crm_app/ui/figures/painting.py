"""Paints a drawing, on the screen and on a picture: the geometry's marks in the colours of a palette."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from crm_app.services.charts import Drawing, Frame, Ink, Line, Rect, Role, Text
from crm_app.ui.theme import Palette

_SMALL = 12 / 13


def frame(width: float, height: float, font: QFont) -> Frame:
    """Return the frame of a chart in a font: texts are as wide as the font sets them."""
    size = float(font.pixelSize())
    small = round(size * _SMALL)
    metrics = {one: QFontMetricsF(_sized(font, one)) for one in (size, float(small))}

    def measure(text: str, wanted: float) -> float:
        return metrics[wanted].horizontalAdvance(text)

    return Frame(width, height, size, float(small), measure)


def paint(painter: QPainter, drawing: Drawing, palette: Palette, font: QFont) -> None:
    """Paint every mark."""
    for mark in drawing.marks:
        match mark:
            case Rect():
                painter.fillRect(QRectF(mark.x, mark.y, mark.width, mark.height), colour(mark.ink, palette))
            case Line():
                painter.setPen(QPen(colour(mark.ink, palette), mark.width))
                painter.drawLine(QPointF(mark.x1, mark.y1), QPointF(mark.x2, mark.y2))
            case Text():
                sized = _sized(font, mark.size)
                sized.setBold(mark.role in (Role.BOLD, Role.HEAD))
                painter.setFont(sized)
                painter.setPen(colour(mark.ink, palette))
                painter.drawText(QPointF(mark.x, mark.y), mark.text)


def _sized(font: QFont, size: float) -> QFont:
    made = QFont(font)
    made.setPixelSize(round(size))
    return made


def colour(ink: Ink, palette: Palette) -> QColor:
    """Return an ink in a palette: one accent, comparison in grey."""
    named = {
        Ink.BLACK: palette.text,
        Ink.GREY: palette.muted,
        Ink.PALE: palette.border,
        Ink.WASH: palette.hover,
        Ink.TRACK: palette.border,
        Ink.BAR: palette.accent,
        Ink.THEN: palette.edge,
        Ink.RED: palette.overdue,
    }
    return QColor(named[ink])
