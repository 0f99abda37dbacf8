"""Who takes rows out of the book is noted before it is done."""

from __future__ import annotations

from crm_app.db import access
from crm_app.db.book import Book
from crm_app.domain.access import Act
from crm_app.domain.access import rows as rows_of


def note(book: Book, kind: str, total: int, *, personal: bool, act: Act = Act.EXPORT) -> None:
    """Note who takes so many rows of a kind out of the book, ``personal``: with what is masked else."""
    if personal:
        access.note(book, Act.REVEAL, rows_of(kind), amount=total)
    access.note(book, act, rows_of(kind), amount=total)
