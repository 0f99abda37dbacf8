"""One stage of the board: its badge, count and sum over a list of cards."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from crm_app.domain import amounts
from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.i18n import _, ngettext
from crm_app.services.projects import Card
from crm_app.ui import actions, theme
from crm_app.ui.projects.board_cards import MIME, CardPainter, Cards
from crm_app.ui.projects.marks import StageBadge

WIDE, NARROW = 162, 100
"""Smallest widths of a column with cards and of an empty one."""


class CardList(QListView):
    """The cards of a column. ``stepped`` asks for the neighbour (-1, 1), ``dropped`` carries a project's id."""

    stepped = Signal(int)
    opened = Signal(object)
    dropped = Signal(object)
    hot = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards = Cards(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardPainter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.doubleClicked.connect(lambda _index: self._open())
        actions.make("open", self, self._open)

    def current(self) -> Card | None:
        """Return the card under the cursor."""
        row = self.currentIndex().row()
        return self.cards.cards[row] if 0 <= row < len(self.cards.cards) else None

    def _open(self) -> None:
        card = self.current()
        if card is not None:
            self.opened.emit(card)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step to the column beside with the left and right arrow."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a card chosen wherever the keyboard is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cards.cards:
            self.setCurrentIndex(self.cards.index(0))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take cards of other columns."""
        if event.mimeData().hasFormat(MIME) and event.source() is not self:
            event.acceptProposedAction()
            self.hot.emit(True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take them anywhere on the column."""
        if event.mimeData().hasFormat(MIME) and event.source() is not self:
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget the card that was held over the column."""
        self.hot.emit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; the card comes when it was written."""
        self.hot.emit(False)
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self.dropped.emit(UUID(bytes=bytes(event.mimeData().data(MIME).data())))


class StageColumn(QWidget):
    """A stage with its cards."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self.stage = stage
        self._hot = False
        self.badge = StageBadge(self)
        self.badge.show_stage(stage)
        self._count = QLabel(self)
        self._count.setProperty("role", "strong")
        self._sum = QLabel(self)
        self._sum.setProperty("role", "muted")
        self.list = CardList(self)
        self.list.hot.connect(self._show_hot)
        head = QHBoxLayout()
        head.setContentsMargins(theme.XS, 0, theme.XS, 0)
        head.setSpacing(theme.S)
        head.addWidget(self.badge)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._sum)
        self._head = head
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, theme.XS, 2, 2)
        layout.setSpacing(theme.XS)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)

    def put(self, cards: Sequence[Card], total_yuan: int) -> None:
        """Show the cards of the stage and what they come to."""
        self.list.cards.put(cards)
        self._count.setText(str(len(cards)))
        self._sum.setText(amounts.show_yi(total_yuan) if total_yuan else "")
        self.setMinimumWidth(max(theme.px(WIDE if cards else NARROW), self._head.minimumSize().width() + 2 * theme.XS))
        name = _(STAGE_LABELS[self.stage])
        told = ngettext("{stage}: {n} project", "{stage}: {n} projects", len(cards)).format(stage=name, n=len(cards))
        self.list.setAccessibleName(told)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus if cards else Qt.FocusPolicy.NoFocus)

    def _show_hot(self, hot: bool) -> None:
        self._hot = hot
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame the column a card is held over."""
        super().paintEvent(event)
        if self._hot:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.colours().accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
