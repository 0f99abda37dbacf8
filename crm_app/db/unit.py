"""The unit of work: the one way the book changes. Leaving it uncommitted rolls back.

It answers ``Changes``, from which screens refresh themselves and nothing else.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Engine, delete, insert, update

from crm_app import clock
from crm_app.db import faults, tables, trouble
from crm_app.db.bulk import Bulk
from crm_app.db.changes import Changes, Ids, gathered
from crm_app.db.ids import new_ids
from crm_app.db.indexing import Indexing
from crm_app.db.inserting import insert_rows
from crm_app.db.reader import R, Reader
from crm_app.domain.fields import Record, derive, require_created, store, store_all, values_of
from crm_app.domain.search_documents import KnownEntries
from crm_app.i18n import _
from crm_app.progress import Report

_LONGEST_NAME = 60
"""Characters of what a step is about: a next step or a need may be a page."""


@dataclass(frozen=True)
class Origin:
    """Who writes: the book's origin on this laptop, and the person's name."""

    book: str
    who: str


class Unit(Reader):
    """One transaction with one label. Reads inside it see its own writes."""

    def __init__(
        self,
        engine: Engine,
        lock: threading.Lock,
        origin: Origin,
        label: str,
        *,
        undoes: int | None = None,
        final: bool = False,
    ) -> None:
        self._engine, self._lock, self._origin = engine, lock, origin
        # A label names what was typed, before any field has been checked: half a character cannot be written.
        self._label = label.encode("utf-8", "replace").decode("utf-8")
        self._undoes, self._final = undoes, final
        self.n = 0
        self._bulk: Bulk | None = None

    def __enter__(self) -> Self:
        self._lock.acquire()
        try:
            self.connection = self._engine.connect()
            self._transaction = self.connection.begin()
            self.n = self.connection.execute(
                insert(tables.unit).values(
                    at=clock.now_ms(),
                    who=self._origin.who,
                    origin=self._origin.book,
                    label=self._label,
                    undoes=self._undoes,
                    final=int(self._final),
                )
            ).inserted_primary_key[0]  # type: ignore[index]
            self.connection.execute(insert(tables.unit_now).values(one=1, n=self.n))
            self._index = Indexing(self, self.n, self._note)
        except BaseException as error:
            # An open transaction left on the one writing connection would bar the way to every later unit.
            if hasattr(self, "connection"):
                self.connection.close()
            self._lock.release()
            sentence = trouble.refused(error)
            if sentence is not None:
                raise sentence from error
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._index.close()
            if self._transaction.is_active:
                self._transaction.rollback()
            if self._bulk is not None:
                self._bulk.close()
            self.connection.close()
        finally:
            self._lock.release()
        sentence = trouble.refused(error)
        if sentence is not None:
            raise sentence from error

    def expect_many(self) -> None:
        """Make ready for very many new records: the journal notes them together."""
        if self._bulk is None:
            self._bulk = Bulk(self, self.n)
            self._index.expect_many()

    def _note(self) -> None:
        if self._bulk is not None:
            self._bulk.note()

    def _before_change(self) -> None:
        self._index.settle()
        self._note()

    def insert(self, record_type: type[Record], **values: Any) -> UUID:
        """Insert a record and return its id; raise BadInput naming the field that stands in the way."""
        return self.insert_many(record_type, [values])[0]

    def insert_many(self, record_type: type[Record], many: Sequence[Mapping[str, Any]]) -> list[UUID]:
        """Insert records of one type, in order, and return their ids.

        ``id`` among the values is the id a record has elsewhere (a sheet of another laptop's book) and keeps here.
        """
        if not many:
            return []
        columns = store_all(record_type, many)
        made = new_ids(len(many))
        ids = [
            values["id"] if values.get("id") else UUID(bytes=row_id) for values, row_id in zip(many, made, strict=True)
        ]
        self._insert(record_type.table, {"id": [row_id.bytes for row_id in ids], **columns})
        return ids

    def insert_stored(
        self, record_type: type[Record], columns: Mapping[str, Sequence[Any]], entries: KnownEntries | None = None
    ) -> list[bytes]:
        """Insert records given as they are stored, column by column, derived ones too; return their ids in order.

        With the ``entries`` that the search index has of them, it takes them as they are: tables come in the order of
        their numbers there, block by block. What stands in a column is not looked at: the caller has read it through
        the fields' kinds.
        """
        ids = new_ids(len(next(iter(columns.values()))))
        if ids:
            self._insert(record_type.table, {"id": ids, **columns}, entries)
        return ids

    def _insert(self, table: str, columns: Mapping[str, Sequence[Any]], entries: KnownEntries | None = None) -> None:
        self._index.before(table, told=entries is not None)
        if self._bulk is not None:
            self._bulk.fill(table, columns)
        # Without the columns that are empty, and as the driver takes them: a ledger makes hundreds of thousands.
        insert_rows(self.connection, table, columns)
        if self._bulk is not None:
            self._bulk.made(table, columns["id"])
        self._index.after(table, columns["id"], entries)

    def update(self, record_type: type[Record], row_id: UUID, **values: Any) -> None:
        """Change fields of one living record; raise NotFound, or BadInput naming the field."""
        present = values_of(self.get(record_type, row_id))
        merged = {**present, **values}
        require_created(record_type, merged)
        changed = {name: value for name, value in values.items() if present[name] != value}
        changed |= {name: value for name, value in derive(record_type, merged).items() if present[name] != value}
        if changed:
            self._set(record_type, [row_id], changed)

    def update_many(self, record_type: type[R], records: Sequence[R], **values: Any) -> None:
        """Set the same fields of living records that were read in this unit, in one statement.

        Raise BadInput naming the field.
        """
        set_alike = []
        for record in records:
            present = values_of(record)
            merged = {**present, **values}
            require_created(record_type, merged)
            derived = {name: value for name, value in derive(record_type, merged).items() if present[name] != value}
            if derived:
                # What follows from the value is another with each.
                self._set(record_type, [record.id], {**values, **derived})
            elif any(present[name] != value for name, value in values.items()):
                set_alike.append(record.id)
        if set_alike:
            self._set(record_type, set_alike, values)

    def _set(self, record_type: type[Record], ids: Sequence[UUID], values: Mapping[str, Any]) -> None:
        self._before_change()
        table = tables.RECORD_TABLES[record_type.table]
        among = table.c.id.in_([one.bytes for one in ids]) if len(ids) > 1 else table.c.id == ids[0].bytes
        self.connection.execute(update(table).where(among).values(**store(record_type, values)))

    def delete(self, record_type: type[Record], row_id: UUID) -> None:
        """Take a record out of every list; it stays in the book and comes back by undo."""
        self.get(record_type, row_id)
        self._before_change()
        table = tables.RECORD_TABLES[record_type.table]
        self.connection.execute(update(table).where(table.c.id == row_id.bytes).values(deleted_at=clock.now_ms()))

    def touched(self) -> dict[str, Ids]:
        """Return the rows written so far, by table."""
        if self._bulk is not None:
            return self._bulk.touched()
        # Bare, because an import has written hundreds of thousands.
        raw: Any = self.connection.connection.dbapi_connection
        return gathered(raw.execute('SELECT "table", "row" FROM change WHERE unit = ? ORDER BY n', (self.n,)))

    def bring_index_in_step(self, report: Report | None = None) -> None:
        """Index what was written so far; a long unit may do so block by block, and the commit does what is left."""
        self._index.follow(report)

    def rename(self, label: str) -> None:
        """Call the unit by what it came to, where that is known only once it is under way."""
        self._label = label.encode("utf-8", "replace").decode("utf-8")
        self.connection.execute(update(tables.unit).where(tables.unit.c.n == self.n).values(label=self._label))

    def about(self, name: str | None) -> None:
        """Add whom or what the unit is about to its label: it stands beside “Undo” and in the list of steps."""
        words = " ".join((name or "").split())
        if words:
            if len(words) > _LONGEST_NAME:
                # Half a number would outlive the erasure of whose it is.
                words = words[: _LONGEST_NAME - 1].rstrip("0123456789- ") + "…"
            self.rename(_("{step}: {name}").format(step=self._label, name=words))

    def commit(self, report: Report | None = None) -> Changes:
        """Bring the index in step, commit, and say what changed; a unit that changed nothing leaves no trace.

        ``report`` hears how far that is and may raise Cancelled; nothing is written then.
        """
        self._note()
        touched = self.touched()
        if not touched:
            self._transaction.rollback()
            return Changes(label=self._label)
        self.bring_index_in_step(report)
        self._index.hand_over()
        if self._bulk is not None:
            self._bulk.end(report)
        self._index.end()
        self.connection.execute(delete(tables.unit_now))
        faults.before_commit("unit")
        self._transaction.commit()
        faults.after_commit("unit")
        return Changes(self.n, self._label, touched, undoable=not self._final)
