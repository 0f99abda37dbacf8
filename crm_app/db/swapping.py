"""Putting another book, with the keys that go with it, in the place of one: the old or the new is there, whole.

The content and its keys are two files, and no system renames two at once. So both are made ready beside the book, and
one rename says that they count. From there on every step can be done again, by whoever opens the book next.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crm_app.db import backup, durable, keys, trouble
from crm_app.db.lock import BookLock
from crm_app.errors import Refused

if TYPE_CHECKING:
    from crm_app.db.book import Book


def incoming_of(book: Path) -> Path:
    """Return where the content that shall take a book's place is made ready; until :func:`take_ready` it is nothing."""
    return book.with_name(book.name + ".incoming")


def _decided_of(book: Path) -> Path:
    return book.with_name(book.name + ".restored")


def take_ready(book: Book, key: bytes | None) -> None:
    """Let the content that was made ready, under its own key, take the place of the book's; it stays open.

    Raise Refused, leaving it as it is, while a read does not end or the disk refuses. Where it refuses after it was
    decided, the book is barred: what is written now would go when that is carried out.
    """
    with book.exchanged(key) as bar:
        try:
            _decide(book.path)
            _carry_out(book.path)
        except (OSError, Refused) as error:
            sentence = trouble.cannot_write(book.path, error) if isinstance(error, OSError) else error
            if _is_decided(book.path):
                sentence = bar(sentence)
            raise sentence from error


def _decide(book: Path) -> None:
    """Let what was made ready take the book's place, whatever happens from here on; raise OSError before it does."""
    incoming, decided = incoming_of(book), _decided_of(book)
    if keys.keys_file(incoming).exists():
        durable.put(keys.keys_file(incoming), keys.keys_file(decided), "keys")
    durable.put(incoming, decided, "restore")


def _is_decided(book: Path) -> bool:
    """Say whether what was made ready counts: it no longer stands where it was made ready."""
    return not incoming_of(book).exists()


def _carry_out(book: Path) -> None:
    """Put what was decided in the book's place; nobody has the book open. Raise Refused where the disk does not do it.

    What is left undone then is done when the book is opened next.
    """
    decided = _decided_of(book)
    try:
        for suffix in ("-wal", "-shm"):
            book.with_name(book.name + suffix).unlink(missing_ok=True)
        if keys.is_plain(decided):
            keys.keys_file(book).unlink(missing_ok=True)
        elif keys.keys_file(decided).exists():
            durable.put(keys.keys_file(decided), keys.keys_file(book), "keys")
        durable.put(decided, book, "restored")
    except OSError as error:
        raise trouble.cannot_write(book, error) from error


def _clear_away(book: Path) -> None:
    incoming = incoming_of(book)
    for left in (incoming, incoming.with_name(incoming.name + ".partial"), _decided_of(book)):
        backup.discard(left)


def clear_undecided(book: Path) -> None:
    """Remove what was made ready, unless it was decided; raise OSError."""
    if not _decided_of(book).exists():
        _clear_away(book)


def finish_interrupted(book: Path) -> None:
    """Bring a restore to its end, or clear away one that had not been decided, where the program died in it.

    Raise Refused where another program is at it, or the disk does not do it.
    """
    incoming, decided = incoming_of(book), _decided_of(book)
    known = (incoming, incoming.with_name(incoming.name + ".partial"), decided)
    left = [name for one in known for name in (one, keys.keys_file(one), backup.sum_file(one))]
    if not any(one.exists() for one in left):
        return
    lock = BookLock(book)
    died = lock.acquire()
    try:
        if decided.exists():
            _carry_out(book)
        _clear_away(book)
    except OSError as error:
        raise trouble.cannot_write(book, error) from error
    finally:
        lock.release(leave_mark=died)
