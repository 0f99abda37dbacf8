"""What a list cell can be, and the one delegate that paints them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_app.domain import days
from crm_app.ui import theme

R = TypeVar("R")
CELL = Qt.ItemDataRole.UserRole + 1
"""The model role under which a :class:`Cell` is found."""
_LEAST_HINT = 72
"""Pixels; a hint that is cut to less says nothing and is left out."""
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Cell:
    """A text; ``hint`` stands muted behind it; ``badge`` draws it as a badge; ``tone`` is a colour's role."""

    text: str = ""
    hint: str = ""
    badge: theme.Badge | None = None
    tone: str = "text"
    bold: bool = False


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column of a list. ``sort`` is the key given to ``fetch``; empty where the list cannot be sorted by it."""

    id: str
    title: str
    cell: Callable[[R], Cell]
    width: int = 120
    sort: str = ""
    right: bool = False
    stretch: bool = False


def amount_cell(shown: str) -> Cell:
    """Return an amount; use it in a ``right`` column, so that figures stand on their unit."""
    return Cell(shown)


def stage_cell(code: str, word: str) -> Cell:
    """Return a stage as its badge."""
    return Cell(word, badge=theme.colours().stage(code))


def day_cell(day: date | None, today: date) -> Cell:
    """Return a day with the relative day beside it; an overdue one in its colour."""
    if day is None:
        return Cell()
    tone = "overdue" if day < today else "text"
    return Cell(days.show_date(day), hint=days.relative(day, today), tone=tone)


class CellPainter(QStyledItemDelegate):
    """Paints :class:`Cell`: text with a muted hint, or a badge."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Every row is as high as the next: a view that measured rows would read them all."""
        return QSize(60, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the ground, then the cell."""
        state: Any = option.state
        rect: QRect = option.rect
        selected = bool(state & QStyle.StateFlag.State_Selected)
        colours = theme.colours()
        if selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.hover))
        painter.setPen(QColor(colours.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        cell = index.data(CELL)
        if not isinstance(cell, Cell) or not cell.text:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = rect.adjusted(theme.S, 0, -theme.S, -1)
        if cell.badge is not None:
            paint_badge(painter, inner, cell.text, cell.badge, outlined=selected)
        else:
            alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
            self._text(painter, inner, cell, selected, bool(alignment & Qt.AlignmentFlag.AlignRight.value))
        painter.restore()

    def _text(self, painter: QPainter, rect: QRect, cell: Cell, selected: bool, right: bool) -> None:
        colours = theme.colours()
        font = QFont(painter.font())
        font.setBold(cell.bold)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, rect.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        tone = colours.on_soft if selected and cell.tone == "text" else getattr(colours, cell.tone)
        painter.setPen(QColor(tone))
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, text)
        behind = rect.adjusted(metrics.horizontalAdvance(text) + theme.S, 0, 0, 0)
        if cell.hint and not right:
            font.setBold(False)
            font.setPixelSize(theme.SMALL)
            painter.setFont(font)
            if cell.tone == "text":
                painter.setPen(QColor(colours.on_soft if selected else colours.muted))
            hint = painter.fontMetrics().elidedText(cell.hint, Qt.TextElideMode.ElideRight, behind.width())
            if hint != cell.hint and behind.width() < _LEAST_HINT:
                return
            painter.drawText(behind, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, hint)


def paint_badge(painter: QPainter, rect: QRect, text: str, badge: theme.Badge, *, outlined: bool = False) -> int:
    """Paint a badge at the left of ``rect`` and return its width; ``outlined`` keeps it apart from a selection."""
    font = QFont(painter.font())
    font.setPixelSize(theme.SMALL)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, rect.width() - 12))
    width = metrics.horizontalAdvance(shown) + 12
    pill = QRectF(rect.left() + 0.5, rect.center().y() - 8.5, width, 18)
    painter.setPen(QColor(badge.text) if outlined else QColor(badge.ground))
    painter.setBrush(QColor(badge.ground))
    painter.drawRoundedRect(pill, theme.XS, theme.XS)
    painter.setPen(QColor(badge.text))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
    return width
