"""Giving a book a password, and taking it off: the file is written anew under another key, then exchanged.

The one atomic step is the rename of the checked copy. Before it the book is what it was, after it what it shall be; a
mark beside the book says that the rest (keys file, backups, leftovers) may not yet agree, and whoever opens the book
next brings it in line, whichever side of the rename the program died on.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from crm_app import platform
from crm_app.db import backup, durable, keys
from crm_app.db.copies import copies_in_reach
from crm_app.db.engine import connect
from crm_app.errors import Cancelled, CrmError, Refused
from crm_app.i18n import _

if TYPE_CHECKING:
    from crm_app.db.book import Book

Progress = Callable[[int, int, str], None]
"""Told how many bytes of how many are done, and with what; may raise Cancelled."""

_STEPS_BETWEEN_NEWS = 200_000
"""Instructions of SQLite's machine, some milliseconds of them."""


def mark(book: Path) -> Path:
    """Return the file that stands beside a book while its protection is being changed."""
    return book.with_name(book.name + "-converting")


def _incoming(book: Path) -> Path:
    return book.with_name(book.name + ".converted")


def protect(book: Book, key: bytes, slots: keys.KeySlots, progress: Progress) -> list[Path]:
    """Encrypt a plain book and its copies in reach; return the copies that stay plain.

    Raise Refused, or what ``progress`` raises, with everything as it was.
    """
    with book.writing_barred():
        _set_mark(book.path)
        try:
            incoming = convert(book.path, None, _incoming(book.path), key, progress)
            _write_keys(book.path, slots)
            book.take(incoming, key)
        except BaseException:
            _finish(book)
            raise
        return _finish(book, progress)


def _write_keys(book: Path, slots: keys.KeySlots) -> None:
    try:
        keys.write(book, slots)
    except OSError as error:
        path = keys.keys_file(book)
        raise Refused(_("{path} cannot be written: {reason}").format(path=path, reason=error.strerror)) from error


def unprotect(book: Book, progress: Progress) -> list[Path]:
    """Write an encrypted book and its copies in reach in the clear; return the copies that stay encrypted.

    The copies come first, for without the book's key nobody could open them later. Raise Refused, or what
    ``progress`` raises, with everything as it was.
    """
    key = book.key
    with book.writing_barred():
        _set_mark(book.path)
        try:
            left = _convert_copies(book, key, None, progress)
            book.take(convert(book.path, key, _incoming(book.path), None, progress), None)
        except BaseException:
            _finish(book)
            raise
        _finish(book)
    return left


def write_slots(book: Book, slots: keys.KeySlots) -> None:
    """Change which secrets open a book, and its copies in reach: an old password shall open none of them.

    A copy that is away keeps the secrets of its day; it has the same data key, so the book restores it without any.
    """
    _write_keys(book.path, slots)
    with book.read() as reader:
        found = copies_in_reach(book.path, reader)
    for copy in found:
        if keys.keys_file(copy).is_file() and keys.read(copy).id == slots.id:
            keys.write(copy, slots)


def finish_interrupted(book: Book) -> None:
    """Bring what belongs to the book in line with it, where a change of its protection did not come to its end."""
    if mark(book.path).exists():
        with book.writing_barred():
            _finish(book)


def _finish(book: Book, progress: Progress | None = None) -> list[Path]:
    """Bring copies and keys in line with the book as it now is; return the copies that could not be."""

    def news(done: int, total: int, what: str) -> None:
        # The book is converted: it is too late to stop, and what is begun is ended.
        with suppress(Cancelled):
            (progress or _say_nothing)(done, total, what)

    left: list[Path] = []
    if keys.is_plain(book.path):
        # Of the backups none is encrypted by now: they were written in the clear before the book was.
        keys.keys_file(book.path).unlink(missing_ok=True)
    else:
        left = _convert_copies(book, None, book.key, news)
    _remove(_incoming(book.path))
    mark(book.path).unlink(missing_ok=True)
    platform.sync_folder(book.path.parent)
    return left


def _say_nothing(_done: int, _total: int, _what: str) -> None:
    """Tell nobody."""


def _set_mark(book: Path) -> None:
    descriptor = os.open(mark(book), os.O_WRONLY | os.O_CREAT, 0o600)
    os.fsync(descriptor)
    os.close(descriptor)
    platform.sync_folder(book.parent)


