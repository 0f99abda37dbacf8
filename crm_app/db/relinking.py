"""What refers to records that go into others: by walking every reference of every table, so that none is forgotten.

A reference moves to the record that stays. Rows that would then be the same, or that no two living rows may be, become
one: what the one that stays lacks is filled in from the other, shares are added up, the earlier beginning is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, bindparam, or_, select, update

from crm_app.db.reader import Reader, living
from crm_app.db.tables import RECORD_TABLES
from crm_app.db.unit import Unit
from crm_app.domain.duplicates import ALIKE, MAY_DIFFER, TOLD_ONLY, DistinctPair
from crm_app.domain.fields import RECORDS, Record, store

Into = Mapping[str, Mapping[UUID, UUID]]
"""Table → the id of a record that goes → the id of the one it goes into."""

Values = dict[str, Any]
Moved = dict[UUID, tuple[Record, Values]]

_TOGETHER: Mapping[tuple[str, str], Callable[[Any, Any], Any]] = {
    ("investor", "share"): lambda kept, other: kept + other,
    ("position", "from_on"): min,
}
"""How two values become one; elsewhere the row that stays keeps its own."""


@dataclass(frozen=True)
class Join:
    """A row that leaves because ``kept`` says the same; what it fills in there, and the fields it alone says so of."""

    gone: Record
    kept: Record
    filled: Mapping[str, Any]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Relinking:
    """``moves``: what changes, by table, row and field; ``leaving``: rows that have nothing to say any more.

    ``living``: how many of the rows that move are in a list, by table; the others are in the recycle bin.
    """

    moves: Mapping[tuple[str, UUID], Mapping[str, Any]]
    joins: tuple[Join, ...]
    leaving: tuple[Record, ...]
    living: Mapping[str, int]


def references(tables: Mapping[str, object]) -> Iterator[tuple[Table, Column[Any], str]]:
    """Yield every column that refers to one of these tables, save those that tell what was."""
    for table in RECORD_TABLES.values():
        if table.name not in TOLD_ONLY:
            for key in table.foreign_keys:
                if key.column.table.name in tables:
                    yield table, key.parent, key.column.table.name


def plan(reader: Reader, into: Into, called: Mapping[UUID, str]) -> Relinking:
    """Work out what happens to everything that refers to a record that goes; nothing is written.

    ``called``: the enterprises' names, of those that go as they are, of those that stay as they will be.
    """
    columns: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, column, target in references(into):
        columns[table.name].append((column.name, target))
    moves: dict[tuple[str, UUID], Values] = {}
    joins: list[Join] = []
    leaving: list[Record] = []
    living: dict[str, int] = {}
    for name, own in columns.items():
        moved = {record.id: (record, _moved(record, own, into)) for record in _referring(reader, name, own, into)}
        moved = {row: one for row, one in moved.items() if one[1]}
        if name == DistinctPair.table:
            nothing = _told_apart(moved, called)
            leaving += nothing
            moved = {row: one for row, one in moved.items() if one[0] not in nothing}
        for join in _joins(reader, name, own, into, moved):
            joins.append(join)
        gone = {join.gone.id for join in joins} | {record.id for record in leaving}
        staying = {row: one for row, one in moved.items() if row not in gone}
        moves |= {(name, row): values for row, (_record, values) in staying.items()}
        living[name] = sum(record.deleted_at is None for record, _values in staying.values())
    return Relinking(moves, tuple(joins), tuple(leaving), {name: n for name, n in living.items() if n})


def _referring(reader: Reader, name: str, own: Sequence[tuple[str, str]], into: Into) -> list[Record]:
    """Return the rows of a table that refer to what goes, deleted ones too: they may come back."""
    table, record_type = RECORD_TABLES[name], RECORDS[name]
    wanted = [table.c[column].in_([row.bytes for row in into[target]]) for column, target in own]
    rows = reader.rows(select(table).where(or_(*wanted)).order_by(table.c.id))
    return [record_type.load(row) for row in rows if UUID(bytes=row["id"]) not in into.get(name, {})]


def _moved(record: Record, own: Sequence[tuple[str, str]], into: Into) -> Values:
    """Return the references of a row that change; one to itself is none."""
    found: Values = {}
    for column, target in own:
        new = into[target].get(getattr(record, column))
        if new is not None:
            found[column] = None if new == record.id else new
    return found


def _joins(reader: Reader, name: str, own: Sequence[tuple[str, str]], into: Into, moved: Moved) -> Iterator[Join]:
    """Yield the rows that leave because another, of what stays or moved before, is the same."""
    for alike, certain in _sameness(name):
        held: dict[tuple[Any, ...], Record] = {}
        gone: set[UUID] = set()
        for record in _of_what_stays(reader, name, own, into):
            held.setdefault(_key(record, alike, {}), record)
        for record, values in moved.values():
            if record.deleted_at is not None or record.id in gone:
                continue
            kept = held.setdefault(_key(record, alike, values), record)
            if kept is record:
                continue
            filled, lost = _filled(kept, record, values, alike)
            if certain or not lost:
                gone.add(record.id)
                yield Join(record, kept, filled, lost)


def _sameness(name: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield the fields by which rows are the same, and whether they become one whatever else they say."""
    for unique in RECORDS[name].unique:
        yield unique, True
    if name in ALIKE:
        yield ALIKE[name], name in MAY_DIFFER


