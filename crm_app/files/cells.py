"""A sheet as rows of plain cells, and how it crosses from the reader child to the program."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

Cell = str | int | float | bool | date | datetime | time | None
"""What a cell holds; an empty one is None."""

TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".et")
CARDS = (".vcf", ".ics")
"""What can be read, by the end of a file's name."""

MOST_COLUMNS = 16_384
"""What a row may have: as many as a spreadsheet has columns (.xlsx, to XFD)."""

_AS_IT_IS = frozenset((str, int, float, bool, type(None)))
_LARGEST_BLOCK = 64 * 1024 * 1024
_ROW, _CELL, _NONE = "\x1d", "\x1f", "\x1e"
"""What parts rows that hold nothing but texts, and their cells, and what stands for an empty one."""

Merge = tuple[int, int, int, int]
"""A merged block of cells: first row, first column, last row, last column; all from 0, all included."""


@dataclass
class SheetRows:
    """One sheet: its name (empty for CSV), its rows, merged blocks where the format knows them, a text's encoding."""

    name: str
    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)
    encoding: str = ""


def plain(cell: object) -> Cell:
    """Return a cell of the library as the program knows it: a length of time is in days, midnight says no time."""
    return from_json(to_json(cell))


def plain_row(row: list[Any]) -> list[Any]:
    """Do the same for the cells of a row; most rows are so already, and stay the same list."""
    if "" not in row and _AS_IT_IS.issuperset(map(type, row)):
        return row
    return [None if cell == "" else cell if type(cell) in _AS_IT_IS else plain(cell) for cell in row]


def to_json(cell: object) -> Any:
    """Return a cell in what JSON can hold: days and times as a one-key object."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str | bool | int | float):
        return cell
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return {"day": cell.date().isoformat()} if midnight else {"at": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return cell / timedelta(days=1)
    raise TypeError(f"a cell cannot be a {type(cell).__name__}")


def from_json(value: Any) -> Cell:
    """Return the cell ``to_json`` wrote; raise ValueError for anything else."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    match value:
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"at": str(text)}:
            return datetime.fromisoformat(text)
        case {"time": str(text)}:
            return time.fromisoformat(text)
    raise ValueError("not a cell")


def as_text(cell: Cell) -> str:
    """Return a cell as a person would have typed it: whole numbers without “.0”, days in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return str(cell)


def pack_texts(rows: Sequence[Sequence[Any]]) -> str | None:
    """Return rows of nothing but texts in one, which takes half as long as JSON; None where they cannot be told apart.

    It begins with what parts rows, as nothing else does that :class:`PackedRows` takes.
    """
    try:
        text = _ROW.join([_CELL.join([_NONE if cell is None else cell for cell in row]) for row in rows])
    except TypeError:
        return None
    parted = (len(rows) - 1, sum(map(len, rows)) - len(rows), sum([row.count(None) for row in rows]))
    if not all(rows) or tuple(map(text.count, (_ROW, _CELL, _NONE))) != parted:
        return None
    return _ROW + text


def _unpacked(packed: bytes) -> list[list[Cell]]:
    """Return the rows :func:`pack_texts` packed, or those in JSON that is compressed; raise ValueError for others."""
    if packed.startswith(_ROW.encode()):
        texts = packed[1:].decode("utf-8", "replace").split(_ROW)
        return [[None if cell == _NONE else cell for cell in row.split(_CELL)] for row in texts]
    unpacked = zlib.decompressobj().decompress(packed, _LARGEST_BLOCK)
    read = json.loads(unpacked.decode("utf-8", "replace"))
    return [[from_json(cell) for cell in row] for row in read]


class PackedRows:
    """The cells of a block of rows as the child sent them: kept packed, for few of 100,000 are ever looked at."""

    __slots__ = ("_packed", "_rows")

    _last: ClassVar[PackedRows | None] = None
    """The one that is unpacked: rows are looked at in their order."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._rows: list[list[Cell]] = []

    def only(self, places: Sequence[int]) -> PackedRows:
        """Return some of the rows, packed by themselves; raise what :meth:`row` raises."""
        rows = [[to_json(cell) for cell in self.row(place)] for place in places]
        return PackedRows(zlib.compress(json.dumps(rows).encode(), 1))

    def row(self, place: int) -> list[Cell]:
        """Return the cells of a row; raise ValueError where the child sent something else."""
        if not self._rows:
            if PackedRows._last is not None:
                PackedRows._last._rows = []
            self._rows = _unpacked(self._packed)
            PackedRows._last = self
        return self._rows[place]
