"""The cards of one stage: their model, and how a card is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_app import clock
from crm_app.domain import amounts, days
from crm_app.i18n import _
from crm_app.services.projects import Card
from crm_app.ui import theme

CARD_ROLE = Qt.ItemDataRole.UserRole + 1
MIME = "application/x-crm-project"
_HEIGHT = 96
_MARK = 8
_NAME_LINES = 2
_REMEMBERED = 512
"""Names whose lines are remembered."""
_LEAST_OWNER = 3
"""Characters of a name: less would be a mark that says nothing, and the tool tip has it whole."""
_LEAST_STEP = 8
"""Characters of a next step that are worth showing behind how long a project is stalled; else its day stands alone."""
_Index = QModelIndex | QPersistentModelIndex


class Cards(QAbstractListModel):
    """The cards of a column in order; each can be dragged to another column."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.cards: Sequence[Card] = ()

    def put(self, cards: Sequence[Card]) -> None:
        """Show other cards."""
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def row_of(self, project_id: UUID) -> int:
        """Return the row of a project; -1 where it is not here."""
        return next((row for row, card in enumerate(self.cards) if card.project.id == project_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many cards there are."""
        return 0 if parent.isValid() else len(self.cards)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let cards be chosen and dragged."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:
        """Copy only: the card moves when the book says so, not when the mouse lets go."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Return what a dragged card is."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged project's id."""
        carried = QMimeData()
        if indexes:
            carried.setData(MIME, self.cards[indexes[0].row()].project.id.bytes)
        return carried

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer the painter with the card, a screen reader with its words."""
        card = self.cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.project.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return in_words(card)
        return None


def amount_of(card: Card) -> str:
    """Return the amount on a card, or that it is not known."""
    return _("amount open") if card.amount_yuan is None else amounts.show_money(card.amount_yuan)


def stalled_of(card: Card) -> str:
    """Return “stalled for 45 d”; empty for a lively project."""
    return "" if card.stalled_days is None else _("stalled for {n} d").format(n=card.stalled_days)


def due_of(card: Card) -> str:
    """Return how far off the next step is; empty where there is none."""
    return "" if card.next_task is None else days.relative(card.next_task.due, clock.today())


def next_of(card: Card) -> str:
    """Return the next step with its day; empty where there is none."""
    if card.next_task is None:
        return ""
    return _("{due}: {what}").format(due=due_of(card), what=card.next_task.what)


def in_words(card: Card) -> str:
    """Return everything the card says, for tool tips and screen readers."""
    owner = card.owner.name if card.owner else ""
    parts = (card.project.name, amount_of(card), owner, stalled_of(card), next_of(card))
    return "\n".join(part for part in parts if part)


class CardPainter(QStyledItemDelegate):
    """Paints a card: its name on two lines, amount and owner, and below what wants attention."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names: dict[tuple[str, int], list[str]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Every card is as high as the next."""
        return theme.size(80, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one card."""
        card: Card = index.data(CARD_ROLE)
        state: Any = option.state
        rect = _whole(option)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, chosen=chosen, hot=bool(state & QStyle.StateFlag.State_MouseOver))
        inner = rect.adjusted(14, 10, -14, -8)
        self._name(painter, inner, card.project.name, chosen)
        self._foot(painter, inner, card, chosen)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, *, chosen: bool, hot: bool) -> None:
        colours = theme.colours()
        box = QRectF(rect).adjusted(4.5, 3.5, -4.5, -3.5)
        painter.setPen(QPen(QColor(colours.accent if chosen else colours.border), 2 if chosen else 1))
        painter.setBrush(QColor(colours.accent_soft if chosen else colours.hover if hot else colours.base))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)

    def _name(self, painter: QPainter, rect: QRect, name: str, chosen: bool) -> None:
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        colours = theme.colours()
        painter.setPen(QColor(colours.on_soft if chosen else colours.text))
        pitch = painter.fontMetrics().lineSpacing()
        for number, line in enumerate(self._lines(painter, font, name, rect.width())):
            at = QRect(rect.left(), rect.top() + number * pitch, rect.width(), pitch)
            painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
        font.setBold(False)
        painter.setFont(font)

    def _lines(self, painter: QPainter, font: QFont, name: str, width: int) -> list[str]:
        """Return the lines of a name, broken once: that takes longer than painting them."""
        lines = self._names.get((name, width))
        if lines is None:
            if len(self._names) >= _REMEMBERED:
                self._names.clear()
            lines = self._names[name, width] = _wrapped(name, font, painter, width)
        return lines

    def _foot(self, painter: QPainter, rect: QRect, card: Card, chosen: bool) -> None:
        colours = theme.colours()
        quiet = QColor(colours.on_soft if chosen else colours.muted)
        small = QFont(painter.font())
        small.setPixelSize(theme.SMALL)
        pitch = painter.fontMetrics().lineSpacing()
        lower = QRect(rect.left(), rect.bottom() - pitch + 1, rect.width(), pitch)
        upper = lower.translated(0, -pitch)
        painter.setPen(QColor(colours.on_soft if chosen else colours.text) if card.amount_yuan is not None else quiet)
        amount = amount_of(card)
        _draw(painter, upper, amount)
        upper.setLeft(upper.left() + painter.fontMetrics().horizontalAdvance(amount) + theme.S)
        painter.setFont(small)
        painter.setPen(quiet)
        owner, stalled, step = card.owner.name if card.owner else "", stalled_of(card), next_of(card)
        measured = painter.fontMetrics().horizontalAdvance
        taken = measured(stalled or step) + theme.S + (theme.px(_MARK) + theme.XS if stalled else 0)
        if measured(owner) <= upper.width() or taken + measured(owner) > lower.width():
            if measured(f"{owner[:_LEAST_OWNER]}…") < upper.width():
                _draw(painter, upper, owner, Qt.AlignmentFlag.AlignRight)
        else:
            _draw(painter, lower, owner, Qt.AlignmentFlag.AlignRight)
            step = "" if stalled else step
        if stalled:
            self._dot(painter, lower)
            lower.setLeft(lower.left() + theme.px(_MARK) + theme.XS)
            painter.setPen(QColor(colours.overdue))
            _draw(painter, lower, stalled)
            lower.setLeft(lower.left() + measured(stalled) + theme.S)
            painter.setPen(quiet)
        if not step:
            return
        if card.next_task is not None and card.next_task.due < clock.today():
            painter.setPen(QColor(colours.overdue))
        if not stalled or measured(f"{step[:_LEAST_STEP]}…") <= lower.width():
            _draw(painter, lower, step)
        elif measured(due := due_of(card)) <= lower.width():
            _draw(painter, lower, due, Qt.AlignmentFlag.AlignRight)

    @staticmethod
    def _dot(painter: QPainter, line: QRect) -> None:
        half = theme.px(_MARK) / 2
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().overdue))
        painter.drawEllipse(QPointF(line.left() + half, line.center().y() + 1), half, half)
        painter.restore()


def _whole(option: QStyleOptionViewItem) -> QRect:
    """Return where a card stands: as wide in a column that does not scroll as in one that does."""
    rect: QRect = option.rect
    view: Any = option.widget
    bar = view.verticalScrollBar()
    return rect if bar.isVisible() else rect.adjusted(0, 0, -bar.sizeHint().width(), 0)


def _draw(painter: QPainter, rect: QRect, text: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _wrapped(text: str, font: QFont, painter: QPainter, width: int) -> list[str]:
    """Break a name into two lines, anywhere as Chinese allows, the second shortened."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < _NAME_LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        last = len(lines) == _NAME_LINES - 1
        rest = text[start:] if last else text[start : start + line.textLength()]
        lines.append(painter.fontMetrics().elidedText(rest.rstrip(), Qt.TextElideMode.ElideRight, width))
    layout.endLayout()
    return lines
