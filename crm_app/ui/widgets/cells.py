"""What a list cell can be, and the one delegate that paints them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from crm_app.domain import amounts, days
from crm_app.ui import theme

R = TypeVar("R")
CELL = Qt.ItemDataRole.UserRole + 1
"""The model role under which a :class:`Cell` is found."""
_LEAST_HINT = 72
"""Pixels of the design; a hint that is cut to less says nothing and is left out."""
_MARK = 16
_PILL, _BADGE_AIR = 18, 12
_AMOUNT = re.compile(r"^(.*\d)(\s*\D+)$")
_EACH_UNIT = (1, 20_000, 200_000_000)
"""Amounts in yuan that are told in each of the units there are."""
_SKELETON = 8
_MEASURED = 4096
"""Texts whose width is remembered."""
_SHARES = (0.72, 0.5, 0.64, 0.42)
"""How much of its cell a row that is being read fills with grey, by its line."""
_Index = QModelIndex | QPersistentModelIndex
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value


@dataclass(frozen=True)
class Cell:
    """A text; ``hint`` stands muted behind it; ``badge`` draws it as a badge; ``tone`` is a colour's role.

    ``badges``: so many quiet ones instead, those without room left out and counted.
    ``amount``: figures end where its unit begins, so that they stand under one another; ``mark``: an icon in its place;
    ``band``: it belongs to the head of a group; ``tip``: what is said of it in full where the mouse rests.
    """

    text: str = ""
    hint: str = ""
    badge: theme.Badge | None = None
    tone: str = "text"
    bold: bool = False
    amount: bool = False
    mark: str = ""
    band: bool = False
    badges: tuple[str, ...] = ()
    tip: str = ""


WAITING = Cell("…")
"""A cell of a row that is being read: painted as a quiet bar."""


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column of a list. ``sort`` is the key given to ``fetch``; empty where the list cannot be sorted by it.

    A ``spare`` one goes where there is no room: what it tells stands in the form of the row too.
    """

    id: str
    title: str
    cell: Callable[[R], Cell]
    width: int = 120
    sort: str = ""
    right: bool = False
    stretch: bool = False
    spare: bool = False


def amount_cell(shown: str) -> Cell:
    """Return an amount; use it in a ``right`` column, so that figures stand on their unit."""
    return Cell(shown, amount=True)


def flag_cell(word: str) -> Cell:
    """Return that something holds, as a check mark; ``word`` is what a screen reader says, empty where it does not."""
    return Cell(word, mark="check" if word else "")


def stage_cell(code: str, word: str) -> Cell:
    """Return a stage as its badge."""
    return Cell(word, badge=theme.colours().stage(code))


def badges_cell(words: Sequence[str]) -> Cell:
    """Return several words as quiet badges beside one another."""
    return Cell("、".join(words), badges=tuple(words))


def day_cell(day: date | None, today: date) -> Cell:
    """Return a day, one that is near with the relative day beside it; an overdue one in its colour."""
    if day is None:
        return Cell()
    tone = "overdue" if day < today else "text"
    hint = days.relative(day, today) if days.is_near(day, today) else ""
    return Cell(days.show_near(day, today), hint=hint, tone=tone, tip=days.show_date(day))


def cell_width(cell: Cell, text: QFontMetrics, small: QFontMetrics) -> int:
    """Return how many pixels the whole of a cell takes; ``small`` are the letters of badges and hints.

    Of several badges it is the first, and how many more there are.
    """
    if cell.mark:
        return theme.px(_MARK)
    if cell.badge is not None or cell.badges:
        first, *others = cell.badges or (cell.text,)
        more = small.horizontalAdvance(f"+{len(others)}") + theme.S if others else 0
        return small.horizontalAdvance(first) + theme.px(_BADGE_AIR) + more
    parts = _AMOUNT.match(cell.text) if cell.amount else None
    if parts:
        return text.horizontalAdvance(parts[1]) + max(text.horizontalAdvance(parts[2]), unit_width(text))
    hint = small.horizontalAdvance(cell.hint) + theme.S if cell.hint else 0
    # Bold letters are a little wider.
    return round(text.horizontalAdvance(cell.text) * (1.06 if cell.bold else 1)) + hint


