"""Contacts as cards for the phone, and what has a day as a calendar."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.db import exports
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.domain import phones
from crm_app.domain.contacts import ERASED, Contact, Position
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip
from crm_app.domain.visits import Reception, Visit
from crm_app.errors import BadInput, Refused
from crm_app.files import card_writing
from crm_app.files.card_writing import Card, Entry
from crm_app.files.writing import whole_file
from crm_app.i18n import _
from crm_app.services.exports.noting import note

SUFFIXES = {
    ".vcf": ("contacts",),
    ".ics": ("visits", "receptions", "follow_ups", "tasks", "trips"),
}
"""Other kinds of file than sheets, and what can be written as one."""

Row = Sequence[Any]


def export_cards(book: Book, kind: str, out_path: Path, *, personal: bool = False) -> int:
    """Write contacts as .vcf, or visits, receptions, follow-ups, next steps or trips as .ics, and return how many.

    A number that would go out masked is of no use to a phone and left out, unless ``personal``, as are mail and numbers
    in texts. Raise BadInput for another kind of record, Refused where the file cannot be written.
    """
    suffix = out_path.suffix.lower()
    if kind not in SUFFIXES[suffix]:
        known = _(", ").join(SUFFIXES[suffix])
        raise BadInput(_("Only these are written as {suffix}: {known}.").format(suffix=suffix, known=known))
    record_type: type[Record] = Contact if suffix == ".vcf" else _ENTRIES[kind][0]
    with book.read() as reader:
        total, _filled = exports.count(reader, record_type)
        note(book, kind, total, personal=personal)
        if suffix == ".vcf":
            pieces = card_writing.cards(_cards(reader, personal=personal))
            extra = 0
        else:
            stamp = datetime.fromtimestamp(clock.now_ms() // 1000, UTC)
            pieces = card_writing.calendar(_entries(reader, kind, personal=personal), stamp)
            extra = 2
        return _write(out_path, pieces, total, extra)


def _write(path: Path, pieces: Iterable[bytes], total: int, extra: int) -> int:
    """Write the pieces, ``extra`` of them no record; raise Refused where they are not as many as the book holds."""
    with whole_file(path) as beside:
        n = -extra
        with beside.open("wb") as file:
            for piece in pieces:
                file.write(piece)
                n += 1
        if n != total:
            raise Refused(
                _("{n} rows were read where the book holds {total}: nothing was written. Check the book.").format(
                    n=n, total=total
                )
            )
        return n


def _cards(reader: Reader, *, personal: bool) -> Iterator[Card]:
    """Yield a card for each contact: of several posts the first, for a card names one enterprise."""
    place = f"{Position.table}:enterprise_id"
    paths = ("name", "phone", "email", "note", f"{place}.name", f"{Position.table}:title", f"{place}.address")
    last = b""
    for row in chain.from_iterable(exports.whole(reader, Contact, paths, Position)):
        if row[0] == last:
            continue
        last, name, phone, mail, note, enterprise, title, address = row
        shown = _phone(phone, personal=personal) if phone else ""
        told = _told(personal)
        yield Card(
            UUID(bytes=last),
            told(name or _(ERASED)),
            told(enterprise or ""),
            told(title or ""),
            shown,
            mail or "" if personal else "",
            told(address or ""),
            _further(note) if personal and note else (),
            note or "" if personal else "",
        )


def _further(note: str) -> tuple[str, ...]:
    """Return the numbers that stand by themselves in a note: a contact has one, further ones are kept there."""
    return tuple(part.strip() for part in re.split(r"[,，;；、\n]+", note) if phones.looks_like(part))


def _phone(stored: str, *, personal: bool) -> str:
    if not personal and "*" in phones.mask(stored):
        return ""
    return phones.show(stored) if ";ext=" in stored else stored


def _told(personal: bool) -> Callable[[str], str]:
    return str if personal else phones.mask_all


def _entries(reader: Reader, kind: str, *, personal: bool) -> Iterator[Entry]:
    record_type, paths, make = _ENTRIES[kind]
    told = _told(personal)
    for row_id, *values in chain.from_iterable(exports.whole(reader, record_type, paths)):
        texts = [told(value) if isinstance(value, str) else "" for value in values]
        yield make(UUID(bytes=row_id), *texts)


def _visit(row_id: UUID, on: str, enterprise: str, time: str, talk: str, place: str) -> Entry:
    summary = f"拜访：{enterprise}"
    return Entry(row_id, Visit.table, summary, date.fromisoformat(on), None, time, talk, place)


def _reception(row_id: UUID, on: str, guests: str, enterprise: str, time: str, result: str, sites: str) -> Entry:
    summary, day = f"接待：{guests}", date.fromisoformat(on)
    shown = "、".join(json.loads(sites)) if sites else ""
    return Entry(row_id, Reception.table, summary, day, None, time, result, shown, enterprise=enterprise)


def _follow_up(row_id: UUID, on: str, enterprise: str, time: str, mode: str, content: str, project: str) -> Entry:
    summary = f"跟进({mode})：{enterprise}" if enterprise else f"跟进({mode})"
    return Entry(row_id, FollowUp.table, summary, date.fromisoformat(on), None, time, content, project=project)


def _task(row_id: UUID, due: str, enterprise: str, what: str, done_on: str, project: str) -> Entry:
    done, day = date.fromisoformat(done_on) if done_on else None, date.fromisoformat(due)
    return Entry(row_id, Task.table, what, day, text=enterprise, todo=True, done_on=done, project=project)


def _trip(row_id: UUID, start_on: str, end_on: str, title: str, purpose: str) -> Entry:
    return Entry(row_id, Trip.table, title, date.fromisoformat(start_on), date.fromisoformat(end_on), text=purpose)


_ENTRIES: dict[str, tuple[type[Record], tuple[str, ...], Callable[..., Entry]]] = {
    "visits": (Visit, ("on", "enterprise_id.name", "time", "talk", "place"), _visit),
    "receptions": (Reception, ("on", "guests", "enterprise_id.name", "time", "result", "sites"), _reception),
    "follow_ups": (FollowUp, ("on", "enterprise_id.name", "time", "mode", "content", "project_id.name"), _follow_up),
    "tasks": (Task, ("due", "enterprise_id.name", "what", "done_on", "project_id.name"), _task),
    "trips": (Trip, ("start_on", "end_on", "title", "purpose"), _trip),
}
