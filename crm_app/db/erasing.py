"""The approved erasure of a person, in the book and in every copy of it that can be reached.

What clearing.py takes away inside one transaction is gone from the file once it is written anew. Copies are cleared
in the same way, each written beside, checked and renamed. One that is away is cleared when it is seen again: at the
start of the program, and after it was restored.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlcipher3 import dbapi2

from crm_app import clock
from crm_app.db import access, backup, backup_places, checking, clearing, durable, keys, merging, migrate, tables
from crm_app.db.book import Book
from crm_app.db.changes import Changes
from crm_app.db.copies import copies_in_reach
from crm_app.db.engine import connect, make_engine
from crm_app.db.reader import Reader
from crm_app.db.unit import Origin, Unit
from crm_app.domain.access import CONTACT, Act
from crm_app.domain.contacts import Contact
from crm_app.errors import CrmError, NotFound, Refused
from crm_app.i18n import N_, _

LABEL = N_("Erase a person, as approved")
_SWEPT = "swept_to"
_BESIDE = ".erasing"


@dataclass(frozen=True)
class Reached:
    """The copies that were cleared, those that are away, and those that could not be cleared, with the reason."""

    cleared: tuple[Path, ...] = ()
    absent: tuple[Path, ...] = ()
    failed: tuple[tuple[Path, str], ...] = ()


def erase(book: Book, contact_id: UUID, approval: str, chosen: Iterable[tuple[str, UUID]] = ()) -> Changes:
    """Erase a contact, with the entries merged into it, and note it; ``chosen`` are other rows that name the person.

    The file is not written anew yet: :func:`erase_again` does that and clears the copies. Raise NotFound, or Refused
    for one erased already.
    """
    with book.unit(_(LABEL), final=True) as unit:
        if clearing.is_erased(unit, contact_id):
            raise Refused(_("This person was erased already."))
        if unit.look_up(Contact, contact_id) is None:
            words = _("{kind}: it is not in this book. Its list shows what is there.")
            raise NotFound(words.format(kind=_(Contact.label)))
        at = clock.now_ms()
        entries = merging.entries_of_person(unit, contact_id)
        rows = dict.fromkeys([*((Contact.table, row) for row in entries), *chosen])
        _list(
            unit,
            [
                {"at": at, "who": book.who, "approval": approval, "table": table, "row": row.bytes}
                for table, row in rows
            ],
        )
        access.write(unit.connection, book.who, Act.ERASE.value, CONTACT, row=contact_id)
        return clearing.clear(unit)


def _list(unit: Unit, rows: Sequence[Mapping[str, Any]]) -> None:
    unit.connection.execute(insert(tables.erasure).on_conflict_do_nothing(index_elements=["row"]), list(rows))


def erase_again(book: Book) -> Reached:
    """Clear the book and its copies of everybody who was ever erased; quick where there is nothing to clear.

    For the program's start, after a restore, and after an erasure. Raise Refused where the disk does not take the
    file written anew; what was erased stays so, and the next call goes on.
    """
    with book.read() as reader:
        erased = reader.rows(select(tables.erasure).order_by(tables.erasure.c.n))
        if not erased:
            return Reached()
        known = clearing.still_to_clear(reader)
        swept = _swept_to(reader)
    if known:
        with book.unit(_(LABEL), final=True) as unit:
            clearing.clear(unit)
    last: int = erased[-1]["n"]
    if known or swept < last:
        book.write_anew()
        with book.write_outside_journal() as connection:
            statement = insert(tables.book_info).values(key=_SWEPT, value=str(last))
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": str(last)}))
    return _reach(book, erased)


def _swept_to(reader: Reader) -> int:
    info = tables.book_info
    return int(reader.connection.execute(select(info.c.value).where(info.c.key == _SWEPT)).scalar() or 0)


def copies_away(reader: Reader) -> list[Path]:
    """Return the backups that were made and are not where they were put, and that no erasure will reach now."""
    copy, last = tables.backup_copy, select(func.max(tables.erasure.c.n)).scalar_subquery()
    statement = select(copy.c.path).where(copy.c.gone_at.is_(None), copy.c.erased_to < func.coalesce(last, 1))
    return [path for path in map(Path, reader.connection.execute(statement).scalars()) if not path.is_file()]


def _reach(book: Book, erased: Sequence[Mapping[str, Any]]) -> Reached:
    _drop_leftovers(book.path)
    with book.read() as reader:
        there, away = copies_in_reach(book.path, reader), copies_away(reader)
    cleared: list[Path] = []
    failed: list[tuple[Path, str]] = []
    reached: list[str] = []
    for path in there:
        try:
            if clear_copy(path, book.key, erased, book.who):
                cleared.append(path)
            reached.append(str(path))
        except CrmError as error:
            failed.append((path, str(error)))
    if reached:
        copy = tables.backup_copy
        with book.write_outside_journal() as connection:
            connection.execute(update(copy).where(copy.c.path.in_(reached)).values(erased_to=erased[-1]["n"]))
    return Reached(tuple(cleared), tuple(away), tuple(failed))


def _drop_leftovers(book: Path) -> None:
    """Remove what a clearing that was cut off left beside a copy: it may hold what shall be gone."""
    ours = re.compile(rf"{re.escape(book.stem)}[-.].*{re.escape(_BESIDE)}\b.*")
    for folder in (book.parent, backup_places.backups_folder(book)):
        if folder.is_dir():
            for left in folder.iterdir():
                if ours.fullmatch(left.name):
                    left.unlink()


def clear_copy(path: Path, key: bytes | None, erased: Sequence[Mapping[str, Any]], who: str) -> bool:
    """Clear one copy of the persons in ``erased``; say whether it knew any of them.

    It is written beside, brought up to date, checked, and renamed. Raise Refused, leaving it as it is, where it
    cannot be read or written.
    """
    own_key = None if keys.is_plain(path) else key
    if path.with_name(path.name + "-wal").exists():
        # Kept byte for byte because no checked copy could be made; opening it would change it.
        raise Refused(_("It is damaged, or has another password."))
    try:
        if not _knows(path, own_key, [row["row"] for row in erased if row["table"] == Contact.table]):
            return False
        beside = path.with_name(path.name + _BESIDE)
        try:
            beside.touch(mode=0o600)
            shutil.copyfile(path, beside)
            _clear_file(beside, own_key, erased, who)
            os.chmod(beside, 0o600)
            backup.break_seal(path)
            durable.put(beside, path, "backup")
            backup.seal(path)
        finally:
            beside.unlink(missing_ok=True)
    except checking.NOT_A_DATABASE as error:
        raise Refused(_("It is damaged, or has another password.")) from error
    except dbapi2.DatabaseError as error:
        raise Refused(_("It is damaged, or has another password.")) from error
    except OSError as error:
        raise Refused(_("{path} cannot be written: {reason}").format(path=path, reason=error.strerror)) from error
    return True


def _knows(path: Path, key: bytes | None, persons: Sequence[bytes]) -> bool:
    raw = connect(path, key)
    try:
        known = raw.execute("SELECT id FROM contact WHERE name != '' OR deleted_at IS NULL").fetchall()
    finally:
        raw.close()
    return not {row[0] for row in known}.isdisjoint(persons)


def _clear_file(path: Path, key: bytes | None, erased: Sequence[Mapping[str, Any]], who: str) -> None:
    engine = make_engine(path, key, read_only=False)
    try:
        _bring_up_to_date(engine)
        with Unit(engine, threading.Lock(), Origin(_origin_of(engine), who), _(LABEL), final=True) as unit:
            _list(unit, [{name: value for name, value in row.items() if name != "n"} for row in erased])
            clearing.clear(unit)
    finally:
        engine.dispose()
    raw = connect(path, key)
    try:
        raw.execute("PRAGMA journal_mode = MEMORY")
        raw.execute("VACUUM")
        verdict = raw.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        raw.close()
    if verdict != "ok":
        raise Refused(_("It is damaged, or has another password."))


def _bring_up_to_date(engine: Engine) -> None:
    with engine.connect() as connection:
        # What it held before must not be left in a journal beside it.
        raw = connection.connection.dbapi_connection
        raw.execute("PRAGMA journal_mode = MEMORY")  # type: ignore[union-attr]
        revision = migrate.revision_of(connection)
        connection.rollback()
    migrate.refuse_newer(revision)
    if revision != migrate.HEAD:
        migrate.migrate(engine)


def _origin_of(engine: Engine) -> str:
    info = tables.book_info
    with engine.connect() as connection:
        found = connection.execute(select(info.c.value).where(info.c.key == "origin")).scalar_one()
        connection.rollback()
    return str(found)
