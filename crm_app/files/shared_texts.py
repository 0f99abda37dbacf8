"""The table of the texts of an .xlsx, read as far as it is asked for, and kept as it is written, in little memory."""

from __future__ import annotations

import re
from array import array
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate
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
_ODD = (b"&", b"\r", b"_x")
"""Marks in a text that stand for others."""
_BLANKS = b" \t\n"
"""What counts around a text only where it says so."""
_EDGE = b"\0"
"""Stands between the texts of a piece: no XML holds it."""

_REMEMBERED = 50_000
"""Older texts that come again and again, worked out once."""
_AT_HAND = 25_000
"""The newest texts of the table: a sheet names most of them in their order."""


class Unusual(Exception):
    """The file is written in a way this cannot read; the library may."""


class SharedTexts:
    """The texts by their numbers; one that is not written as most are, or is empty, is told as XML."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._pieces: list[bytes] = []
        self._begins: list[int] = []
        """The number of the first text of each piece."""
        self._ends: dict[int, array[int]] = {}
        """Where the texts of a piece end, of those that were asked for older ones."""
        self._odd: dict[int, bytes] = {}
        self._more = self._chunks()
        self._texts: list[str | None] = []
        """The texts at hand; None for those that are odd, and for old ones."""
        self._let_go = 0
        self._remembered: list[int] = []

    @property
    def has_odd(self) -> bool:
        """Say whether some are odd."""
        return bool(self._odd)

    def many(self, numbers: Sequence[int]) -> list[str | None]:
        """Return texts; None for those that are odd. Raise Unusual where the table does not say one."""
        needed = max(numbers, default=-1)
        if min(numbers, default=0) < 0:
            raise Unusual
        while needed >= len(self._texts):
            self._take(next(self._more, None))
        found = [*map(self._texts.__getitem__, numbers)]
        if None in found:
            found = [self._old(number) if text is None else text for number, text in zip(numbers, found, strict=True)]
        return found

    def odd(self, number: int) -> bytes:
        """Return an odd one as it is written."""
        return self._odd[number]

    def _old(self, number: int) -> str | None:
        if number in self._odd:
            return None
        # Asked for twice in one piece of the sheet.
        known = self._texts[number]
        if known is not None:
            return known
        if len(self._remembered) >= _REMEMBERED:
            for one in self._remembered:
                self._texts[one] = None
            self._remembered.clear()
        piece = bisect(self._begins, number) - 1
        written, place = self._pieces[piece], number - self._begins[piece]
        if piece not in self._ends:
            self._ends[piece] = array("L", accumulate([len(text) + 1 for text in written.split(_EDGE)], initial=0))
        ends = self._ends[piece]
        self._texts[number] = text = written[ends[place] : ends[place + 1] - 1].decode()
        self._remembered.append(number)
        return text

    def _take(self, chunk: bytes | None) -> None:
        if chunk is None or _KEPT_MARK in chunk or _EDGE in chunk:
            raise Unusual
        if b"<phoneticPr" in chunk:
            chunk = _HOW_SPOKEN.sub(b"", chunk)
        chunk = chunk.replace(_KEPT, b"<t>" + _KEPT_MARK)
        whole = _plain(chunk)
        if whole is None:
            there = len(self._texts)
            whole = _EDGE.join([self._bare(number, one) for number, one in enumerate(_each(chunk), there)])
        self._begins.append(len(self._texts))
        self._pieces.append(whole)
        newest = whole.decode().split(_EDGE.decode())
        # An odd one leaves an empty text.
        self._texts += [text or None for text in newest] if "" in newest else newest
        if len(self._texts) - self._let_go > 2 * _AT_HAND:
            end = len(self._texts) - _AT_HAND
            self._texts[self._let_go : end] = [None] * (end - self._let_go)
            self._let_go = end

    def _bare(self, number: int, text: bytes) -> bytes:
        """Return a text; one that is drawn in several ways, or has marks that stand for others, is kept as odd."""
        bare = text.removeprefix(_KEPT_MARK)
        if not bare or b"<" in bare or bare.strip(_BLANKS) != bare or any(mark in bare for mark in _ODD):
            written = text if text.startswith(b"<si") else _BEFORE + text + _AFTER
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


def _plain(chunk: bytes) -> bytes | None:
    """Return texts with an edge between them; None where one is odd, or may be."""
    if not (chunk.startswith(_BEFORE) and chunk.endswith(_AFTER)):
        return None
    whole = _EDGE + chunk[len(_BEFORE) : -len(_AFTER)].replace(_AFTER + _BEFORE, _EDGE) + _EDGE
    if any(mark in whole for mark in (b"<", _KEPT_MARK, _EDGE * 2, *_ODD)):
        return None
    # To look for one byte takes a tenth of what two do.
    blanks = [bytes((blank,)) for blank in _BLANKS if blank in whole]
    if any(_EDGE + blank in whole or blank + _EDGE in whole for blank in blanks):
        return None
    return whole[len(_EDGE) : -len(_EDGE)]


def _each(chunk: bytes) -> list[bytes]:
    """Return texts without their tags, or as they are written; raise Unusual where something else is among them."""
    found = chunk.removeprefix(_BEFORE).removesuffix(_AFTER).split(_AFTER + _BEFORE)
    # Tags: four of a text that is drawn in one way.
    if chunk.startswith(_BEFORE) and chunk.endswith(_AFTER) and chunk.count(b"<") == 4 * len(found):
        return found
    if _ANY.sub(b"", chunk).strip():
        raise Unusual
    return [
        one[len(_BEFORE) : -len(_AFTER)] if one.startswith(_BEFORE) and one.endswith(_AFTER) else one
        for one in _ANY.findall(chunk)
    ]
