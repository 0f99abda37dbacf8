"""Contact cards (vCard 2.1 to 4.0, RFC 6350) and calendars (iCalendar, RFC 5545) as rows the importer knows.

Phones and mail programs write them loosely: quoted-printable in old charsets, lines without an end, pictures in
between. What is not understood is passed over; what is understood stands under the headers of an office's ledger.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from crm_app.domain.import_headers import ROW_ID
from crm_app.files.card_writing import UID_END
from crm_app.files.cells import Cell
from crm_app.files.csv_text import decode
from crm_app.files.unreadable import Unreadable

CONTACT_HEADERS = ("企业名称", "联系人", "职务", "联系电话", "电子邮箱", "地址", ROW_ID)
EVENT_HEADERS = ("拜访日期", "时段", "企业名称", "洽谈内容", "地点", ROW_ID)
MOST = 50_000
"""Cards or events in one file."""
_LONGEST_VALUE = 10_000
_ESCAPED = re.compile(r"\\([\\;,nN])")
_VISIT = re.compile(r"\s*(?:拜访|走访|会见|接待|考察)[:：\s]*(.+)")
"""A calendar entry that says whom one visits: 拜访 渝能电池."""


@dataclass(frozen=True)
class _Line:
    """``GROUP.NAME;PARAMETERS:value``, the value unescaped only by who knows its parts."""

    name: str
    parameters: str
    value: str


def read_contacts(data: bytes) -> Iterator[list[Cell]]:
    """Yield the headers and a row for each card; raise Unreadable, or UnknownEncoding."""
    yield list(CONTACT_HEADERS)
    for card in _blocks(data, "VCARD"):
        yield _contact(card)


def read_events(data: bytes) -> Iterator[list[Cell]]:
    """Yield the headers and a row for each event; raise Unreadable, or UnknownEncoding."""
    yield list(EVENT_HEADERS)
    for event in _blocks(data, "VEVENT"):
        uid = _plain_first(event, "UID") or ""
        # Of our own calendars visits alone come back: trips and follow-ups are none.
        if not uid.endswith(UID_END) or _own_id(event, "visit"):
            yield _event(event)


def _blocks(data: bytes, kind: str) -> Iterator[list[_Line]]:
    """Yield the lines of each block of a kind; what stands in a block within it (an alarm) is left out."""
    block: list[_Line] | None = None
    inside = found = 0
    for line in _lines(decode(data).replace("\0", "")):
        mark = line.value.strip().upper()
        if line.name == "BEGIN" and block is None and mark == kind:
            block, inside, found = [], 0, found + 1
            if found > MOST:
                raise Unreadable("too_big")
        elif block is None:
            continue
        elif line.name == "BEGIN":
            inside += 1
        elif line.name == "END" and mark == kind:
            yield block
            block = None
        elif line.name == "END":
            inside -= 1
        elif inside <= 0:
            block.append(line)
    if not found:
        raise Unreadable("no_card")


def _lines(text: str) -> Iterator[_Line]:
    for whole in _unfolded(text):
        head, colon, value = _split(whole)
        if colon:
            name, _semicolon, parameters = head.partition(";")
            yield _Line(name.rpartition(".")[2].strip().upper(), parameters.upper(), value)


def _unfolded(text: str) -> Iterator[str]:
    """Yield whole lines: a line that begins with a blank continues the one before, as does one behind “=”."""
    held: list[str] = []
    for line in re.split(r"\r\n|\r|\n", text):
        soft = bool(held) and held[-1].endswith("=") and "QUOTED-PRINTABLE" in held[0].upper()
        if soft:
            held[-1] = held[-1][:-1]
            held.append(line)
        elif held and line[:1] in (" ", "\t"):
            held.append(line[1:])
        else:
            if held:
                yield "".join(held)
            held = [line]
    yield "".join(held)


def _split(line: str) -> tuple[str, str, str]:
    """Split at the first colon that stands in no quotes."""
    quoted = False
    for place, character in enumerate(line[:_LONGEST_VALUE]):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _text(line: _Line) -> str:
    """Return a value's text, still escaped: quoted-printable in the charset its line names."""
    value = line.value[: _LONGEST_VALUE * 3]
    if "QUOTED-PRINTABLE" in line.parameters:
        named = re.search(r"CHARSET=\"?([A-Z0-9_-]+)", line.parameters)
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        try:
            value = raw.decode(named.group(1) if named else "utf-8", "replace")
        except (LookupError, UnicodeError):
            value = raw.decode("utf-8", "replace")
    return value[:_LONGEST_VALUE]


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found.group(1) in "nN" else found.group(1), value).strip()


