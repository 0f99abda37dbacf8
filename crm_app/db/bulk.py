"""Making very many records in one unit: the journal notes them table by table instead of one after the other.

The triggers that note each insert (triggers.py) take longer than the inserts, and make the full-text index write a
piece for each statement. So those of the tables that are filled are set aside within the transaction, one statement
notes what was made, and they are back before anything else can see the book: what is not committed is as it was.
"""

from __future__ import annotations

from typing import Any

from crm_app.db import search_index, triggers
from crm_app.db.reader import Reader
from crm_app.db.tables import RECORD_TABLES

_CACHE = -32 * 1024
"""32 MB of pages for the writer while it makes very many records: what is written twice is kept."""


class Bulk:
    """The tables that a unit fills, and up to which of their rows the journal has noted."""

    def __init__(self, unit: Reader, n: int) -> None:
        self._unit, self._connection, self._n = unit, unit.connection, n
        self._noted: dict[str, int] = {}
        self._cache = self._one("PRAGMA cache_size")
        self._connection.exec_driver_sql(f"PRAGMA cache_size = {_CACHE}")
        search_index.merge_later(unit)

    def _one(self, statement: str) -> Any:
        return self._connection.exec_driver_sql(statement).scalar_one()

    def fill(self, table: str) -> None:
        """Make ready for records of a table."""
        if table not in self._noted:
            for name in triggers.of_insert(RECORD_TABLES[table]):
                self._connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
            self._noted[table] = self._newest(table)

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

    def end(self) -> None:
        """Put the triggers back, when all is noted and in the index."""
        search_index.merge_again(self._unit)
        for table in self._noted:
            for statement in triggers.of_insert(RECORD_TABLES[table]).values():
                self._connection.exec_driver_sql(statement)
        self._noted = {}

    def close(self) -> None:
        """Give the memory back; after the transaction, whatever became of it."""
        self._connection.exec_driver_sql(f"PRAGMA cache_size = {self._cache}")
