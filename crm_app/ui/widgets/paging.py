"""Rows of a list, read by key in blocks of 100 beside the window's thread, and never counted to be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from crm_app.errors import CrmError
from crm_app.ui.background import Background, Latest
from crm_app.ui.widgets.cells import Cell, CellModel, Column

R = TypeVar("R")
BLOCK = 100
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Sort:
    """By which key of the list, and which way."""

    key: str
    descending: bool = False


@dataclass(frozen=True)
class Block(Generic[R]):
    """Rows in order, and what to pass as ``after`` for the next ones; None at the end."""

    rows: Sequence[R]
    after: Any = None


Fetch = Callable[[Sort, Any, int], Block[R]]
"""``fetch(sort, after, limit)``: runs beside the window's thread; ``after`` is None for the first block."""


class PagedRows(CellModel, Generic[R]):
    """A table model over ``fetch``. ``filled`` is emitted after each block with the rows held so far."""

    filled = Signal(int)
    failed = Signal(str)

    def __init__(
        self, columns: Sequence[Column[R]], fetch: Fetch[R], sort: Sort, background: Background, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.sorting = sort
        self._fetch = fetch
        self._latest = Latest(background)
        self._rows: list[R] = []
        self._after: Any = None
        self._reading = False
        self.complete = False

    def reload(self, fetch: Fetch[R] | None = None, *, keep: int = 0) -> None:
        """Read again from the beginning; at least ``keep`` rows, so that a refresh does not lose the place.

        The old rows stay on screen until the new ones are there: no flash.
        """
        self._fetch = fetch or self._fetch
        self._reading = True
        self._read(None, max(BLOCK, keep), self._replace)

    def row(self, number: int) -> R:
        """Return a row that is held."""
        return self._rows[number]

    def rows(self) -> Sequence[R]:
        """Return the rows held."""
        return self._rows

    def _read(self, after: Any, limit: int, done: Callable[[Block[R]], None]) -> None:
        fetch, sort = self._fetch, self.sorting
        self._latest.read(lambda: fetch(sort, after, limit), done, self._give_up)

    def _replace(self, block: Block[R]) -> None:
        self.beginResetModel()
        self._rows = list(block.rows)
        self._take_end(block)
        self.endResetModel()
        self.filled.emit(len(self._rows))

    def _append(self, block: Block[R]) -> None:
        if block.rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(block.rows) - 1)
            self._rows.extend(block.rows)
            self.endInsertRows()
        self._take_end(block)
        self.filled.emit(len(self._rows))

    def _take_end(self, block: Block[R]) -> None:
        self._after = block.after
        self.complete = block.after is None
        self._reading = False

    def _give_up(self, error: CrmError) -> None:
        self._reading = False
        self.complete = True
        self.failed.emit(str(error))

    def canFetchMore(self, parent: _Index) -> bool:
        """Say whether rows follow that nobody asked for yet."""
        return not parent.isValid() and not self.complete and not self._reading and bool(self._rows)

    def fetchMore(self, parent: _Index) -> None:
        """Ask for the next block; its rows come later."""
        if self.canFetchMore(parent):
            self._reading = True
            self._read(self._after, BLOCK, self._append)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many rows are held."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many columns the list has."""
        return 0 if parent.isValid() else len(self.columns)

    def is_right(self, line: int, column: int) -> bool:
        """Say whether a cell stands at the right of its column."""
        return self.columns[column].right

    def cell(self, line: int, column: int) -> Cell:
        """Return one cell."""
        return self.columns[column].cell(self._rows[line])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the column's title."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return (side | Qt.AlignmentFlag.AlignVCenter).value
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort in the book, not here; columns without a key are left as they are."""
        key = self.columns[column].sort if column >= 0 else ""
        wanted = Sort(key, order == Qt.SortOrder.DescendingOrder)
        if key and wanted != self.sorting:
            self.sorting = wanted
            self.reload()
