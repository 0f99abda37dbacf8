"""Reads an import needs in bulk: the records a whole file may mean, and where the book stood when they were read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from crm_app.db import tables
from crm_app.db.reader import Reader
from crm_app.domain.fields import Field, Record
from crm_app.domain.kinds import Kind
from crm_app.domain.records import RECORDS

_PARAMETERS = 10_000
"""SQLite takes 32,766 in one statement."""


_PASSING = -4 * 1024
"""4 MB of pages: of rows all over the book hardly any is met twice, and so few stay in the processor's own cache."""


@contextmanager
def in_passing(reader: Reader) -> Iterator[None]:
    """Keep few pages while the body reads very many rows once each: what a list keeps makes it a twentieth slower."""
    raw: Any = reader.connection.connection.dbapi_connection
    (usual,) = raw.execute("PRAGMA cache_size").fetchone()
    raw.execute(f"PRAGMA cache_size = {_PASSING}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA cache_size = {usual}")


class Stored(Mapping[str, Any]):
    """The fields of a stored row, each turned into its value only when it is asked for: most never are."""

    __slots__ = ("_record_type", "_row")

    def __init__(self, record_type: type[Record], row: tuple[Any, ...]) -> None:
        self._record_type, self._row = record_type, row

    def __getitem__(self, name: str) -> Any:
        return _loaders(self._record_type.table)[name](self._row)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a field."""
        load = _loaders(self._record_type.table).get(name)
        return default if load is None else load(self._row)

    def __iter__(self) -> Iterator[str]:
        return iter(_loaders(self._record_type.table))

    def __len__(self) -> int:
        return len(_loaders(self._record_type.table))

    @property
    def id(self) -> UUID:
        """The row's id."""
        return UUID(bytes=self._row[0])


@cache
def _loaders(table: str) -> dict[str, Callable[[tuple[Any, ...]], Any]]:
    places = {column.name: place for place, column in enumerate(tables.RECORD_TABLES[table].columns)}
    return {field.name: _loader(field, places) for field in RECORDS[table].fields}


def _loader(field: Field, places: Mapping[str, int]) -> Callable[[tuple[Any, ...]], Any]:
    if type(field.kind).load is Kind.load:
        return itemgetter(places[field.name])
    columns = {name: places[name] for name in field.column_names()}
    load = field.kind.load
    return lambda row: load({name: row[place] for name, place in columns.items()}, field.name)


def stored(reader: Reader, record_type: type[Record], name: str, values: Iterable[bytes | str]) -> list[Stored]:
    """Return the living rows whose column ``name`` holds one of ``values`` (as they are stored), in order of entry."""
    table = tables.RECORD_TABLES[record_type.table]
    columns = [column.name for column in table.columns]
    return [Stored(record_type, row) for row in stored_columns(reader, record_type, columns, name, values)]


def stored_columns(
    reader: Reader, record_type: type[Record], columns: Sequence[str], name: str, values: Iterable[bytes | str]
) -> list[tuple[Any, ...]]:
    """Return these columns of the same rows, as they are stored; the first is to be the id."""
    selected = ", ".join(f'"{column}"' for column in columns)
    raw: Any = reader.connection.connection.dbapi_connection
    wanted = sorted(set(values))
    # The plus keeps SQLite from walking every living row by the index of a list.
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), _PARAMETERS):
        block = wanted[start : start + _PARAMETERS]
        marks = ", ".join("?" * len(block))
        found += raw.execute(
            f'SELECT {selected} FROM "{record_type.table}" WHERE "{name}" IN ({marks}) AND +deleted_at IS NULL', block
        )
    found.sort(key=itemgetter(0))
    return found


def carried_by_several(reader: Reader, codes: Iterable[str]) -> list[str]:
    """Return those of the credit codes that stand with more than one enterprise, a deleted one too.

    Told by the index of codes alone, in a fifth of the time their rows take.
    """
    raw: Any = reader.connection.connection.dbapi_connection
    statement = (
        "SELECT uscc FROM enterprise INDEXED BY ix_enterprise_uscc "
        "WHERE uscc IN (SELECT value FROM json_each(?)) GROUP BY uscc HAVING count(*) > 1"
    )
    return [code for (code,) in raw.execute(statement, (json.dumps(list(codes)),))]


def present_posts(reader: Reader, enterprises: Iterable[bytes], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the present posts at enterprises in order of entry, as they are stored.

    Of each: its id, enterprise, title, contact, how many present posts that contact has, these columns of the contact.
    """
    raw: Any = reader.connection.connection.dbapi_connection
    asked = "".join(f', c."{column}"' for column in columns)
    several = (
        "SELECT count(*) FROM position s "
        "WHERE s.contact_id = p.contact_id AND s.to_on IS NULL AND +s.deleted_at IS NULL"
    )
    statement = (
        f"SELECT p.id, p.enterprise_id, p.title, p.contact_id, ({several}){asked} "
        "FROM json_each(?) j CROSS JOIN position p ON p.enterprise_id = unhex(j.value) "
        "CROSS JOIN contact c ON c.id = p.contact_id "
        "WHERE p.to_on IS NULL AND +p.deleted_at IS NULL AND +c.deleted_at IS NULL"
    )
    wanted = json.dumps([one.hex() for one in sorted(set(enterprises))])
    return sorted(raw.execute(statement, (wanted,)), key=itemgetter(0))


def last_unit(reader: Reader, before: int | None = None) -> int:
    """Return the number of the newest unit of work (older than ``before``), 0 in an empty book."""
    statement = select(func.coalesce(func.max(tables.unit.c.n), 0))
    if before is not None:
        statement = statement.where(tables.unit.c.n < before)
    return int(reader.connection.execute(statement).scalar_one())
