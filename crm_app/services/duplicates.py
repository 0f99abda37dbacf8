"""The same enterprise once: suggested while one types, searched for in the whole book, told apart for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from crm_app import clock
from crm_app.db import duplicates as reads
from crm_app.db.book import Book
from crm_app.db.duplicates import Found
from crm_app.db.reader import Reader
from crm_app.domain import blocking
from crm_app.domain.duplicates import DistinctPair
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.likeness import Evidence, Likeness, Sign, Verdict, traits
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome

__all__ = ["Evidence", "Found", "Likeness", "Sign", "Verdict"]

Progress = Callable[[int, int, str], None]
"""How far it is, of how much, in words; raises Cancelled where the user asked to stop."""


@dataclass(frozen=True)
class Pair:
    """Two enterprises that may be one, and why."""

    one: UUID
    other: UUID
    likeness: Likeness


@dataclass(frozen=True)
class Group:
    """Enterprises that may be one: their ids in order of entry, and the pairs among them, surest first."""

    members: tuple[UUID, ...]
    pairs: tuple[Pair, ...]

    @property
    def best(self) -> Likeness:
        """How alike its surest pair is."""
        return self.pairs[0].likeness


@dataclass(frozen=True)
class Scan:
    """What a scan of the book found: the groups, surest first, and how many enterprises were compared."""

    groups: tuple[Group, ...]
    compared: int


def say_nothing(_done: int, _total: int, _words: str) -> None:
    """Report to nobody."""


def suggest(
    book: Book,
    name: str,
    *,
    uscc: str | None = None,
    phone: str | None = None,
    address: str | None = None,
    but: UUID | None = None,
) -> list[Found]:
    """Return the enterprises that may be the one being typed, surest first, with the evidence.

    ``uscc`` and ``phone`` are in their stored form, None while they are not whole; ``but`` is left out.
    """
    if not name.strip() and not uscc and not phone:
        return []
    asked = traits(name, uscc=uscc, phones=[phone] if phone else [], address=address)
    with book.read() as reader:
        return reads.like(reader, asked, but=but)


def scan(book: Book, progress: Progress = say_nothing) -> Scan:
    """Search the whole book for enterprises that may be one; pairs told apart stay away.

    They come again once one of the names has changed, or both carry one code. Raise what ``progress`` raises.
    """
    with book.read() as reader:
        whole = reads.whole_book(reader, progress)
    words = _("Comparing the enterprises")
    found = blocking.pairs(whole.traits, lambda done, total: progress(done, total, words))
    standing = [
        pair
        for pair in found
        if pair.likeness.verdict is Verdict.CERTAIN
        or _in_order(whole.ids[pair.one], whole.ids[pair.other]) not in whole.told_apart
    ]
    groups = [_group(group, whole.ids) for group in blocking.groups(standing)]
    return Scan(tuple(groups), len(whole.ids))


def _in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if one < other else (other, one)


def _group(group: blocking.Group, ids: Sequence[UUID]) -> Group:
    pairs = tuple(Pair(*_in_order(ids[pair.one], ids[pair.other]), pair.likeness) for pair in group.pairs)
    return Group(tuple(sorted(ids[number] for number in group.members)), pairs)


def members(book: Book, group: Group) -> Mapping[UUID, Enterprise]:
    """Return the enterprises of a group that are still in the book."""
    with book.read() as reader:
        known = reader.get_many(Enterprise, group.members)
    return {row: one for row, one in known.items() if one.deleted_at is None}


def tell_apart(book: Book, pairs: Sequence[tuple[UUID, UUID]]) -> Outcome[None]:
    """Remember that these pairs are not one enterprise; raise NotFound, or BadInput for one with itself."""
    with book.unit(_("Not the same enterprise")) as unit:
        for one, other in pairs:
            if one == other:
                raise BadInput(_("An enterprise cannot be told apart from itself."))
            first, second = _in_order(one, other)
            names = _names(unit, first, second)
            known = reads.told_apart(unit, first, second)
            if known is None:
                unit.insert(DistinctPair, one_id=first, other_id=second, on=clock.today(), **names)
            else:
                unit.update(DistinctPair, known.id, on=clock.today(), **names)
        return Outcome(unit.commit(), None)


def _names(reader: Reader, one: UUID, other: UUID) -> dict[str, str]:
    return {"one_name": reader.get(Enterprise, one).name, "other_name": reader.get(Enterprise, other).name}
