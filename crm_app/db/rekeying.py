"""Writing the file of a book anew under another key, or in the clear, and proving that nothing was lost on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crm_app.db.engine import PAGE, connect
from crm_app.errors import CrmError, Refused
from crm_app.i18n import _
from crm_app.progress import Report

_STEPS_BETWEEN_NEWS = 200_000
"""Instructions of SQLite's machine, some milliseconds of them."""


def remove(file: Path) -> None:
    """Remove a half-written book with what SQLite may have put beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def convert(source: Path, source_key: bytes | None, target: Path, target_key: bytes | None, progress: Report) -> Path:
    """Write the book ``source`` to ``target`` under another key (None: in the clear), and check it.

    Raise Refused where it cannot be written or does not agree with its source, and what ``progress`` raises; nothing
    is left then.
    """
    try:
        remove(target)
        target.touch(mode=0o600)
        _export(source, source_key, target, target_key, progress)
        differs = _difference(source, source_key, target, target_key)
    except OSError as error:
        remove(target)
        raise _refused(source, error.strerror or str(error)) from error
    except dbapi2.DatabaseError as error:
        remove(target)
        raise _refused(source, str(error)) from error
    except BaseException:
        remove(target)
        raise
    if differs:
        remove(target)
        raise _refused(source, differs)
    return target


def _refused(source: Path, reason: str) -> Refused:
    words = _("{path} could not be copied whole and sound ({reason}); nothing was changed.")
    return Refused(words.format(path=source, reason=reason))


def _export(source: Path, source_key: bytes | None, target: Path, target_key: bytes | None, progress: Report) -> None:
    total = source.stat().st_size
    words = _("Encrypting {name}") if target_key is not None else _("Decrypting {name}")
    stopped: list[CrmError] = []

    def news() -> int:
        try:
            progress(min(target.stat().st_size, total), total, words.format(name=source.name))
        except CrmError as error:
            # SQLite cannot carry it through: it is told to stop, and the error goes on from here.
            stopped.append(error)
            return 1
        return 0

    connection = connect(source, source_key)
    try:
        raw_key = "" if target_key is None else f"x'{target_key.hex()}'"
        connection.execute("ATTACH DATABASE ? AS converted KEY ?", (str(target), raw_key))
        if target_key is None:
            connection.execute(f"PRAGMA converted.page_size = {PAGE}")
        # Nobody reads the copy before it is whole, checked and synced (durable.py).
        connection.execute("PRAGMA converted.journal_mode = OFF")
        connection.execute("PRAGMA converted.synchronous = OFF")
        news()
        if not stopped:
            connection.set_progress_handler(news, _STEPS_BETWEEN_NEWS)
            connection.execute("SELECT sqlcipher_export('converted')").fetchall()
            connection.set_progress_handler(None, 0)
            for pragma in ("user_version", "application_id"):
                value = connection.execute(f"PRAGMA main.{pragma}").fetchone()[0]
                connection.execute(f"PRAGMA converted.{pragma} = {value}")
            news()
    except dbapi2.OperationalError:
        if not stopped:
            raise
    finally:
        connection.close()
    if stopped:
        raise stopped[0]


def _difference(source: Path, source_key: bytes | None, target: Path, target_key: bytes | None) -> str:
    """Return in what a converted copy is damaged or differs from its source; empty where it does not."""
    converted = connect(target, target_key)
    try:
        verdict = [row[0] for row in converted.execute("PRAGMA integrity_check")]
        if verdict != ["ok"]:
            return str(verdict[0])
        broken = converted.execute("PRAGMA cipher_integrity_check").fetchone() if target_key is not None else None
        if broken is not None:
            return str(broken[0])
        original = connect(source, source_key)
        try:
            return "" if _outline(original) == _outline(converted) else "rows"
        finally:
            original.close()
    finally:
        converted.close()


def _outline(connection: Any) -> list[Any]:
    """Return a file's marks, its schema, and how many rows each table has, those of the search index included."""
    schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    marks = [connection.execute(f"PRAGMA {one}").fetchone()[0] for one in ("user_version", "application_id")]
    tables = [row[1] for row in schema if row[0] == "table"]
    return [*marks, schema, [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables]]
