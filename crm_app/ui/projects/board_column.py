"""One stage of the board: its badge, count and sum over a list of cards; a slim strip where there is nothing to see."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QListView, QSizePolicy, QVBoxLayout, QWidget

from crm_app.domain import amounts
from crm_app.domain.stages import ASIDE, STAGE_LABELS, Stage
from crm_app.i18n import _, ngettext
from crm_app.services.projects import Card
from crm_app.ui import actions, theme
from crm_app.ui.attachments.dropping import Target
from crm_app.ui.projects.board_cards import MIME, CardPainter, Cards
from crm_app.ui.projects.marks import StageBadge, button

_ANY = (1 << 24) - 1
"""The width Qt takes for no limit, which its bindings do not name."""
WIDE, SLIM = 140, 32
"""Smallest width of a column with cards, and the width of a strip: nine stages fit beside one another on a laptop."""


class CardList(QListView):
    """The cards of a column. ``stepped`` asks for the neighbour (-1, 1), ``dropped`` carries a project's id.

    ``strip`` is the word that runs down a column whose cards are not seen, ``quiet`` where there are none; a click or
    Enter there asks for ``unfolded``.
    """

    stepped = Signal(int)
    unfolded = Signal()
    opened = Signal(object)
    dropped = Signal(object)
    hot = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.strip = ""
        self.quiet = False
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

    def file_target(self, spot: QPoint) -> Target | None:
        """Return the project whose card files are dragged over."""
        index = self.indexAt(spot)
        if not index.isValid():
            return None
        project = self.cards.cards[index.row()].project
        return Target("project", project.id, project.name, self.visualRect(index))

    def _open(self) -> None:
        card = self.current()
        if card is not None:
            self.opened.emit(card)
        elif self.strip:
            self.unfolded.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Unfold a strip."""
        if self.strip and event.button() == Qt.MouseButton.LeftButton:
            self.unfolded.emit()
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the stage down a strip: Chinese upright, one character under the other, other scripts turned."""
        super().paintEvent(event)
        if not self.strip:
            return
        painter = QPainter(self.viewport())
        colours = theme.colours()
        painter.setPen(QColor(colours.muted if self.quiet else colours.text))
        room, pitch = self.viewport().rect(), painter.fontMetrics().height()
        if self.strip.isascii():
            painter.translate(room.width(), theme.M)
            painter.rotate(90)
            painter.drawText(QRect(0, 0, room.height(), room.width()), Qt.AlignmentFlag.AlignVCenter, self.strip)
            return
        for number, character in enumerate(self.strip):
            at = QRect(0, theme.M + number * pitch, room.width(), pitch)
            painter.drawText(at, Qt.AlignmentFlag.AlignCenter, "︱" if character == "/" else character)

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
    """A stage with its cards. ``folded`` columns hide theirs behind a strip; ``fold_changed`` tells of a click.

    So do those ``aside``, for which the board has no room.

    ``reshaped`` says that its head has other words or another width: whether all of it is :attr:`cramped`.
    """

    fold_changed = Signal(bool)
    reshaped = Signal()

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self.stage = stage
        self._hot = False
        self._folded = self._aside = False
        self._held: Sequence[Card] = ()
        self._total_yuan = 0
        self.badge = StageBadge(self)
        self.badge.show_stage(stage)
        self.badge.setToolTip(_(STAGE_LABELS[stage]))
        self._count = QLabel(self)
        self._count.setProperty("role", "strong")
        # The cards of a column and the strip beside it begin at one height.
        self._count.setMinimumHeight(self.badge.sizeHint().height())
        self._sum, self._sum_below = QLabel(self), QLabel(self)
        for label in (self._sum, self._sum_below):
            label.setProperty("role", "muted")
        self._sum_below.setContentsMargins(theme.XS, 0, 0, 0)
        self._sum_below.hide()
        self._fold = button("", icon="chevrons-right", tip=_("Fold this column"))
        self._fold.clicked.connect(lambda _checked=False: self.fold_changed.emit(True))
        self.list = CardList(self)
        self.list.setProperty("role", "board")
        # All columns are as wide as one another, whatever is in them.
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.list.hot.connect(self._show_hot)
        self.list.unfolded.connect(lambda: self.fold_changed.emit(False))
        head = QHBoxLayout()
        head.setContentsMargins(theme.XS, 0, theme.XS, 0)
        head.setSpacing(theme.XS)
        head.addWidget(self.badge)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._sum)
        head.addWidget(self._fold)
        self._head = head
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, theme.XS, 2, 2)
        layout.setSpacing(theme.XS)
        layout.addLayout(head)
        layout.addWidget(self._sum_below)
        layout.addWidget(self.list, 1)

    @property
    def cramped(self) -> bool:
        """Whether stage, count and sum have no room beside one another."""
        return self.wide and self._room(self.badge, self._count, self._sum) > self.width()

    def _room(self, *parts: QWidget) -> int:
        """Return how wide these parts of the head are beside one another; without the sum, which may stand below."""
        every = (*parts, *([self._fold] if self.stage in ASIDE else []))
        return sum(part.sizeHint().width() + theme.XS for part in every) + 2 * theme.XS

    def put_sum(self, *, below: bool) -> None:
        """Show what the cards come to beside their count, or in a line below: the same in every column of a board."""
        self._sum.setVisible(self.wide and not below)
        self._sum_below.setVisible(below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is another width."""
        super().resizeEvent(event)
        self.reshaped.emit()

    @property
    def wide(self) -> bool:
        """Whether the column shows cards."""
        return self.filled and not self._aside

    @property
    def filled(self) -> bool:
        """Whether the column has cards to show where there is room."""
        return bool(self._held) and not self._folded

    @property
    def amount(self) -> int:
        """How many projects stand here, seen or not."""
        return len(self._held)

    @property
    def needed(self) -> int:
        """How wide the column is at least, with its cards."""
        return max(theme.px(WIDE), self._room(self.badge, self._count))

    def holds(self, project_id: UUID) -> bool:
        """Say whether a project stands here, seen or folded away."""
        return any(card.project.id == project_id for card in self._held)

    def fold(self, folded: bool) -> None:
        """Hide the cards behind a strip, or show them."""
        self._folded = folded
        self.put(self._held, self._total_yuan)

    def put_aside(self, aside: bool) -> None:
        """Hide the cards while others have the room, or show them."""
        if self._aside is not aside:
            self._aside = aside
            self.put(self._held, self._total_yuan)

    def put(self, cards: Sequence[Card], total_yuan: int) -> None:
        """Show the cards of the stage and what they come to."""
        self._held, self._total_yuan = cards, total_yuan
        self.list.cards.put(cards if self.wide else ())
        self._count.setText(str(len(cards)))
        self._count.setAlignment(Qt.AlignmentFlag.AlignLeft if self.wide else Qt.AlignmentFlag.AlignHCenter)
        self._head.setStretchFactor(self._count, 0 if self.wide else 100)
        for label in (self._sum, self._sum_below):
            label.setText(amounts.show_yi(total_yuan) if total_yuan and self.wide else "")
        self.badge.setVisible(self.wide)
        self._sum.setVisible(self.wide and self._sum_below.isHidden())
        self._fold.setVisible(self.wide and self.stage in ASIDE)
        self._head.invalidate()
        slim = theme.px(SLIM)
        self.setMinimumWidth(self.needed if self.wide else slim)
        self.setMaximumWidth(_ANY if self.wide else slim)
        self._say()
        self.reshaped.emit()

    def _say(self) -> None:
        name, amount = _(STAGE_LABELS[self.stage]), len(self._held)
        told = ngettext("{stage}: {n} project", "{stage}: {n} projects", amount).format(stage=name, n=amount)
        if bool(self.list.strip) is self.wide:
            self.list.setProperty("role", "board" if self.wide else "strip")
            self.list.style().unpolish(self.list)
            self.list.style().polish(self.list)
        self.list.strip = "" if self.wide else name
        self.list.quiet = not self._held
        self.list.setAccessibleName(told)
        self.list.setToolTip("" if self.wide else told)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._held else Qt.FocusPolicy.NoFocus)

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
