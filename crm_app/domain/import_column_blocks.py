"""How a block of the cells of one column is read: the usual ones all together, each odd one by itself.

Both ways give the same; a property test holds them to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from crm_app.domain import uscc
from crm_app.domain.import_columns import PLAIN, Read, is_whole
from crm_app.domain.import_kinds import AS_TEXT, PEOPLE, SPECIAL, field_of, is_id
from crm_app.domain.imports import Column
from crm_app.domain.kinds import Choice, Day, Option, Region, Text, Uscc
from crm_app.errors import BadInput

ReadAll = Callable[[Sequence[Any], set[int]], list[Any]]
"""Returns the values of a block of cells, None for those that say nothing, and for those that cannot be read, whose
places it adds to the set."""

_APART = frozenset((str, date, datetime, type(None)))
"""Types of cells that are equal only where they mean the same."""
_TEXTS = frozenset((str, type(None)))
_REMEMBERED = 4096


def block_reader_of(column: Column, read: Read) -> ReadAll:
    """Return what reads a block of the cells of a column as ``read`` does."""
    kind = type(field_of(column.target).kind)
    if kind is Uscc:
        return _Codes(read)
    if column.target in AS_TEXT or kind in (Choice, Option, Region, Day):
        return _Repeating(read)
    if column.target == "contact.phone" or (kind is Text and _is_as_written(column.target)):
        return _Texts(read)
    return _OneByOne(read)


def _is_as_written(target: str) -> bool:
    return target not in PEOPLE and target not in SPECIAL and not is_id(target)


class _OneByOne:
    """Reads cell by cell."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def __call__(self, cells: Sequence[Any], odd: set[int]) -> list[Any]:
        try:
            return [None if cell is None else self._read(cell) for cell in cells]
        except BadInput:
            return [self._one(place, cell, odd) for place, cell in enumerate(cells)]

    def _one(self, place: int, cell: Any, odd: set[int]) -> Any:
        try:
            return None if cell is None else self._read(cell)
        except BadInput:
            odd.add(place)
            return None


class _Codes(_OneByOne):
    """Takes codes as they are that are sound."""

    def __call__(self, cells: Sequence[Any], odd: set[int]) -> list[Any]:
        if not _TEXTS.issuperset(map(type, cells)):
            return super().__call__(cells, odd)
        values = list(cells)
        for place in uscc.unsound([cell or "" for cell in cells]):
            values[place] = self._one(place, cells[place], odd)
        return values


class _Texts(_OneByOne):
    """Takes texts as they are, without what stands blank around them."""

    def __call__(self, cells: Sequence[Any], odd: set[int]) -> list[Any]:
        if not _TEXTS.issuperset(map(type, cells)):
            return super().__call__(cells, odd)
        texts = [cell.strip() if cell else "" for cell in cells]
        if max(map(len, texts), default=0) >= Text.longest or not is_whole("".join(texts)):
            return super().__call__(cells, odd)
        return [text if len(text) >= PLAIN else self._one(place, cells[place], odd) for place, text in enumerate(texts)]


class _Repeating(_OneByOne):
    """Reads each cell once that comes again and again in a block: provinces, trades, channels, days."""

    def __init__(self, read: Read) -> None:
        super().__init__(read)
        self._known: dict[Any, Any] = {None: None}

    def __call__(self, cells: Sequence[Any], odd: set[int]) -> list[Any]:
        # 1, 1.0 and True are one key, but not one value.
        if not _APART.issuperset(map(type, cells)):
            return super().__call__(cells, odd)
        if len(self._known) > _REMEMBERED:
            self._known = {None: None}
        try:
            self._known |= {cell: self._read(cell) for cell in {*cells} - self._known.keys()}
        except BadInput:
            return super().__call__(cells, odd)
        return list(map(self._known.__getitem__, cells))
