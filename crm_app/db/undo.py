"""Taking a unit of work back: every field returns to what it was, or nothing does and what stands in the way is listed.

Read and written in blocks, because an import's unit holds ten thousand rows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, bindparam, select, update

from crm_app import clock
from crm_app.db import tables
from crm_app.db.journal import field_of, record_title
from crm_app.db.unit import Unit
from crm_app.errors import Refused
from crm_app.i18n import _

Key = tuple[str, bytes]
"""A row: its table's name and its id as stored."""

_BLOCK = 5_000


def take_back(unit: Unit, n: int) -> None:
    """Write the way back of unit ``n`` into ``unit``; raise Refused listing what stands in the way."""
    stands = unit.rows(select(tables.unit.c.label).where(tables.unit.c.n == n, tables.unit.c.final == 1))
    if stands:
        raise Refused(_("“{label}” stands and is never undone.").format(label=stands[0]["label"]))
    changes = unit.rows(select(tables.change).where(tables.change.c.unit == n).order_by(tables.change.c.n.desc()))
    present = _present(unit, {(change["table"], change["row"]) for change in changes})
    wanted: dict[Key, dict[str, Any]] = defaultdict(dict)
    in_the_way: list[str] = []
    for change in changes:
        key = (change["table"], change["row"])
        if change["op"] == "I":
            wanted[key]["deleted_at"] = clock.now_ms()
            continue
        old, new = json.loads(change["old"]), json.loads(change["new"])
        for column, written in new.items():
            if present[key][column] != _stored(key[0], column, written):
                in_the_way.append(_changed_since(unit, key, column))
                continue
            present[key][column] = wanted[key][column] = _stored(key[0], column, old[column])
    # A deletion done again finds the book as it did the first time: rows that refer to it were no hindrance then.
    in_the_way += _leaning_on(unit, wanted, {(one["table"], one["row"]) for one in changes if one["op"] == "I"})
    if in_the_way:
        raise Refused(_("This cannot be undone, because:") + "\n" + "\n".join(dict.fromkeys(in_the_way)))
    _write(unit, wanted)


def _stored(table_name: str, column: str, value: Any) -> Any:
    is_blob = isinstance(tables.RECORD_TABLES[table_name].c[column].type, LargeBinary)
    return bytes.fromhex(value) if is_blob and value is not None else value


def _blocks(items: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(items), _BLOCK):
        yield items[start : start + _BLOCK]


def _present(unit: Unit, keys: set[Key]) -> dict[Key, dict[str, Any]]:
    by_table: dict[str, list[bytes]] = defaultdict(list)
    for table, row in keys:
        by_table[table].append(row)
    found: dict[Key, dict[str, Any]] = {}
    for table, ids in by_table.items():
        known = tables.RECORD_TABLES[table]
        for block in _blocks(ids):
            for held in unit.rows(select(known).where(known.c.id.in_(block))):
                found[(table, held["id"])] = dict(held)
    return found


def _changed_since(unit: Unit, key: Key, column: str) -> str:
    return _("{record}: “{field}” was changed since.").format(
        record=record_title(unit, key[0], UUID(bytes=key[1])), field=field_of(key[0], column)
    )


def _leaning_on(unit: Unit, wanted: Mapping[Key, Mapping[str, Any]], gone: set[Key]) -> list[str]:
    """List the living rows of other units that refer to a row whose making is taken back."""
    going: dict[str, list[bytes]] = defaultdict(list)
    for table, row in gone:
        going[table].append(row)
    found = []
    for other, key in _references():
        for block in _blocks(going.get(key.column.table.name, [])):
            parent: Column[Any] = key.parent
            for living in unit.rows(select(other.c.id).where(parent.in_(block), other.c.deleted_at.is_(None))):
                leaning = (other.name, living["id"])
                # A row whose reference itself goes back stands in nobody's way (a plan that a visit ticked off).
                if leaning not in gone and parent.name not in wanted.get(leaning, {}):
                    title = record_title(unit, other.name, UUID(bytes=living["id"]))
                    found.append(_("{record} refers to it.").format(record=title))
    return found


def _references() -> Iterator[tuple[Table, ForeignKey]]:
    for table in tables.RECORD_TABLES.values():
        for key in table.foreign_keys:
            yield table, key


def _write(unit: Unit, wanted: Mapping[Key, Mapping[str, Any]]) -> None:
    alike: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for (table, row), columns in wanted.items():
        alike[table, tuple(sorted(columns))].append({"row_id": row, **{f"to_{c}": v for c, v in columns.items()}})
    for (table, names), rows in alike.items():
        known = tables.RECORD_TABLES[table]
        values = {name: bindparam(f"to_{name}", type_=known.c[name].type) for name in names}
        unit.connection.execute(update(known).where(known.c.id == bindparam("row_id")).values(values), rows)
