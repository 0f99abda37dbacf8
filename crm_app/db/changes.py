"""What a unit of work changed: the rows of each table, kept as bytes, for an import changes hundreds of thousands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise
from operator import itemgetter, lt
from uuid import UUID

_LENGTH = 16

_BLOCK = 10_000
"""Rows of one table that are gathered together: as objects they take five times their bytes."""


class Ids(Set[UUID]):
    """Ids of one table, as many bytes as they have and nothing more."""

    def __init__(self, stored: Iterable[bytes] = ()) -> None:
        self._joined = b"".join(sorted(set(stored)))

    @classmethod
    def ascending(cls, joined: bytes) -> Ids:
        """Return the ids that stand one after the other in ``joined``, each once and the smallest first."""
        found = cls()
        found._joined = joined
        return found

    def __len__(self) -> int:
        return len(self._joined) // _LENGTH

    def __iter__(self) -> Iterator[UUID]:
        return (UUID(bytes=self._stored(at)) for at in range(len(self)))

    def __contains__(self, one: object) -> bool:
        if not isinstance(one, UUID):
            return False
        at = bisect_left(range(len(self)), one.bytes, key=self._stored)
        return self._stored(at) == one.bytes

    def __repr__(self) -> str:
        return f"<{len(self)} ids>"

    def _stored(self, at: int) -> bytes:
        return self._joined[at * _LENGTH : (at + 1) * _LENGTH]

    def blocks(self, size: int) -> Iterator[list[bytes]]:
        """Yield the ids as they are stored, ``size`` at a time."""
        for start in range(0, len(self), size):
            yield [self._stored(at) for at in range(start, min(len(self), start + size))]


@dataclass(frozen=True)
class Changes:
    """What a unit of work changed: its number (None: nothing), its label, the rows by table; a final one stands."""

    unit: int | None = None
    label: str = ""
    rows: Mapping[str, Ids] = field(default_factory=dict)
    undoable: bool = True

    def touches(self, *table_names: str) -> bool:
        """Say whether a row of one of these tables changed."""
        return any(table in self.rows for table in table_names)

    def ids(self, table_name: str) -> Set[UUID]:
        """Return the ids changed in one table."""
        return self.rows.get(table_name, Ids())


class Gathering:
    """Rows by table, gathered in whatever order and however often they come, as few bytes as they have."""

    def __init__(self) -> None:
        self._runs: dict[str, list[bytearray]] = {}
        self._strayed: dict[str, set[bytes]] = {}

    def add(self, table: str, rows: Sequence[bytes]) -> None:
        """Add rows of one table, one at least."""
        known = self._runs.setdefault(table, [])
        # What was made comes in the order of its ids, thousands at once; what was changed comes as it was changed.
        if len(rows) > 1 and all(map(lt, rows, islice(rows, 1, None))):
            if known and rows[0] > known[-1][-_LENGTH:]:
                known[-1] += b"".join(rows)
            else:
                known.append(bytearray().join(rows))
            return
        for row in rows:
            if known and row > known[-1][-_LENGTH:]:
                known[-1] += row
            else:
                self._strayed.setdefault(table, set()).add(row)

    def found(self) -> dict[str, Ids]:
        """Return what was gathered."""
        return {table: _together(runs, self._strayed.get(table, set())) for table, runs in self._runs.items()}


def _together(runs: list[bytearray], strayed: set[bytes]) -> Ids:
    """Return the rows of runs that rise, and of others: one run behind the other where they do not meet."""
    pieces = [*runs, bytearray().join(sorted(strayed))] if strayed else runs
    pieces = sorted(pieces)
    if all(one[-_LENGTH:] < other[:_LENGTH] for one, other in pairwise(pieces)):
        return Ids.ascending(b"".join(pieces))
    return Ids(bytes(piece[at : at + _LENGTH]) for piece in pieces for at in range(0, len(piece), _LENGTH))


def gathered(entries: Iterable[tuple[str, bytes]], to: Gathering | None = None) -> dict[str, Ids]:
    """Return the rows by table of journal entries, added ``to`` what was gathered before."""
    gathering = to or Gathering()
    for table, run in groupby(entries, key=itemgetter(0)):
        while block := [row for _table, row in islice(run, _BLOCK)]:
            gathering.add(table, block)
    return gathering.found()
