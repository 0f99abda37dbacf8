"""The table of the texts of an .xlsx, read as far as it is asked for, and kept as it is written, in little memory."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path
from zipfile import ZipFile

_CHUNK = 1 << 20
_BEGIN = re.compile(rb"[^<]*(?:<\?xml[^<>]*>\s*)?<sst(?:\s[^<>]*)?(?<!/)>")
_BEFORE, _AFTER = b"<si><t>", b"</t></si>"
_KEPT, _KEPT_MARK = b'<t xml:space="preserve">', b"\x01"
"""Says that blanks around a text count, and stands for it while a piece is parted: no XML holds it."""
_HOW_SPOKEN = re.compile(rb"<phoneticPr\s[^<>]*/>")
"""What Chinese and Japanese spreadsheets say of every text beside it, of how its reading would be drawn."""
_ANY = re.compile(rb"<si\s*/>|<si>.*?</si>", re.DOTALL)
_END = b"</si>"
_ODD = (b"&", b"\r", b"_x", b"\0")
"""Marks in a text that stand for others."""
_BLANKS = b" \t\n"
"""What counts around a text only where it says so."""
_MAYBE_ODD = (*_ODD, _KEPT, *(edge % blank for edge in (b"<t>%c", b"%c</t>") for blank in _BLANKS))

_REMEMBERED = 50_000
_AT_HAND = 50_000
"""The newest texts of the table: a sheet names most of them in their order."""


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
        self._recent: list[str | None] = []
        self._known = _Known(self._old)

    @property
    def has_odd(self) -> bool:
        """Say whether some are odd."""
        return bool(self._odd)

    def many(self, numbers: Sequence[int]) -> list[str | None]:
        """Return texts; None for those that are odd. Raise Unusual where the table does not say one."""
        needed = max(numbers, default=-1)
        if min(numbers, default=0) < 0:
            raise Unusual
        while needed + 1 >= len(self._ends):
            self._take(next(self._more, None))
        recent, known = self._recent, self._known
        first = len(self._ends) - 1 - len(recent)
        if len(known) > _REMEMBERED:
            known.clear()
        return [recent[number - first] if number >= first else known[number] for number in numbers]

    def odd(self, number: int) -> bytes:
        """Return an odd one as it is written."""
        return self._odd[number]

    def _old(self, number: int) -> str | None:
        return None if number in self._odd else self._texts[self._ends[number] : self._ends[number + 1]].decode()

    def _take(self, chunk: bytes | None) -> None:
        if chunk is None:
            raise Unusual
        if b"<phoneticPr" in chunk:
            chunk = _HOW_SPOKEN.sub(b"", chunk)
        last, there = self._ends[-1], len(self._ends) - 1
        found = _parted(chunk)
        if found is None:
            found = [self._bare(number, one) for number, one in enumerate(_whole(chunk), there)]
        elif any(mark in chunk for mark in _MAYBE_ODD):
            found = [self._bare(number, _BEFORE + one + _AFTER) for number, one in enumerate(found, there)]
        self._texts += b"".join(found)
        self._ends.extend(islice(accumulate(map(len, found), initial=last), 1, None))
        newest: list[str | None] = [*b"\0".join(found).decode().split("\0")] if found else []
        for number in range(there, there + len(found)) if self._odd else ():
            if number in self._odd:
                newest[number - there] = None
        self._recent = (self._recent + newest)[-_AT_HAND:]

    def _bare(self, number: int, written: bytes) -> bytes:
        """Return a text; one that is drawn in several ways, or has marks that stand for others, is kept as odd."""
        text = written.removeprefix(_BEFORE).removesuffix(_AFTER)
        bare = text.removeprefix(_KEPT_MARK)
        if b"<" in bare or bare.strip(_BLANKS) != bare or any(mark in bare for mark in _ODD):
            self._odd[number] = written.replace(b"<t>" + _KEPT_MARK, _KEPT)
            return b""
        return bare

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


def _parted(chunk: bytes) -> list[bytes] | None:
    """Return texts that are each drawn in one way; None where one is not. Raise Unusual for what is no XML."""
    if _KEPT_MARK in chunk:
        raise Unusual
    chunk = chunk.replace(_KEPT, b"<t>" + _KEPT_MARK)
    if not (chunk.startswith(_BEFORE) and chunk.endswith(_AFTER)):
        return None
    found = chunk[len(_BEFORE) : -len(_AFTER)].split(_AFTER + _BEFORE)
    # Tags: four of a text.
    return found if chunk.count(b"<") == 4 * len(found) else None


def _whole(chunk: bytes) -> list[bytes]:
    """Return texts as they are written; raise Unusual where something else stands among them."""
    if _ANY.sub(b"", chunk).strip():
        raise Unusual
    return [one.replace(_KEPT, b"<t>" + _KEPT_MARK) for one in _ANY.findall(chunk)]
