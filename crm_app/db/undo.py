"""Taking a unit of work back: every field returns to what it was, or nothing does and what stands in the way is listed.

Read and written in blocks, because an import's unit holds ten thousand rows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from crm_app import clock
from crm_app.db import tables
from crm_app.db.journal import Step, field_of, record_title, step_of
from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.domain.records import RECORDS
from crm_app.errors import Refused
from crm_app.i18n import _

Key = tuple[str, bytes]
"""A row: its table's name and its id as stored."""

_BLOCK = 5_000


@dataclass(frozen=True)
class WayBack:
    """How a unit of work goes back: the columns to write by row, or what stands in the way, in sentences.

    ``first`` are the units that have to be taken back before, newest first.
    """

    rows: Mapping[Key, Mapping[str, Any]]
    in_the_way: tuple[str, ...]
    first: tuple[Step, ...]


def way_back(reader: Reader, n: int) -> WayBack:
    """Work out how unit ``n`` goes back as the book is now; nothing is written."""
    changes = reader.rows(select(tables.change).where(tables.change.c.unit == n).order_by(tables.change.c.n.desc()))
    present = _present(reader, {(change["table"], change["row"]) for change in changes})
    wanted: dict[Key, dict[str, Any]] = defaultdict(dict)
    obstacles = _Obstacles(reader, n)
    for change in changes:
        key = (change["table"], change["row"])
        if change["op"] == "I":
            wanted[key]["deleted_at"] = clock.now_ms()
            continue
        old, new = json.loads(change["old"]), json.loads(change["new"])
        for column, written in new.items():
            if present[key][column] != _stored(key[0], column, written):
                obstacles.changed_since(key, column)
                continue
            present[key][column] = wanted[key][column] = _stored(key[0], column, old[column])
    # A deletion done again finds the book as it did the first time: rows that refer to it were no hindrance then.
    made = {(one["table"], one["row"]) for one in changes if one["op"] == "I"}
    for leaning in _leaning_on(reader, wanted, made):
        obstacles.leans(leaning)
    return WayBack(wanted, obstacles.sentences(), obstacles.steps())


def take_back(unit: Unit, n: int) -> None:
    """Write the way back of unit ``n`` into ``unit``; raise Refused listing what stands in the way."""
    stands = unit.rows(select(tables.unit.c.label).where(tables.unit.c.n == n, tables.unit.c.final == 1))
    if stands:
        raise Refused(_("“{label}” stands and is never undone.").format(label=stands[0]["label"]))
    way = way_back(unit, n)
    if way.in_the_way:
        raise Refused(_("This cannot be undone, because:") + "\n" + "\n".join(way.in_the_way))
    write(unit, way.rows)


class _Obstacles:
    """What stands in the way of a unit, and which later units put it there; many rows make one sentence each."""

    def __init__(self, reader: Reader, n: int) -> None:
        self._reader, self._n = reader, n
        self._sentences: list[str] = []
        self._units: set[int] = set()

    def changed_since(self, key: Key, column: str) -> None:
        """Note a field that no longer holds what the unit wrote."""
        words = _("{record}: “{field}” was changed since.").format(
            record=record_title(self._reader, key[0], UUID(bytes=key[1])), field=field_of(key[0], column)
        )
        self._sentences.append(words)
        self._note(key, f"$.{column}")

    def leans(self, key: Key) -> None:
        """Note a living row that refers to one whose making is taken back."""
        title = record_title(self._reader, key[0], UUID(bytes=key[1]))
        self._sentences.append(_("{record} refers to it.").format(record=title))
        self._note(key, "")

    def _note(self, key: Key, path: str) -> None:
        """Remember the newest later unit that wrote the column, or any of the row."""
        change = tables.change
        newest = select(func.max(change.c.unit)).where(change.c.row == key[1], change.c.unit > self._n)
        if path:
            newest = newest.where(func.json_type(change.c.new, path).is_not(None))
        found = self._reader.connection.execute(newest).scalar_one()
        if found is not None and found != getattr(self._reader, "n", None):
            self._units.add(found)

    def sentences(self) -> tuple[str, ...]:
        """Return the sentences, each once."""
        return tuple(dict.fromkeys(self._sentences))

    def steps(self) -> tuple[Step, ...]:
        """Return the units, newest first."""
        return tuple(step for n in sorted(self._units, reverse=True) if (step := step_of(self._reader, n)))


def _stored(table_name: str, column: str, value: Any) -> Any:
    is_blob = isinstance(tables.RECORD_TABLES[table_name].c[column].type, LargeBinary)
    return bytes.fromhex(value) if is_blob and value is not None else value


def _blocks(items: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(items), _BLOCK):
        yield items[start : start + _BLOCK]


def _present(reader: Reader, keys: set[Key]) -> dict[Key, dict[str, Any]]:
    by_table: dict[str, list[bytes]] = defaultdict(list)
    for table, row in keys:
        by_table[table].append(row)
    found: dict[Key, dict[str, Any]] = {}
    for table, ids in by_table.items():
        known = tables.RECORD_TABLES[table]
        for block in _blocks(ids):
            for held in reader.rows(select(known).where(known.c.id.in_(block))):
                found[(table, held["id"])] = dict(held)
    return found


def _leaning_on(reader: Reader, wanted: Mapping[Key, Mapping[str, Any]], gone: set[Key]) -> Iterator[Key]:
    """Yield the living rows of other units that refer to a row whose making is taken back."""
    going: dict[str, list[bytes]] = defaultdict(list)
    for table, row in gone:
        going[table].append(row)
    for other, key in _references():
        for block in _blocks(going.get(key.column.table.name, [])):
            parent: Column[Any] = key.parent
            for living in reader.rows(select(other.c.id).where(parent.in_(block), other.c.deleted_at.is_(None))):
                leaning = (other.name, living["id"])
                # A row whose reference itself goes back stands in nobody's way (a plan that a visit ticked off).
                if leaning not in gone and parent.name not in wanted.get(leaning, {}):
                    yield leaning


def _references() -> Iterator[tuple[Table, ForeignKey]]:
    for table in tables.RECORD_TABLES.values():
        for key in table.foreign_keys:
            yield table, key


def write(unit: Unit, wanted: Mapping[Key, Mapping[str, Any]]) -> None:
    """Write columns by row, alike ones together; raise Refused where another living record has taken a row's place."""
    alike: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for (table, row), columns in wanted.items():
        alike[table, tuple(sorted(columns))].append({"row_id": row, **{f"to_{c}": v for c, v in columns.items()}})
    for (table, names), rows in alike.items():
        known = tables.RECORD_TABLES[table]
        values = {name: bindparam(f"to_{name}", type_=known.c[name].type) for name in names}
        statement = update(known).where(known.c.id == bindparam("row_id")).values(values)
        try:
            unit.connection.execute(statement, rows)
        except IntegrityError as error:
            words = _("{kind}: another record has taken its place meanwhile. Delete that one first.")
            raise Refused(words.format(kind=_(RECORDS[table].label))) from error
