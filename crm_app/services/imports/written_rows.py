"""Rows of a ledger that are written already, in a fifth of the room: of most their names are all there is to tell.

100,000 of them one by one take 50 MB, which the words that wait for the search index can have meanwhile.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import overload

from crm_app.services.imports.plan import NO_PLAN, Action, RowPlan


class _Rows(Sequence[RowPlan]):
    """Rows one by one, as they are asked for."""

    @overload
    def __getitem__(self, at: int) -> RowPlan: ...
    @overload
    def __getitem__(self, at: slice) -> list[RowPlan]: ...
    def __getitem__(self, at: int | slice) -> RowPlan | list[RowPlan]:
        if isinstance(at, slice):
            return list(self)[at]
        return self._at(range(len(self))[at])

    def _at(self, place: int) -> RowPlan:
        raise NotImplementedError


class BlockRows(_Rows):
    """The rows of a block of one sheet, ``numbers`` from 0 as they stand in it, by their places.

    ``made`` are those that are made as they are, with their names and what hangs on each newly; ``decided`` the others.
    """

    def __init__(
        self,
        sheet: int,
        numbers: Sequence[int],
        decided: Mapping[int, RowPlan],
        made: tuple[Sequence[int], Sequence[str], Sequence[Sequence[str]]],
    ) -> None:
        self._sheet, self._numbers = sheet, array("L", numbers)
        self._decided = dict(decided)
        self._made = json.dumps(made, ensure_ascii=False, separators=(",", ":"))

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[RowPlan]:
        rows = {
            place: RowPlan(self._sheet, self._numbers[place] + 1, Action.CREATE, name, (), tuple(added))
            for place, name, added in zip(*json.loads(self._made), strict=True)
        } | self._decided
        return (rows.get(place, NO_PLAN) for place in range(len(self)))

    def _at(self, place: int) -> RowPlan:
        known = self._decided.get(place)
        return next(row for at, row in enumerate(self) if at == place) if known is None else known

    def __setitem__(self, place: int, row: RowPlan) -> None:
        self._decided[place] = row


Rows = list[RowPlan] | BlockRows
"""The rows of a block, one by one or as they are kept."""


class WrittenRows(_Rows):
    """What became of the rows of a file, block by block, in their order."""

    def __init__(self) -> None:
        self._blocks: list[Rows] = []
        self._firsts: list[int] = []
        self._amount = 0

    def add(self, block: Rows) -> None:
        """Add the rows that come next."""
        self._blocks.append(block)
        self._firsts.append(self._amount)
        self._amount += len(block)

    def __len__(self) -> int:
        return self._amount

    def __iter__(self) -> Iterator[RowPlan]:
        return chain.from_iterable(self._blocks)

    def _at(self, place: int) -> RowPlan:
        block = bisect_right(self._firsts, place) - 1
        return self._blocks[block][place - self._firsts[block]]

    def __setitem__(self, place: int, row: RowPlan) -> None:
        block = bisect_right(self._firsts, place) - 1
        self._blocks[block][place - self._firsts[block]] = row
