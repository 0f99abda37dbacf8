"""The model of a list of any length: its first rows at once, then as long as it is, rows read as they are looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from crm_app.domain.listed import LISTS
from crm_app.domain.lists import Column, List
from crm_app.domain.views import Query, Sort
from crm_app.errors import CrmError
from crm_app.services import lists
from crm_app.services.lists import FirstRows, Order, Row
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import WAITING, Cell, CellModel
from crm_app.ui.widgets.list_cells import cell_of

BLOCK = 128
_KEPT = 24
"""Blocks that are kept: what was looked at last."""
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Head:
    """The line above the rows of a group."""

    title: str
    count: int
    group: int


class ListModel(CellModel):
    """Rows of ``query``; ``found`` narrows it to what a search finds. ``filled`` tells how many there are."""

    filled = Signal(int, bool)
    """How many rows are known, and whether these are all."""
    failed = Signal(str)

    def __init__(self, session: Session, query: Query, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.query = query
        self._columns_of: Query | None = None
        self._columns: tuple[Column, ...] = ()
        self.found = ""
        self.complete = False
        self.bare: set[str] = set()
        """Columns of days that have no room to tell how far off they are."""
        self._asked = 0
        self._order, self._laid = Order(()), query
        self._closed: set[Any] = set()
        self._starts: list[int] = []
        self._first: list[int] = []
        self._blocks: OrderedDict[int, list[Row]] = OrderedDict()
        self._wanted: set[int] = set()
        self._count = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read_wanted)

    @property
    def wanted(self) -> List:
        """The list that is shown."""
        return LISTS[self.query.list]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are shown; a table asks for them with every cell it paints."""
        if self._columns_of is not self.query:
            self._columns_of = self.query
            self._columns = tuple(self.wanted.column(name) for name in lists.columns_of(self.query))
        return self._columns

    def ask(self, query: Query, found: str = "") -> None:
        """Show another query: its first rows as soon as they are there, then all. The old ones stand until then."""
        anew = lists.columns_of(query) != lists.columns_of(self.query)
        self.query, self.found = query, found
        if anew:
            self._put(Order(()), {})
        self._asked += 1
        self.complete = False
        if query.group and not found:
            self._read_order()
        else:
            self._read(lambda book, old: lists.first_rows(book, query, BLOCK, old, found=found), self._take_first)

    def _read_order(self) -> None:
        query = self.query
        if query.group:
            self._read(lambda book, old: _with_blocks(book, query, (0,), old), lambda answer: self._put_all(*answer))
        else:
            self._read(lambda book, old: lists.order(book, query, old), self._take_order)

    def reload(self, top: int) -> None:
        """Read again after a change, the rows around line ``top`` in the same go, so that nothing flashes."""
        query, found = self.query, self.found
        if found or not self.complete:
            self.ask(query, found)
            return
        self._asked += 1
        at = max(0, self._position(top) or 0) // BLOCK

        self._read(
            lambda book, old: _with_blocks(book, query, (at, at + 1), old), lambda answer: self._put_all(*answer)
        )

    def _read(self, work: Any, done: Any) -> None:
        asked = self._asked

        def old() -> bool:
            return asked != self._asked

        def take(answer: Any) -> None:
            if not old():
                done(answer)

        def give_up(error: CrmError) -> None:
            if not old():
                self.complete = True
                self.failed.emit(str(error))

        self._session.read(lambda book: work(book, old), take, give_up, owner=self)

    def _take_first(self, answer: FirstRows) -> None:
        self.complete = answer.complete
        self._put(Order([row.number for row in answer.rows]), _in_blocks(answer.rows))
        self.filled.emit(self._count, self.complete)
        if not self.complete:
            self._read_order()

    def _take_order(self, order: Order) -> None:
        self.complete = True
        held = self._order.numbers
        if held and not order.groups and list(order.numbers[: len(held)]) == list(held):
            # The same rows go on: nothing on screen moves, and what is chosen stays.
            more = len(order.numbers) - len(held)
            if more:
                self.beginInsertRows(QModelIndex(), len(held), len(order.numbers) - 1)
            self._order = order
            self._lay()
            self._blocks = OrderedDict((n, rows) for n, rows in self._blocks.items() if len(rows) == BLOCK or not more)
            if more:
                self.endInsertRows()
        else:
            self._put(order, {})
        self.filled.emit(len(order.numbers), True)

    def _put_all(self, order: Order, blocks: dict[int, list[Row]]) -> None:
        self.complete = True
        self._put(order, blocks)
        self.filled.emit(len(order.numbers), True)

    def _put(self, order: Order, blocks: dict[int, list[Row]]) -> None:
        self.beginResetModel()
        self._order, self._laid = order, self.query
        self._blocks = OrderedDict(blocks)
        self._wanted.clear()
        self._lay()
        self.endResetModel()

    def _lay(self) -> None:
        """Find where the groups begin, as lines and as rows."""
        self._starts, self._first, line, row = [], [], 0, 0
        for group in self._order.groups:
            self._starts.append(line)
            self._first.append(row)
            line += 1 + (0 if group.value in self._closed else group.count)
            row += group.count
        self._count = line if self._order.groups else len(self._order.numbers)

    def _position(self, line: int) -> int | None:
        """Return which row of the order a line shows; None for the head of a group."""
        if not self._starts:
            return line
        group = bisect_right(self._starts, line) - 1
        behind = line - self._starts[group]
        return self._first[group] + behind - 1 if behind else None

    def head(self, line: int) -> Head | None:
        """Return the head of a group where the line is one."""
        if not self._starts or self._position(line) is not None:
            return None
        number = bisect_right(self._starts, line) - 1
        group = self._order.groups[number]
        return Head(lists.group_title(self._laid, group), group.count, number)

    def fold(self, line: int) -> None:
        """Close the group whose head a line is, or open it."""
        head = self.head(line)
        if head is not None:
            value = self._order.groups[head.group].value
            self._closed ^= {value}
            self.beginResetModel()
            self._lay()
            self.endResetModel()

    def row(self, line: int) -> Row | None:
        """Return a line's row where it is held; else it is read, and the line painted again."""
        position = self._position(line)
        if position is None:
            return None
        block, inside = divmod(position, BLOCK)
        rows = self._blocks.get(block)
        if rows is None:
            self._wanted.add(block)
            self._soon.start()
            return None
        self._blocks.move_to_end(block)
        return rows[inside] if inside < len(rows) else None

    def rows(self) -> list[Row]:
        """Return the rows held, in their order."""
        return [row for _block, rows in sorted(self._blocks.items()) for row in rows]

    def numbers(self, lines: Sequence[range]) -> list[int]:
        """Return the numbers of the rows on these lines."""
        positions = (self._position(line) for one in lines for line in one)
        return [self._order.numbers[position] for position in positions if position is not None]

    def line_of(self, number: int) -> int | None:
        """Return on which line the row of a number stands; None where it is not here, or its group is closed."""
        try:
            position = self._order.numbers.index(number)
        except ValueError:
            return None
        return self._line(position)

    def lines_of(self, numbers: Sequence[int]) -> list[int]:
        """Return the lines of the rows with these numbers, top to bottom, of those that stand on one."""
        if not numbers:
            return []
        wanted = set(numbers)
        lines = (self._line(position) for position, number in enumerate(self._order.numbers) if number in wanted)
        return [line for line in lines if line is not None]

    def _line(self, position: int) -> int | None:
        if not self._starts:
            return position
        group = bisect_right(self._first, position) - 1
        closed = self._order.groups[group].value in self._closed
        return None if closed else self._starts[group] + 1 + position - self._first[group]

    def _read_wanted(self) -> None:
        wanted, self._wanted = sorted(self._wanted), set()
        query, order = self.query, self._order
        for block in wanted[-3:]:
            numbers = order.numbers[block * BLOCK : (block + 1) * BLOCK]

            def take(rows: list[Row], block: int = block) -> None:
                if order is self._order:
                    self._hold(block, rows)

            self._session.read(lambda book, numbers=numbers: lists.rows(book, query, numbers), take, owner=self)  # type: ignore[misc]

    def _hold(self, block: int, rows: list[Row]) -> None:
        self._blocks[block] = rows
        while len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        top = self.index(0, 0) if self._starts else self.index(block * BLOCK, 0)
        last = self._count - 1 if self._starts else min(self._count, (block + 1) * BLOCK) - 1
        self.dataChanged.emit(top, self.index(last, self.columnCount() - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Return how many columns are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def is_right(self, line: int, column: int) -> bool:
        """Say whether a cell stands at the right of its column."""
        return self.columns[column].right and self.head(line) is None

    def cell(self, line: int, column: int) -> Cell:
        """Return one cell: of a row, or of the head of a group."""
        head = self.head(line)
        if head is not None:
            return Cell(head.title, hint=str(head.count), bold=True, band=True) if column == 0 else Cell(band=True)
        row = self.row(line)
        if row is None:
            return WAITING
        cell = cell_of(self.columns[column], row.values, column == 0)
        return replace(cell, hint="") if cell.hint and self.columns[column].name in self.bare else cell

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the column's title."""
        if orientation == Qt.Orientation.Horizontal and section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._title(self.columns[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
                return (side | _MIDDLE).value
        return None

    def _title(self, column: Column) -> str:
        """Return the title with the way it sorts: the style would paint its arrow over figures' titles."""
        sort = self.sorting
        if column.name != sort.column or self.found:
            return column.title
        return f"{column.title} {'↓' if sort.descending else '↑'}"

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort in the book, not here; columns that do not sort are left as they are."""
        if 0 <= column < len(self.columns) and self.columns[column].sorts:
            wanted = Sort(self.columns[column].name, order == Qt.SortOrder.DescendingOrder)
            if wanted != self.sorting:
                self.ask(replace(self.query, sort=wanted), self.found)

    @property
    def sorting(self) -> Sort:
        """By what the rows are sorted."""
        return self.query.sort if self.query.sort.column else self.wanted.sort


def _with_blocks(book: Any, query: Query, blocks: Sequence[int], old: Any) -> tuple[Order, dict[int, list[Row]]]:
    """Read an order together with some of its rows, so that what is shown does not flash."""
    order = lists.order(book, query, old)
    return order, {n: lists.rows(book, query, order.numbers[n * BLOCK : (n + 1) * BLOCK]) for n in blocks}


def _in_blocks(rows: list[Row]) -> dict[int, list[Row]]:
    return {start // BLOCK: rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK)}


_MIDDLE = Qt.AlignmentFlag.AlignVCenter
