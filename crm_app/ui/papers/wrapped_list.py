"""A list of sentences that wrap to the width of their column and never scroll sideways."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_app.ui import theme
from crm_app.ui.widgets.cells import paint_badge

_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole.UserRole
_WRAP = Qt.TextFlag.TextWordWrap
_AIR = 5
_STATE = _ROLE + 1


class State(StrEnum):
    """How a line stands that begins with the badge of its state."""

    OPEN = "open"
    NOTE = "note"
    RIGHT = "right"


def _badge(state: State) -> theme.Badge:
    colours = theme.colours()
    if state is State.OPEN:
        return theme.Badge(colours.danger_soft, colours.overdue)
    return theme.Badge(colours.warn_soft, colours.gap) if state is State.NOTE else colours.stage("producing")


class _Painter(QStyledItemDelegate):
    """Measures with the very margins it paints with: the style's own measure forgets the style sheet's padding."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height that the sentence takes in the width of the list."""
        width = self._view.viewport().width()
        room = QRect(0, 0, width - 2 * theme.S, 10_000)
        metrics = QFontMetrics(index.data(Qt.ItemDataRole.FontRole) or self._view.font())
        taken = metrics.boundingRect(room, _WRAP.value, index.data(Qt.ItemDataRole.DisplayRole))
        return QSize(width, taken.height() + 2 * _AIR + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the ground, the sentence, and a hairline under it."""
        colours = theme.colours()
        state: Any = option.state
        rect: QRect = option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, QColor(colours.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.hover))
        painter.setPen(QColor(colours.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(colours.on_soft if chosen else colours.text))
        inner = rect.adjusted(theme.S, _AIR, -theme.S, -_AIR)
        text, state = index.data(Qt.ItemDataRole.DisplayRole), index.data(_STATE)
        if state is not None:
            head, _break, text = text.partition("\n")
            # Qt hands a word back as a plain string.
            inner.setTop(self._paint_head(painter, inner, head, State(state), chosen=chosen))
        painter.setFont(index.data(Qt.ItemDataRole.FontRole) or self._view.font())
        painter.drawText(inner, _WRAP.value, text)
        painter.restore()

    def _paint_head(self, painter: QPainter, inner: QRect, head: str, state: State, *, chosen: bool) -> int:
        """Paint “kind · state” with the state as a badge before the kind; return where the sentence begins."""
        kind, _dot, word = head.rpartition(" · ")
        line = QRect(inner.left(), inner.top(), inner.width(), painter.fontMetrics().lineSpacing())
        painter.save()
        taken = paint_badge(painter, line, word, _badge(state), outlined=chosen)
        painter.setPen(QColor(theme.colours().on_soft if chosen else theme.colours().muted))
        painter.drawText(line.adjusted(taken + theme.S, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, kind)
        painter.restore()
        return line.bottom() + 2


class WrappedList(QListWidget):
    """Sentences, each with what it stands for; Enter or a click takes one."""

    taken = Signal(object)
    """What the sentence stands for; never None."""

    def __init__(self, parent: QWidget, label: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.itemActivated.connect(self._take)
        self.itemClicked.connect(self._take)

    def put(self, sentences: Iterable[tuple[str, Any]], hint: str = "") -> None:
        """Show other sentences, as (words, what they stand for or None)."""
        self.clear()
        for words, value in sentences:
            item = QListWidgetItem(words)
            item.setData(_ROLE, value)
            item.setToolTip(hint if value is not None else "")
            self.addItem(item)

    def set_state(self, row: int, state: State) -> None:
        """Show the last words of a row's first line, “kind · state”, as a badge."""
        self.item(row).setData(_STATE, state)

    def set_strong(self, row: int) -> None:
        """Let a row stand out, as a heading among its texts."""
        strong = self.font()
        strong.setBold(True)
        self.item(row).setFont(strong)

    def value(self, row: int) -> Any:
        """Return what the sentence of a row stands for."""
        return self.item(row).data(_ROLE)

    def _take(self, item: QListWidgetItem) -> None:
        if item.data(_ROLE) is not None:
            self.taken.emit(item.data(_ROLE))
