"""A password given, changed, taken off; a copy in reach goes the same way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crm_app.services import book as books
from crm_app.services import protection
from tests.faults.begun import NEXT_PASSPHRASE, PASSPHRASE, lead_ids, opened, opens
from tests.faults.plug import Say, Told


def protect(folder: Path, say: Say) -> None:
    """Give the book a password."""
    book = books.open_book(folder / "book.crm")
    protection.protect(book, PASSPHRASE, protection.new_recovery_key())
    say(PASSPHRASE)
    books.close_book(book)


def change_passphrase(folder: Path, say: Say) -> None:
    """Give it another one."""
    book = books.open_book(folder / "book.crm", PASSPHRASE)
    protection.change_passphrase(book, PASSPHRASE, NEXT_PASSPHRASE)
    say(NEXT_PASSPHRASE)
    books.close_book(book)


def unprotect(folder: Path, say: Say) -> None:
    """Take it off."""
    book = books.open_book(folder / "book.crm", PASSPHRASE)
    protection.unprotect(book, PASSPHRASE)
    say(None)
    books.close_book(book)


def opens_as(before: str | None, after: str | None) -> Callable[[Path, Told], None]:
    """Look whether the book opens as it was or as it shall be, and its copy likewise, and nothing is left over."""

    def verify(folder: Path, told: Told) -> None:
        opening = [secret for secret in (before, after) if opens(folder / "book.crm", secret)]
        assert opening in ([[after]] if told.said else [[before], [after]])
        with opened(folder / "book.crm", opening[0]) as book:
            assert len(lead_ids(book)) == 1
        (copy,) = folder.glob("book.crm-backups/book-*.crm")
        (secret,) = (secret for secret in (before, after) if opens(copy, secret))
        with opened(copy, secret):
            pass
        assert not [*folder.glob("*.converted*"), *folder.glob("*-converting")]

    return verify
