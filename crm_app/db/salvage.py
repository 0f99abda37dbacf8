"""Salvaging a damaged book: what can be read goes into a new book beside it, and what could not is told.

The damaged file is opened for reading alone. The new book is built under a passing name, made whole (mending.py),
indexed and checked, and only then gets its own.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crm_app.db import attachments, durable, gleaning, keys, mending, opening, search_index, tables, triggers
from crm_app.db.book import Book
from crm_app.db.engine import connect
from crm_app.db.gleaning import Gleaned
from crm_app.db.lock import BookLock
from crm_app.db.pages import Pages
from crm_app.db.reader import Borrowed
from crm_app.domain.fields import derived_columns
from crm_app.domain.records import RECORDS
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.progress import Report

_SPARE_UNITS = 1000
"""A unit's number beyond what the journal can have reached is itself damage."""


@dataclass
class Salvaged:
    """What became of a damaged book."""

    path: Path
    pages: int = 0
    unreadable: int = 0
    """Pages in all, and those that could not be read."""
    kept: dict[str, int] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    """Records by table; lost are those the journal, or a reference, still knows of."""
    torn: int = 0
    """Rows on readable pages that could not be read."""
    mended: Counter[str] = field(default_factory=Counter)
    """By table, records some of whose values could not be read."""
    cleared: Counter[tuple[str, str]] = field(default_factory=Counter)
    stand_ins: dict[str, int] = field(default_factory=dict)
    changes_lost: int = 0
    units_final: int = 0
    """Journal entries that are gone, and units that can no longer be undone because of it."""
    contents: set[str] = field(default_factory=set)
    attachments_lost: int = 0
    """What attachments name by SHA-256, and how many of these files are missing or damaged."""


def salvage(source: Path, key: bytes | None, target: Path, progress: Report) -> Salvaged:
    """Make ``target`` of what can be read of the book ``source``; ``key``: its data key, None for a plain book.

    Raise Refused where nothing can be read, the source is open elsewhere or the target stands, and what ``progress``
    raises; nothing is left then.
    """
    if target.exists():
        raise Refused(_("There is already a file {path}. Choose another name.").format(path=target))
    slots = keys.read(source) if key is not None else None
    lock = BookLock(source)
    died = lock.acquire()
    passing = target.with_name(target.name + ".partial")
    try:
        _remove(passing)
        made = opening.create(passing, slots, key)
        try:
            told = _fill(made, source, target, progress)
        finally:
            made.close()
        told.attachments_lost = _copy_attachments(source, target, key, told.contents, progress)
        if slots is not None:
            keys.write(target, slots)
        durable.put(passing, target, "salvage")
    except OSError as error:
        raise Refused(_("{path} cannot be written: {reason}").format(path=target, reason=error.strerror)) from error
    finally:
        _remove(passing)
        lock.release(leave_mark=died)
    return told


def _remove(book: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-keys", "-lock"):
        book.with_name(book.name + suffix).unlink(missing_ok=True)


def _fill(made: Book, source: Path, target: Path, progress: Report) -> Salvaged:
    told = Salvaged(target)
    connection = connect(made.path, made.key)
    pages = Pages(source, made.key)
    try:
        columns = {name: gleaning.columns_in(connection, name) for name in gleaning.WANTED}
        found = gleaning.glean(pages, columns, _named(progress, _("Reading what can be read")))
        told.pages, told.unreadable, told.torn = pages.count, len(found.unreadable), found.torn
        if not any(found.rows[name] for name in tables.RECORD_TABLES):
            raise Refused(_("Nothing in {path} can be read. Restore a backup.").format(path=source))
        newest = _write_rows(connection, found, told, _named(progress, _("Writing the new book")))
    finally:
        pages.close()
        connection.close()
    with made.unit(_("Salvaged from a damaged book"), final=True) as unit:
        done = mending.mend(unit, newest)
        unit.commit()
    told.cleared, told.stand_ins = done.cleared, {name: len(ids) for name, ids in done.stand_ins.items()}
    with made.write_outside_journal() as writing:
        search_index.rebuild(Borrowed(writing))
    with made.read() as reader:
        told.contents = attachments.referenced(reader)
    return told


def _copy_attachments(source: Path, target: Path, key: bytes | None, contents: set[str], progress: Report) -> int:
    """Copy the files of attachments to the new book's folder; return how many are missing or damaged.

    A damaged one is copied too: what is left of a photo may still be seen.
    """
    names = {attachments.name_of(key, one) for one in contents}
    there, to = attachments.folder(source), attachments.folder(target)
    found = [there / name for name in sorted(names) if (there / name).is_file()]
    if found:
        to.mkdir(mode=0o700, exist_ok=True)
    for done, file in enumerate(found):
        progress(done, len(found), _("Copying attachments"))
        beside = to / (file.name + ".storing")
        shutil.copyfile(file, beside)
        beside.chmod(0o600)
        durable.put(beside, to / file.name, "attachment")
    return len(attachments.verify(target, key, contents))


def _named(progress: Report, words: str) -> Report:
    return lambda done, total, _words: progress(done, total, words)


def _write_rows(connection: Any, found: Gleaned, told: Salvaged, progress: Report) -> dict[bytes, dict[str, Any]]:
    """Write every row and the journal that holds for them; return what the journal last said of each lost record."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    statements = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    for name in triggers.expected():
        connection.execute(f'DROP TRIGGER "{name}"')
    there: dict[bytes, str] = {}
    for step, name in enumerate(tables.RECORD_TABLES):
        progress(step, len(tables.RECORD_TABLES), "")
        usable = [_usable(name, row) for row in found.rows[name]]
        told.mended[name] = found.mended[name] + sum(
            one is not None and one is not row for one, row in zip(usable, found.rows[name], strict=True)
        )
        written = _insert(connection, name, [_brought_up(name, row) for row in usable if row is not None])
        there |= dict.fromkeys((row["id"] for row in written), name)
        told.kept[name], told.torn = len(written), told.torn + len(found.rows[name]) - len(written)
    told.mended = +told.mended
    for name in ("draft", "access_log", "erasure", "backup_copy"):
        _insert(connection, name, found.rows[name])
    newest = _write_journal(connection, found, told, there)
    for statement in statements:
        connection.execute(statement)
    connection.execute("COMMIT")
    return newest


def _insert(connection: Any, table: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write rows one by one; return those the table took (damage may have broken what it asks of a row)."""
    known = {name for name, _type in gleaning.columns_in(connection, table)}
    written = []
    for row in rows:
        held = {name: value for name, value in row.items() if name in known}
        names = ", ".join(f'"{name}"' for name in held)
        marks = ", ".join("?" * len(held))
        try:
            connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(held.values()))
        except dbapi2.IntegrityError:
            continue
        written.append(row)
    return written


