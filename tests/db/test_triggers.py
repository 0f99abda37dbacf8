"""Every column of every table is journalled by every kind of statement; what the journal cannot see fails loudly."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import LargeBinary, Table, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DatabaseError

from crm_app.db import tables
from crm_app.db.book import Book
from crm_app.db.ids import new_id
from crm_app.db.tables import RECORD_TABLES
from crm_app.db.unit import Unit
from tests.templates import bare_book

TABLES = sorted(RECORD_TABLES)


def sample(column_type: object, n: int) -> object:
    if isinstance(column_type, LargeBinary):
        return bytes([n]) * 16
    return n if "INTEGER" in str(column_type).upper() else f"值{n}"


def row_of(table: Table, n: int) -> dict[str, Any]:
    values = {c.name: sample(c.type, n) for c in table.columns if not c.foreign_keys}
    return {**values, "id": new_id().bytes, "deleted_at": None}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """One book for all: no test commits anything."""
    made = bare_book(tmp_path_factory.mktemp("triggers") / "book.crm")
    yield made
    made.close()


@pytest.fixture
def unit(book: Book):
    with book.unit("test") as opened:
        # Rows of one table alone: what they refer to is not the journal's matter.
        opened.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        yield opened


def fill(unit: Unit, table: Table, n: int) -> Any:
    values = row_of(table, n)
    for column in table.columns:
        if column.foreign_keys:
            values[column.name] = new_id().bytes
    unit.connection.execute(insert(table).values(values))
    return values["id"]


def journal_of(unit: Unit, row: bytes) -> Sequence[Mapping[str, Any]]:
    return unit.rows(select(tables.change).where(tables.change.c.row == row).order_by(tables.change.c.n))


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_an_update_is_journalled(unit: Unit, name: str) -> None:
    table = RECORD_TABLES[name]
    row = fill(unit, table, 1)
    for column in table.columns:
        if column.name == "id":
            continue
        before = unit.rows(select(column).where(table.c.id == row))[0][column.name]
        after = new_id().bytes if column.foreign_keys else sample(column.type, 7)
        unit.connection.execute(update(table).where(table.c.id == row).values({column.name: after}))
        last = journal_of(unit, row)[-1]
        assert last["op"] == "U"
        old, new = json.loads(last["old"]), json.loads(last["new"])
        assert set(old) == set(new) == {column.name}
        as_json = [value.hex().upper() if isinstance(value, bytes) else value for value in (before, after)]
        assert [old[column.name], new[column.name]] == as_json


@pytest.mark.parametrize("name", TABLES)
def test_every_kind_of_insert_is_journalled(unit: Unit, name: str) -> None:
    table = RECORD_TABLES[name]
    single = fill(unit, table, 1)
    # INSERT … SELECT, executemany and upsert go the same way as a plain insert.
    copied = new_id().bytes
    unique = {c.name for index in table.indexes if index.unique for c in index.columns}
    columns = [c for c in table.columns if c.name not in {"id", *unique}]
    others = {
        c.name: (new_id().bytes if c.foreign_keys else sample(c.type, 3)) for c in table.columns if c.name in unique
    }
    chosen = ", ".join(f'"{c.name}"' for c in columns)
    extra = "".join(f', "{key}"' for key in others)
    marks = "".join(f", :{key}" for key in others)
    unit.connection.execute(
        text(
            f'INSERT INTO "{name}"(id, {chosen}{extra}) '
            f'SELECT :copied, {chosen}{marks} FROM "{name}" WHERE id = :single'
        ),
        {"copied": copied, "single": single, **others},
    )
    many = [{**row_of(table, n), **{c.name: new_id().bytes for c in table.columns if c.foreign_keys}} for n in (4, 5)]
    unit.connection.execute(insert(table), many)
    upserted = {**row_of(table, 6), **{c.name: new_id().bytes for c in table.columns if c.foreign_keys}}
    statement = sqlite_insert(table).values(upserted)
    unit.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"deleted_at": 1}))
    unit.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"deleted_at": 1}))
    for row in (single, copied, many[0]["id"], many[1]["id"]):
        assert [change["op"] for change in journal_of(unit, row)] == ["I"]
    assert [change["op"] for change in journal_of(unit, upserted["id"])] == ["I", "U"]


@pytest.mark.parametrize("name", TABLES)
def test_bulk_update_and_update_from_are_journalled(unit: Unit, name: str) -> None:
    table = RECORD_TABLES[name]
    rows = [fill(unit, table, n) for n in (1, 2)]
    unit.connection.execute(update(table).values(deleted_at=5))
    unit.connection.execute(
        text(f'UPDATE "{name}" SET deleted_at = o.deleted_at + 1 FROM "{name}" o WHERE o.id = "{name}".id')
    )
    for row in rows:
        changes = [json.loads(change["new"]) for change in journal_of(unit, row)[1:]]
        assert changes == [{"deleted_at": 5}, {"deleted_at": 6}]


@pytest.mark.parametrize("name", TABLES)
def test_nothing_is_written_outside_a_unit(book: Book, name: str) -> None:
    table = RECORD_TABLES[name]
    with book.write_outside_journal() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        values = {c.name: new_id().bytes if c.foreign_keys else sample(c.type, 1) for c in table.columns}
        with pytest.raises(DatabaseError, match="outside a unit of work"):
            connection.execute(insert(table).values({**values, "id": new_id().bytes}))


@pytest.mark.parametrize("name", TABLES)
def test_replace_delete_and_a_new_id_fail_loudly(unit: Unit, name: str) -> None:
    table = RECORD_TABLES[name]
    row = fill(unit, table, 1)
    connection = unit.connection
    with pytest.raises(DatabaseError, match="rows are never deleted"):
        connection.execute(table.delete().where(table.c.id == row))
    names = ", ".join(f'"{c.name}"' for c in table.columns)
    with pytest.raises(DatabaseError, match="rows are never deleted"):
        connection.exec_driver_sql(f'REPLACE INTO "{name}"({names}) SELECT {names} FROM "{name}"')
    with pytest.raises(DatabaseError, match="an id never changes"):
        connection.execute(update(table).where(table.c.id == row).values(id=new_id().bytes))
    assert len(journal_of(unit, row)) == 1


def test_an_update_that_changes_nothing_leaves_no_trace(unit: Unit) -> None:
    table = RECORD_TABLES["person"]
    row = fill(unit, table, 1)
    unit.connection.execute(update(table).values(deleted_at=None))
    assert len(journal_of(unit, row)) == 1
    assert UUID(bytes=row)
