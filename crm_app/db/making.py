"""Making a new book: its file is made whole beside its place, its keys are written, and one rename puts it there.

A kill before the rename leaves no book, and what it leaves beside is cleared away by whoever makes or opens one next.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert

from crm_app.db import durable, keys, migrate, tables
from crm_app.db.engine import PAGE, make_engine
from crm_app.db.ids import new_id


def _making(book: Path) -> Path:
    return book.with_name(book.name + ".making")


def make(book: Path, slots: keys.KeySlots | None, key: bytes | None) -> None:
    """Make the file of a new book, encrypted from its first byte where a key is given; its lock is held.

    Raise OSError or SQLite's own errors, leaving nothing.
    """
    partial = _making(book)
    try:
        if slots is not None:
            keys.write(partial, slots)
        partial.touch(mode=0o600)
        _fill(partial, key)
        if slots is not None:
            keys.write(book, slots)
        durable.put(partial, book, "new")
    finally:
        clear_interrupted(book)


def _fill(partial: Path, key: bytes | None) -> None:
    engine = make_engine(partial, key, read_only=False)
    try:
        if key is None:
            _set_page(engine)
        migrate.migrate(engine)
        with engine.begin() as connection:
            connection.execute(insert(tables.book_info).values(key="origin", value=str(new_id())))
    finally:
        engine.dispose()


def _set_page(engine: Engine) -> None:
    with engine.connect() as connection:
        # No effect inside a transaction, therefore past SQLAlchemy's BEGIN.
        raw: Any = connection.connection.dbapi_connection
        raw.execute(f"PRAGMA page_size = {PAGE}")


def clear_interrupted(book: Path) -> None:
    """Remove what a making that did not come to its end left; keys without a book only where they are that one's."""
    partial = _making(book)
    own, left = keys.keys_file(book), keys.keys_file(partial)
    if left.exists():
        if own.exists() and not book.exists() and own.read_bytes() == left.read_bytes():
            own.unlink()
        keys.partial_of(partial).unlink(missing_ok=True)
        left.unlink()
    for suffix in ("", "-journal", "-wal", "-shm"):
        partial.with_name(partial.name + suffix).unlink(missing_ok=True)
