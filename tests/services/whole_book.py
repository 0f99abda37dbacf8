"""Every row of a book, and whether its search index is in step with them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from crm_app.db import search_index
from crm_app.db.tables import RECORD_TABLES
from crm_app.services.book import Book


def rows(book: Book, *, living: bool = True) -> dict[tuple[str, bytes], dict[str, Any]]:
    with book.read() as reader:
        return {
            (name, row["id"]): dict(row)
            for name, table in RECORD_TABLES.items()
            for row in reader.rows(select(table))
            if row["deleted_at"] is None or not living
        }


def in_step(book: Book) -> bool:
    with book.read() as reader:
        found = search_index.out_of_step(reader)
    return not found.records and not found.leftovers
