"""The ring around what has the keyboard, and the grounds of rows: the same in every list and card."""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from crm_app.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

WIDTH = 2
"""Pixels; the stylesheet's borders of what has the focus are as wide."""
_RADIUS = 6


class State(IntFlag):
    """What a row is, by the bits of Qt's QStyle: asking for that class itself would keep the first paint waiting."""

    HAS_FOCUS = 0x100
    MOUSE_OVER = 0x2000
    SELECTED = 0x8000
    ACTIVE = 0x10000


def paint_ring(painter: QPainter, rect: QRect | QRectF) -> None:
    """Paint the ring just inside a rectangle."""
    half = WIDTH / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(look.colours().accent), WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), _RADIUS, _RADIUS)
    painter.restore()


def state_of(option: QStyleOptionViewItem) -> int:
    """Return the bits of :class:`State` of a row that is painted."""
    state: Any = option.state
    bits: int = state.value
    return bits


def fill_row(painter: QPainter, option: QStyleOptionViewItem, *, line: bool = True) -> bool:
    """Paint the ground of a row, and ``line`` at its foot; return whether it is chosen.

    What is chosen in a list without the keyboard stands back.
    """
    state = state_of(option)
    rect: QRect = option.rect
    colours = look.colours()
    chosen = bool(state & State.SELECTED)
    active = bool(state & State.ACTIVE) and option.widget.hasFocus()
    if chosen:
        painter.fillRect(rect, QColor(colours.accent_soft if active else colours.chosen))
    elif state & State.MOUSE_OVER:
        painter.fillRect(rect, QColor(colours.hover))
    if line:
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.border))
    if active and state & State.HAS_FOCUS and not option.widget.inherits("QTableView"):
        # A table has its ring around the whole row.
        paint_ring(painter, rect)
    return chosen
