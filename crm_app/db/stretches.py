"""The journal entries of one unit counted a stretch at a time.

SQLite sorts what it groups, and holds all of it meanwhile: of the import of a million enterprises that was 250 MB.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crm_app.db.reader import Reader

STRETCH = 20_000
"""Entries looked at, or taken back, together: a moment between two looks whether somebody wants to stop."""


def stretches(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the numbers from ``first`` to ``last`` as pieces, each by its first and last one."""
    for start in range(first, last + 1, STRETCH):
        yield start, min(last, start + STRETCH - 1)


def _of_unit(reader: Reader, unit: int, after: int) -> Iterator[tuple[int, int]]:
    ends = "SELECT (SELECT min(n) FROM change WHERE unit = ?1 AND n > ?2), (SELECT max(n) FROM change WHERE unit = ?1)"
    ((first, last),) = reader.driver_rows(ends, unit, after)
    return stretches(first, last) if first is not None else iter(())


@dataclass
class Tally:
    """The entries of one kind: the numbers of the first and the last, and how many there are."""

    first: int
    last: int
    amount: int


def tallies(reader: Reader, unit: int, after: int = 0) -> dict[tuple[str, str], Tally]:
    """Return what a unit wrote behind entry ``after``, by table and by whether it was made (I) or updated (U)."""
    counted = (
        'SELECT "table", op, min(n), max(n), count(*) FROM change WHERE unit = ? AND n BETWEEN ? AND ? GROUP BY 1, 2'
    )
    found: dict[tuple[str, str], Tally] = {}
    for start, end in _of_unit(reader, unit, after):
        for table, op, first, last, amount in reader.driver_rows(counted, unit, start, end):
            known = found.setdefault((table, op), Tally(first, last, 0))
            known.last = last
            known.amount += amount
    return found


def touched(reader: Reader, unit: int) -> dict[str, int]:
    """Return how many rows of each table a unit made or changed."""
    # A row counts where it comes first; the plus keeps SQLite from looking for it among all of the unit's.
    counted = """
        SELECT c."table", count(*) FROM change c WHERE c.unit = ? AND c.n BETWEEN ? AND ? AND (c.op = 'I' OR NOT EXISTS
        (SELECT 1 FROM change o WHERE o."row" = c."row" AND +o.unit = c.unit AND o.n < c.n)) GROUP BY 1
    """
    found: dict[str, int] = {}
    for start, end in _of_unit(reader, unit, 0):
        for table, amount in reader.driver_rows(counted, unit, start, end):
            found[table] = found.get(table, 0) + amount
    return found
