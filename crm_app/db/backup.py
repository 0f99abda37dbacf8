"""Verified copies of a book, by SQLite's online backup: a plain file copy would miss what stands in the WAL."""

from __future__ import annotations

import os
from pathlib import Path

from sqlcipher3 import dbapi2

from crm_app.errors import Refused
from crm_app.i18n import _


def copy(source: Path, target: Path) -> Path:
    """Copy the book ``source`` to ``target``, check the copy, and return it; written whole or not at all.

    Raise Refused where the copy does not pass SQLite's own check.
    """
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    from_book, to_book = dbapi2.connect(str(source)), dbapi2.connect(str(partial))
    try:
        from_book.backup(to_book)
        # A copy is one file: in WAL mode it would want two more beside it.
        to_book.execute("PRAGMA journal_mode = DELETE")
        verdict = to_book.execute("PRAGMA integrity_check").fetchone()[0]
    except dbapi2.DatabaseError as error:
        verdict = str(error)
    finally:
        to_book.close()
        from_book.close()
    if verdict != "ok":
        partial.unlink()
        words = _("{path} could not be copied whole and sound ({reason}); nothing was changed.")
        raise Refused(words.format(path=source, reason=verdict))
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    return target
