"""Verified copies of a book, by SQLite's online backup: a plain file copy would miss what stands in the WAL.

A backup gets its final name only once it was opened and checked. ``NAME.crm-sum`` beside it holds its SHA-256: SQLite
has no checksums of its own, and a bit that turned in a name would go unseen.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from crm_app import clock
from crm_app.db import backup_places, durable, keys, pool, trouble
from crm_app.db.engine import connect
from crm_app.domain import backups
from crm_app.domain.backups import Kind
from crm_app.errors import BadInput, Locked, Refused
from crm_app.i18n import _
from crm_app.progress import Report, unheard

if TYPE_CHECKING:
    from crm_app.db.book import Book


_PAGES_AT_ONCE = 512
_PASSING = "PRAGMA cache_size = -256"
"""Each page passes once: more than the processor's cache holds would only have to be fetched into it again."""
_SPARE = 1 << 20
"""Bytes that must stay free beside a new backup."""


def safeguard(book: Book) -> Path:
    """Make a verified backup now, before something that changes much, and return it; raise Refused where it cannot."""
    return make(book, backup_places.backups_folder(book.path), clock.now_ms(), Kind.IMPORT)


def make(book: Book, folder: Path, at_ms: int, kind: Kind, progress: Report = unheard) -> Path:
    """Back an open book up into ``folder``, its attachments too, note the backup in the book, and return it.

    Raise Refused, leaving no half file and no backup without its attachments under a final name, where the folder does
    not take it.
    """
    trouble.check_path(folder)
    with book.as_a_whole():
        target = new_path(book.path, folder, at_ms, kind)
        erased = backup_places.erased_to(book)
        attachments = pool.missing(book.path, book.key, folder)
        _refuse_without_room(folder, _size_of(book.path) + sum(one.stat().st_size for one in attachments))
        # First, because the copy counts as a backup from the moment it has its name.
        pool.fill(book.path, folder, attachments, progress)
        copy(book.path, target, book.key, progress)
        try:
            # Once more, for what was attached between the two.
            pool.fill(book.path, folder, pool.missing(book.path, book.key, folder), progress)
        except BaseException:
            _discard_if_there(target)
            raise
        try:
            backup_places.note(book, target, at_ms, erased)
        except Locked:
            # One the book does not know of would never be thinned out, nor reached by an erasure or a new password.
            _discard_if_there(target)
            raise
    return target


def thin_out(book: Book, folder: Path) -> bool:
    """Remove the backups of a folder that newer ones make superfluous; say whether the clock could be trusted.

    Only those this book noted go: another laptop's on the same stick are its own. Raise Refused where one cannot go.
    """
    known = set(backup_places.noted(book))
    try:
        ours = [made for made in backup_places.names_in(book.path, folder) if (folder / made.name).absolute() in known]
        found = backups.thin(ours, clock.local(clock.now_ms()))
        for made in found.remove:
            discard(folder / made.name)
    except OSError as error:
        raise trouble.cannot_write(folder, error) from error
    return not found.clock_behind


def new_path(book: Path, folder: Path, at_ms: int, kind: Kind) -> Path:
    """Return where a new backup goes, making the book's own folder of backups where it is not there yet.

    Raise BadInput where another folder is not there. What an interrupted backup left is cleared away.
    """
    try:
        if folder == backup_places.backups_folder(book):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not folder.is_dir():
            raise BadInput(_("There is no folder {path}. Make it first.").format(path=folder))
        for left in folder.iterdir():
            if left.name.startswith(f"{book.stem}-") and f"{book.suffix}.partial" in left.name:
                left.unlink()
        at = clock.local(at_ms)
        return folder / backups.name_for(book.stem, book.suffix, at, kind, lambda name: (folder / name).exists())
    except OSError as error:
        raise trouble.cannot_write(folder, error) from error


