"""Verified copies of a book, by SQLite's online backup: a plain file copy would miss what stands in the WAL."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlcipher3 import dbapi2

from crm_app.db import durable, keys
from crm_app.db.engine import connect
from crm_app.errors import Refused
from crm_app.i18n import _


def copy(source: Path, target: Path, key: bytes | None) -> Path:
    """Copy the book ``source`` to ``target``, check the copy, and return it; written whole or not at all.

    The copy has the same data key, and its keys file beside it. Raise Refused where the copy does not pass SQLite's
    own check.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
    except OSError as error:
        raise _cannot_write(target, error) from error
    from_book, to_book = connect(source, key), connect(partial, key)
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
    try:
        if key is not None:
            keys.write(target, keys.read(source))
        durable.put(partial, target, "backup")
    except OSError as error:
        raise _cannot_write(target, error) from error
    return target


def keep_bytes(source: Path, target: Path) -> Path:
    """Copy a book no checked copy can be made of, byte for byte with its WAL, and return the copy."""
    try:
        for suffix in ("", "-wal", "-keys"):
            part = source.with_name(source.name + suffix)
            if part.is_file():
                shutil.copy2(part, target.with_name(target.name + suffix))
    except OSError as error:
        raise _cannot_write(target, error) from error
    return target


def _cannot_write(path: Path, error: OSError) -> Refused:
    return Refused(_("{path} cannot be written: {reason}").format(path=path, reason=error.strerror))
