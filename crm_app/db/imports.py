"""Reads an import needs in bulk: the records a whole file may mean, and where the book stood when they were read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import func, select

from crm_app.db import tables
from crm_app.db.reader import Reader, living
from crm_app.domain.fields import Record

R = TypeVar("R", bound=Record)

_PARAMETERS = 10_000
"""SQLite takes 32,766 in one statement."""


def find_in(reader: Reader, record_type: type[R], name: str, values: Iterable[Any]) -> list[R]:
    """Return the living records whose one-column field ``name`` holds one of ``values``, in order of entry."""
    kind = record_type.field(name).kind
    table = tables.RECORD_TABLES[record_type.table]
    wanted = sorted({kind.store(value, name)[name] for value in values if value is not None})
    found: list[R] = []
    for start in range(0, len(wanted), _PARAMETERS):
        block = wanted[start : start + _PARAMETERS]
        statement = select(table).where(table.c[name].in_(block), living(table))
        found += [record_type.load(row) for row in reader.rows(statement)]
    return sorted(found, key=lambda record: record.id)


def last_unit(reader: Reader, before: int | None = None) -> int:
    """Return the number of the newest unit of work (older than ``before``), 0 in an empty book."""
    statement = select(func.coalesce(func.max(tables.unit.c.n), 0))
    if before is not None:
        statement = statement.where(tables.unit.c.n < before)
    return int(reader.connection.execute(statement).scalar_one())