def _size_of(book: Path) -> int:
    parts = (book.with_name(book.name + suffix) for suffix in ("", "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def _refuse_without_room(folder: Path, needed: int) -> None:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise trouble.cannot_write(folder, error) from error
    if free < needed + _SPARE:
        words = _(
            "There is no room for a backup in {path}: {needed} MB are needed, {free} MB are free. Make room there."
        )
        raise Refused(words.format(path=folder, needed=needed // 1_000_000 + 1, free=free // 1_000_000))


def copy(
    source: Path,
    target: Path,
    key: bytes | None,
    progress: Report = unheard,
    *,
    keys_of: Path | None = None,
) -> Path:
    """Copy the book ``source`` to ``target``, check the copy, and return it; written whole or not at all.

    The copy has the same data key, and its keys file beside it, or that of another book with this data key. Raise
    Refused where the copy does not pass SQLite's own check or does not hold every unit of the source, and what
    ``progress`` raises.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        discard(partial)
        partial.touch(mode=0o600)
        problem = _copied(source, partial, key, progress)
        if problem:
            discard(partial)
            words = _("{path} could not be copied whole and sound ({reason}); nothing was changed.")
            raise Refused(words.format(path=source, reason=problem))
        if key is not None:
            keys.write(target, keys.read(keys_of or source))
        seal(target, partial)
        durable.put(partial, target, "backup")
    except OSError as error:
        _discard_if_there(partial)
        raise trouble.cannot_write(target, error) from error
    except BaseException:
        _discard_if_there(partial)
        raise
    return target


def _copied(source: Path, partial: Path, key: bytes | None, progress: Report) -> str:
    """Copy and return what is wrong with the copy; empty for a sound one."""
    try:
        units = copy_pages(source, partial, key, progress)
        made = connect(partial, key)
        try:
            # The check goes through every index in its own order: from the cache of the system, not page by page.
            made.execute(f"PRAGMA mmap_size = {partial.stat().st_size}")
            # A copy is one file: in WAL mode it would want two more beside it.
            made.execute("PRAGMA journal_mode = DELETE")
            return problem_of(made) or ("" if units == _units(made) else "unit")
        finally:
            made.close()
    except dbapi2.DatabaseError as error:
        return str(error)


def copy_pages(source: Path, target: Path, key: bytes | None, progress: Report = unheard) -> int:
    """Copy a book page by page as it is at one moment into a new file, and return how many units of work it holds.

    The writer writes on meanwhile. Raise what ``progress`` raises, and DatabaseError.
    """
    words = _("Backing up")
    from_book, to_book = connect(source, key), connect(target, key)
    try:
        from_book.execute(_PASSING)
        to_book.execute(_PASSING)
        # A copy that is not whole is thrown away: there is nothing to go back to.
        to_book.execute("PRAGMA journal_mode = OFF")
        # One picture from the first page to the last, however long it takes and whoever writes meanwhile.
        from_book.execute("BEGIN")
        units = _units(from_book)
        from_book.backup(
            to_book,
            pages=_PAGES_AT_ONCE,
            progress=lambda _status, left, total: progress(total - left, total, words),
        )
        return units
    finally:
        to_book.close()
        from_book.close()


def _units(connection: Any) -> int:
    return int(connection.execute("SELECT count(*) FROM unit").fetchone()[0])


def problem_of(connection: Any) -> str:
    """Return what is wrong with the pages, the references or the revision of a book; empty for a sound one."""
    verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        return str(verdict)
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        return f"{broken[0]} → {broken[2]}"
    revisions = connection.execute("SELECT count(*) FROM alembic_version").fetchone()[0]
    return "" if revisions == 1 else "alembic_version"


def sum_file(backup: Path) -> Path:
    """Return where the checksum of a backup stands."""
    return backup.with_name(backup.name + "-sum")


def seal(backup: Path, content: Path | None = None) -> None:
    """Write the checksum of a backup beside it; ``content``: the file that is about to become it. Raise OSError.

    Whoever rewrites a backup breaks its seal first and seals it again.
    """
    line = f"{_digest(content or backup)}  {backup.name}\n"
    partial = sum_file(backup).with_name(sum_file(backup).name + ".partial")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(sum_file(backup))


def break_seal(backup: Path) -> None:
    """Forget the checksum of a backup that is about to be rewritten."""
    sum_file(backup).unlink(missing_ok=True)


def is_as_made(backup: Path) -> bool:
    """Say whether a backup is, byte for byte, what was once written; True where no checksum was kept. Raise OSError."""
    try:
        kept = sum_file(backup).read_text("utf-8").partition(" ")[0]
    except FileNotFoundError:
        return True
    return kept == _digest(backup)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep_bytes(source: Path, target: Path) -> Path:
    """Copy a book no checked copy can be made of, byte for byte with its WAL, and return the copy; raise Refused.

    It is on the disk when this returns: what it was copied from is about to go.
    """
    try:
        # The book itself comes last: half a copy never has the name of one.
        for suffix in ("-wal", "-keys", ""):
            part = source.with_name(source.name + suffix)
            if part.is_file():
                kept = target.with_name(target.name + suffix)
                beside = kept.with_name(target.name + ".partial" + suffix)
                shutil.copy2(part, beside)
                durable.put(beside, kept, "backup")
    except OSError as error:
        for left in (target.with_name(target.name + ".partial"), target):
            _discard_if_there(left)
        raise trouble.cannot_write(target, error) from error
    return target


def discard(backup: Path) -> None:
    """Remove a backup with what stands beside it; raise OSError."""
    for suffix in ("", "-journal", "-wal", "-shm", "-keys", "-sum"):
        backup.with_name(backup.name + suffix).unlink(missing_ok=True)


def _discard_if_there(partial: Path) -> None:
    """Remove a half-written file, unless its drive is gone: then its name alone says that it is none."""
    if partial.parent.is_dir():
        discard(partial)
