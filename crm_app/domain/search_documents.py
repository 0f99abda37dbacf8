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
    """Pack entries of blocks of records, in the order of their numbers in the index."""
    marks, words, amount = list[bytes](), list[bytes](), 0
    for digests, keys, *columns in several:
        marks.append(_marks(digests, keys))
        # Words of the index are letters, digits and marks alone, of which JSON writes none otherwise.
        words += ('","'.join(grams.joined(*columns)).encode(), b'","')
        amount += len(digests)
    # Joined at once, for they are megabytes.
    return PackedEntries(b"[%b]" % b",".join(marks), b"".join((b'["', *words[:-1], b'"]')), amount)


def _marks(digests: Sequence[int], keys: Sequence[str | None]) -> bytes:
    """Return the digests and the keys as JSON, without the brackets around them all; keys are letters and digits."""
    if None in keys:
        return json.dumps(list(zip(digests, keys, strict=True)), ensure_ascii=False)[1:-1].encode()
    return ",".join(map('[%d,"%s"]'.__mod__, zip(digests, keys, strict=True))).encode()


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
        return list(map(zlib.crc32, map(str.encode, map("\x1f".join, columns))))

    def only(self, places: Sequence[int]) -> Documents:
        """Return the records at these places."""
        columns = (self.names, self.titles, self.initials, self.pinyin, self.codes, self.body)
        return Documents(*([column[place] for place in places] for column in columns))

    def cut(self, alike: Alike | None = None) -> Entries:
        """Cut the texts into the words of the index; names that are cut already in others ``alike`` are not again."""
        keys, names = (alike and alike.words(self)) or self._words()
        if not any(self.body):
            return Entries(self.digests, keys, names, grams.codes(self.codes))
        body = grams.fold(self.body)
        codes = grams.long_runs(body)
        if any(self.codes):
            codes = ["\n".join(filter(None, both)) for both in zip(self.codes, codes, strict=True)]
        return Entries(self.digests, keys, names, grams.joined(grams.pairs(body), grams.codes(codes)))

    def _words(self) -> _Words:
        """Cut the names."""
        folded = grams.fold(self.titles)
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
        surnames = columns.get("surname_pinyin", nothing)
        initials = _initials(names, full, surnames, person=shape.table in PEOPLE)
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


def _initials(names: Sequence[str], full: Sequence[str], surnames: Sequence[str | None], *, person: bool) -> list[str]:
    """Return the initials of names that are read so: of most names each character is one syllable."""
    first_letters = "\n".join(full).title().encode("ascii", "replace").translate(_FIRST_LETTERS, _OTHER_LETTERS)
    found = first_letters.decode("ascii").split("\n")
    if list(map(len, found)) == list(map(len, names)) and b"?" not in first_letters:
        return found
    if len(found) != len(names):
        found = ["?"] * len(names)
    initials_of = pinyin.person_initials if person else lambda name, _surname: pinyin.initials(name)
    return [
        letters if len(letters) == len(name) and "?" not in letters else initials_of(name, surname)
        for name, letters, surname in zip(names, found, surnames, strict=True)
    ]


_OTHER_LETTERS = b"abcdefghijklmnopqrstuvwxyz "
_FIRST_LETTERS = bytes(
    byte + 32 if chr(byte).isupper() else byte if byte == ord("\n") else ord("?") for byte in range(128)
).ljust(256, b"?")
"""Every letter but the first ones of words is left out; what is no letter is told."""
