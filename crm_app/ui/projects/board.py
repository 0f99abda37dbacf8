"""看板: a column per stage. Arrows walk, Enter opens, Ctrl+Shift+arrows or the mouse move a card."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from crm_app.domain.stages import ASIDE, LINE, Stage
from crm_app.i18n import _
from crm_app.services.projects import Board, Card
from crm_app.ui import actions, theme
from crm_app.ui.projects.board_column import SLIM, CardList, StageColumn


class BoardView(QScrollArea):
    """The board; it moves nothing itself but asks for it.

    Where not all columns with cards have room, those around the cursor have it, and the others are strips until the
    cursor comes to them.
    """

    opened = Signal(object)
    """The id of the project to show."""
    moved = Signal(object, object)
    """A project's id and the stage it is to move to."""
    refused = Signal(str)
    """Why a card does not move."""
    current_changed = Signal(object)
    """The card under the cursor, or None."""
    folded = Signal(object)
    """The stages put aside whose columns the user folded."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # In its place while it is empty: to move a full widget takes as long as to make it.
        self._inner = QWidget()
        self._inner.setProperty("role", "clear")
        self.setWidget(self._inner)
        self._across = QHBoxLayout(self._inner)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(theme.XS)
        self.columns: dict[Stage, StageColumn] = {}
        self._folded: frozenset[Stage] = frozenset()
        self._first = 0
        """Which of the columns with cards is the first that has room."""
        self._wanted: UUID | None = None
        actions.make("stage_back", self, partial(self._shift, -1))
        actions.make("stage_forward", self, partial(self._shift, 1))

    def making(self) -> Iterator[Callable[[], object]]:
        """Yield the steps in which the columns are made; none of them takes long."""
        for stage in Stage:
            yield partial(self._add, stage)

    def _add(self, stage: Stage) -> None:
        """Make a column, unless somebody else who makes the board was quicker."""
        if stage in self.columns:
            return
        column = self.columns[stage] = StageColumn(stage, self._inner)
        self._across.addWidget(column, 1)
        self._listen(column)

    def _listen(self, column: StageColumn) -> None:
        cards = column.list
        column.reshaped.connect(self._put_sums)
        column.fold_changed.connect(partial(self._fold_by_hand, column))
        cards.opened.connect(lambda card: self.opened.emit(card.project.id))
        cards.stepped.connect(partial(self._step, column))
        cards.dropped.connect(partial(self._drop, column.stage))
        cards.selectionModel().currentChanged.connect(lambda _now, _before: self._told_current(cards))

    def fold(self, stages: Collection[Stage]) -> None:
        """Fold the columns of these stages put aside, and show the others."""
        self._folded = frozenset(stages).intersection(ASIDE)
        for stage in ASIDE:
            self.columns[stage].fold(stage in self._folded)
        self._make_room()

    def _fold(self, stage: Stage, folded: bool) -> None:
        if stage in ASIDE:
            self.fold(self._folded | {stage} if folded else self._folded - {stage})
            self.folded.emit(self._folded)

    def _fold_by_hand(self, column: StageColumn, folded: bool) -> None:
        self._fold(column.stage, folded)
        if column.filled:
            self._settle(column, 0, focus=True)
        else:
            self.focus_first()

    def _put_sums(self) -> None:
        below = any(column.cramped for column in self.columns.values())
        for column in self.columns.values():
            column.put_sum(below=below)

    def _make_room(self, around: StageColumn | None = None) -> None:
        """Let as many columns have their cards as there is room for, ``around`` among them."""
        filled = [column for column in self.columns.values() if column.filled]
        if not filled:
            return
        margins = self._across.contentsMargins()
        room = self.viewport().width() - margins.left() - margins.right()
        room -= theme.px(SLIM) * len(self.columns) + self._across.spacing() * (len(self.columns) - 1)
        # All columns are as wide as one another, whatever is in them.
        each = max(column.needed for column in filled) - theme.px(SLIM)
        fitting = min(len(filled), max(1, room // each))
        first = min(self._first, len(filled) - fitting)
        if around in filled:
            at = filled.index(around)
            first = min(max(first, at - fitting + 1), at)
        self._first = first
        for number, column in enumerate(filled):
            column.put_aside(not first <= number < first + fitting)
        self._stretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let as many columns have their cards as there is room for now."""
        super().resizeEvent(event)
        self._make_room(self._chosen())

    def _chosen(self) -> StageColumn | None:
        """Return the column the cursor is in."""
        return next((one for one in self.columns.values() if one.list.selectionModel().hasSelection()), None)

    def _stretch(self) -> None:
        for column in self.columns.values():
            self._across.setStretchFactor(column, 1 if column.wide else 0)

    def _told_current(self, cards: CardList) -> None:
        if cards.current() is not None:
            for column in self.columns.values():
                if column.list is not cards:
                    column.list.clearSelection()
        self.current_changed.emit(self.current())

    def put(self, board: Board) -> None:
        """Show the board; the cursor stays on its card, also where that moved."""
        before = self.current()
        keep = self._wanted or (before.project.id if before else None)
        had_focus = self._focused() is not None
        for part in board.columns:
            self.columns[part.stage].put(part.cards, part.total_yuan)
        self._make_room()
        if keep is not None:
            self.choose(keep, focus=had_focus)

    def choose(self, project_id: UUID, *, focus: bool = True) -> bool:
        """Put the cursor on a card; remember it where the card is not here yet."""
        for column in self.columns.values():
            if column.holds(project_id):
                if not column.filled:
                    self._fold(column.stage, False)
                self._make_room(column)
            row = column.list.cards.row_of(project_id)
            if row >= 0:
                self._wanted = None
                self._settle(column, row, focus=focus)
                return True
        return False

    def follow(self, project_id: UUID) -> None:
        """Go with a card that is about to move."""
        self._wanted = project_id

    def _settle(self, column: StageColumn, row: int, *, focus: bool) -> None:
        self._make_room(column)
        if focus:
            column.list.setFocus()
        column.list.setCurrentIndex(column.list.cards.index(row))
        self.ensureWidgetVisible(column, theme.L, 0)

    def current(self) -> Card | None:
        """Return the chosen card."""
        chosen = self._chosen()
        return chosen.list.current() if chosen else None

    def _focused(self) -> StageColumn | None:
        # The window's own focus: a dialog that just closed may not have given the keyboard back yet.
        focused = self.window().focusWidget()
        return next((column for column in self.columns.values() if column.list is focused), None)

    def focus_first(self) -> None:
        """Put the keyboard on the chosen card, else on the first one."""
        chosen = self.current()
        if chosen is not None:
            self.choose(chosen.project.id)
            return
        filled = next((column for column in self.columns.values() if column.wide), None)
        if filled is not None:
            self._settle(filled, 0, focus=True)
        else:
            self.setFocus()

    def _step(self, column: StageColumn, by: int) -> None:
        """Go to the nearest column with cards, to the card at the same height."""
        row_height = max(1, column.list.sizeHintForRow(0))
        height = column.list.visualRect(column.list.currentIndex()).center().y()
        order = list(self.columns.values())
        at = order.index(column) + by
        while 0 <= at < len(order):
            beside = order[at]
            if beside.filled:
                top = beside.list.verticalScrollBar().value()
                row = min((height + top) // row_height, beside.amount - 1)
                self._settle(beside, max(0, row), focus=True)
                return
            at += by

    def _shift(self, by: int) -> None:
        card = self.current()
        if card is None:
            return
        wanted = neighbour(card.stage, by)
        if wanted is None:
            self.refused.emit(_("There is no stage beyond this one; “Move…” puts a project aside."))
        else:
            self.moved.emit(card.project.id, wanted)

    def _drop(self, stage: Stage, project_id: UUID) -> None:
        self.moved.emit(project_id, stage)


def neighbour(stage: Stage, by: int) -> Stage | None:
    """Return the stage before or after one of the line; None beyond its ends.

    A project put aside goes back to the line, where the move gives it the stage it left.
    """
    if stage in ASIDE:
        return LINE[0] if by < 0 else None
    at = LINE.index(stage) + by
    return LINE[at] if 0 <= at < len(LINE) else None
