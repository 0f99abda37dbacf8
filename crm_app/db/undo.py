"""Taking a unit of work back: every field returns to what it was, or nothing does and what stands in the way is listed.

A field goes back only if it still holds what the unit wrote, a row it made leaves only if nobody changed it or refers
to it since, a row it deleted comes back only if what it refers to was not deleted since.
Read and written in blocks, because an import's unit holds ten thousand rows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

Report = Callable[[int, int, str], None]
"""How far it is, of how much, in words; raises Cancelled where the user asked to stop."""

_BLOCK = 5_000
_AT_ONCE = 1_000
_MOST_NAMED = 20
"""So many obstacles are named; of the others only the number is told."""


def nobody_waits(_done: int, _total: int, _words: str) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class WayBack:
    """How a unit of work goes back: the columns to write by row, or what stands in the way, in sentences.

    ``first`` are the units that have to be taken back before, newest first.
    """

    rows: Mapping[Key, Mapping[str, Any]]
    in_the_way: tuple[str, ...]
    first: tuple[Step, ...]


def way_back(reader: Reader, n: int, report: Report = nobody_waits) -> WayBack:
    """Work out how unit ``n`` goes back as the book is now; nothing is written. Raise what ``report`` raises."""
    words = _("Looking at what came since")
    changes = reader.rows(select(tables.change).where(tables.change.c.unit == n).order_by(tables.change.c.n.desc()))
    report(1, 5, words)
    made = {(one["table"], one["row"]) for one in changes if one["op"] == "I"}
    present = _present(reader, {(change["table"], change["row"]) for change in changes})
    wanted: dict[Key, dict[str, Any]] = {}
    obstacles = _Obstacles(reader, n)
    report(2, 5, words)
    # What the unit went on to write in a row of its own making leaves with the row.
    for change in (one for one in changes if (one["table"], one["row"]) not in made):
        key = (change["table"], change["row"])
        old, new = json.loads(change["old"]), json.loads(change["new"])
        for column, written in new.items():
            if present[key][column] != _stored(key[0], column, written):
                obstacles.changed_since(key, column)
                continue
            present[key][column] = _stored(key[0], column, old[column])
            wanted.setdefault(key, {})[column] = present[key][column]
    for key, column in _changed_after_making(reader, n, made, present):
        obstacles.changed_since(key, column)
    now = clock.now_ms()
    # One that is deleted, and no later unit did it, was deleted by the unit itself or erased: nothing is left to do.
    wanted |= {key: {"deleted_at": now} for key in made if present[key]["deleted_at"] is None}
    report(3, 5, words)
    for leaning in _leaning_on(reader, wanted):
        obstacles.leans(leaning)
    report(4, 5, words)
    for key, target in _missing(reader, wanted, present):
        obstacles.lacks(key, target)
    return WayBack(wanted, obstacles.sentences(), obstacles.steps())


def _changed_after_making(
    reader: Reader, n: int, made: set[Key], present: Mapping[Key, Mapping[str, Any]]
) -> Iterator[tuple[Key, str]]:
    """Yield the fields of rows the unit made that are no longer as it left them."""
    change = tables.change
    left: dict[Key, dict[str, Any]] = defaultdict(dict)
    for block in _blocks([row for _table, row in made]):
        later = select(change).where(change.c.row.in_(block), change.c.unit > n, change.c.op == "U")
        for one in reader.rows(later.order_by(change.c.n)):
            known = left[one["table"], one["row"]]
            known |= {column: old for column, old in json.loads(one["old"]).items() if column not in known}
    for key, columns in left.items():
        for column, value in columns.items():
            if present[key][column] != _stored(key[0], column, value):
                yield key, column


def _missing(
    reader: Reader, wanted: Mapping[Key, Mapping[str, Any]], present: Mapping[Key, Mapping[str, Any]]
) -> Iterator[tuple[Key, Key]]:
    """Yield (row, deleted row) for what would refer again to a record that is deleted and does not come back too."""
    needs: dict[Key, Key] = {}
    for key, columns in wanted.items():
        if present[key]["deleted_at"] is not None or columns.get("deleted_at"):
            continue
        for reference in tables.RECORD_TABLES[key[0]].foreign_keys:
            name = reference.parent.name
            target = present[key][name]
            if target is not None and ("deleted_at" in columns or name in columns):
                needs.setdefault((reference.column.table.name, target), key)
    for target, held in _present(reader, needs).items():
        if wanted.get(target, {}).get("deleted_at", held["deleted_at"]) is not None:
            yield needs[target], target


def take_back(unit: Unit, n: int, report: Report = nobody_waits) -> None:
    """Write the way back of unit ``n`` into ``unit``; raise Refused listing what stands in the way.

    Raise what ``report`` raises; nothing is written then.
    """
    stands = unit.rows(select(tables.unit.c.label).where(tables.unit.c.n == n, tables.unit.c.final == 1))
    if stands:
        raise Refused(_("“{label}” stands and is never undone.").format(label=stands[0]["label"]))
    way = way_back(unit, n, report)
    if way.in_the_way:
        raise Refused("\n".join((_("This cannot be undone, because:"), *way.in_the_way, *map(_undo_first, way.first))))
    if not way.rows:
        raise Refused(_("Nothing is left of this step that could be undone."))
    write(unit, way.rows, report)


def _undo_first(step: Step) -> str:
    words = _("Undo first: step {n}, {when}, “{label}”.")
    return words.format(n=step.n, when=f"{clock.local(step.at):%Y-%m-%d %H:%M}", label=step.label)


class _Obstacles:
    """What stands in the way of a unit, and which later units put it there; the first of many rows are named."""

    def __init__(self, reader: Reader, n: int) -> None:
        self._reader, self._n = reader, n
        self._found: dict[tuple[Key, str], str] = {}
        self._units: set[int] = set()
        self._changed: dict[str, list[bytes]] = defaultdict(list)

    def changed_since(self, key: Key, column: str) -> None:
        """Note a field that no longer holds what the unit wrote."""
        field = field_of(key[0], column)
        words = _("{record}: “{field}” was changed since.")
        if column == "deleted_at":
            words = _("{record} was deleted or restored since.")
        self._tell((key, field), words, field=field)
        self._changed[column].append(key[1])

    def leans(self, key: Key) -> None:
        """Note a row that came to refer, since, to one that would go; one that did before was no hindrance then."""
        if self._newest(key, "") > self._n:
            self._tell((key, ""), _("{record} refers to it."))
            self._note(key, "")

    def lacks(self, key: Key, target: Key) -> None:
        """Note a row that needs one which was deleted since; one that was deleted before was lacking then too."""
        if self._newest(target, "$.deleted_at") > self._n:
            other = record_title(self._reader, target[0], UUID(bytes=target[1]))
            self._tell((key, other), _("{record} needs {other}, which was deleted since."), other=other)
            self._note(target, "$.deleted_at")

    def _tell(self, what: tuple[Key, str], words: str, **more: str) -> None:
        named = len(self._found) < _MOST_NAMED
        title = record_title(self._reader, what[0][0], UUID(bytes=what[0][1])) if named else ""
        self._found.setdefault(what, words.format(record=title, **more))

    def _newest(self, key: Key, path: str) -> int:
        """Return the newest unit that wrote the column, or any of the row."""
        change = tables.change
        newest = select(func.max(change.c.unit)).where(change.c.row == key[1])
        if path:
            newest = newest.where(func.json_type(change.c.new, path).is_not(None))
        return self._reader.connection.execute(newest).scalar_one() or 0

    def _note(self, key: Key, path: str) -> None:
        """Remember the later unit that has to go back first."""
        found = self._newest(key, path)
        if found > self._n:
            self._units.add(found)

    def sentences(self) -> tuple[str, ...]:
        """Return the sentences, each once."""
        named = tuple(dict.fromkeys(list(self._found.values())[:_MOST_NAMED]))
        more = len(self._found) - _MOST_NAMED
        return (*named, _("… and {n} more.").format(n=more)) if more > 0 else named

    def steps(self) -> tuple[Step, ...]:
        """Return the units, newest first."""
        change = tables.change
        for column, rows in self._changed.items():
            later = select(func.max(change.c.unit)).where(
                change.c.unit > self._n, func.json_type(change.c.new, f"$.{column}").is_not(None)
            )
            for block in _blocks(rows):
                newest = later.where(change.c.row.in_(block)).group_by(change.c.row)
                self._units.update(self._reader.connection.execute(newest).scalars())
        return tuple(step for n in sorted(self._units, reverse=True) if (step := step_of(self._reader, n)))


def _stored(table_name: str, column: str, value: Any) -> Any:
    is_blob = isinstance(tables.RECORD_TABLES[table_name].c[column].type, LargeBinary)
    return bytes.fromhex(value) if is_blob and value is not None else value


def _blocks(items: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(items), _BLOCK):
        yield items[start : start + _BLOCK]


def _present(reader: Reader, keys: Iterable[Key]) -> dict[Key, dict[str, Any]]:
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


def _leaning_on(reader: Reader, wanted: Mapping[Key, Mapping[str, Any]]) -> Iterator[Key]:
    """Yield the rows that would live and refer to one that would go."""
    going: dict[str, list[bytes]] = defaultdict(list)
    for (table, row), columns in wanted.items():
        if columns.get("deleted_at"):
            going[table].append(row)
    for other, key in _references():
        for block in _blocks(going.get(key.column.table.name, [])):
            parent: Column[Any] = key.parent
            for living in reader.rows(select(other.c.id).where(parent.in_(block), other.c.deleted_at.is_(None))):
                columns = wanted.get((other.name, living["id"]), {})
                # A row whose reference itself goes back stands in nobody's way (a plan that a visit ticked off).
                if not columns.get("deleted_at") and parent.name not in columns:
                    yield other.name, living["id"]


def _references() -> Iterator[tuple[Table, ForeignKey]]:
    for table in tables.RECORD_TABLES.values():
        for key in table.foreign_keys:
            yield table, key


def write(unit: Unit, wanted: Mapping[Key, Mapping[str, Any]], report: Report = nobody_waits) -> None:
    """Write columns by row, alike ones together; raise Refused where another living record has taken a row's place.

    What leaves the lists goes first, for it may make room for what comes back. Raise what ``report`` raises.
    """
    alike: dict[tuple[bool, str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for (table, row), columns in wanted.items():
        values = {"row_id": row, **{f"to_{name}": value for name, value in columns.items()}}
        alike[not columns.get("deleted_at"), table, tuple(sorted(columns))].append(values)
    done = 0
    for _stays, table, names in sorted(alike, key=lambda one: one[0]):
        known = tables.RECORD_TABLES[table]
        columns = {name: bindparam(f"to_{name}", type_=known.c[name].type) for name in names}
        statement = update(known).where(known.c.id == bindparam("row_id")).values(columns)
        rows = alike[_stays, table, names]
        for start in range(0, len(rows), _AT_ONCE):
            report(done, len(wanted), _("Taking it back"))
            done += len(rows[start : start + _AT_ONCE])
            try:
                unit.connection.execute(statement, rows[start : start + _AT_ONCE])
            except IntegrityError as error:
                words = _("{kind}: another record has taken its place meanwhile. Delete that one first.")
                raise Refused(words.format(kind=_(RECORDS[table].label))) from error
