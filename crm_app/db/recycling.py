"""The recycle bin: what a unit deleted comes back together, with whatever it needs that was deleted before or after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text

from crm_app.db import clearing, tables, undo
from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.errors import Refused
from crm_app.i18n import _

Key = tuple[str, bytes]


@dataclass(frozen=True)
class Return:
    """What comes back: the rows of the deletion itself, and those of others without which it could not stand."""

    own: Mapping[str, tuple[UUID, ...]]
    needed: Mapping[str, tuple[UUID, ...]]


def what_returns(reader: Reader, n: int) -> Return:
    """Return what restoring the deletion ``n`` brings back; raise Refused where nothing of it is deleted any more."""
    own = _deleted_by(reader, n)
    if not own:
        raise Refused(_("Nothing of this deletion is in the recycle bin any more."))
    needed: set[Key] = set()
    waiting = list(own)
    while waiting:
        for parent, unit in _deleted_parents(reader, waiting.pop()):
            if parent not in own and parent not in needed:
                # A parent comes back with everything its own deletion took along.
                more = {parent, *(_deleted_by(reader, unit) if unit else ())} - own - needed
                needed |= more
                waiting += more
    return Return(_by_table(own), _by_table(needed))


def bring_back(unit: Unit, n: int) -> None:
    """Bring back what the deletion ``n`` took, and what it needs; raise Refused where that is not possible."""
    returning = what_returns(unit, n)
    keys = [
        (table, row.bytes) for part in (returning.own, returning.needed) for table, rows in part.items() for row in rows
    ]
    way = undo.way_back(unit, n)
    wanted = {key: dict(values) for key, values in way.rows.items()} if not way.in_the_way else {}
    for key in keys:
        wanted.setdefault(key, {})["deleted_at"] = None
    undo.write(unit, wanted)


def _by_table(keys: set[Key]) -> dict[str, tuple[UUID, ...]]:
    names = sorted({table for table, _row in keys})
    return {name: tuple(UUID(bytes=row) for table, row in sorted(keys) if table == name) for name in names}


def _deleted_by(reader: Reader, n: int) -> set[Key]:
    """Return the rows a unit deleted that are deleted since."""
    found = reader.rows(
        text(
            'SELECT "table" AS name, "row", json_extract(new, \'$.deleted_at\') AS at FROM change '
            "WHERE unit = :n AND op = 'U' AND json_extract(new, '$.deleted_at') IS NOT NULL"
        ),
        {"n": n},
    )
    gone = set()
    for row in found:
        known = tables.RECORD_TABLES[row["name"]]
        if reader.rows(select(known.c.id).where(known.c.id == row["row"], known.c.deleted_at == row["at"])):
            gone.add((row["name"], row["row"]))
    return gone


def _deleted_parents(reader: Reader, key: Key) -> list[tuple[Key, int | None]]:
    """Return the deleted rows that a row refers to, each with the unit that deleted it."""
    table = tables.RECORD_TABLES[key[0]]
    held = reader.rows(select(table).where(table.c.id == key[1]))[0]
    found: list[tuple[Key, int | None]] = []
    for reference in table.foreign_keys:
        target, row = reference.column.table, held[reference.parent.name]
        if row is None:
            continue
        gone = reader.rows(select(target.c.deleted_at).where(target.c.id == row, target.c.deleted_at.is_not(None)))
        # Of an erased person there is nothing to bring back: the empty entry stays deleted.
        if gone and not clearing.is_erased(reader, UUID(bytes=row)):
            found.append(((target.name, row), _deleting_unit(reader, row, gone[0]["deleted_at"])))
    return found


def _deleting_unit(reader: Reader, row: bytes, deleted_at: int) -> int | None:
    rows = reader.rows(
        text(
            "SELECT max(unit) AS n FROM change WHERE \"row\" = :row AND op = 'U' "
            "AND json_extract(new, '$.deleted_at') = :at"
        ),
        {"row": row, "at": deleted_at},
    )
    n: int | None = rows[0]["n"]
    return n
