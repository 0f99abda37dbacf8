"""The journal entries of one unit as sets: what it made, what it deleted or restored, and what else it changed.

Worked out by SQLite, because the unit of an import has hundreds of thousands of them. ``c`` is an entry of the unit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crm_app.db import stretches, tables
from crm_app.db.obstacles import Key
from crm_app.db.reader import Reader
from crm_app.domain.duplicates import TOLD_ONLY

FEW = 2_000
"""Entries up to which each row is looked at and noted by itself, instead of asking first what was done to all."""

MADE = "c.op = 'I'"
"""A row the unit made. What it went on to write in such a row leaves with the row."""

_MOVED = """c.op = 'U' AND substr(c.new, 1, 14) = '{"deleted_at":' AND instr(c.new, ',') = 0"""
_ALONE = 'NOT EXISTS (SELECT 1 FROM change o WHERE o."row" = c."row" AND +o.unit = c.unit AND o.n IS NOT c.n)'
MOVED = f"({_MOVED} AND {_ALONE})"
"""A row the unit deleted or restored, and did nothing else to."""

_OWN = 'NOT EXISTS (SELECT 1 FROM change o WHERE o."row" = c."row" AND +o.unit = c.unit AND o.op = \'I\')'
EDITED = f"c.op = 'U' AND NOT {MOVED} AND {_OWN}"
"""A row that was there before and got other values."""

LEAVES = "(c.op = 'I' OR json_type(c.old, '$.deleted_at') = 'integer')"
RETURNS = "json_type(c.old, '$.deleted_at') = 'null'"
"""The way back takes the row out of the lists, or brings it back into them."""


@dataclass(frozen=True)
class Entries:
    """The entries of unit ``n``: by table the first and last number, and how many there are; ``made`` of them are new.

    ``busy`` are the tables written since by units that do not just undo or redo this one, with how often: in all others
    each row is as the unit left it, and what refers to what too. None: nobody asked, any may be.
    """

    reader: Reader
    n: int
    spans: Mapping[str, tuple[int, int, int]]
    made: Mapping[str, int]
    chain: str
    busy: Mapping[str, int] | None

    @property
    def total(self) -> int:
        """How many entries there are."""
        return sum(amount for _first, _last, amount in self.spans.values())

    def edits(self, table: str) -> bool:
        """Say whether the unit did anything else to rows of a table than make them."""
        return self.spans[table][2] > self.made[table]

    def is_busy(self, table: str) -> bool:
        """Say whether rows of a table may have been written since."""
        return self.busy is None or table in self.busy

    def rows(self, sql: str, **values: Any) -> Iterator[Any]:
        """Yield the rows of a select, one at a time; ``:n`` is the unit, ``:chain`` those that undo and redo it."""
        # Bare, because SQLAlchemy keeps a copy of each of so many rows.
        raw: Any = self.reader.connection.connection.dbapi_connection
        return iter(raw.execute(sql, {"n": self.n, "chain": self.chain, **values}))


_LATER = (
    "FROM unit u CROSS JOIN change l ON l.unit = u.n "
    "WHERE u.n > :n AND u.n NOT IN (SELECT value FROM json_each(:chain))"
)


def entries_of(reader: Reader, n: int) -> Entries:
    """Return the entries of a unit."""
    raw: Any = reader.connection.connection.dbapi_connection
    spans: dict[str, tuple[int, int, int]] = {}
    made: dict[str, int] = {}
    for (table, op), known in sorted(stretches.tallies(reader, n).items()):
        first, last, amount = spans.get(table, (known.first, known.last, 0))
        spans[table] = (min(first, known.first), max(last, known.last), amount + known.amount)
        made[table] = made.get(table, 0) + (known.amount if op == "I" else 0)
    chain = json.dumps(
        [
            one
            for (one,) in raw.execute(
                "WITH RECURSIVE chain(n) AS (SELECT n FROM unit WHERE undoes = ? "
                "UNION SELECT u.n FROM unit u JOIN chain ON u.undoes = chain.n) SELECT n FROM chain",
                (n,),
            )
        ]
    )
    if sum(amount for _first, _last, amount in spans.values()) <= FEW:
        return Entries(reader, n, spans, made, chain, None)
    later = f'SELECT l."table", count(*) {_LATER} GROUP BY 1'
    return Entries(reader, n, spans, made, chain, dict(raw.execute(later, {"n": n, "chain": chain})))


# A row has few entries, a unit many: the plus keeps SQLite from looking a row's up among the unit's.
_SINCE = "+l.unit > :n AND l.unit NOT IN (SELECT value FROM json_each(:chain))"


def moved_since(entries: Entries, table: str) -> Iterator[bytes]:
    """Yield the rows the unit deleted or restored that no longer stand as it left them."""
    sql = (
        f'SELECT t.id FROM change c CROSS JOIN "{table}" t ON t.id = c."row" WHERE c.unit = :n AND c."table" = :table '
        f"AND {MOVED} AND t.deleted_at IS NOT json_extract(c.new, '$.deleted_at') ORDER BY c.n DESC"
    )
    return (row for (row,) in entries.rows(sql, table=table))


def made_and_changed(entries: Entries) -> Iterator[Key]:
    """Yield the rows the unit made that were written since."""
    since = (
        'SELECT DISTINCT c."row" FROM change c CROSS JOIN change l ON l."row" = c."row" '
        f"WHERE c.unit = :n AND c.\"table\" = :table AND {MADE} AND l.op = 'U' AND {_SINCE}"
    )
    # A row that was undone and done again often has many entries, and beside an import little else was written.
    among_few = (
        f'SELECT DISTINCT l."row" {_LATER} AND l."table" = :table AND l.op = \'U\' '
        f'AND EXISTS (SELECT 1 FROM change c WHERE c."row" = l."row" AND +c.unit = :n AND {MADE})'
    )
    for table in entries.spans:
        if entries.is_busy(table):
            few = entries.busy is not None and entries.busy[table] < entries.made[table]
            yield from ((table, row) for (row,) in entries.rows(among_few if few else since, table=table))


def leaning(entries: Entries) -> Iterator[tuple[Key, Key]]:
    """Yield (row, what it refers to) of rows written since that would stay, where the other would go."""
    for table, column, target in references():
        if target not in entries.spans or not entries.is_busy(table):
            continue
        # What only tells where a record went hinders nobody who lets that record leave again, as when it was told.
        gone = MADE if table in TOLD_ONLY else LEAVES
        # A row whose reference itself goes back stands in nobody's way (a plan that a visit ticked off).
        sql = (
            f'SELECT o.id, t.id FROM change c CROSS JOIN "{target}" t ON t.id = c."row" '
            f'CROSS JOIN "{table}" o ON o."{column}" = t.id '
            f'WHERE c.unit = :n AND c."table" = :target AND {gone} AND t.deleted_at IS NULL AND o.deleted_at IS NULL '
            f'AND EXISTS (SELECT 1 FROM change l WHERE l."row" = o.id AND {_SINCE}) '
            'AND NOT EXISTS (SELECT 1 FROM change c WHERE c."row" = o.id AND +c.unit = :n '
            f"AND ({LEAVES} OR json_type(c.new, '$.{column}') IS NOT NULL))"
        )
        yield from (((table, row), (target, held)) for row, held in entries.rows(sql, target=target))


def lacking(entries: Entries) -> Iterator[tuple[Key, Key]]:
    """Yield (row, what it refers to) of rows that would only come back, where the other is deleted and does not."""
    for table, column, target in references():
        if table not in entries.spans or not entries.edits(table) or not entries.is_busy(target):
            continue
        sql = (
            f'SELECT r.id, t.id FROM change c CROSS JOIN "{table}" r ON r.id = c."row" '
            f'CROSS JOIN "{target}" t ON t.id = r."{column}" '
            f'WHERE c.unit = :n AND c."table" = :table AND {RETURNS} AND {MOVED} AND t.deleted_at IS NOT NULL '
            f'AND NOT EXISTS (SELECT 1 FROM change c WHERE c."row" = t.id AND +c.unit = :n AND {RETURNS}) '
            "ORDER BY c.n DESC"
        )
        yield from (((table, row), (target, held)) for row, held in entries.rows(sql, table=table))


def returns(entries: Entries, key: Key) -> bool:
    """Say whether the unit deleted a row, so that it comes back."""
    sql = f'SELECT 1 FROM change c WHERE c."row" = :row AND +c.unit = :n AND {RETURNS}'
    return next(entries.rows(sql, row=key[1]), None) is not None


def references() -> Iterator[tuple[str, str, str]]:
    """Yield (table, column, the table it refers to)."""
    for table in tables.RECORD_TABLES.values():
        for key in table.foreign_keys:
            yield table.name, key.parent.name, key.column.table.name