def _of_what_stays(reader: Reader, name: str, own: Sequence[tuple[str, str]], into: Into) -> list[Record]:
    table, record_type = RECORD_TABLES[name], RECORDS[name]
    wanted = [table.c[column].in_([row.bytes for row in set(into[target].values())]) for column, target in own]
    rows = reader.rows(select(table).where(or_(*wanted), living(table)).order_by(table.c.id))
    return [record_type.load(row) for row in rows]


def _key(record: Record, alike: Sequence[str], moved: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(moved.get(name, getattr(record, name)) for name in alike)


def _filled(kept: Record, gone: Record, moved: Values, alike: Sequence[str]) -> tuple[Values, tuple[str, ...]]:
    """Return what a row fills in where the other has nothing, and the fields in which it says otherwise."""
    filled: dict[str, Any] = {}
    lost: list[str] = []
    for field in gone.fields:
        here, there = getattr(kept, field.name), moved.get(field.name, getattr(gone, field.name))
        if field.name in alike or field.derived or there is None or here == there:
            continue
        if here is None:
            filled[field.name] = there
        elif (gone.table, field.name) in _TOGETHER:
            filled[field.name] = _TOGETHER[gone.table, field.name](here, there)
        else:
            lost.append(field.name)
    return filled, tuple(lost)


def _told_apart(moved: Moved, called: Mapping[UUID, str]) -> list[Record]:
    """Let each pair told apart name the one that stays, the smaller id first; return those of one with itself."""
    nothing: list[Record] = []
    for record, values in moved.values():
        assert isinstance(record, DistinctPair)
        sides = []
        for row, name in ((record.one_id, record.one_name), (record.other_id, record.other_name)):
            new = values.get("one_id" if row == record.one_id else "other_id", row)
            # A name it no longer has said nothing any more, and shall not begin to.
            sides.append((new, called.get(new, name) if new != row and called.get(row) == name else name))
        (one, one_name), (other, other_name) = sorted(sides)
        values |= {"one_id": one, "other_id": other, "one_name": one_name, "other_name": other_name}
        if one == other and record.deleted_at is None:
            nothing.append(record)
    return nothing


def write(unit: Unit, planned: Relinking) -> None:
    """Carry out a plan: what leaves goes first, for it makes room for what moves."""
    for join in planned.joins:
        unit.delete(type(join.gone), join.gone.id)
    for record in planned.leaving:
        unit.delete(type(record), record.id)
    alike: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for (name, row), values in planned.moves.items():
        stored = store(RECORDS[name], values)
        into = {f"to_{column}": value for column, value in stored.items()}
        alike[name, tuple(sorted(stored))].append({"row_id": row.bytes, **into})
    for (name, columns), rows in alike.items():
        table = RECORD_TABLES[name]
        to = {column: bindparam(f"to_{column}", type_=table.c[column].type) for column in columns}
        unit.connection.execute(update(table).where(table.c.id == bindparam("row_id")).values(to), rows)
    for kept, filled in _fillings(planned.joins).values():
        unit.update(type(kept), kept.id, **filled)


def _fillings(joins: Sequence[Join]) -> dict[UUID, tuple[Record, Values]]:
    """Return what each row that stays is filled with; of three that become one all are heard."""
    found: dict[UUID, tuple[Record, Values]] = {}
    for join in joins:
        _kept, values = found.setdefault(join.kept.id, (join.kept, {}))
        for name, value in join.filled.items():
            together = _TOGETHER.get((join.kept.table, name))
            if name not in values:
                values[name] = value
            elif together is not None:
                values[name] = together(values[name], getattr(join.gone, name))
    return {row: one for row, one in found.items() if one[1]}
