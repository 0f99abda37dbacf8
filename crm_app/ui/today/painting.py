"""How a line of Today is painted: a circle to tick off, what and about whom, whose, and when, in columns."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_app import clock
from crm_app.services.tasks import Due
from crm_app.ui import theme
from crm_app.ui.today.agenda import ROW_ROLE, Heading, about, mark_of, name, when, whose
from crm_app.ui.widgets.cells import paint_badge

_Index = QModelIndex | QPersistentModelIndex
_CIRCLE, _DOT = 16, 7
_OWNER = 72
_WHEN = 168
_ABOUT_SHARE = 0.42
"""How much of the room left of the owner tells whom a step is about."""
_ROOMY, _FAIR = 720, 560
"""From these widths on a row has room for the owner; for whom the step is about and the day of the month."""
_ENOUGH = 72
"""What a name has to leave in a narrow row for whom the step is about: two promises of power are told apart by that."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AgendaPainter(QStyledItemDelegate):
    """Paints one line a row; a click on the circle ticks the step off."""

    ticked = Signal(QModelIndex)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the row's height, which follows the size of the letters and the density."""
        return QSize(theme.px(200), theme.ROW + theme.px(3 if isinstance(index.data(ROW_ROLE), Heading) else 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        line, state = index.data(ROW_ROLE), option
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            _heading(painter, rect, line)
        else:
            _step(painter, state, rect, line)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Tick a step off by its circle."""
        released = isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease
        if released and isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton:
            inside = circle_of(option.rect).adjusted(-theme.XS, -theme.XS, theme.XS, theme.XS)
            if isinstance(index.data(ROW_ROLE), Due) and inside.contains(event.position().toPoint()):
                self.ticked.emit(index)
                return True
        return super().editorEvent(event, model, option, index)


def circle_of(rect: QRect) -> QRect:
    """Return where the circle of a row stands."""
    size = theme.px(_CIRCLE)
    return QRect(rect.left() + theme.M, rect.center().y() - size // 2 + 1, size, size)


def _heading(painter: QPainter, rect: QRect, heading: Heading) -> None:
    colours = theme.colours()
    inner = rect.adjusted(theme.M, theme.XS, -theme.M, 0)
    font = QFont(painter.font())
    if heading.count is None:
        painter.setPen(QColor(colours.muted))
        painter.drawText(inner, _LEFT, heading.title)
        return
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(colours.overdue if heading.overdue else colours.text))
    painter.drawText(inner, _LEFT, heading.title)
    inner.setLeft(inner.left() + painter.fontMetrics().horizontalAdvance(heading.title) + theme.S)
    font.setBold(False)
    painter.setFont(font)
    painter.setPen(QColor(colours.muted))
    painter.drawText(inner, _LEFT, str(heading.count))


def _step(painter: QPainter, option: Any, rect: QRect, line: Any) -> None:
    colours, state = theme.colours(), option.state
    chosen = theme.fill_row(painter, option)
    pointed = bool(state & QStyle.StateFlag.State_MouseOver)
    late = isinstance(line, Due) and line.due < clock.today()
    quiet = QColor(colours.on_soft if chosen else colours.muted)
    mark = circle_of(rect)
    if isinstance(line, Due):
        _paint_circle(painter, mark, QColor(colours.overdue if late else colours.edge), pointed)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.overdue))
        half = theme.px(_DOT) / 2
        painter.drawEllipse(QPointF(mark.center()) + QPointF(0.5, 0.5), half, half)
    inner = rect.adjusted(theme.M + theme.px(_CIRCLE) + theme.S, 0, -theme.M, 0)
    roomy, fair = rect.width() >= theme.px(_ROOMY), rect.width() >= theme.px(_FAIR)
    words = when(line, whole=fair)
    painter.setPen(QColor(colours.overdue) if late else quiet)
    painter.drawText(inner, _RIGHT, words)
    width = painter.fontMetrics().horizontalAdvance(words)
    inner.setRight(inner.right() - (max(theme.px(_WHEN), width) if roomy else width) - theme.M)
    painter.setPen(quiet)
    if roomy:
        owner = QRect(inner)
        owner.setLeft(inner.right() - theme.px(_OWNER))
        _put(painter, owner, whose(line))
        inner.setRight(owner.left() - theme.M)
    if fair:
        whom = QRect(inner)
        whom.setLeft(inner.right() - int(inner.width() * _ABOUT_SHARE))
        _put(painter, whom, about(line))
        inner.setRight(whom.left() - theme.M)
    if word := mark_of(line):
        font = painter.font()
        inner.setLeft(inner.left() + paint_badge(painter, inner, word, colours.neutral, outlined=chosen) + theme.S)
        painter.setFont(font)
    painter.setPen(QColor(colours.on_soft if chosen else colours.text))
    _put(painter, inner, name(line))
    inner.setLeft(inner.left() + painter.fontMetrics().horizontalAdvance(name(line)) + theme.L)
    if not fair and inner.width() >= theme.px(_ENOUGH):
        painter.setPen(quiet)
        _put(painter, inner, about(line))


def _paint_circle(painter: QPainter, rect: QRect, colour: QColor, pointed: bool) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.5))
    painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
    if pointed:
        left, top, size = rect.left(), rect.top(), rect.width()
        points = [QPointF(left + size * x, top + size * y) for x, y in ((0.3, 0.52), (0.45, 0.67), (0.72, 0.36))]
        painter.drawPolyline(points)


def _put(painter: QPainter, rect: QRect, text: str) -> None:
    painter.drawText(rect, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))
