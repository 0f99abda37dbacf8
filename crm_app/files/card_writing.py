"""Contact cards (vCard 3.0, RFC 2426) and calendars (iCalendar, RFC 5545) as phones and Outlook read them.

Times have no zone (RFC 5545, form 1): a business day and its hour are what the clock on the wall says, wherever one is.
The id of a record is its UID, so that a calendar read twice shows it once, and our own reader finds it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from crm_app.domain import people

_LONGEST_LINE = 75
"""Octets, without the line's end; a longer one is folded."""
_PRODUCT = "-//Outreach CRM//ZH"
_HOUR = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
UID_END = "@outreach-crm"
"""What our own UIDs end with; before it stands what the record is, and its id: ``visit-0193…@outreach-crm``."""

PROJECT, ENTERPRISE = "X-OUTREACH-PROJECT", "X-OUTREACH-ENTERPRISE"
"""Lines of our own (RFC 5545, 3.8.8.2), which others pass over: the project or enterprise an entry belongs to."""


@dataclass(frozen=True)
class Card:
    """A person as a card says it; what is empty is left out."""

    id: UUID
    name: str
    enterprise: str = ""
    title: str = ""
    phone: str = ""
    mail: str = ""
    address: str = ""
    also: tuple[str, ...] = ()
    """Further numbers, as they are to be read."""
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """Something of a calendar: an event of days or with an hour, or (``todo``) what is due by its day."""

    id: UUID
    record: str
    summary: str
    on: date
    until: date | None = None
    time: str = ""
    text: str = ""
    place: str = ""
    todo: bool = False
    done_on: date | None = None
    project: str = ""
    enterprise: str = ""


def cards(people_of: Iterable[Card]) -> Iterator[bytes]:
    """Yield the bytes of a .vcf, card by card."""
    for one in people_of:
        yield _block("VCARD", ["VERSION:3.0", f"UID:contact-{one.id}{UID_END}", *_card(one)])


def calendar(entries: Iterable[Entry], stamp: datetime) -> Iterator[bytes]:
    """Yield the bytes of an .ics; ``stamp`` is when it was made, in UTC."""
    yield _lines(["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN"])
    for one in entries:
        head = [f"UID:{one.record}-{one.id}{UID_END}", f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"]
        yield _block("VTODO" if one.todo else "VEVENT", [*head, *(_todo(one) if one.todo else _event(one))])
    yield _lines(["END:VCALENDAR"])


def _card(one: Card) -> Iterator[str]:
    family = people.surname(one.name)
    yield f"N:{_escaped(family)};{_escaped(one.name.removeprefix(family))};;;"
    yield f"FN:{_escaped(one.name)}"
    if one.enterprise:
        yield f"ORG:{_escaped(one.enterprise)}"
    if one.title:
        yield f"TITLE:{_escaped(one.title)}"
    for number in filter(None, (one.phone, *one.also)):
        kind = "CELL" if re.fullmatch(r"(\+86)?1[3-9]\d{9}", number.replace(" ", "")) else "WORK"
        yield f"TEL;TYPE={kind}:{_escaped(number)}"
    if one.mail:
        yield f"{'EMAIL' if '@' in one.mail else 'X-WECHAT'}:{_escaped(one.mail)}"
    if one.address:
        yield f"ADR;TYPE=WORK:;;{_escaped(one.address)};;;;"
    if one.note:
        yield f"NOTE:{_escaped(one.note)}"


def _event(one: Entry) -> Iterator[str]:
    hour = _HOUR.match(one.time)
    if hour:
        yield f"DTSTART:{one.on:%Y%m%d}T{int(hour[1]):02}{hour[2]}00"
    else:
        yield f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}"
        # The end of days is the day after the last.
        yield f"DTEND;VALUE=DATE:{(one.until or one.on) + timedelta(days=1):%Y%m%d}"
    yield from _words(one)


def _todo(one: Entry) -> Iterator[str]:
    yield f"DUE;VALUE=DATE:{one.on:%Y%m%d}"
    if one.done_on:
        yield "STATUS:COMPLETED"
        yield f"COMPLETED:{one.done_on:%Y%m%d}T000000Z"
    yield from _words(one)


def _words(one: Entry) -> Iterator[str]:
    yield f"SUMMARY:{_escaped(one.summary)}"
    if one.text:
        yield f"DESCRIPTION:{_escaped(one.text)}"
    if one.place:
        yield f"LOCATION:{_escaped(one.place)}"
    if one.project:
        yield f"{PROJECT}:{_escaped(one.project)}"
    if one.enterprise:
        yield f"{ENTERPRISE}:{_escaped(one.enterprise)}"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"\r\n|\r|\n", r"\\n", text)


def _block(name: str, lines: Iterable[str]) -> bytes:
    return _lines([f"BEGIN:{name}", *lines, f"END:{name}"])


def _lines(lines: Iterable[str]) -> bytes:
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _folded(line: str) -> bytes:
    """Fold a line at 75 octets, never within a character; a line that goes on begins with a space."""
    if len(whole := line.encode("utf-8")) <= _LONGEST_LINE:
        return whole
    pieces, piece = [], b""
    for char in line:
        octets = char.encode("utf-8")
        if len(piece) + len(octets) > _LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece])
