"""What stands whatever is restored: who took what out, who was erased, which backups there are. None is forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from crm_app.db import access, checking, tables
from crm_app.db.access import Noted
from crm_app.db.book import Book
from crm_app.errors import Damaged


@dataclass(frozen=True)
class Standing:
    """What a book knew before another content took its place."""

    lines: Sequence[Noted] = ()
    erased: Sequence[Mapping[str, Any]] = ()
    copies: Sequence[Mapping[str, Any]] = ()


def take(book: Book) -> Standing:
    """Return what has to stand; nothing of a book that is damaged, or older than these lists."""
    try:
        with book.read() as reader:
            lines = access.newest(reader, limit=None)
            erased = reader.rows(select(tables.erasure).order_by(tables.erasure.c.n))
            copies = reader.rows(select(tables.backup_copy))
    except (checking.NOT_A_DATABASE, Damaged):
        return Standing()
    return Standing(lines, erased, copies)


def write(connection: Connection, before: Standing) -> None:
    """Write into the content that is about to be restored what it does not know."""
    access.carry_over(connection, before.lines)
    known = [{name: value for name, value in row.items() if name != "n"} for row in before.erased]
    if known:
        connection.execute(insert(tables.erasure).on_conflict_do_nothing(index_elements=["row"]), known)
    for row in before.copies:
        statement = insert(tables.backup_copy).values(**row)
        connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=dict(row)))
