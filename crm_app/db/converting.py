"""Giving a book a password, and taking it off: the file is written anew under another key, then exchanged.

The one atomic step is the rename of the checked copy. Before it the book is what it was, after it what it shall be; a
mark beside the book says that the rest (keys file, backups, leftovers) may not yet agree, and whoever opens the book
next brings it in line, whichever side of the rename the program died on.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from crm_app import platform
from crm_app.db import attachments, backup, durable, keys
from crm_app.db.backup_places import backups_folder
from crm_app.db.copies import copies_away, copies_in_reach, plain_of_others, wanted_by
from crm_app.db.rekeying import convert, remove
from crm_app.errors import Cancelled, Refused
from crm_app.i18n import _
from crm_app.progress import Report, unheard

if TYPE_CHECKING:
    from crm_app.db.book import Book


_HALF = "partial|incoming|converted|erasing"
"""What a copy that is being written is called behind the name it will have."""


def mark(book: Path) -> Path:
    """Return the file that stands beside a book while its protection is being changed."""
    return book.with_name(book.name + "-converting")


def _incoming(book: Path) -> Path:
    return book.with_name(book.name + ".converted")


def protect(book: Book, key: bytes, slots: keys.KeySlots, progress: Report) -> list[Path]:
    """Encrypt a plain book, its attachments and its copies in reach; return the copies that stay plain.

    Copies on a drive that is away are among them: they are as they were made.

    Raise Refused, or what ``progress`` raises, with everything as it was.
    """
    with book.writing_barred():
        _set_mark(book.path)
        try:
            attachments.convert(book.path, None, key, progress)
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


def unprotect(book: Book, progress: Report) -> list[Path]:
    """Write an encrypted book and its copies in reach in the clear; return the copies that stay encrypted.

    The copies come first, for without the book's key nobody could open them later. Raise Refused, or what
    ``progress`` raises, with everything as it was.
    """
    key = book.key
    with book.writing_barred():
        _set_mark(book.path)
        try:
            left = _convert_copies(book, key, None, progress)
            attachments.convert(book.path, key, None, progress)
            book.take(convert(book.path, key, _incoming(book.path), None, progress), None)
        except BaseException:
            _finish(book)
            raise
        return left + _finish(book)


def write_slots(book: Book, slots: keys.KeySlots) -> None:
    """Change which secrets open a book, and its copies in reach: an old password shall open none of them.

    A copy that is away keeps the secrets of its day; it has the same data key, so the book restores it without any.
    """
    _write_keys(book.path, slots)
    with book.read() as reader:
        found = copies_in_reach(book.path, reader)
    for copy in found:
        # One on a read-only stick, or whose keys are damaged, stays as one that is away.
        with suppress(OSError, Refused):
            if keys.keys_file(copy).is_file() and keys.read(copy).id == slots.id:
                keys.write(copy, slots)


def finish_interrupted(book: Book) -> None:
    """Bring what belongs to the book in line with it, where a change of its protection did not come to its end."""
    if mark(book.path).exists():
        with book.writing_barred():
            _finish(book)


def _finish(book: Book, progress: Report | None = None) -> list[Path]:
    """Bring copies and keys in line with the book as it now is; return the copies that could not be."""

    def news(done: int, total: int, what: str) -> None:
        # The book is converted: it is too late to stop, and what is begun is ended.
        with suppress(Cancelled):
            (progress or unheard)(done, total, what)

    left: list[Path] = []
    try:
        attachments.drop_others(book.path, book.key)
    except OSError:
        # Another program holds one of them open: the mark stays, and the next opening tries again.
        left.append(attachments.folder(book.path))
    settled = not left
    if keys.is_plain(book.path):
        # Of the backups none is encrypted by now: they were written in the clear before the book was.
        keys.keys_file(book.path).unlink(missing_ok=True)
    else:
        left += _convert_copies(book, None, book.key, news)
        _drop_leftovers(book.path)
    remove(_incoming(book.path))
    keys.partial_of(book.path).unlink(missing_ok=True)
    if settled:
        mark(book.path).unlink(missing_ok=True)
    platform.sync_folder(book.path.parent)
    return left


def _drop_leftovers(book: Path) -> None:
    """Remove what interrupted copies left half-written in the clear; nobody copies the book just now."""
    ours = re.compile(rf"{re.escape(book.stem)}(-\d{{8}}-\d{{6}}[\w-]*)?{re.escape(book.suffix)}\.({_HALF})\b.*")
    for folder in (book.parent, backups_folder(book)):
        for file in folder.iterdir() if folder.is_dir() else ():
            if ours.fullmatch(file.name) and file.is_file():
                file.unlink()


def _set_mark(book: Path) -> None:
    descriptor = os.open(mark(book), os.O_WRONLY | os.O_CREAT, 0o600)
    os.fsync(descriptor)
    os.close(descriptor)
    platform.sync_folder(book.parent)


def _convert_copies(book: Book, source_key: bytes | None, target_key: bytes | None, progress: Report) -> list[Path]:
    """Convert every copy in reach that stands under ``source_key``; return those that could not be, or are away."""
    with book.read() as reader:
        found, away = copies_in_reach(book.path, reader), copies_away(reader)
    wanted = [copy for copy in found if keys.is_plain(copy) == (source_key is None)]
    left = [copy for copy in wanted if not _convert_copy(book.path, copy, source_key, target_key, progress)]
    for folder in sorted({copy.parent for copy in found}):
        _convert_pool(
            folder / book.path.name, source_key, target_key, progress, left, plain_of_others(book.path, folder, found)
        )
    return left + away


def _convert_copy(book: Path, copy: Path, source_key: bytes | None, target_key: bytes | None, progress: Report) -> bool:
    partial = copy.with_name(copy.name + ".partial")
    try:
        # A seal that does not hold is not made anew over what it tells of.
        sealed = backup.sum_file(copy).exists()
        if not backup.is_as_made(copy):
            return False
        convert(copy, source_key, partial, target_key, progress)
        if target_key is not None:
            keys.write(copy, keys.read(book))
        backup.break_seal(copy)
        durable.put(partial, copy, "convert_copy")
        if sealed:
            backup.seal(copy)
        if target_key is None:
            keys.keys_file(copy).unlink(missing_ok=True)
    except (Refused, OSError):
        # Said to the user by name: a copy on a full or read-only stick does not keep the book from its password.
        return False
    finally:
        if copy.parent.is_dir():
            remove(partial)
    return True


def _convert_pool(
    pool: Path,
    source_key: bytes | None,
    target_key: bytes | None,
    progress: Report,
    left: list[Path],
    others: list[Path],
) -> None:
    """Convert the attachments in a folder of backups; ``pool``: where the book would stand there.

    Sealed ones stay where a copy beside them stays encrypted, or where another key sealed them; plain ones where a
    copy of ``others``, another laptop's on the same stick, wants them.
    """
    if not attachments.folder(pool).is_dir():
        return
    try:
        strange = attachments.convert(pool, source_key, target_key, progress)
        if target_key is not None or not (strange or any(copy.parent == pool.parent for copy in left)):
            attachments.drop_others(pool, target_key, wanted_by(others) if target_key is not None else ())
    except (Refused, OSError):
        left.append(attachments.folder(pool))
