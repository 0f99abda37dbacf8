"""Drafts: what was typed and not saved, in a table outside the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.sqlite import insert

from crm_app import clock
from crm_app.db import tables
from crm_app.db.book import Book
from crm_app.db.reader import Reader


def keep(book: Book, key: str, values: Mapping[str, str]) -> None:
    """Keep what is typed in the form ``key``."""
    content = json.dumps(dict(values), ensure_ascii=False)
    with book.write_outside_journal() as connection:
        statement = insert(tables.draft).values(key=key, at=clock.now_ms(), content=content)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["key"], set_={"at": statement.excluded.at, "content": statement.excluded.content}
            )
        )


def load(book: Book, key: str) -> dict[str, str] | None:
    """Return what was kept for the form ``key``, or None."""
    with book.read() as reader:
        row = reader.connection.execute(
            select(tables.draft.c.content).where(tables.draft.c.key == key)
        ).scalar_one_or_none()
    return None if row is None else json.loads(row)


def keys(book: Book) -> list[str]:
    """Return the forms that have a draft, newest first."""
    with book.read() as reader:
        return list(reader.connection.execute(select(tables.draft.c.key).order_by(tables.draft.c.at.desc())).scalars())


def waiting(reader: Reader) -> list[tuple[str, int, dict[str, str]]]:
    """Return every draft as key, instant (UTC milliseconds) and values, the newest first."""
    rows = reader.rows(select(tables.draft).order_by(tables.draft.c.at.desc()))
    return [(row["key"], row["at"], json.loads(row["content"])) for row in rows]


def follow(reader: Reader, into: Mapping[UUID, UUID]) -> None:
    """Let what was typed for a record that goes into another be found in the same form of that one.

    Where something waits there too, both stay where they are.
    """
    moved = text(
        "UPDATE OR IGNORE draft SET key = replace(key, :gone, :kept), content = replace(content, :gone, :kept) "
        "WHERE instr(key, :gone) OR instr(content, :gone)"
    )
    for gone, kept in into.items():
        reader.connection.execute(moved, {"gone": str(gone), "kept": str(kept)})


def drop(book: Book, key: str) -> None:
    """Forget the draft of the form ``key``."""
    with book.write_outside_journal() as connection:
        connection.execute(delete(tables.draft).where(tables.draft.c.key == key))
