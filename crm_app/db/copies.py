"""Where copies of a book may stand: its backups, and what a migration or a restore kept of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import select

from crm_app.db import attachments, backup_places, checking, keys, tables
from crm_app.db.backup_places import backups_folder
from crm_app.db.engine import make_engine
from crm_app.db.reader import Reader
from crm_app.errors import Refused
from crm_app.i18n import _

__all__ = ["backups_folder", "copies_away", "copies_in_reach", "plain_of_others", "wanted_by"]


def copies_in_reach(book: Path, reader: Reader) -> list[Path]:
    """Return the copies of a book that are there now: beside it, in its backups, and wherever else one was made."""
    known = reader.connection.execute(select(tables.backup_copy.c.path)).scalars()
    folders = (book.parent, backups_folder(book))
    named = [folder / made.name for folder in folders for made in backup_places.names_in(book, folder)]
    # What earlier versions of the program kept before an upgrade.
    before = re.compile(rf"{re.escape(book.stem)}\.before-\w+{re.escape(book.suffix)}")
    named += [file for file in book.parent.iterdir() if before.fullmatch(file.name)]
    listed = [Path(path) for path in known]
    return sorted({file.absolute() for file in (*named, *listed) if file.is_file() and file != book})


def copies_away(reader: Reader) -> list[Path]:
    """Return the copies of a book on drives that are away; one that is gone from its folder is none."""
    copy = tables.backup_copy
    known = reader.connection.execute(select(copy.c.path).where(copy.c.gone_at.is_(None)).order_by(copy.c.path))
    return [path for path in map(Path, known.scalars()) if not path.parent.is_dir()]


def plain_of_others(book: Path, folder: Path, ours: Sequence[Path]) -> list[Path]:
    """Return the plain copies in a folder that another laptop put there, of its own book of the same name."""
    there = [(folder / made.name).absolute() for made in backup_places.names_in(book, folder)]
    return [copy for copy in there if copy not in ours and keys.is_plain(copy)]


def wanted_by(copies: Iterable[Path]) -> set[str]:
    """Return the SHA-256 of every attachment that plain copies name; raise Refused for one that cannot be read."""
    wanted: set[str] = set()
    for copy in copies:
        engine = make_engine(copy, None, read_only=True)
        try:
            with Reader(engine) as reader:
                wanted |= attachments.referenced(reader)
        except checking.NOT_A_DATABASE as error:
            words = _("This backup is damaged ({reason}): {path}. Take another one.")
            raise Refused(words.format(path=copy, reason=error)) from error
        finally:
            engine.dispose()
    return wanted
