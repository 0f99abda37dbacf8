"""Where backups of a book stand: the folder beside it, others that were named, and what the book knows of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from crm_app import clock
from crm_app.db import keys, tables
from crm_app.domain import backups
from crm_app.domain.backups import Kind, Made
from crm_app.errors import Refused
from crm_app.i18n import _

if TYPE_CHECKING:
    from crm_app.db.book import Book

_LAST_ERASURE = select(func.coalesce(func.max(tables.erasure.c.n), 0))


@dataclass(frozen=True)
class Found:
    """A backup that is there now. ``at`` is UTC milliseconds, ``size`` bytes, attachments not counted."""

    path: Path
    at: int
    kind: Kind
    size: int
    protected: bool


def backups_folder(book: Path) -> Path:
    """Return the folder beside a book where its automatic backups go."""
    return book.with_name(book.name + "-backups")


def names_in(book: Path, folder: Path) -> list[Made]:
    """Return what the names of a folder's backups say, newest first; nothing for a folder that is away.

    Raise Refused for one that cannot be read.
    """
    try:
        names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    except OSError as error:
        raise cannot_read(folder, error) from error
    return backups.read_names(book.stem, book.suffix, names)


def cannot_read(path: Path, error: OSError) -> Refused:
    """Return the sentence for a folder or a file that cannot be read."""
    return Refused(_("{path} cannot be read: {reason}").format(path=path, reason=error.strerror or error))


def find(book: Path, folders: list[Path]) -> list[Found]:
    """Return every backup of a book in these folders, newest first; raise Refused for one that cannot be read."""
    found = []
    for folder in dict.fromkeys(one.absolute() for one in folders):
        for made in names_in(book, folder):
            path = folder / made.name
            try:
                size, protected = path.stat().st_size, not keys.is_plain(path)
            except OSError as error:
                raise cannot_read(path, error) from error
            found.append(Found(path, int(made.at.timestamp() * 1000), made.kind, size, protected))
    return sorted(found, key=lambda one: (one.at, one.path), reverse=True)


def erased_to(book: Book) -> int:
    """Return the number of the last erasure, 0 before the first: who was erased is in no backup begun after it."""
    with book.read() as reader:
        return int(reader.connection.execute(_LAST_ERASURE).scalar_one())


def note(book: Book, backup: Path, at_ms: int, erased: int) -> None:
    """Note a backup in the book it was made of; ``erased``: the last erasure before it was begun."""
    with book.write_outside_journal() as connection:
        write_note(connection, backup, at_ms, erased)


def write_note(connection: Connection, backup: Path, at_ms: int, erased: int | None = None) -> None:
    """Note a backup within a transaction; by default it holds nobody who was erased."""
    values = {"at": at_ms, "erased_to": _LAST_ERASURE.scalar_subquery() if erased is None else erased, "gone_at": None}
    statement = insert(tables.backup_copy).values(path=str(backup.absolute()), **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["path"], set_=values))


def noted(book: Book) -> list[Path]:
    """Return every backup the book knows of and has not seen missing."""
    table = tables.backup_copy
    with book.read() as reader:
        return [Path(row["path"]) for row in reader.rows(select(table.c.path).where(table.c.gone_at.is_(None)))]


def last_noted(book: Book, folder: Path) -> int | None:
    """Return when the newest backup in a folder was made, seen or away, as the book remembers; UTC milliseconds."""
    table = tables.backup_copy
    with book.read() as reader:
        rows = reader.rows(select(table.c.path, table.c.at).where(table.c.gone_at.is_(None)))
    return max((row["at"] for row in rows if Path(row["path"]).parent == folder.absolute()), default=None)


def last_change(book: Book) -> int:
    """Return when the book was changed last, in UTC milliseconds; 0 for one without a change."""
    unit = tables.unit
    with book.read() as reader:
        newest = reader.connection.execute(select(unit.c.at).order_by(unit.c.n.desc()).limit(1)).scalar()
    return newest or 0


def take_stock(book: Book) -> None:
    """Note which backups are gone, and which came back; one whose drive is away is neither."""
    table = tables.backup_copy
    with book.read() as reader:
        known = {Path(row["path"]): row["gone_at"] for row in reader.rows(select(table.c.path, table.c.gone_at))}
    changed: dict[Path, int | None] = {}
    for path, gone_at in known.items():
        if path.is_file() and gone_at is not None:
            changed[path] = None
        elif gone_at is None and path.parent.is_dir() and not path.exists():
            changed[path] = clock.now_ms()
    if changed:
        with book.write_outside_journal() as connection:
            for path, gone in changed.items():
                connection.execute(update(table).where(table.c.path == str(path)).values(gone_at=gone))
