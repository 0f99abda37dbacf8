"""What stands whatever is restored: who took what out, and who was erased. Going back to a copy forgets neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from crm_app.db import access, checking, tables
from crm_app.db.access import Noted
from crm_app.db.book import Book


@dataclass(frozen=True)
class Standing:
    """What a book knew before another content took its place."""

    lines: Sequence[Noted] = ()
    erased: Sequence[Mapping[str, Any]] = ()


def take(book: Book) -> Standing:
    """Return what has to stand; nothing of a book that is damaged, or older than these lists."""
    try:
        with book.read() as reader:
            lines = access.newest(reader, limit=None)
            erased = reader.rows(select(tables.erasure).order_by(tables.erasure.c.n))
    except checking.NOT_A_DATABASE:
        return Standing()
    return Standing(lines, erased)


def put_back(book: Book, before: Standing) -> None:
    """Write what the restored content does not know."""
    with book.write_outside_journal() as connection:
        access.carry_over(connection, before.lines)
        known = [{name: value for name, value in row.items() if name != "n"} for row in before.erased]
        if known:
            connection.execute(insert(tables.erasure).on_conflict_do_nothing(index_elements=["row"]), known)
