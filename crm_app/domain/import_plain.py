"""Plain rows of a ledger of enterprises or of leads, in stored form and column by column.

A row is plain that speaks of an enterprise by name, of at most one person there and of at most one lead, and refers to
nothing else of the book. Most of a large ledger is plain; what a plain row makes depends on nothing but itself, so the
reader child works it out, and the program only asks what the book knows of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import compress
from typing import Any

from crm_app.domain import names, pinyin
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import RECORDS, Field, Record
from crm_app.domain.import_rows import Parsed
from crm_app.domain.kinds import Ref
from crm_app.domain.leads import Lead, Triage
from crm_app.domain.search_documents import Entries, KnownEntries, PackedEntries, entries_of_several, pack

KINDS = ("enterprises", "leads")
"""The kinds of ledger whose rows may be plain."""

Columns = Mapping[str, Sequence[Any]]
"""Column name → stored values, one a record."""

SEARCHED = (Enterprise.table, Contact.table, Lead.table)
"""The tables of what plain rows make that the search index takes up."""

_NUMBERED = ("number",)
_TOGETHER = 1_000
"""Rows whose texts are cut for the search index at once."""
TAKEN_FOR_GRANTED: Mapping[str, Callable[[str, str | None], Any]] = {
    "title": lambda name, content: f"{name} {content}" if content else name,
    "triage": lambda _name, _content: Triage.FOLLOW,
}
"""What a lead is given that says nothing of it; told are the enterprise's name and what is intended."""


def own(record_type: type[Record]) -> Mapping[str, Field]:
    """Return the fields a plain row may speak of, by name."""
    return _own(record_type.table)


@cache
def _own(table: str) -> Mapping[str, Field]:
    return {
        one.name: one
        for one in RECORDS[table].fields
        if one.derived is None and not isinstance(one.kind, Ref) and one.name not in _NUMBERED
    }


READINGS: Mapping[str, tuple[str, ...]] = {Enterprise.table: ("pinyin", "initials"), Contact.table: ("pinyin",)}
"""Derived fields that cost the most and are asked for only where a record is made."""


def with_readings(record_type: type[Record], columns: Columns) -> Columns:
    """Return the columns of records with how their names are read, where that is lacking."""
    lacking = [record_type.field(name) for name in READINGS[record_type.table] if name not in columns]
    nothing = [None] * len(columns["name"])
    pairs = zip(columns["name"], columns.get("surname_pinyin", nothing), strict=True)
    said = [{"name": name, "surname_pinyin": reading} for name, reading in pairs] if lacking else []
    read = {field.name: [field.derived(one) for one in said] for field in lacking if field.derived is not None}
    return {**columns, **read}


@dataclass(frozen=True)
class Part:
    """Records of one type that plain rows speak of; ``of`` are the places of their rows among these, rising."""

    of: Sequence[int]
    columns: Columns
    entries: KnownEntries | None = None
    """What the search index takes up of them, where that was asked for."""

    def only(self, places: Mapping[int, int]) -> tuple[Part, list[int]]:
        """Return the records of the rows at these places, which get new ones, and which of the records they are."""
        chosen = [place in places for place in self.of]
        kept = list(compress(range(len(chosen)), chosen))
        columns = {name: list(compress(column, chosen)) for name, column in self.columns.items()}
        entries = self.entries and self.entries.only(kept)
        return Part([places[self.of[at]] for at in kept], columns, entries), kept

    def between(self, first: int, end: int) -> Part:
        """Return the records of the rows from one place up to another, without what the index knows of them."""
        one, other = bisect_left(self.of, first), bisect_left(self.of, end)
        return Part(self.of[one:other], {name: column[one:other] for name, column in self.columns.items()})

    def with_entries(self, marks: bytes, words: bytes) -> Part:
        """Return the same records with what was packed of them."""
        return replace(self, entries=KnownEntries(PackedEntries(marks, words, len(self.of)), range(len(self.of))))

    def values(self, record_type: type[Record], at: int) -> dict[str, Any]:
        """Return what one record was said to be, as values of its fields."""
        said = {}
        for name, field in own(record_type).items():
            columns = field.column_names()
            if columns[0] in self.columns:
                value = field.kind.load({one: self.columns[one][at] for one in columns}, name)
                if value is not None:
                    said[name] = value
        return said