def _usable(table: str, row: dict[str, Any]) -> dict[str, Any] | None:
    """Return a row without the fields damage has left no value in; None where the record cannot be without one."""
    stored = {**dict.fromkeys(column.name for column in tables.RECORD_TABLES[table].columns), **row}
    for one in RECORDS[table].fields:
        try:
            value = one.kind.load(stored, one.name)
            if value is not None:
                one.kind.show(value)
        except (ValueError, TypeError, LookupError, OverflowError):
            if any(not tables.RECORD_TABLES[table].c[name].nullable for name in one.column_names()):
                return None
            row = {**row, **dict.fromkeys(one.column_names())}
    return row


def _brought_up(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with the derived fields that a book of an older program has no columns for."""
    record_type = RECORDS[table]
    derived = [name for one in record_type.fields if one.derived for name in one.column_names()]
    # A row that lost its name is not taken.
    whole = row.get("name") is None or all(name in row for name in derived)
    return row if whole else {**derived_columns(record_type, row), **row}


def _write_journal(
    connection: Any, found: Gleaned, told: Salvaged, there: dict[bytes, str]
) -> dict[bytes, dict[str, Any]]:
    """Write units and changes, numbered without a gap; a unit that lost a change can no longer be undone."""
    erased = {row["row"] for row in found.rows["erasure"]}
    most = 2 * len(found.rows["unit"]) + len(found.rows["change"]) + _SPARE_UNITS
    changes = sorted((one for one in found.rows["change"] if _is_change(one, most)), key=lambda one: one["n"])
    units = {one["n"]: one for one in found.rows["unit"] if 0 < one["n"] <= most}
    last = max([0, *units, *(one["unit"] for one in changes)])
    broken: set[int] = set()
    whole: set[int] = set()
    kept: list[dict[str, Any]] = []
    newest: dict[bytes, dict[str, Any]] = {}
    lost: dict[str, set[bytes]] = {name: set() for name in tables.RECORD_TABLES}
    before, unit_before = 0, 1
    for one in changes:
        if one["n"] != before + 1:
            told.changes_lost += one["n"] - before - 1
            broken.update(range(unit_before, one["unit"] + 1))
        before, unit_before = one["n"], one["unit"]
        if one["row"] in there or one["row"] in erased:
            kept.append(one)
            whole.add(one["unit"])
            continue
        lost[one["table"]].add(one["row"])
        broken.add(one["unit"])
        if one["op"] == "U":
            newest.setdefault(one["row"], {}).update(_as_stored(one["table"], json.loads(one["new"])))
    _write_units(connection, units, last, broken, whole, told)
    _insert(connection, "change", [{**one, "n": n} for n, one in enumerate(kept, 1)])
    told.lost = {name: len(ids) for name, ids in lost.items() if ids}
    return newest


def _is_change(one: dict[str, Any], most: int) -> bool:
    if one.get("table") not in tables.RECORD_TABLES or not isinstance(one.get("unit"), int):
        return False
    if not 0 < one["unit"] <= most or not isinstance(one.get("row"), bytes):
        return False
    return one.get("op") == "I" or (one.get("op") == "U" and _is_object(one["old"]) and _is_object(one["new"]))


def _is_object(text: Any) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (TypeError, ValueError):
        return False


def _as_stored(table: str, told: dict[str, Any]) -> dict[str, Any]:
    blobs = {column.name for column in tables.RECORD_TABLES[table].columns if str(column.type) == "BLOB"}
    return {
        name: bytes.fromhex(value) if name in blobs and value is not None else value for name, value in told.items()
    }


def _write_units(
    connection: Any, units: dict[int, dict[str, Any]], last: int, broken: set[int], whole: set[int], told: Salvaged
) -> None:
    at = min((one["at"] for one in units.values() if isinstance(one.get("at"), int)), default=0)
    for n in range(1, last + 1):
        one = units.get(n) or {"n": n, "at": at, "who": "", "origin": "", "label": _("(lost by damage)"), "final": 1}
        at = one["at"]
        was_final = one.get("final") == 1 and n in units
        one["final"] = int(n in broken or n not in whole or bool(one.get("final")))
        told.units_final += one["final"] and not was_final
        _insert(connection, "unit", [one])