def _convert_copies(book: Book, source_key: bytes | None, target_key: bytes | None, progress: Progress) -> list[Path]:
    """Convert every copy in reach that stands under ``source_key``; return those that could not be converted."""
    left = []
    with book.read() as reader:
        found = copies_in_reach(book.path, reader)
    for copy in found:
        if keys.is_plain(copy) != (source_key is None):
            continue
        partial = copy.with_name(copy.name + ".partial")
        try:
            convert(copy, source_key, partial, target_key, progress)
            if target_key is not None:
                keys.write(copy, keys.read(book.path))
            backup.break_seal(copy)
            durable.put(partial, copy, "convert_copy")
            backup.seal(copy)
            if target_key is None:
                keys.keys_file(copy).unlink(missing_ok=True)
        except (Refused, OSError):
            # Said to the user by name: a copy on a full or read-only stick does not keep the book from its password.
            left.append(copy)
        finally:
            _remove(partial)
    return left


def convert(source: Path, source_key: bytes | None, target: Path, target_key: bytes | None, progress: Progress) -> Path:
    """Write the book ``source`` to ``target`` under another key (None: in the clear), and check it.

    Raise Refused where it cannot be written or does not agree with its source, and what ``progress`` raises; nothing
    is left then.
    """
    try:
        _remove(target)
        target.touch(mode=0o600)
        _export(source, source_key, target, target_key, progress)
        differs = _difference(source, source_key, target, target_key)
    except OSError as error:
        _remove(target)
        raise _refused(source, error.strerror or str(error)) from error
    except dbapi2.DatabaseError as error:
        _remove(target)
        raise _refused(source, str(error)) from error
    except BaseException:
        _remove(target)
        raise
    if differs:
        _remove(target)
        raise _refused(source, differs)
    return target


def _refused(source: Path, reason: str) -> Refused:
    words = _("{path} could not be copied whole and sound ({reason}); nothing was changed.")
    return Refused(words.format(path=source, reason=reason))


def _remove(file: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _export(source: Path, source_key: bytes | None, target: Path, target_key: bytes | None, progress: Progress) -> None:
    total = source.stat().st_size
    words = _("Encrypting {name}") if target_key is not None else _("Decrypting {name}")
    stopped: list[CrmError] = []

    def news() -> int:
        try:
            progress(min(target.stat().st_size, total), total, words.format(name=source.name))
        except CrmError as error:
            # SQLite cannot carry it through: it is told to stop, and the error goes on from here.
            stopped.append(error)
            return 1
        return 0

    connection = connect(source, source_key)
    try:
        raw_key = "" if target_key is None else f"x'{target_key.hex()}'"
        connection.execute("ATTACH DATABASE ? AS converted KEY ?", (str(target), raw_key))
        # Nobody reads the copy before it is whole, checked and synced (durable.py).
        connection.execute("PRAGMA converted.journal_mode = OFF")
        connection.execute("PRAGMA converted.synchronous = OFF")
        news()
        if not stopped:
            connection.set_progress_handler(news, _STEPS_BETWEEN_NEWS)
            connection.execute("SELECT sqlcipher_export('converted')").fetchall()
            connection.set_progress_handler(None, 0)
            for pragma in ("user_version", "application_id"):
                value = connection.execute(f"PRAGMA main.{pragma}").fetchone()[0]
                connection.execute(f"PRAGMA converted.{pragma} = {value}")
            news()
    except dbapi2.OperationalError:
        if not stopped:
            raise
    finally:
        connection.close()
    if stopped:
        raise stopped[0]


def _difference(source: Path, source_key: bytes | None, target: Path, target_key: bytes | None) -> str:
    """Return in what a converted copy is damaged or differs from its source; empty where it does not."""
    converted = connect(target, target_key)
    try:
        verdict = [row[0] for row in converted.execute("PRAGMA integrity_check")]
        if verdict != ["ok"]:
            return str(verdict[0])
        broken = converted.execute("PRAGMA cipher_integrity_check").fetchone() if target_key is not None else None
        if broken is not None:
            return str(broken[0])
        original = connect(source, source_key)
        try:
            return "" if _outline(original) == _outline(converted) else "rows"
        finally:
            original.close()
    finally:
        converted.close()


def _outline(connection: Any) -> list[Any]:
    """Return a file's marks, its schema, and how many rows each table has, those of the search index included."""
    schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    marks = [connection.execute(f"PRAGMA {one}").fetchone()[0] for one in ("user_version", "application_id")]
    tables = [row[1] for row in schema if row[0] == "table"]
    return [*marks, schema, [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables]]