class Letters:
    """The fonts in which the cells of a list are written, with their measures."""

    def __init__(self, font: QFont) -> None:
        self.normal, self._bold, self.small = QFont(font), QFont(font), QFont(font)
        self.normal.setBold(False)
        self._bold.setBold(True)
        self.small.setBold(False)
        self.small.setPixelSize(theme.SMALL)
        self.metrics, self._bold_metrics = QFontMetrics(self.normal), QFontMetrics(self._bold)
        self.small_metrics = QFontMetrics(self.small)

    def of(self, bold: bool) -> tuple[QFont, QFontMetrics]:
        """Return the bold font or the normal one."""
        return (self._bold, self._bold_metrics) if bold else (self.normal, self.metrics)


class CellModel(QAbstractTableModel):
    """A table of cells."""

    def cell(self, line: int, column: int) -> Cell:
        """Return one cell."""
        raise NotImplementedError

    def is_right(self, line: int, column: int) -> bool:
        """Say whether a cell stands at the right of its column."""
        raise NotImplementedError

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer a painter with the Cell, everything else with its text."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.is_right(index.row(), index.column()) else _LEFT
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        cell = self.cell(index.row(), index.column())
        if role == CELL:
            return cell
        if cell is WAITING:
            return ""
        return cell.tip or cell.text if role == Qt.ItemDataRole.ToolTipRole else cell.text


class CellPainter(QStyledItemDelegate):
    """Paints :class:`Cell`: text with a muted hint, an amount, a badge, a mark, or a bar while it is being read."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._advances: dict[tuple[str, bool], int] = {}
        self._fitted: dict[tuple[str, bool, int], tuple[str, int]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Every row is as high as the next: a view that measured rows would read them all."""
        return QSize(theme.px(60), theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the ground, then the cell."""
        rect: QRect = option.rect
        cell = index.data(CELL)
        if isinstance(cell, Cell) and cell.band:
            painter.fillRect(rect, QColor(theme.colours().window))
        chosen = theme.fill_row(painter, option)
        if not isinstance(cell, Cell) or not cell.text:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = bool(index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight.value)
        self.paint_cell(painter, Letters(painter.font()), rect, cell, chosen=chosen, right=right)
        if cell is WAITING:
            paint_skeleton(painter, inset(rect), index.row() + index.column(), right=right)
        painter.restore()

    def paint_cell(
        self, painter: QPainter, letters: Letters, rect: QRect, cell: Cell, *, chosen: bool, right: bool
    ) -> None:
        """Paint what stands in a cell, which leaves the painter's font and colours as they are then."""
        inner = inset(rect)
        if cell.badge is not None:
            painter.setFont(letters.normal)
            paint_badge(painter, inner, cell.text, cell.badge, outlined=chosen)
        elif cell.badges:
            painter.setFont(letters.normal)
            paint_badges(painter, inner, cell.badges, outlined=chosen)
        elif cell.mark:
            side = theme.px(_MARK)
            at = QRect(inner.left(), inner.center().y() - side // 2, side, side)
            theme.icon(cell.mark, "accent").paint(painter, at)
        elif cell is not WAITING:
            self._text(painter, letters, inner, cell, chosen, right)

    def _text(self, painter: QPainter, letters: Letters, rect: QRect, cell: Cell, selected: bool, right: bool) -> None:
        colours = theme.colours()
        font, metrics = letters.of(cell.bold)
        painter.setFont(font)
        tone = colours.on_soft if selected and cell.tone == "text" else getattr(colours, cell.tone)
        parts = _AMOUNT.match(cell.text) if cell.amount and right else None
        if parts and self._advance(metrics, cell.text, cell.bold) <= rect.width():
            rect = self._unit(painter, rect, parts[2], QColor(colours.on_soft if selected else colours.muted))
            shown = parts[1]
        else:
            shown = cell.text
        painter.setPen(QColor(tone))
        text, advance = self._fit(metrics, shown, cell.bold, rect.width())
        painter.drawText(rect, _RIGHT if right else _LEFT, text)
        if cell.hint and not right:
            behind = rect.adjusted(advance + theme.S, 0, 0, 0)
            hint = letters.small_metrics.elidedText(cell.hint, Qt.TextElideMode.ElideRight, behind.width())
            if hint != cell.hint and behind.width() < theme.px(_LEAST_HINT):
                return
            painter.setFont(letters.small)
            if cell.tone == "text":
                painter.setPen(QColor(colours.on_soft if selected else colours.muted))
            painter.drawText(behind, _LEFT, hint)

    def _fit(self, metrics: QFontMetrics, text: str, bold: bool, room: int) -> tuple[str, int]:
        """Return a text as it fits into so many pixels, and how wide it is then; in other letters it is made anew."""
        advance = self._advance(metrics, text, bold)
        if advance < room:
            return text, advance
        found = self._fitted.get((text, bold, room))
        if found is None:
            if len(self._fitted) >= _MEASURED:
                self._fitted.clear()
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            found = self._fitted[text, bold, room] = cut, metrics.horizontalAdvance(cut)
        return found

    def _advance(self, metrics: QFontMetrics, text: str, bold: bool) -> int:
        """Return how wide a text is: measuring it takes as long as painting it."""
        found = self._advances.get((text, bold))
        if found is None:
            if len(self._advances) >= _MEASURED:
                self._advances.clear()
            found = self._advances[text, bold] = metrics.horizontalAdvance(text)
        return found

    @staticmethod
    def _unit(painter: QPainter, rect: QRect, unit: str, colour: QColor) -> QRect:
        """Paint a unit in the column all units begin in, and return what is left for the figures."""
        metrics = painter.fontMetrics()
        room = max(metrics.horizontalAdvance(unit), unit_width(metrics))
        left = QRect(rect.right() - room + 1, rect.top(), room, rect.height())
        painter.setPen(colour)
        painter.drawText(left, _LEFT, unit)
        return rect.adjusted(0, 0, -room, 0)


def inset(rect: QRect) -> QRect:
    """Return where a text stands in a cell."""
    return rect.adjusted(theme.S, 0, -theme.S, -1)


def unit_width(metrics: QFontMetrics) -> int:
    """Return how wide the column of the units is, in pixels."""
    found = (_AMOUNT.match(amounts.show_money(yuan)) for yuan in _EACH_UNIT)
    return max((metrics.horizontalAdvance(one[2]) for one in found if one), default=0)


def paint_skeleton(painter: QPainter, rect: QRect, line: int, *, right: bool = False) -> None:
    """Paint a quiet bar where a text will stand; ``line`` lets the bars differ."""
    height = theme.px(_SKELETON)
    width = round(rect.width() * _SHARES[line % len(_SHARES)])
    left = rect.right() - width if right else rect.left()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colours().skeleton))
    painter.drawRoundedRect(QRectF(left, rect.center().y() - height / 2, width, height), height / 2, height / 2)


