"""The triggers that write the journal, generated from the tables, and those that let two lists only grow.

No row is written outside a unit of work, none is deleted, no id changes. ``recursive_triggers`` must be ON (engine.py),
or REPLACE would delete behind the triggers' back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import LargeBinary, Table
from sqlalchemy.engine import Connection

from crm_app.db.tables import RECORD_TABLES, access_log, erasure

_NO_UNIT = "outside a unit of work"


def _json_value(prefix: str, table: Table, name: str) -> str:
    quoted = f'{prefix}."{name}"'
    if isinstance(table.c[name].type, LargeBinary):
        # json_quote raises on a BLOB; hex() of NULL is an empty text and would come back as an empty BLOB.
        return f"CASE WHEN {quoted} IS NULL THEN 'null' ELSE json_quote(hex({quoted})) END"
    return f"json_quote({quoted})"


def _changed_json(prefix: str, table: Table) -> str:
    parts = [
        f"""CASE WHEN old."{c.name}" IS new."{c.name}" THEN '' ELSE ',"{c.name}":' || """
        f"{_json_value(prefix, table, c.name)} END"
        for c in table.columns
        if c.name != "id"
    ]
    return "'{' || substr(" + " || ".join(parts) + ", 2) || '}'"


def _guard(table: Table) -> str:
    return f"SELECT RAISE(ABORT, '{_NO_UNIT}: {table.name}') WHERE NOT EXISTS (SELECT 1 FROM unit_now);"


def of_insert(table: Table) -> dict[str, str]:
    """Return those of one journalled table that note what is made: trigger name → CREATE TRIGGER statement."""
    name, guard = table.name, _guard(table)
    return {
        f"{name}_before_insert": f'CREATE TRIGGER {name}_before_insert BEFORE INSERT ON "{name}" BEGIN {guard} END',
        f"{name}_after_insert": f'CREATE TRIGGER {name}_after_insert AFTER INSERT ON "{name}" BEGIN '
        f'INSERT INTO change(unit, "table", "row", op) '
        f"SELECT n, '{name}', new.id, 'I' FROM unit_now; END",
    }


def triggers_of(table: Table) -> dict[str, str]:
    """Return trigger name → CREATE TRIGGER statement for one journalled table."""
    name = table.name
    guard = f"SELECT RAISE(ABORT, '{_NO_UNIT}: {name}') WHERE NOT EXISTS (SELECT 1 FROM unit_now);"
    values = [c.name for c in table.columns if c.name not in ("id", "deleted_at")]
    columns = ", ".join(f'"{one}"' for one in values)
    changed = " OR ".join(f'old."{one}" IS NOT new."{one}"' for one in values)
    deleted = [f"""'{{"deleted_at":' || json_quote({side}.deleted_at) || '}}'""" for side in ("old", "new")]
    return {
        **of_insert(table),
        f"{name}_before_update": f'CREATE TRIGGER {name}_before_update BEFORE UPDATE ON "{name}" BEGIN {guard} '
        f"SELECT RAISE(ABORT, 'an id never changes: {name}') WHERE old.id IS NOT new.id; END",
        f"{name}_after_update": f'CREATE TRIGGER {name}_after_update AFTER UPDATE OF {columns} ON "{name}" '
        f'WHEN {changed} BEGIN INSERT INTO change(unit, "table", "row", op, old, new) '
        f"SELECT n, '{name}', new.id, 'U', {_changed_json('old', table)}, {_changed_json('new', table)} "
        f"FROM unit_now; END",
        # Apart, and short: an import that is undone deletes hundreds of thousands of rows.
        f"{name}_after_deleting": f'CREATE TRIGGER {name}_after_deleting AFTER UPDATE OF deleted_at ON "{name}" '
        f"WHEN old.deleted_at IS NOT new.deleted_at AND NOT ({changed}) BEGIN "
        f'INSERT INTO change(unit, "table", "row", op, old, new) '
        f"SELECT n, '{name}', new.id, 'U', {deleted[0]}, {deleted[1]} FROM unit_now; END",
        f"{name}_before_delete": f'CREATE TRIGGER {name}_before_delete BEFORE DELETE ON "{name}" BEGIN '
        f"SELECT RAISE(ABORT, 'rows are never deleted: {name}'); END",
    }


@contextmanager
def leaving_set_aside(connection: Connection, name: str) -> Iterator[None]:
    """Set aside, within a transaction, the triggers for each row that is deleted or restored: its user notes them all.

    An error that ends it rolls the transaction back, and with it this.
    """
    for which in ("before_update", "after_deleting"):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}_{which}"')
    yield
    for which in ("before_update", "after_deleting"):
        connection.exec_driver_sql(triggers_of(RECORD_TABLES[name])[f"{name}_{which}"])


def growing_only(name: str) -> dict[str, str]:
    """Return the triggers of a table outside the journal whose rows are only ever added."""
    return {
        f"{name}_before_{verb}": f'CREATE TRIGGER {name}_before_{verb} BEFORE {verb.upper()} ON "{name}" BEGIN '
        f"SELECT RAISE(ABORT, 'what was noted stands: {name}'); END"
        for verb in ("update", "delete")
    }


def expected() -> dict[str, str]:
    """Return every trigger a sound book has."""
    journalled = {name: sql for table in RECORD_TABLES.values() for name, sql in triggers_of(table).items()}
    return journalled | growing_only(access_log.name) | growing_only(erasure.name)


def present(connection: Connection) -> dict[str, str]:
    """Return the triggers the book has."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row[0]: row[1] for row in rows}


def regenerate(connection: Connection) -> None:
    """Drop every trigger and create the expected ones."""
    drop_all(connection)
    for sql in expected().values():
        connection.exec_driver_sql(sql)


def drop_all(connection: Connection) -> None:
    """Drop every trigger, before a migration alters the tables under them."""
    for name in present(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
