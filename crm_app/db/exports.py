"""Stored values in blocks, for whoever writes a hundred thousand rows: no record is made, and no block is kept.

A path names a column: ``uscc`` of the row itself, ``enterprise_id.uscc`` of what it refers to (one step), and
``position:enterprise_id.name`` of a record beside it, of which each gives a row of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import FromClause, Select, bindparam, func, select
from sqlalchemy.sql import ColumnElement

from crm_app.db import tables
from crm_app.db.reader import Reader
from crm_app.domain.fields import Record
from crm_app.domain.kinds import Ref

Row = Sequence[Any]

BLOCK = 1000
"""Rows read at a time."""


def count(reader: Reader, record_type: type[Record], beside: type[Record] | None = None) -> tuple[int, frozenset[str]]:
    """Return how many rows the living records of a type give, and which of their columns are filled in at all."""
    at = _Paths(record_type, beside)
    names = [column.name for column in at.own.columns]
    found = reader.connection.execute(at.statement(names, func.count(), func.count)).one()
    return int(found[0]), frozenset(name for name, n in zip(names, found[1:], strict=True) if n)


def whole(
    reader: Reader, record_type: type[Record], paths: Sequence[str], beside: type[Record] | None = None
) -> Iterator[list[Row]]:
    """Yield the living records of a type in order of entry, a block of stored values at a time; the first is the id."""
    at = _Paths(record_type, beside)
    statement = at.statement(paths).order_by(at.own.c.id, *at.order)
    cursor = _cursor(reader, statement)
    block: list[Row]
    while block := cursor.fetchmany(BLOCK):
        yield block


def hanging(
    reader: Reader, record_type: type[Record], parent: str, paths: Sequence[str]
) -> Callable[[bytes, bytes], list[Row]]:
    """Return the way to read what hangs on the records from one id to another by the field ``parent``.

    It comes in order of entry; the first value is the owner's id.
    """
    at = _Paths(record_type, None)
    owner = at.own.c[parent]
    within = owner.between(bindparam("first"), bindparam("last"))
    statement = at.statement(paths, owner).where(within).order_by(at.own.c.id)

    def read(first: bytes, last: bytes) -> list[Row]:
        found: list[Row] = _cursor(reader, statement, {"first": first, "last": last}).fetchall()
        return found

    return read


def _cursor(reader: Reader, statement: Select[Any], values: dict[str, Any] | None = None) -> Any:
    """Run a select and return the driver's cursor: to wrap a row costs as much as to read it."""
    return reader.connection.execute(statement, values or {}).cursor


def _itself(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column


class _Paths:
    """Where paths lead: a record's table, one beside it, and the tables these refer to, each joined once."""

    def __init__(self, record_type: type[Record], beside: type[Record] | None) -> None:
        self._types = {"": record_type} | ({beside.table: beside} if beside else {})
        self._tables = {place: tables.RECORD_TABLES[one.table].alias() for place, one in self._types.items()}
        self.own = self._tables[""]
        self._from: FromClause = self.own
        if beside is not None:
            other = self._tables[beside.table]
            back = next(one.name for one in beside.fields if _refers_to(one.kind, record_type))
            on = (other.c[back] == self.own.c.id) & other.c.deleted_at.is_(None)
            on = on & other.c.to_on.is_(None) if "to_on" in other.c else on
            self._from = self._from.outerjoin(other, on)
            self.order = [other.c.id]
        else:
            self.order = []
        self._joined: dict[tuple[str, str], Any] = {}

    def statement(
        self,
        paths: Sequence[str],
        first: ColumnElement[Any] | None = None,
        of: Callable[[ColumnElement[Any]], ColumnElement[Any]] = _itself,
    ) -> Select[Any]:
        """Select the first value (the id) and what the paths lead to, of the living."""
        columns = [self.own.c.id if first is None else first, *(of(self._column(path)) for path in paths)]
        # The same column twice would be selected once.
        labelled = [column.label(f"v{place}") for place, column in enumerate(columns)]
        return select(*labelled).select_from(self._from).where(self.own.c.deleted_at.is_(None))

    def _column(self, path: str) -> ColumnElement[Any]:
        place, _colon, way = path.rpartition(":")
        reference, _dot, name = way.rpartition(".")
        return self._tables[place].c[name] if not reference else self._other(place, reference).c[name]

    def _other(self, place: str, reference: str) -> Any:
        """Return the table a reference leads to, joined by its key: deleted ones too, for they keep their names."""
        if (place, reference) not in self._joined:
            kind = self._types[place].field(reference).kind
            assert isinstance(kind, Ref)
            other = tables.RECORD_TABLES[kind.table].alias()
            self._from = self._from.outerjoin(other, other.c.id == self._tables[place].c[reference])
            self._joined[place, reference] = other
        return self._joined[place, reference]


def _refers_to(kind: object, record_type: type[Record]) -> bool:
    return isinstance(kind, Ref) and kind.table == record_type.table
