"""What the search index knows of a block of records, column by column: record by record takes ten times as long."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from crm_app.domain import grams, pinyin
from crm_app.domain.search_kinds import PEOPLE, Shape, shapes


class Entries(NamedTuple):
    """The entries of a block of records as the index takes them in: lists of one length."""

    digests: list[int]
    """The checksums by which ``check`` tells an index out of step."""
    keys: list[str | None]
    """The folded name, None where there is none."""
    names: list[str]
    """The words of the name: as it is written, by its initials, as it is spoken."""
    texts: list[str]
    """The words of everything else."""


@dataclass(frozen=True)
class PackedEntries:
    """The entries of a block of records as JSON, which SQLite reads as it is: they are most of what crosses.

    ``marks`` has the digest and the key of each of ``amount`` records, ``words`` all the rest. The reader child says
    them, so they are as untrusted as the file: what is no entry is found out by SQLite (:class:`BrokenEntries`).
    """

    marks: bytes
    words: bytes
    amount: int


class BrokenEntries(ValueError):
    """What is packed as entries is something else."""


@dataclass(frozen=True)
class KnownEntries:
    """The entries of some records: those at these rising places of a packed block."""

    packed: PackedEntries
    places: Sequence[int]

    def only(self, kept: Sequence[int]) -> KnownEntries:
        """Return the entries of some of them."""
        return KnownEntries(self.packed, [self.places[at] for at in kept])


def pack(several: Iterable[Entries]) -> PackedEntries:
    """Pack entries of one or more types of record, in the order of their numbers in the index."""
    marks, words, amount = list[bytes](), list[bytes](), 0
    for digests, keys, *columns in several:
        marks.append(_json(list(zip(digests, keys, strict=True))))
        words.append(_json(grams.joined(*columns)))
        amount += len(digests)
    return PackedEntries(_together(marks), _together(words), amount)


def _json(rows: Sequence[object]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _together(lists: Sequence[bytes]) -> bytes:
    """Return lists in JSON as one, of which none is empty."""
    found: list[bytes | memoryview] = [b"["]
    for place, one in enumerate(lists):
        if place:
            found.append(b",")
        found.append(memoryview(one)[1:-1])
    return b"".join((*found, b"]"))


@dataclass(frozen=True)
class Documents:
    """What the index knows of a block of records, before it is cut into words."""

    names: Sequence[str]
    """The name alone: what a search for the whole of it finds."""
    titles: Sequence[str]
    """The name with the other names of an enterprise, a line each."""
    initials: Sequence[str]
    pinyin: Sequence[str]
    codes: Sequence[str]
    body: Sequence[str]

    @cached_property
    def digests(self) -> list[int]:
        """The checksums of the records."""
        columns = zip(self.titles, self.initials, self.pinyin, self.codes, self.body, strict=True)
        return [zlib.crc32("\x1f".join(words).encode()) for words in columns]

    def only(self, places: Sequence[int]) -> Documents:
        """Return the records at these places."""
        columns = (self.names, self.titles, self.initials, self.pinyin, self.codes, self.body)
        return Documents(*([column[place] for place in places] for column in columns))

    def cut(self, alike: Alike | None = None) -> Entries:
        """Cut the texts into the words of the index; names that are cut already in others ``alike`` are not again."""
        folded = grams.fold(self.titles)
        body = grams.fold(self.body)
        codes = ["\n".join(filter(None, both)) for both in zip(self.codes, grams.long_runs(body), strict=True)]
        keys, names = (alike and alike.words(self)) or self._words(folded)
        return Entries(self.digests, keys, names, grams.joined(grams.pairs(body), grams.codes(codes)))

    def _words(self, folded: list[str]) -> _Words:
        """Cut the names, of which the titles are ``folded`` already."""
        keys = grams.keys(folded if self.names is self.titles else grams.fold(self.names))
        words = grams.joined(
            grams.pairs(folded, grams.NAME),
            grams.codes(grams.long_runs(folded), grams.NAME),
            grams.codes(self.initials, grams.INITIALS, begins=True),
            grams.syllables(self.pinyin),
        )
        return [key or None for key in keys], words


_Words = tuple[list[str | None], list[str]]
"""The keys of names and their words."""


@dataclass(frozen=True)
class Alike:
    """Records that are cut, for others with the same names: most leads are called after their enterprise."""

    documents: Documents
    entries: Entries

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {title: place for place, title in enumerate(self.documents.titles)}

    @cached_property
    def readings(self) -> Mapping[str, str]:
        """How the names are read, but for those that an enterprise is ordered by as they are written."""
        pairs = zip(self.documents.names, self.documents.pinyin, strict=True)
        return {name: reading for name, reading in pairs if reading not in (name.strip(), "~")}

    def words(self, documents: Documents) -> _Words | None:
        """Return the words of the names of other records; None where one of them is another name, or read otherwise."""
        places = [self._places.get(title, -1) for title in documents.titles]
        mine, known = self.documents, self.entries
        if -1 in places or any(
            [of_mine[place] for place in places] != of_others
            for of_mine, of_others in ((mine.initials, documents.initials), (mine.pinyin, documents.pinyin))
        ):
            return None
        words: Any = ([column[place] for place in places] for column in (known.keys, known.names))
        return tuple(words)


def entries(table: str, columns: Mapping[str, Sequence[Any]]) -> Entries:
    """Return the entries of records without other names, from their stored columns; one that is missing is empty."""
    return documents(shapes()[table], columns).cut()


def entries_of_several(parts: Iterable[tuple[str, Mapping[str, Sequence[Any]]]]) -> Iterator[Entries]:
    """Yield the entries of records of several tables; many of them have the names of those of the first."""
    first: Alike | None = None
    for table, columns in parts:
        known = documents(shapes()[table], columns, read=first.readings if first else {})
        found = known.cut(first)
        first = first or Alike(known, found)
        yield found


def documents(
    shape: Shape,
    columns: Mapping[str, Sequence[Any]],
    others: Mapping[int, Sequence[str]] | None = None,
    read: Mapping[str, str] = MappingProxyType({}),
) -> Documents:
    """Return what the index knows of records, from their stored columns; one that is missing is empty.

    ``others``: place in the block → the other names of the enterprise there. ``read``: names whose pinyin is known.
    """
    amount = len(next(iter(columns.values())))
    nothing: Sequence[Any] = (None,) * amount
    names = [name or "" for name in columns.get(shape.title, nothing)]
    full = [
        reading or read.get(name) or (pinyin.full(name) if name else "")
        for reading, name in zip(columns.get("pinyin", nothing), names, strict=True)
    ]
    if "initials" in shape.readings:
        initials = [letters or "" for letters in columns.get("initials", nothing)]
    else:
        person = shape.table in PEOPLE
        surnames = columns.get("surname_pinyin", nothing)
        initials = [
            _initials(*read, person=person) if read[0] else "" for read in zip(names, full, surnames, strict=True)
        ]
    titles = names
    if others:
        titles = list(names)
        for place, more in others.items():
            titles[place] = "\n".join((names[place], *more))
            initials[place] = " ".join((initials[place], *map(pinyin.initials, more)))
            full[place] = " ".join((full[place], *map(pinyin.full, more)))
    codes = _joined([columns.get(column, nothing) for column in shape.codes], amount)
    body = _joined([columns.get(column, nothing) for column in shape.body], amount)
    return Documents(names, titles, initials, full, codes, body)


def _joined(columns: Sequence[Sequence[str | None]], amount: int) -> list[str]:
    """Return the texts of each row in one."""
    if not columns:
        return [""] * amount
    if len(columns) == 1:
        return [text or "" for text in columns[0]]
    return ["\n".join(filter(None, texts)) for texts in zip(*columns, strict=True)]


def _initials(name: str, full: str, surname_pinyin: str | None, *, person: bool) -> str:
    syllables = full.split()
    if len(syllables) == len(name) and not name.isascii():
        return "".join([syllable[0] for syllable in syllables])
    return pinyin.person_initials(name, surname_pinyin) if person else pinyin.initials(name)
