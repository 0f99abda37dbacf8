"""The table of the texts of an .xlsx, read as far as it is asked for, and kept as it is written, in little memory."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, islice, takewhile
from pathlib import Path
from zipfile import ZipFile

_CHUNK = 1 << 20
_BEGIN = re.compile(rb"[^<]*(?:<\?xml[^<>]*>\s*)?<sst(?:\s[^<>]*)?(?<!/)>")
_TEXT = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<&\r]*)</t></si>')
_ANY = re.compile(rb"<si\s*/>|<si>.*?</si>", re.DOTALL)
_END = b"</si>"
_TRIMMED = tuple(edge % blank for edge in (b"<t>%c", b"%c</t>") for blank in b" \t\n")
"""Blanks at the edges of a text; they count only where the text says so (``xml:space``)."""

_REMEMBERED = 50_000


class _Known(dict[int, "str | None"]):
    """Texts that come again and again, worked out once."""

    def __init__(self, work_out: Callable[[int], str | None]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, number: int) -> str | None:
        self[number] = text = self._work_out(number)
        return text


class Unusual(Exception):
    """The file is written in a way this cannot read; the library may."""


class SharedTexts:
    """The texts by their numbers; one that is not written as most are is told as XML."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._texts = bytearray()
        self._ends = array("Q", [0])
        self._odd: dict[int, bytes] = {}
        self._more = self._chunks()
        self._newest: list[str | None] = []
        self._recent: list[str | None] = []
        """Those of the last two pieces of the table: a sheet names most texts in their order."""
        self._known = _Known(self._old)

    @property
    def has_odd(self) -> bool:
        """Say whether some are odd."""
        return bool(self._odd)

    def many(self, numbers: Sequence[int]) -> list[str | None]:
        """Return texts; None for those that are odd. Raise Unusual where the table does not say one."""
        needed = max(numbers, default=-1)
        found: list[str | None] = []
        # A piece at a time, so that each is asked while it is at hand.
        while needed + 1 >= len(self._ends):
            done = len(found)
            there = len(self._ends) - 1
            found += self._at_hand(list(takewhile(there.__gt__, numbers[done:])))
            self._take(next(self._more, None))
        return found + self._at_hand(numbers[len(found) :])

    def odd(self, number: int) -> bytes:
        """Return an odd one as it is written."""
        return self._odd[number]

    def _at_hand(self, numbers: Sequence[int]) -> list[str | None]:
        recent, known = self._recent, self._known
        first = len(self._ends) - 1 - len(recent)
        if len(known) > _REMEMBERED:
            known.clear()
        return [recent[number - first] if number >= first else known[number] for number in numbers]

    def _old(self, number: int) -> str | None:
        return None if number in self._odd else self._texts[self._ends[number] : self._ends[number + 1]].decode()

    def _take(self, chunk: bytes | None) -> None:
        if chunk is None:
            raise Unusual
        found = _TEXT.findall(chunk)
        if 4 * len(found) != chunk.count(b"<") or any(one in chunk for one in (b"_x", b"\0", *_TRIMMED)):
            found = self._each(chunk)
        last, there = self._ends[-1], len(self._ends) - 1
        self._texts += b"".join(found)
        self._ends.extend(islice(accumulate(map(len, found), initial=last), 1, None))
        newest: list[str | None] = [*b"\0".join(found).decode().split("\0")] if found else []
        for number in range(there, there + len(found)) if self._odd else ():
            if number in self._odd:
                newest[number - there] = None
        self._recent, self._newest = self._newest + newest, newest

    def _each(self, chunk: bytes) -> list[bytes]:
        """Take texts of which some are odd: drawn in several ways, with marks that stand for others."""
        if _ANY.sub(b"", chunk).strip():
            raise Unusual
        found: list[bytes] = []
        for one in _ANY.findall(chunk):
            usual = _TEXT.fullmatch(one)
            if usual is None or any(mark in one for mark in (b"_x", b"\0", *_TRIMMED)):
                self._odd[len(self._ends) - 1 + len(found)] = one
            found.append(b"" if usual is None or b"\0" in one else usual[1])
        return found

    def _chunks(self) -> Iterator[bytes]:
        """Yield the table in pieces that end where a text does."""
        with ZipFile(self._path) as packed, packed.open(self._name) as file:
            rest = file.read(_CHUNK)
            begun = _BEGIN.match(rest)
            if begun is None or (b"encoding=" in begun[0] and b"utf-8" not in begun[0].lower()):
                raise Unusual
            rest = rest[begun.end() :]
            while True:
                whole, end, rest = rest.rpartition(_END)
                if end:
                    yield whole + end
                chunk = file.read(_CHUNK)
                if not chunk:
                    return
                rest += chunk
