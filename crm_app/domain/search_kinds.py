"""Which records the search index takes up, and which of their columns as what.

A row's number in the index says its kind (``n >> 32``), so that a search for one kind reads that kind alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from crm_app.domain.kinds import Phone, Uscc
from crm_app.domain.records import RECORDS

KINDS = (
    "enterprise",
    "contact",
    "project",
    "lead",
    "visit",
    "follow_up",
    "trip",
    "task",
    "need",
    "reception",
    "event",
    "person",
    "issued_paper",
    "attachment",
)
"""The tables that have rows of their own in the index: a place says the kind in the numbers of every book, so a new
one goes to the end. Other names of an enterprise are indexed with it."""

UNTITLED = ("visit", "follow_up", "task", "need")
"""The kinds whose searched texts are all told, and none is a name."""

PEOPLE = ("contact", "person")
"""The kinds whose names are those of people: a surname is read as one."""

BITS = 32
"""A row's number is its kind, shifted by so many, and a count."""


@dataclass(frozen=True)
class Shape:
    """What the index takes from one kind of record."""

    table: str
    first: int
    """The number below the first one of this kind."""

    @cached_property
    def last(self) -> int:
        """The greatest number of this kind."""
        return self.first + (1 << BITS) - 1

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """The columns of the searched texts."""
        return tuple(field.name for field in RECORDS[self.table].fields if field.searched)

    @cached_property
    def title(self) -> str:
        """The column of the name, empty where the kind has none."""
        return "" if self.table in UNTITLED else self.searched[0]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The columns of phones and codes, which are found by fragments of digits."""
        fields = (RECORDS[self.table].field(name) for name in self.searched)
        return tuple(field.name for field in fields if isinstance(field.kind, Phone | Uscc))

    @cached_property
    def body(self) -> tuple[str, ...]:
        """The columns of everything else."""
        return tuple(name for name in self.searched if name != self.title and name not in self.codes)

    @cached_property
    def readings(self) -> tuple[str, ...]:
        """The columns that hold the reading of the name."""
        names = {field.name for field in RECORDS[self.table].fields}
        return tuple(name for name in ("pinyin", "initials", "surname_pinyin") if name in names)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, the id first."""
        return tuple(dict.fromkeys(("id", *self.searched, *self.readings)))


@cache
def shapes() -> dict[str, Shape]:
    """Return the kinds that are indexed, in the order of their numbers."""
    return {table: Shape(table, place << BITS) for place, table in enumerate(KINDS, 1)}


def kind_of(n: int) -> str:
    """Return the table of a row of the index."""
    return KINDS[(n >> BITS) - 1]
