"""The lines of contact cards and calendars (RFC 6350, RFC 5545): folded, quoted, escaped, in blocks within blocks.

Phones and mail programs write them loosely: quoted-printable in old charsets, lines without an end, pictures in
between. What is not understood is passed over.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crm_app.files.card_writing import UID_END
from crm_app.files.csv_text import decode
from crm_app.files.unreadable import Unreadable

MOST = 50_000
"""Cards or events in one file."""
_LONGEST_VALUE = 10_000
_PART = re.compile(r"(?:^|;)((?:\\.|[^;\\]|\\$)*)", re.S)
"""A part of a value that has several; what a backslash stands before ends none."""
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True)
class Line:
    """``GROUP.NAME;PARAMETERS:value``, the value unescaped only by who knows its parts."""

    name: str
    parameters: str
    value: str


def blocks(data: bytes, kinds: Sequence[str]) -> Iterator[tuple[str, list[Line]]]:
    """Yield kind and lines of each block of these kinds; what stands in a block within it (an alarm) is left out.

    Raise Unreadable where there are none or too many, UnknownEncoding.
    """
    block: list[Line] | None = None
    kind, inside, found = "", 0, 0
    for line in _lines(decode(data).replace("\0", "")):
        mark = line.value.strip().upper()
        if line.name == "BEGIN" and block is None and mark in kinds:
            kind, block, inside, found = mark, [], 0, found + 1
            if found > MOST:
                raise Unreadable("too_big")
        elif block is None:
            continue
        elif line.name == "BEGIN":
            inside += 1
        elif line.name == "END" and mark == kind:
            yield kind, block
            block = None
        elif line.name == "END":
            inside -= 1
        elif inside <= 0:
            block.append(line)
    if not found:
        raise Unreadable("no_card")


def _lines(text: str) -> Iterator[Line]:
    for whole in _unfolded(text):
        head, colon, value = _split(whole)
        if colon:
            name, _semicolon, parameters = head.partition(";")
            yield Line(name.rpartition(".")[2].strip().upper(), parameters.upper(), value)


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


def text_of(line: Line) -> str:
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


def plain(value: str) -> str:
    """Return a text without its escapes and the space around it."""
    return _ESCAPED.sub(lambda found: "\n" if found.group(1) in "nN" else found.group(1), value).strip()


def parts(line: Line) -> list[str]:
    """Return the parts of a value that has several, between semicolons that are not escaped."""
    return [plain(part) for part in _PART.findall(text_of(line))]


def first(block: list[Line], name: str) -> Line | None:
    """Return the first line of a name that says something."""
    return next((line for line in block if line.name == name and line.value.strip()), None)


def plain_first(block: list[Line], name: str) -> str | None:
    """Return what the first line of a name says, or None."""
    line = first(block, name)
    return (plain(text_of(line)) or None) if line else None


def own_id(block: list[Line], record: str) -> str | None:
    """Return the id of a record that a program of ours has written out; None for any other UID."""
    found = re.fullmatch(rf"{record}-([0-9a-f-]{{36}}){UID_END}", plain_first(block, "UID") or "")
    return found.group(1) if found else None
