"""Reading a block of rows for the search index: as plain tuples, with the other names of the enterprises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from crm_app.db.reader import Reader
from crm_app.domain import search_documents
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.search_documents import Documents
from crm_app.domain.search_kinds import Shape

BLOCK = 2_000
"""Rows read and written at a time."""

PARAMETERS = 500
"""Ids asked for in one statement."""

Row = tuple[Any, ...]
T = TypeVar("T")


def blocks(values: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the values, so many at a time."""
    rest = iter(values)
    while block := list(islice(rest, size)):
        yield block


def marks(values: Sequence[object]) -> str:
    """Return a question mark for each value, for a statement."""
    return ", ".join("?" * len(values))


def rows(reader: Reader, statement: str, *values: object) -> Iterator[Row]:
    """Yield the rows of a statement as the driver answers them; damage met on the way is told as by every read."""
    cursor = reader.connection.exec_driver_sql(statement, values).cursor
    assert cursor is not None
    while block := _fetched(cursor, statement):
        yield from block


def _fetched(cursor: Any, statement: str) -> Sequence[Row]:
    try:
        block: Sequence[Row] = cursor.fetchmany(BLOCK)
    except dbapi2.DatabaseError as error:
        # SQLAlchemy is not asked for each row, so it does not wrap what the driver raises.
        raise DBAPIError.instance(statement, None, error, dbapi2.Error) from error
    return block


def other_names(reader: Reader, ids: Sequence[bytes]) -> dict[bytes, list[str]]:
    """Return the other names of these enterprises."""
    found: dict[bytes, list[str]] = defaultdict(list)
    for block in blocks(ids, PARAMETERS):
        statement = (
            "SELECT enterprise_id, name FROM enterprise_name WHERE deleted_at IS NULL "
            f"AND enterprise_id IN ({marks(block)}) ORDER BY id"
        )
        for enterprise, name in reader.driver_rows(statement, *block):
            found[enterprise].append(name)
    return found


def documents(reader: Reader, shape: Shape, rows: Sequence[Row]) -> tuple[Documents, list[Sequence[str]]]:
    """Return what the index knows of these rows of ``shape.columns``, and the other names of each."""
    columns = dict(zip(shape.columns, zip(*rows, strict=True), strict=True))
    found = other_names(reader, columns["id"]) if shape.table == Enterprise.table else {}
    others = {place: found[row] for place, row in enumerate(columns["id"]) if row in found}
    known = search_documents.documents(shape, columns, others)
    return known, [others.get(place, ()) for place in range(len(rows))]