def _parts(line: _Line) -> list[str]:
    """Return the parts of a value that has several, between semicolons that are not escaped."""
    return [_plain(part) for part in re.split(r"(?<!\\);", _text(line))]


def _first(block: list[_Line], name: str) -> _Line | None:
    return next((line for line in block if line.name == name and line.value.strip()), None)


def _plain_first(block: list[_Line], name: str) -> str | None:
    line = _first(block, name)
    return (_plain(_text(line)) or None) if line else None


def _contact(block: list[_Line]) -> list[Cell]:
    organisation = _first(block, "ORG")
    address = _first(block, "ADR")
    return [
        (_parts(organisation)[0] or None) if organisation else None,
        _plain_first(block, "FN") or _name(block),
        _plain_first(block, "TITLE"),
        _phone(block),
        _plain_first(block, "EMAIL") or _plain_first(block, "X-WECHAT"),
        _address(_parts(address)) if address else None,
        _own_id(block, "contact"),
    ]


def _own_id(block: list[_Line], record: str) -> str | None:
    """Return the id of a record that a program of ours has written out; None for any other UID."""
    found = re.fullmatch(rf"{record}-([0-9a-f-]{{36}}){UID_END}", _plain_first(block, "UID") or "")
    return found.group(1) if found else None


def _name(block: list[_Line]) -> str | None:
    line = _first(block, "N")
    if line is None:
        return None
    family, given, *_rest = [*_parts(line), "", ""]
    foreign = (family + given).isascii()
    return (f"{given} {family}".strip() if foreign else family + given) or None


def _phone(block: list[_Line]) -> str | None:
    """Return the mobile number, else the first one; a URI (``tel:``) without its scheme."""
    lines = [line for line in block if line.name == "TEL" and line.value.strip()]
    lines.sort(key=lambda line: "CELL" not in line.parameters)
    return _plain(_text(lines[0])).removeprefix("tel:") if lines else None


def _address(parts: list[str]) -> str | None:
    """Join post box, extension, street, city, region, code, country, from the large to the small."""
    box, extension, street, city, region, _code, country, *_rest = [*parts, *[""] * 7]
    found = [part for part in (country, region, city, street, extension, box) if part]
    return ("" if any(not part.isascii() for part in found) else " ").join(found) or None


def _event(block: list[_Line]) -> list[Cell]:
    start = _first(block, "DTSTART")
    day, time = _moment(start) if start else (None, None)
    summary = _plain_first(block, "SUMMARY")
    visited = _VISIT.fullmatch(summary) if summary else None
    own = _own_id(block, "visit")
    told = "\n".join(text for text in (None if own else summary, _plain_first(block, "DESCRIPTION")) if text)
    whom = visited.group(1).strip() if visited else None
    return [day, time, whom, told or None, _plain_first(block, "LOCATION"), own]


def _moment(line: _Line) -> tuple[date | None, str | None]:
    """Return the day and the time on the wall; UTC is brought to the laptop's zone, other zones are taken as local."""
    found = re.fullmatch(r"(\d{8})(?:T(\d{4})(?:\d\d)?(Z?))?", line.value.strip().upper())
    if not found:
        return None, None
    try:
        if not found.group(2):
            return datetime.strptime(found.group(1), "%Y%m%d").replace(tzinfo=UTC).date(), None
        moment = datetime.strptime(found.group(1) + found.group(2), "%Y%m%d%H%M").replace(tzinfo=UTC)
        local = moment.astimezone() if found.group(3) else moment
    except (ValueError, OverflowError):
        return None, None
    return local.date(), f"{local:%H:%M}"
