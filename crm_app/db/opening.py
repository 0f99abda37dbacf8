"""A book made, opened or held: what an interrupted work left is brought to its end first, an older one up to date."""

from __future__ import annotations

from pathlib import Path

from crm_app import clock
from crm_app.db import backup, backup_places, checking, converting, keys, making, migrate, swapping, trouble
from crm_app.db.book import Book
from crm_app.domain.backups import Kind
from crm_app.errors import Damaged, NotFound, Refused
from crm_app.i18n import _
from crm_app.progress import Report


def create(path: Path, slots: keys.KeySlots | None = None, key: bytes | None = None) -> Book:
    """Make a new book; raise Refused where a file already stands.

    With a data key, and the slots it is wrapped in, it is encrypted from its first byte.
    """
    trouble.check_path(path)
    if not path.parent.is_dir():
        raise Refused(_("There is no folder {path}. Make it first.").format(path=path.parent))
    book = Book(path, key)
    book.acquire()
    try:
        making.clear_interrupted(path)
        # Keys without a book are the keys of one that is away: they are never written over.
        for taken in (path, keys.keys_file(path)):
            if taken.exists():
                raise Refused(_("There is already a file {path}. Choose another name.").format(path=taken))
        making.make(path, slots, key)
        book.use_wal()
        book.learn_origin()
    except BaseException as error:
        book.close()
        if isinstance(error, OSError):
            raise trouble.cannot_write(path, error) from error
        sentence = trouble.refused(error)
        if sentence is not None:
            raise sentence from error
        raise
    return book


def open_book(path: Path, secret: str | None = None, report: Report | None = None) -> Book:
    """Open a book, bringing an older one up to date after copying it; ``secret``: its password or recovery key.

    ``report`` hears how far bringing it up to date is, and may raise Cancelled: the book is then as it was.

    Raise BadInput for a path that cannot be spelled, NotFound where there is no file, Locked where the secret is
    missing or wrong, Refused for a book that is open elsewhere, a newer or a foreign one.
    """
    trouble.check_path(path)
    swapping.finish_interrupted(path)
    if not path.is_file():
        raise NotFound(_("There is no book at {path}. Make one with “new”.").format(path=path))
    book = Book(path, keys.unlock(path, secret))
    died = book.acquire()
    try:
        making.clear_interrupted(path)
        _bring_up_to_date(book, report)
        if died:
            _look_for_damage(book)
        # A backup that is looked into where it stands stays as it was made, byte for byte.
        if not backup.sum_file(path).exists() and not book.uses_wal():
            book.use_wal()
        converting.finish_interrupted(book)
    except BaseException:
        # What was not found sound is looked at again by whoever opens it next.
        book.close(leave_mark=died)
        raise
    return book


def hold(path: Path, secret: str | None = None) -> Book:
    """Take a book's lock without looking inside: its content, sound, damaged or missing, is about to be replaced.

    Raise BadInput for a path that cannot be spelled, NotFound where there is no folder for it, Refused for a locked
    one.
    """
    trouble.check_path(path)
    swapping.finish_interrupted(path)
    if not path.parent.is_dir():
        raise NotFound(_("There is no folder {path}. Make it first.").format(path=path.parent))
    asked = path.is_file() and keys.keys_file(path).exists()
    book = Book(path, keys.unlock(path, secret) if asked else None)
    book.acquire()
    return book


def _bring_up_to_date(book: Book, report: Report | None) -> None:
    if book.revision() != migrate.HEAD:
        at_ms = clock.now_ms()
        kept = backup.new_path(book.path, backup_places.backups_folder(book.path), at_ms, Kind.UPGRADE)
        backup.copy(book.path, kept, book.key)
        book.migrate(report)
        backup_places.note(book, kept, at_ms, 0)
    book.learn_origin()


def _look_for_damage(book: Book) -> None:
    """Check the pages after a crash; raise Refused where they are damaged, so that nothing is written on top."""
    with book.read() as reader:
        damage = checking.pages(reader)
    if damage:
        words = _("The book was damaged when the program or laptop last stopped. {detail}")
        raise Damaged(words.format(detail=damage[0]))
