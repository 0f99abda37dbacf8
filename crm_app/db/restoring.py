"""Putting a backup in the place of a book: the book as it was is kept, and what must never be forgotten goes along.

Everything is written into a copy beside the book; one rename decides (swapping.py). A kill before it leaves the old
book, a kill after it the restored one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, update

from crm_app import clock
from crm_app.db import (
    access,
    attachments,
    backup,
    backup_places,
    checking,
    keys,
    migrate,
    pool,
    previews,
    standing,
    swapping,
    tables,
)
from crm_app.db.book import Book
from crm_app.db.engine import make_engine
from crm_app.db.ids import new_id
from crm_app.db.previews import Contents
from crm_app.db.standing import Standing
from crm_app.domain.access import BOOK, Act
from crm_app.domain.backups import Kind
from crm_app.errors import Damaged, Locked, NotFound, Refused
from crm_app.i18n import _
from crm_app.progress import Report, unheard


@dataclass(frozen=True)
class Restored:
    """What came of it. ``kept``: where the book as it was is kept, None where there was none.

    ``protected``: the book has a password now; ``other_password``: the one of the backup, not the one it had.
    ``missing``: how many attachments were found nowhere. ``later``: why somebody who was erased could not be cleared
    from the file yet, in a sentence; the next start does it.
    """

    kept: Path | None
    protected: bool
    other_password: bool
    missing: int
    later: str = ""


def key_for(file: Path, book_key: bytes | None, secret: str | None) -> bytes | None:
    """Return the data key of a backup, None for a plain one; raise Locked where its password is wanted or wrong."""
    if not file.is_file():
        raise NotFound(_("There is no file {path}.").format(path=file))
    try:
        if keys.is_plain(file):
            return None
    except OSError as error:
        raise backup_places.cannot_read(file, error) from error
    if secret is not None:
        return keys.unlock(file, secret)
    if book_key is None and not keys.keys_file(file).exists():
        raise Refused(_("This file is not a book of this program. Choose a .crm file."))
    if book_key is None:
        raise Locked(_("This backup has a password. Type it to look inside."))
    return book_key


def present(book: Book) -> Contents | None:
    """Return what is in the book now; None where it is missing, damaged, or no book."""
    if not book.path.is_file():
        return None
    try:
        with book.read() as reader:
            return previews.of_book(reader)
    except (checking.NOT_A_DATABASE, Damaged):
        return None


def restore(book: Book, file: Path, secret: str | None = None, progress: Report = unheard) -> Restored:
    """Put a backup in the place of a book that is open or held, sound, damaged or missing; the book stays open.

    ``secret``: the backup's password, where it is another than the book's. Raise NotFound, Locked, Refused, or what
    ``progress`` raises, leaving the book as it is.
    """
    key = key_for(file, book.key, secret)
    previews.look_into(file, key)
    # A backup under way is ended first: it must not be noted in another content than its own.
    with book.as_a_whole():
        return _restore(book, file, key, progress)


def _restore(book: Book, file: Path, key: bytes | None, progress: Report) -> Restored:
    kept, at_ms = _keep(book, progress)
    before = standing.take(book) if kept is not None else Standing()
    incoming = swapping.incoming_of(book.path)
    same = key is not None and key == book.key
    try:
        keys_of = book.path if same and keys.keys_file(book.path).exists() else file
        backup.copy(file, incoming, key, progress, keys_of=keys_of)
        backup.break_seal(incoming)
        wanted = _make_ready(book, incoming, key, before, (kept, at_ms))
        missing = _bring_attachments(book.path, file, key, wanted, progress)
        swapping.take_ready(book, key)
    except BaseException:
        swapping.clear_undecided(book.path)
        raise
    return Restored(kept, key is not None, key is not None and not same, missing)


def _keep(book: Book, progress: Report) -> tuple[Path | None, int]:
    """Back the book up as it is, its attachments too; byte for byte where no checked copy can be made of it."""
    at_ms = clock.now_ms()
    if not book.path.is_file():
        return None, at_ms
    folder = backup_places.backups_folder(book.path)
    try:
        kept = backup.copy(book.path, backup.new_path(book.path, folder, at_ms, Kind.RESTORE), book.key, progress)
    except Refused:
        kept = backup.keep_bytes(book.path, backup.new_path(book.path, folder, at_ms, Kind.DAMAGED))
    pool.fill(book.path, folder, pool.missing(book.path, book.key, folder), progress)
    return kept, at_ms


def _make_ready(
    book: Book, incoming: Path, key: bytes | None, before: Standing, kept: tuple[Path | None, int]
) -> set[str]:
    """Bring the content up to date, give it an origin of its own, and let it remember what must not be forgotten.

    Return the SHA-256 of the attachments it knows.
    """
    engine = make_engine(incoming, key, read_only=False)
    try:
        with engine.connect() as connection:
            revision = migrate.revision_of(connection)
        if revision != migrate.HEAD:
            migrate.migrate(engine)
        with engine.begin() as connection:
            info, attachment = tables.book_info, tables.RECORD_TABLES["attachment"]
            # Its journal must never collide with the one it was copied from.
            connection.execute(update(info).where(info.c.key == "origin").values(value=str(new_id())))
            standing.write(connection, before)
            access.write(connection, book.who, Act.RESTORE, BOOK)
            if kept[0] is not None:
                backup_places.write_note(connection, kept[0], kept[1])
            return set(connection.execute(select(attachment.c.sha256)).scalars())
    finally:
        engine.dispose()


def _bring_attachments(book: Path, file: Path, key: bytes | None, wanted: set[str], progress: Report) -> int:
    """Copy what the book's own folder lacks, or holds damaged, from the pool of the backup; return how many stay so.

    Only what is proved in the pool comes: what is left of a damaged one stays where there is no better.
    """
    own = attachments.folder(book)
    lacking = _unproved(book, key, wanted, progress)
    for place in _places_of(file):
        found = lacking - _unproved(place, key, lacking, progress)
        pool.bring([attachments.folder(place) / attachments.name_of(key, one) for one in sorted(found)], own, progress)
        lacking -= found
    return len(lacking)


def _unproved(place: Path, key: bytes | None, wanted: set[str], progress: Report) -> set[str]:
    return {sha256 for sha256, _problem in attachments.verify(place, key, wanted, progress)}


def _places_of(file: Path) -> list[Path]:
    """Return where the book of a backup would stand beside attachments: by the pool's name, or the file's own."""
    stem = re.sub(r"-\d{8}-\d{6}(-[a-z]+)?(-\d+)?$", "", file.stem)
    return [file.with_name(stem + file.suffix), file]
