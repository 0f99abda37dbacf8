"""The books a scene begins with, how one is opened and found sound, and what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from crm_app import clock
from crm_app.db.book import Book
from crm_app.domain.leads import Lead
from crm_app.errors import Locked
from crm_app.services import book as books
from crm_app.services import leads, protection
from tests import cheap_keys

assert cheap_keys.REAL, "imported for what it does: the children are forked from here"

PASSPHRASE, NEXT_PASSPHRASE = "雨后的江津 6 点", "缙云山上一棵树"


@contextmanager
def opened(path: Path, secret: str | None = None) -> Iterator[Book]:
    """Open a book, find it sound, and close it."""
    book = books.open_book(path, secret)
    try:
        assert books.check(book) == []
        yield book
    finally:
        books.close_book(book)


def lead_ids(book: Book) -> set[UUID]:
    """Return the ids of every living lead."""
    with book.read() as reader:
        return {lead.id for lead in reader.find(Lead)}


def log(book: Book, name: str) -> UUID:
    """Log a lead as a person would."""
    return leads.log_lead(book, leads.LogLead(name, contact="张总", next_step="下周三 回访")).value.lead_id


def plain_book(folder: Path) -> None:
    """Make a book with one lead."""
    book = books.create_book(folder / "book.crm")
    log(book, "旧客户公司")
    books.close_book(book)


def with_copy(folder: Path) -> None:
    """Make a book and a backup of it."""
    plain_book(folder)
    book = books.open_book(folder / "book.crm")
    books.back_up(book, None, clock.now_ms())
    books.close_book(book)


def with_password(folder: Path) -> None:
    """Make a book with a password, and a backup of it."""
    with_copy(folder)
    book = books.open_book(folder / "book.crm")
    protection.protect(book, PASSPHRASE, protection.new_recovery_key())
    books.close_book(book)


def opens(path: Path, secret: str | None) -> bool:
    """Say whether a secret, or none, opens a book."""
    try:
        # A plain book asks for no secret, and opens whatever is said.
        if secret is not None and not protection.is_protected_file(path):
            return False
        # Not looked through here: who asks opens the one that opens and finds it sound.
        books.close_book(books.open_book(path, secret))
        return True
    except Locked:
        return False
