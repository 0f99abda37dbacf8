"""The journal unit by unit: what was done, newest first, what each touched, and which deletions still stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text

from crm_app import clock
from crm_app.db import stretches
from crm_app.db.journal import FieldChange, field_changes, record_title
from crm_app.db.reader import Reader

_UNDONE = (
    "EXISTS (SELECT 1 FROM unit x WHERE x.undoes = u.n AND NOT EXISTS (SELECT 1 FROM unit r WHERE r.undoes = x.n))"
)


class Standing(StrEnum):
    """Whether a unit still stands."""

    STANDS = "stands"
    UNDONE = "undone"
    FINAL = "final"


@dataclass(frozen=True)
class Asked:
    """Which units are asked for: words of the label, a person, a table they touched, a day; empty ones ask nothing."""

    words: str = ""
    who: str = ""
    table: str = ""
    on: date | None = None


@dataclass(frozen=True)
class UnitLine:
    """One unit as a list shows it; ``counts``: how many rows of each table it touched; ``undoes``: it is an undo."""

    n: int
    at: int
    who: str
    label: str
    undoes: int | None
    standing: Standing
    counts: Mapping[str, int]


@dataclass(frozen=True)
class RowChange:
    """What a unit did to one record: made it, or changed these fields."""

    table: str
    row: UUID
    title: str
    made: bool
    fields: tuple[FieldChange, ...]


def page(reader: Reader, asked: Asked, *, before: int | None = None, limit: int = 50) -> list[UnitLine]:
    """Return units, newest first; ``before`` is the number of the last one read."""
    conditions, values = ["1"], dict[str, Any]()
    if before is not None:
        conditions.append("u.n < :before")
        values["before"] = before
    if asked.words:
        # instr knows no wildcards: what is typed is looked for as it stands.
        conditions.append("instr(lower(u.label), lower(:words))")
        values["words"] = asked.words
    if asked.who:
        conditions.append("u.who = :who")
        values["who"] = asked.who
    if asked.table:
        conditions.append('EXISTS (SELECT 1 FROM change c WHERE c.unit = u.n AND c."table" = :touched)')
        values["touched"] = asked.table
    if asked.on:
        conditions.append("u.at >= :since AND u.at < :until")
        values["since"], values["until"] = (
            int(clock.local_midnight(day).timestamp() * 1000) for day in (asked.on, asked.on + timedelta(days=1))
        )
    rows = reader.rows(
        text(
            f"SELECT u.*, {_UNDONE} AS undone FROM unit u WHERE {' AND '.join(conditions)} "
            "ORDER BY u.n DESC LIMIT :most"
        ),
        {**values, "most": limit},
    )
    return _lines(reader, rows)


def line(reader: Reader, n: int) -> UnitLine | None:
    """Return one unit, or None."""
    lines = _lines(reader, reader.rows(text(f"SELECT u.*, {_UNDONE} AS undone FROM unit u WHERE u.n = :n"), {"n": n}))
    return lines[0] if lines else None


def _lines(reader: Reader, rows: Sequence[Mapping[str, Any]]) -> list[UnitLine]:
    found = []
    for row in rows:
        counts = stretches.touched(reader, row["n"])
        found.append(UnitLine(row["n"], row["at"], row["who"], row["label"], row["undoes"], _standing(row), counts))
    return found


def _standing(row: Mapping[str, Any]) -> Standing:
    if row["final"]:
        return Standing.FINAL
    return Standing.UNDONE if row["undone"] else Standing.STANDS


def writers(reader: Reader) -> list[str]:
    """Return everybody who ever wrote, by name."""
    return [str(row["who"]) for row in reader.rows(text("SELECT DISTINCT who FROM unit ORDER BY who"))]


def row_changes(reader: Reader, n: int, *, limit: int = 200) -> list[RowChange]:
    """Return what a unit did, record by record in the order it was written; ``limit``: at most so many records."""
    raw: Any = reader.connection.connection.dbapi_connection
    entries = raw.execute('SELECT "table", "row" FROM change WHERE unit = ? ORDER BY n', (n,))
    first = dict[tuple[str, bytes], None]()
    while len(first) < limit and (one := entries.fetchone()):
        first[one] = None
    found = []
    for name, stored in first:
        # A row has few entries, a unit may have many: the plus keeps SQLite from reading all of those.
        changes = reader.rows(
            text(
                "SELECT c.*, u.at, u.who, u.label FROM change c JOIN unit u ON u.n = c.unit "
                'WHERE +c.unit = :n AND c."row" = :row ORDER BY c.n'
            ),
            {"n": n, "row": stored},
        )
        row = UUID(bytes=stored)
        fields = tuple(field for change in changes for field in field_changes(reader, name, change))
        made = any(change["op"] == "I" for change in changes)
        found.append(RowChange(name, row, record_title(reader, name, row), made, fields))
    return found


@dataclass(frozen=True)
class Deletion:
    """A unit that deleted records which are still deleted: its line, and the rows, by table."""

    line: UnitLine
    rows: Mapping[str, tuple[UUID, ...]]


def deletions(reader: Reader, tables: Sequence[str], *, before: int | None = None, limit: int = 50) -> list[Deletion]:
    """Return the units whose deletions stand, newest first; ``before`` is the number of the last one read.

    The making of a record that was taken back is no deletion: redo brings it back. Nor is a merge, which is taken back
    as a whole from the list of changes.
    """
    still = " UNION ALL ".join(
        f"SELECT '{name}' AS name, id, deleted_at FROM \"{name}\" WHERE deleted_at IS NOT NULL" for name in tables
    )
    rows = reader.rows(
        text(
            f"WITH gone AS ({still}) "
            'SELECT c.unit AS unit, g.name AS name, g.id AS id FROM gone g CROSS JOIN change c ON c."row" = g.id '
            "CROSS JOIN unit u ON u.n = c.unit "
            "WHERE c.op = 'U' AND json_extract(c.new, '$.deleted_at') = g.deleted_at AND u.undoes IS NULL "
            "AND c.unit NOT IN (SELECT m.unit FROM merger JOIN change m ON m.\"row\" = merger.id WHERE m.op = 'I') "
            "AND (:before IS NULL OR c.unit < :before) ORDER BY c.unit DESC, c.n"
        ),
        {"before": before},
    )
    by_unit: dict[int, dict[str, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_unit[row["unit"]][row["name"]].append(UUID(bytes=row["id"]))
    found = []
    for n in sorted(by_unit, reverse=True)[:limit]:
        known = line(reader, n)
        if known is not None:
            found.append(Deletion(known, {name: tuple(ids) for name, ids in by_unit[n].items()}))
    return found