def paint_badges(painter: QPainter, rect: QRect, words: Sequence[str], *, outlined: bool = False) -> None:
    """Paint badges beside one another; where there is no room for all, the last says how many more there are."""
    small = QFont(painter.font())
    small.setPixelSize(theme.SMALL)
    metrics, quiet = QFontMetrics(small), theme.colours().neutral
    left = rect.left()
    for number, word in enumerate(words):
        behind = len(words) - number - 1
        more = f"+{behind}" if behind else ""
        room = rect.right() - left - (metrics.horizontalAdvance(more) + theme.S if more else 0)
        if number and metrics.horizontalAdvance(word) + theme.M > room:
            at = QRect(left, rect.top(), rect.right() - left, rect.height())
            painter.setFont(small)
            painter.setPen(QColor(theme.colours().muted))
            painter.drawText(at, _LEFT, f"+{behind + 1}")
            return
        left += paint_badge(painter, QRect(left, rect.top(), room, rect.height()), word, quiet, outlined=outlined)
        left += theme.XS


def paint_badge(painter: QPainter, rect: QRect, text: str, badge: theme.Badge, *, outlined: bool = False) -> int:
    """Paint a badge at the left of ``rect`` and return its width; ``outlined`` keeps it apart from a selection."""
    font = QFont(painter.font())
    font.setPixelSize(theme.SMALL)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    air, height = theme.px(_BADGE_AIR), theme.px(_PILL)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, rect.width() - air))
    width = metrics.horizontalAdvance(shown) + air
    pill = QRectF(rect.left() + 0.5, rect.center().y() - height / 2 + 0.5, width, height)
    painter.setPen(QColor(badge.text) if outlined else QColor(badge.ground))
    painter.setBrush(QColor(badge.ground))
    painter.drawRoundedRect(pill, theme.RADIUS - 2, theme.RADIUS - 2)
    painter.setPen(QColor(badge.text))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
    return width
