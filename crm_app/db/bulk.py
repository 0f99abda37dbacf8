"""Making very many records in one unit: the journal notes them table by table instead of one after the other.

The triggers that note each insert (triggers.py) take longer than the inserts, and make the full-text index write a
piece for each statement. So those of the tables that are filled are set aside within the transaction, one statement
notes what was made, and they are back before anything else can see the book: what is not committed is as it was.
So are the indexes of a table that has nearly nothing yet, for making one of sorted rows is quicker than adding to it
row by row, and packs it better.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crm_app.db import triggers
from crm_app.db.aside import set_aside
from crm_app.db.changes import Gathering, Ids, gathered
from crm_app.db.reader import Reader
from crm_app.db.tables import RECORD_TABLES
from crm_app.i18n import _
from crm_app.progress import Report

_CACHE = -16 * 1024
"""16 MB of pages for the writer while it makes very many records: what is written twice is kept."""

_CACHE_AT_END = -96 * 1024
"""96 MB while the indexes are made, each of a whole table: the reader child is gone, and with it what it held."""

_FEW = 20_000
"""Rows up to which the indexes of a table are made anew rather than added to."""

_FILLED = ("enterprise", "contact", "lead")
"""The tables of a ledger of enterprises that have many indexes: those are set aside."""

_ASKED = ("ix_enterprise_name_key", "ix_enterprise_uscc", "ix_lead_enterprise_id")
"""The indexes by which an import looks up what it has written itself."""


class Bulk:
    """The tables that a unit fills, and up to which of their rows the journal has noted."""

    def __init__(self, unit: Reader, n: int) -> None:
        self._connection, self._n = unit.connection, n
        self._noted: dict[str, int] = {}
        self._made = Gathering()
        self._before = self._one("SELECT coalesce(max(n), 0) FROM change")
        self._aside: list[str] = []
        self._cache = self._one("PRAGMA cache_size")
        self._connection.exec_driver_sql(f"PRAGMA cache_size = {_CACHE}")
        self._set_aside("search_row", ("key",))

    def _one(self, statement: str) -> Any:
        return self._connection.exec_driver_sql(statement).scalar_one()

    def fill(self, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
        """Make ready for records of a table."""
        if table not in self._noted:
            for name in triggers.of_insert(RECORD_TABLES[table]):
                self._connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
            self._noted[table] = self._newest(table)
            if table in _FILLED:
                nothing = [None] * len(columns["id"])
                self._set_aside(table, [name for name, column in columns.items() if column != nothing])

    def made(self, table: str, ids: Sequence[bytes]) -> None:
        """Take note of records of a table that are made, in their order."""
        self._made.add(table, ids)

    def touched(self) -> dict[str, Ids]:
        """Return the rows written in the unit, by table: those that were made are known without reading the journal."""
        raw: Any = self._connection.connection.dbapi_connection
        others = raw.execute(
            'SELECT "table", "row" FROM change WHERE unit = ? AND (op <> \'I\' OR n <= ?) ORDER BY n',
            (self._n, self._before),
        )
        return gathered(others, to=self._made)

    def _set_aside(self, table: str, filled: Collection[str]) -> None:
        """Drop the indexes of a table that has few rows, but those that keep records apart or are asked meanwhile.

        Those of rows that have something in a column stay, too, where it is not ``filled``.
        """
        if self._one(f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT {_FEW})') == _FEW:
            return
        self._aside += set_aside(self._connection, table, but=_ASKED, filled=filled)

    def _newest(self, table: str) -> int:
        return int(self._one(f'SELECT coalesce(max(rowid), 0) FROM "{table}"'))

    def note(self) -> None:
        """Note in the journal what was made since the last time; before a record of it is changed."""
        for table, noted in self._noted.items():
            newest = self._newest(table)
            if newest > noted:
                self._connection.exec_driver_sql(
                    'INSERT INTO change(unit, "table", "row", op) '
                    f"SELECT ?, '{table}', id, 'I' FROM \"{table}\" WHERE rowid > ? ORDER BY rowid",
                    (self._n, noted),
                )
                self._noted[table] = newest

    def end(self, report: Report | None = None) -> None:
        """Put back the triggers and the indexes, when all is noted and in the search index.

        ``report`` hears how many indexes are made and may raise Cancelled.
        """
        for table in self._noted:
            for statement in triggers.of_insert(RECORD_TABLES[table]).values():
                self._connection.exec_driver_sql(statement)
        self._connection.exec_driver_sql(f"PRAGMA cache_size = {_CACHE_AT_END}")
        for done, statement in enumerate(self._aside):
            if report is not None:
                report(done, len(self._aside), _("Putting the lists in order"))
            self._connection.exec_driver_sql(statement)
        self._noted, self._aside = {}, []

    def close(self) -> None:
        """Give the memory back; after the transaction, whatever became of it."""
        self._connection.exec_driver_sql(f"PRAGMA cache_size = {self._cache}")
