"""Indexes set aside while most rows of a table are written: made anew of sorted rows, they cost a third."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection

_MOST = 2
"""An index is made anew where at least every so many-th row is written."""


_ONLY_FILLED = re.compile(r' WHERE "?(\w+)"? IS NOT NULL$')


def set_aside(
    connection: Connection,
    table: str,
    *,
    but: Collection[str] = (),
    filled: Collection[str] | None = None,
    naming: str = "",
) -> list[str]:
    """Drop the indexes of a table that keep no records apart, and return the statements that make them again.

    ``but`` stay; ``naming``: only those with this column. ``filled``: only those that are written to where these
    columns are; one of the rows that have something in another column costs nothing meanwhile.
    """
    statement = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql LIKE 'CREATE INDEX %'"
    )
    known = connection.exec_driver_sql(statement, (table,)).all()
    aside = [
        (name, sql)
        for name, sql in known
        if name not in but and naming in sql and (filled is None or _is_written(sql, filled))
    ]
    for name, _sql in aside:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    return [sql for _name, sql in aside]


def _is_written(sql: str, filled: Collection[str]) -> bool:
    only = _ONLY_FILLED.search(sql)
    return only[1] in filled if only else " WHERE " not in sql


@contextmanager
def moving(connection: Connection, table: str, amount: int) -> Iterator[None]:
    """Set aside, within a transaction, the indexes by which is listed what is deleted and what is not.

    That is where ``amount`` is most rows of the table. An error that ends it rolls the transaction back, and with it
    this.
    """
    rows = connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()
    aside = set_aside(connection, table, naming="deleted_at") if amount * _MOST > rows else []
    yield
    for statement in aside:
        connection.exec_driver_sql(statement)
