"""The tables and indexes a book of this program has, compared with those a file has."""

from __future__ import annotations

import re
from functools import cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import Connection
from sqlcipher3 import dbapi2

from crm_app.db import tables

_NOT_OURS = ("search_text_", "sqlite_", "alembic_")
"""What SQLite, its full-text index and Alembic keep for themselves."""

_ADDED_REFERENCE = re.compile(r"^((\w+) BLOB) (CONSTRAINT \w+) REFERENCES")


def _clauses(sql: str) -> tuple[str, ...]:
    """Return the clauses of a statement in any order: a migration adds its columns behind the others.

    It can add a reference only within the column, a new table names it apart; both say the same.
    """
    flat = " ".join(sql.split()).replace("( ", "(").replace(" )", ")")
    head, _bracket, body = flat.partition("(")
    clauses = [
        part
        for clause in re.split(r",\s*(?![^(]*\))", body.removesuffix(")"))
        for part in _ADDED_REFERENCE.sub(r"\1\n\3 FOREIGN KEY(\2) REFERENCES", clause).split("\n")
    ]
    return (head.strip(), *sorted(clauses))


def of(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the tables and indexes of a file by name, each as its clauses."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')")
    return {name: _clauses(sql) for name, sql in rows if sql and not name.startswith(_NOT_OURS)}


@cache
def expected() -> dict[str, tuple[str, ...]]:
    """Return the tables and indexes a book has."""
    engine: Engine = create_engine("sqlite://", module=dbapi2)
    try:
        with engine.begin() as connection:
            tables.metadata.create_all(connection)
            connection.exec_driver_sql(tables.SEARCH_INDEX)
            return of(connection)
    finally:
        engine.dispose()


def differences(connection: Connection) -> list[str]:
    """Return the names of what is missing, foreign, or made otherwise."""
    present, wanted = of(connection), expected()
    return sorted(name for name in present.keys() | wanted.keys() if present.get(name) != wanted.get(name))
