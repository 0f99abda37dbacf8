"""The same enterprise once: suggested while one types, searched for in the whole book, told apart for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from crm_app import clock
from crm_app.collecting import uncollected
from crm_app.db import duplicates as reads
from crm_app.db.book import Book
from crm_app.db.contacts import contacts_at
from crm_app.db.duplicates import Found, Whole
from crm_app.db.reader import Reader
from crm_app.domain import blocking, phones
from crm_app.domain import uscc as codes
from crm_app.domain.duplicates import DistinctPair
from crm_app.domain.enterprises import Enterprise, EnterpriseName
from crm_app.domain.likeness import Evidence, Likeness, Sign, Verdict, traits
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.progress import Report, unheard
from crm_app.services.outcome import Outcome

__all__ = ["Evidence", "Found", "Likeness", "Sign", "Verdict"]


@dataclass(frozen=True)
class Pair:
    """Two enterprises that may be one, and why."""

    one: UUID
    other: UUID
    likeness: Likeness


@dataclass(frozen=True)
class Group:
    """Enterprises that may be one: ids in order of entry, their names, and the pairs among them, surest first."""

    members: tuple[UUID, ...]
    titles: tuple[str, ...]
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

    ``uscc`` and ``phone`` as they are typed: what is not whole yet says nothing. ``but`` is left out.
    """
    code, number = _whole_code(uscc or ""), _whole_phone(phone or "")
    if not name.strip() and not code and not number:
        return []
    asked = traits(name, uscc=code, phones=[number] if number else [], address=address)
    with book.read() as reader:
        return reads.like(reader, asked, but=but)


def _whole_code(typed: str) -> str | None:
    try:
        return codes.normalize(typed) if codes.looks_like(typed) else None
    except BadInput:
        # A slip in the code is told when the form is saved.
        return None


def _whole_phone(typed: str) -> str | None:
    return phones.parse(typed) if phones.looks_like(typed) else None


def scan(book: Book, progress: Report = unheard) -> Scan:
    """Search the whole book for enterprises that may be one; pairs told apart stay away.

    They come again once one of the names has changed, or both carry one code. Raise what ``progress`` raises.
    """
    with uncollected():
        with book.read() as reader:
            whole = reads.whole_book(reader, progress)
        words = _("Comparing the enterprises")
        found = blocking.pairs(whole.traits, lambda done, total: progress(done, total, words))
        standing = [
            pair
            for pair in found
            if pair.likeness.verdict is Verdict.CERTAIN
            or _in_order(whole.id_of(pair.one), whole.id_of(pair.other)) not in whole.told_apart
        ]
        groups = [_group(group, whole) for group in blocking.groups(standing)]
    return Scan(tuple(groups), len(whole.traits))


def _in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if one < other else (other, one)


def _group(group: blocking.Group, whole: Whole) -> Group:
    # They are numbered in order of entry.
    members = sorted(group.members)
    pairs = tuple(Pair(whole.id_of(pair.one), whole.id_of(pair.other), pair.likeness) for pair in group.pairs)
    return Group(tuple(map(whole.id_of, members)), tuple(whole.traits[n].name for n in members), pairs)


@dataclass(frozen=True)
class Side:
    """One enterprise of a group as it is laid beside the others; ``counts``: rows that refer to it, by table."""

    enterprise: Enterprise
    names: tuple[str, ...]
    people: tuple[str, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Looked:
    """A group as the book is now, and its members side by side, in one order."""

    group: Group
    sides: tuple[Side, ...]


def look(book: Book, group: Group) -> Looked | None:
    """Return what there is to decide about a group now; None where it was merged, deleted or told apart since."""
    with book.read() as reader:
        known = reader.get_many(Enterprise, group.members)
        living = {row for row, one in known.items() if one.deleted_at is None}
        pairs = tuple(
            pair for pair in group.pairs if {pair.one, pair.other} <= living and not _told_apart(reader, known, pair)
        )
        shown = tuple(row for row in group.members if any(row in (pair.one, pair.other) for pair in pairs))
        if not pairs:
            return None
        titles = tuple(known[row].name for row in shown)
        return Looked(Group(shown, titles, pairs), tuple(_side(reader, known[row]) for row in shown))


def _told_apart(reader: Reader, known: Mapping[UUID, Enterprise], pair: Pair) -> bool:
    if pair.likeness.verdict is Verdict.CERTAIN:
        return False
    told = reads.told_apart(reader, pair.one, pair.other)
    return told is not None and (told.one_name, told.other_name) == (known[pair.one].name, known[pair.other].name)


def _side(reader: Reader, enterprise: Enterprise) -> Side:
    people = tuple(
        " ".join(part for part in (one.contact.name, one.position.title, one.contact.shown("phone")) if part)
        for one in contacts_at(reader, enterprise.id)
    )
    names = tuple(one.name for one in reader.find(EnterpriseName, enterprise_id=enterprise.id))
    return Side(enterprise, names, people, reads.counts_of(reader, enterprise.id))


def tell_apart(book: Book, pairs: Sequence[tuple[UUID, UUID]]) -> Outcome[None]:
    """Remember that these pairs are not one enterprise; raise NotFound, or BadInput for one with itself."""
    with book.unit(_("Not the same enterprise")) as unit:
        for one, other in pairs:
            if one == other:
                raise BadInput(_("An enterprise cannot be told apart from itself."))
            first, second = _in_order(one, other)
            names = _names(unit, first, second)
            if len(pairs) == 1:
                unit.about(_(", ").join(names.values()))
            known = reads.told_apart(unit, first, second)
            if known is None:
                unit.insert(DistinctPair, one_id=first, other_id=second, on=clock.today(), **names)
            else:
                unit.update(DistinctPair, known.id, on=clock.today(), **names)
        return Outcome(unit.commit(), None)


def _names(reader: Reader, one: UUID, other: UUID) -> dict[str, str]:
    return {"one_name": reader.get(Enterprise, one).name, "other_name": reader.get(Enterprise, other).name}
