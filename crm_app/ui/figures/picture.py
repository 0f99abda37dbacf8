"""A chart as a picture to paste into a paper: with its title, its windows, its source and the bureau's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from crm_app.ui.figures.drawn import draw, least_height
from crm_app.ui.figures.painting import frame, paint
from crm_app.ui.figures.section import Section
from crm_app.ui.theme.light import LIGHT

WIDTH, _EDGE, _SHARP = 760, 24, 2
_ROWS = 30
_SMALL, _BODY, _TITLE = 12, 13, 18
"""Type as a paper wants it, however large the window's is."""


@dataclass(frozen=True)
class Caption:
    """The words around a chart: its title, the line under it, and the line at its foot."""

    title: str
    window: str
    source: str


def picture(section: Section, measure: int, names: Sequence[str], caption: Caption, font: QFont) -> QImage:
    """Return the chart on white paper, in the light look whatever the window's, twice as sharp as a screen."""
    palette = LIGHT
    size = _BODY
    sized = QFont(font)
    sized.setPixelSize(size)
    lines = max(len(section.drawn), 1)
    wanted = least_height(section, size, compared=len(names) > 1)
    chart = max(wanted, 280.0, min(lines * _ROWS, 420))
    head, foot = 64.0, 36.0
    height = round(head + chart + foot + _EDGE)
    image = QImage(WIDTH * _SHARP, height * _SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARP)
    image.fill(QColor(palette.base))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = WIDTH - 2 * _EDGE
    _words(painter, sized, caption.title, _TITLE, palette.text, _EDGE + _TITLE, bold=True)
    _words(painter, sized, caption.window, _BODY, palette.muted, _EDGE + _TITLE + 22)
    painter.save()
    painter.translate(_EDGE, head + 8)
    paint(painter, draw(section, measure, names, frame(room, chart, sized)), palette, sized)
    painter.restore()
    painter.setPen(QColor(palette.border))
    line = head + chart + 16
    painter.drawLine(QPointF(_EDGE, line), QPointF(WIDTH - _EDGE, line))
    _words(painter, sized, caption.source, _SMALL, palette.muted, line + 20)
    painter.end()
    return image


def _words(
    painter: QPainter, font: QFont, text: str, size: int, colour: str, baseline: float, *, bold: bool = False
) -> None:
    made = QFont(font)
    made.setPixelSize(size)
    made.setBold(bold)
    painter.setFont(made)
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, WIDTH - 2 * _EDGE)
    painter.drawText(QRectF(_EDGE, baseline - size, WIDTH - 2 * _EDGE, size * 1.6), shown)