@dataclass(frozen=True)
class Plain:
    """Plain rows: ``places`` are theirs in their block, ``titles`` those of the contacts' posts.

    ``granted`` are the fields of a lead no row has said, which are taken for granted.
    """

    places: Sequence[int]
    enterprise: Part
    contact: Part
    titles: Sequence[str | None]
    lead: Part
    granted: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.places)

    @property
    def records(self) -> int:
        """How many records they make, posts too."""
        return len(self) + 2 * len(self.contact.of) + len(self.lead.of)

    def only(self, places: Sequence[int]) -> Plain:
        """Return some of the rows."""
        if len(places) == len(self.places):
            return self
        new = {place: at for at, place in enumerate(places)}
        contact, kept = self.contact.only(new)
        return replace(
            self,
            places=[self.places[place] for place in places],
            enterprise=self.enterprise.only(new)[0],
            contact=contact,
            titles=[self.titles[at] for at in kept],
            lead=self.lead.only(new)[0],
        )

    def pack(self) -> Sequence[PackedEntries]:
        """Pack the entries of the records in the search index, table by table; :meth:`with_entries` takes them.

        They are worked out for some rows at a time: of all at once the texts take 20 MB while they are cut.
        """
        known: dict[str, deque[Entries]] = {table: deque() for table in SEARCHED}
        for start in range(0, len(self), _TOGETHER):
            parts = [part.between(start, start + _TOGETHER) for part in (self.enterprise, self.contact, self.lead)]
            said = [(table, part.columns) for table, part in zip(SEARCHED, parts, strict=True) if part.of]
            for (table, _columns), entries in zip(said, entries_of_several(said), strict=True):
                known[table].append(entries)
        # What is packed is not kept beside it.
        return [pack(of_table.popleft() for _entries in range(len(of_table))) for of_table in known.values()]

    def with_entries(self, packed: Sequence[bytes]) -> Plain:
        """Return the same rows with what was packed of their records: marks and words of each table in turn."""
        enterprise, contact, lead = (
            part.with_entries(marks, words)
            for part, marks, words in zip(
                (self.enterprise, self.contact, self.lead), packed[::2], packed[1::2], strict=True
            )
        )
        return replace(self, enterprise=enterprise, contact=contact, lead=lead)

    def recall(self, places: Iterable[int]) -> None:
        """Have it at hand, until ``names.unprime``, how the names in these rows are read, where that crossed."""
        of_enterprises, of_people = self.enterprise.columns, self.contact.columns
        known: dict[str, tuple[str, str, str]] = {}
        people: dict[str, str] = {}
        for place in places:
            if of_enterprises.keys() >= {*READINGS[Enterprise.table]}:
                name, key, full, initials = (
                    of_enterprises[one][place] for one in ("name", "name_key", "pinyin", "initials")
                )
                known[name] = (key, full, initials)
            if "pinyin" in of_people and "surname_pinyin" not in of_people:
                people.update((of_people["name"][at], of_people["pinyin"][at]) for at in _at(self.contact.of, place))
        names.prime(known)
        pinyin.prime(known, people)

    def row(self, place: int) -> Parsed:
        """Return what one of the rows says, as every other row says it."""
        values = {f"enterprise.{name}": value for name, value in self.enterprise.values(Enterprise, place).items()}
        for at in _at(self.contact.of, place):
            values["contacts"] = ({"title": self.titles[at], **self.contact.values(Contact, at)},)
        for at in _at(self.lead.of, place):
            said = self.lead.values(Lead, at)
            values |= {f"lead.{name}": value for name, value in said.items() if name not in self.granted}
        return Parsed(values)


def _at(of: Sequence[int], place: int) -> Iterable[int]:
    at = bisect_left(of, place)
    return (at,) if at < len(of) and of[at] == place else ()
