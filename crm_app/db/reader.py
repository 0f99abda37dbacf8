"""Reads: one short transaction on a stable picture of the book, returning frozen records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from types import TracebackType
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from sqlalchemy import Engine, Table, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.sql import ColumnElement, Executable
from sqlcipher3 import dbapi2

from crm_app.db import tables, trouble
from crm_app.domain.fields import Record, store
from crm_app.domain.kinds import Ref
from crm_app.errors import Cancelled, NotFound
from crm_app.i18n import _

R = TypeVar("R", bound=Record)
_PARAMETERS = 10_000
"""SQLite takes 32,766 in one statement."""
_BETWEEN_QUESTIONS = 20_000
"""Steps of SQLite's machine: about a millisecond."""


def _nobody() -> bool:
    return False


def living(table: Table) -> ColumnElement[bool]:
    """Return the condition of rows that are not deleted, for a read that another index than a list's answers.

    The minus changes nothing but SQLite's mind, which would walk every living row by the index of a list.
    """
    return (-table.c.deleted_at).is_(None)


@cache
def _selected(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'SELECT {columns} FROM "{table.name}"'


@cache
def _finding(
    table: Table, asked: tuple[tuple[str, bool], ...], order: tuple[str, ...], other: bool, limited: bool
) -> str:
    """Return the statement of :meth:`Reader.find`: making it takes longer than most of them are at work.

    ``asked``: the columns, and whether each equals a value or nothing; ``other``: see :func:`living`.
    """
    conditions = ["-deleted_at IS NULL" if other else "deleted_at IS NULL"]
    conditions += [f'"{column}" = ?' if some else f'"{column}" IS NULL' for column, some in asked]
    ways = [f'"{name[1:]}" DESC' if name.startswith("-") else f'"{name}"' for name in (*order, "id")]
    sql = f"{_selected(table)} WHERE {' AND '.join(conditions)} ORDER BY {', '.join(ways)}"
    return f"{sql} LIMIT ?" if limited else sql


class Reader:
    """A read transaction; leave it soon, for one forgotten read lets the WAL grow without end."""

    connection: Connection
    _cancelled: Callable[[], bool] = staticmethod(_nobody)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __enter__(self) -> Self:
        try:
            self.connection = self._engine.connect()
            self._transaction = self.connection.begin()
        except DatabaseError as error:
            sentence = trouble.reading(error)
            if sentence is not None:
                raise sentence from error
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transaction.rollback()
        self.connection.close()
        sentence = trouble.reading(error)
        if sentence is not None:
            raise sentence from error

    def get(self, record_type: type[R], row_id: UUID) -> R:
        """Return a living record; raise NotFound."""
        found = self.look_up(record_type, row_id)
        if found is None:
            words = _("{kind}: it is not in this book. Its list shows what is there.")
            raise NotFound(words.format(kind=_(record_type.label)))
        if found.deleted_at is not None:
            words = _("{record} was deleted, merged or taken back: see Settings, Change list, which can bring it back.")
            raise NotFound(words.format(record=found.spoken_of()))
        return found

    def look_up(self, record_type: type[R], row_id: UUID | None) -> R | None:
        """Return a record, deleted or not, or None."""
        if row_id is None:
            return None
        table = tables.RECORD_TABLES[record_type.table]
        rows = self.rows(select(table).where(table.c.id == row_id.bytes))
        return record_type.load(rows[0]) if rows else None

    def get_many(self, record_type: type[R], ids: Iterable[UUID]) -> dict[UUID, R]:
        """Return the records of these ids, deleted ones too, by id."""
        wanted = [one.bytes for one in set(ids)]
        return {record.id: record for record in self._among(record_type, "id", wanted)}

    def find_in(self, record_type: type[R], name: str, values: Iterable[Any]) -> list[R]:
        """Return the living records whose one-column field ``name`` holds one of ``values``, in order of entry."""
        kind = record_type.field(name).kind
        wanted = sorted({kind.store(value, name)[name] for value in values if value is not None})
        living_ones = (one for one in self._among(record_type, name, wanted) if one.deleted_at is None)
        return sorted(living_ones, key=lambda record: record.id)

    def _among(self, record_type: type[R], column: str, wanted: Sequence[Any]) -> Iterator[R]:
        table = tables.RECORD_TABLES[record_type.table]
        for start in range(0, len(wanted), _PARAMETERS):
            some = wanted[start : start + _PARAMETERS]
            marks = ", ".join("?" * len(some))
            yield from self._loaded(record_type, f'{_selected(table)} WHERE "{column}" IN ({marks})', *some)

    def find(
        self, record_type: type[R], *, order_by: Sequence[str] = ("id",), limit: int | None = None, **equals: Any
    ) -> list[R]:
        """Return the living records whose fields equal these values, in the order of the named columns.

        A name with a leading “-” sorts downwards; the id breaks ties. ``limit`` takes the first so many.
        """
        stored = store(record_type, equals)
        refers = any(
            value is not None and isinstance(record_type.field(name).kind, Ref) for name, value in equals.items()
        )
        # In the order of the ids, an index of a list would have every row sorted.
        by_id = not equals and order_by[:1] in (("id",), ("-id",))
        asked = tuple((column, value is not None) for column, value in stored.items())
        table = tables.RECORD_TABLES[record_type.table]
        sql = _finding(table, asked, tuple(order_by), refers or by_id, limit is not None)
        values = [value for value in stored.values() if value is not None]
        return self._loaded(record_type, sql, *values, *(() if limit is None else (limit,)))

    def _loaded(self, record_type: type[R], sql: str, *values: object) -> list[R]:
        columns = tables.RECORD_TABLES[record_type.table].columns.keys()
        rows = self.driver_rows(sql, *values)
        return [record_type.load(dict(zip(columns, row, strict=True))) for row in rows]

    def rows(self, statement: Executable, parameters: dict[str, Any] | None = None) -> Sequence[Mapping[str, Any]]:
        """Run a select and return its rows as mappings."""
        return cast(
            "Sequence[Mapping[str, Any]]", self.connection.execute(statement, parameters or {}).mappings().all()
        )

    def rows_of(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """Run a select written out, with named parameters, and return its rows as tuples."""
        return self.connection.exec_driver_sql(sql, dict(parameters or {})).fetchall()

    def mappings_of(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Sequence[Mapping[str, Any]]:
        """Run a select written out, with named parameters, and return its rows as mappings."""
        return cast(
            "Sequence[Mapping[str, Any]]", self.connection.exec_driver_sql(sql, dict(parameters or {})).mappings().all()
        )

    def driver_rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a select written out, with question marks, past SQLAlchemy, which takes some 60 µs a statement.

        For what is asked a dozen times while somebody types; what the driver raises is told as by every read.
        """
        raw: Any = self.connection.connection.dbapi_connection
        try:
            found: list[tuple[Any, ...]] = raw.execute(sql, values).fetchall()
        except dbapi2.DatabaseError as error:
            raise DBAPIError.instance(sql, None, error, dbapi2.Error) from error
        return found

    @contextmanager
    def until(self, cancelled: Callable[[], bool]) -> Iterator[None]:
        """Break off what is read inside, within a few milliseconds, once ``cancelled`` says so; raise Cancelled."""
        raw: Any = self.connection.connection.dbapi_connection
        before = self._cancelled
        self._cancelled = lambda: before() or cancelled()
        raw.set_progress_handler(self._cancelled, _BETWEEN_QUESTIONS)
        try:
            yield
        except OperationalError as error:
            if cancelled() or before():
                raise Cancelled(_("Stopped; nothing was changed.")) from error
            raise
        finally:
            self._cancelled = before
            raw.set_progress_handler(None if before is _nobody else before, _BETWEEN_QUESTIONS)

    def ask(self) -> None:
        """Raise Cancelled where whoever reads until it is cancelled was."""
        if self._cancelled():
            raise Cancelled(_("Stopped; nothing was changed."))


class Borrowed(Reader):
    """A reader on a connection somebody else holds, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
