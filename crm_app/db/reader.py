"""Reads: one short transaction on a stable picture of the book, returning frozen records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
_BETWEEN_QUESTIONS = 20_000
"""Steps of SQLite's machine: about a millisecond."""


def _nobody() -> bool:
    return False


def living(table: Table) -> ColumnElement[bool]:
    """Return the condition of rows that are not deleted, for a read that another index than a list's answers.

    The minus changes nothing but SQLite's mind, which would walk every living row by the index of a list.
    """
    return (-table.c.deleted_at).is_(None)


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
        if found is None or found.deleted_at is not None:
            raise NotFound(_("There is no {kind} with the id {id}.").format(kind=_(record_type.label), id=row_id))
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
        table = tables.RECORD_TABLES[record_type.table]
        wanted = [one.bytes for one in set(ids)]
        found: dict[UUID, R] = {}
        # SQLite takes 32,766 parameters in a statement.
        for start in range(0, len(wanted), 10_000):
            for row in self.rows(select(table).where(table.c.id.in_(wanted[start : start + 10_000]))):
                record = record_type.load(row)
                found[record.id] = record
        return found

    def find(
        self, record_type: type[R], *, order_by: Sequence[str] = ("id",), limit: int | None = None, **equals: Any
    ) -> list[R]:
        """Return the living records whose fields equal these values, in the order of the named columns.

        A name with a leading “-” sorts downwards; the id breaks ties. ``limit`` takes the first so many.
        """
        table = tables.RECORD_TABLES[record_type.table]
        refers = any(
            value is not None and isinstance(record_type.field(name).kind, Ref) for name, value in equals.items()
        )
        # In the order of the ids, an index of a list would have every row sorted.
        by_id = not equals and order_by[:1] in (("id",), ("-id",))
        other = refers or by_id
        conditions: list[ColumnElement[bool]] = [living(table) if other else table.c.deleted_at.is_(None)]
        for column, value in store(record_type, equals).items():
            conditions.append(table.c[column].is_(None) if value is None else table.c[column] == value)
        order = [table.c[name[1:]].desc() if name.startswith("-") else table.c[name] for name in (*order_by, "id")]
        statement = select(table).where(*conditions).order_by(*order).limit(limit)
        return [record_type.load(row) for row in self.rows(statement)]

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
