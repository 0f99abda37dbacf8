"""The ring around what has the keyboard, and the grounds of rows: the same in every list and card."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from crm_app.ui.theme import look

WIDTH = 2
"""Pixels; the stylesheet's borders of what has the focus are as wide."""
_RADIUS = 6


def paint_ring(painter: QPainter, rect: QRect | QRectF, radius: float = _RADIUS) -> None:
    """Paint the ring just inside a rectangle."""
    half = WIDTH / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(look.colours().accent), WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def fill_row(painter: QPainter, option: QStyleOptionViewItem, *, line: bool = True) -> bool:
    """Paint the ground of a row, and ``line`` at its foot; return whether it is chosen.

    What is chosen in a list without the keyboard stands back.
    """
    state: Any = option.state
    rect: QRect = option.rect
    colours = look.colours()
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    active = bool(state & QStyle.StateFlag.State_Active) and option.widget.hasFocus()
    if chosen:
        painter.fillRect(rect, QColor(colours.accent_soft if active else colours.chosen))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, QColor(colours.hover))
    if line:
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.border))
    if active and state & QStyle.StateFlag.State_HasFocus and not isinstance(option.widget, QTableView):
        # A table has its ring around the whole row.
        paint_ring(painter, rect)
    return chosen
