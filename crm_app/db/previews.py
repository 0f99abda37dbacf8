"""What is in a book's file, read without changing it: how many records, the last change, and whether it is sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crm_app.db import backup, backup_places, keys, migrate
from crm_app.db.engine import APPLICATION_ID, connect_reading
from crm_app.db.reader import Reader
from crm_app.errors import Locked, NotFound, Refused
from crm_app.i18n import _

COUNTED = ("enterprise", "contact", "lead", "project", "trip", "visit", "follow_up", "attachment")
"""The kinds of record by whose numbers a person knows a book again."""

_Run = Callable[[str], list[Any]]


@dataclass(frozen=True)
class Contents:
    """How many living records of each kind there are, and the last change: when (UTC ms), by whom, what."""

    counts: Mapping[str, int]
    at: int | None
    who: str
    label: str


def of_book(reader: Reader) -> Contents:
    """Return what is in the open book."""
    return _read(lambda sql: list(reader.connection.exec_driver_sql(sql).all()))


def look_into(path: Path, key: bytes | None) -> Contents:
    """Return what is in a backup, after checking it.

    Raise NotFound where it is gone, Locked where this is not its key, and Refused, saying why, where it is damaged, no
    book of this program, or one of a newer version.
    """
    if not path.is_file():
        raise NotFound(_("There is no file {path}.").format(path=path))
    try:
        if not backup.is_as_made(path):
            raise Refused(
                _("This backup was changed or damaged after it was made: {path}. Take another one.").format(path=path)
            )
        return _look_into(path, key)
    except OSError as error:
        raise backup_places.cannot_read(path, error) from error
    except dbapi2.DatabaseError as error:
        if keys.is_plain(path):
            words = _("This backup is damaged ({reason}): {path}. Take another one.")
            raise Refused(words.format(path=path, reason=error)) from error
        raise Locked(_("This backup has another password than the book. Type the one it had.")) from error


def _look_into(path: Path, key: bytes | None) -> Contents:
    connection = connect_reading(path, key)
    try:
        # The first read tells a wrong key; what comes after it tells damage.
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master").fetchall()}
        try:
            _refuse_foreign(connection, names)
            problem = backup.problem_of(connection)
            contents = _read(lambda sql: list(connection.execute(sql).fetchall()), names)
        except dbapi2.DatabaseError as error:
            problem = str(error)
        if problem:
            words = _("This backup is damaged ({reason}): {path}. Take another one.")
            raise Refused(words.format(path=path, reason=problem))
        return contents
    finally:
        connection.close()


def _refuse_foreign(connection: Any, names: set[str]) -> None:
    if not names:
        raise Refused(_("This file is empty, not a book. Choose a .crm file, or make a new book."))
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID or "alembic_version" not in names:
        raise Refused(_("This file is not a book of this program. Choose a .crm file."))
    for row in connection.execute("SELECT version_num FROM alembic_version").fetchall():
        migrate.refuse_newer(str(row[0]))


def _read(run: _Run, names: set[str] | None = None) -> Contents:
    counted = [name for name in COUNTED if names is None or name in names]
    counts = {name: int(run(f'SELECT count(*) FROM "{name}" WHERE deleted_at IS NULL')[0][0]) for name in counted}
    for at, who, label in run("SELECT at, who, label FROM unit ORDER BY n DESC LIMIT 1"):
        return Contents(counts, at, who, label)
    return Contents(counts, None, "", "")
