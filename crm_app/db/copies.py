"""Where copies of a book may stand: its backups, and what a migration or a restore kept of it."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import select

from crm_app.db import tables
from crm_app.db.reader import Reader


def backups_folder(book: Path) -> Path:
    """Return the folder beside a book where its automatic backups go."""
    return book.with_name(book.name + "-backups")


def copies_in_reach(book: Path, reader: Reader) -> list[Path]:
    """Return the copies of a book that are there now: beside it, in its backups, and wherever else one was made."""
    known = reader.connection.execute(select(tables.backup_copy.c.path)).scalars()
    ours = re.compile(rf"{re.escape(book.stem)}(-\d{{8}}-\d{{6}}(-\d+)?|\.before-\w+){re.escape(book.suffix)}")
    folders = [folder for folder in (book.parent, backups_folder(book)) if folder.is_dir()]
    beside = [file for folder in folders for file in folder.iterdir() if ours.fullmatch(file.name)]
    listed = [Path(path) for path in known]
    return sorted({file.absolute() for file in (*beside, *listed) if file.is_file() and file != book})
