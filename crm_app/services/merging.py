"""Merging enterprises that are one: a preview field by field, then everything relinked in one step that can be undone.

Nothing is ever merged by itself: a person has looked at the evidence and at the preview.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from crm_app.db import families, journal, merging
from crm_app.db.book import Book
from crm_app.db.merging import Merging
from crm_app.db.reader import Reader
from crm_app.db.relinking import Join
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise, NameKind
from crm_app.domain.fields import Field
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome

_TOGETHER: Mapping[str, str] = {"revenue": "revenue_year", "tax": "tax_year"}
"""An amount goes with its year: the later year's is proposed."""


@dataclass(frozen=True)
class Choices:
    """What the user chose otherwise than proposed: field → the enterprise whose value is kept; losing name → kind."""

    fields: Mapping[str, UUID] = field(default_factory=dict)
    kinds: Mapping[str, NameKind] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldLine:
    """One field of the enterprises as a person reads it, in the order they were given, and whose value is kept."""

    name: str
    title: str
    shown: tuple[str, ...]
    kept: UUID
    differs: bool


@dataclass(frozen=True)
class Preview:
    """What a merge would do. ``moves``: rows by table; ``joins`` and ``people``: a sentence each; ``names``: others.

    ``codes`` tells that the enterprises carry different credit codes, which speaks against merging them.
    """

    members: tuple[Enterprise, ...]
    fields: tuple[FieldLine, ...]
    moves: Mapping[str, int]
    joins: tuple[str, ...]
    people: tuple[str, ...]
    names: tuple[tuple[str, NameKind], ...]
    codes: bool


def propose_winner(book: Book, members: Sequence[UUID]) -> UUID:
    """Return the one the others are best merged into: with a credit code, with most known of it, entered first."""
    with book.read() as reader:
        known = [_living(reader, row) for row in members]
    return max(known, key=lambda one: (one.uscc is not None, len(_filled_in(one)), -one.id.int)).id


def _filled_in(enterprise: Enterprise) -> list[Field]:
    return [one for one in _own_fields() if getattr(enterprise, one.name) is not None]


def preview(book: Book, winner: UUID, losers: Sequence[UUID], choices: Choices = Choices()) -> Preview:
    """Return what merging ``losers`` into ``winner`` would do; raise NotFound, or BadInput for one into itself."""
    with book.read() as reader:
        members = _members(reader, winner, losers)
        lines = _lines(reader, members, choices)
        planned = _work_out(reader, members, lines, choices)
        people = reader.get_many(Contact, {*planned.people, *planned.people.values()})
        words = _("{name}: same name and phone, entered twice, becomes one contact")
        return Preview(
            tuple(members),
            tuple(lines),
            planned.relinking.living,
            (*(_joined(reader, join) for join in planned.relinking.joins), *_parent_left_out(reader, members, lines)),
            tuple(words.format(name=people[gone].name) for gone in planned.people),
            planned.names,
            len({one.uscc for one in members if one.uscc}) > 1,
        )


def merge(book: Book, winner: UUID, losers: Sequence[UUID], choices: Choices = Choices()) -> Outcome[UUID]:
    """Merge ``losers`` into ``winner`` as one step and return its id; raise as :func:`preview` does.

    What referred to a loser refers to the winner, the losing names become other names, the losers leave the lists, and
    whoever asks for one by its id is led to the winner. Undo takes all of it back, also after other work.
    """
    with book.read() as reader:
        members = _members(reader, winner, losers)
    losing = _(", ").join(one.name for one in members[1:])
    with book.unit(_("Merge {losers} into {winner}").format(losers=losing, winner=members[0].name)) as unit:
        members = _members(unit, winner, losers)
        merging.write(unit, _work_out(unit, members, _lines(unit, members, choices), choices))
        return Outcome(unit.commit(), winner)


def survivor(book: Book, enterprise_id: UUID) -> UUID:
    """Return where an enterprise is now: itself, or the one it was merged into."""
    with book.read() as reader:
        return merging.survivor(reader, "enterprise", enterprise_id)


def _living(reader: Reader, row: UUID) -> Enterprise:
    return reader.get(Enterprise, row)


def _members(reader: Reader, winner: UUID, losers: Sequence[UUID]) -> list[Enterprise]:
    rows = [winner, *losers]
    if not losers or len(set(rows)) < len(rows):
        raise BadInput(_("Choose two different enterprises to merge."))
    return [_living(reader, row) for row in rows]


def _own_fields() -> list[Field]:
    return [one for one in Enterprise.fields if not one.derived]


def _lines(reader: Reader, members: Sequence[Enterprise], choices: Choices) -> list[FieldLine]:
    said = {one.id: merging.last_said(reader, one.id, [own.name for own in _own_fields()]) for one in members}
    kept: dict[str, UUID] = {}
    for own in _own_fields():
        kept[own.name] = _proposed(own.name, members, said)
    for amount, year in _TOGETHER.items():
        latest = max(members, key=lambda one: (getattr(one, amount) is not None, getattr(one, year) or 0))
        kept[amount] = kept[year] = latest.id
    ids = {one.id for one in members}
    for name, row in choices.fields.items():
        if name not in kept or row not in ids:
            raise BadInput(_("The value to keep must be one of an enterprise that is merged."), field=name)
        kept[name] = row
    return [_line(reader, own, members, kept[own.name]) for own in _own_fields()]


def _proposed(name: str, members: Sequence[Enterprise], said: Mapping[UUID, Mapping[str, int]]) -> UUID:
    """Return whose value is proposed: the winner's name; else the only one filled in, the fullest, the newest said."""
    winner = members[0]
    known = [one for one in members if getattr(one, name) is not None]
    if name == "name" or not known:
        return winner.id
    if len({getattr(one, name) for one in known}) == 1 or name in ("uscc", "category"):
        return known[0].id
    shown = [one.shown(name) for one in known]
    for one, text in zip(known, shown, strict=True):
        # An address with its city says all that one without it says.
        if all(other in text for other in shown):
            return one.id
    return max(known, key=lambda one: (said[one.id].get(name, 0), one is winner)).id


def _line(reader: Reader, own: Field, members: Sequence[Enterprise], kept: UUID) -> FieldLine:
    shown = tuple(journal.shown_field(reader, one, own.name) for one in members)
    return FieldLine(own.name, own.title, shown, kept, len(set(shown)) > 1)


def _work_out(reader: Reader, members: Sequence[Enterprise], lines: Sequence[FieldLine], choices: Choices) -> Merging:
    by_id = {one.id: one for one in members}
    winner, *losers = members
    values: dict[str, Any] = {}
    for line in lines:
        value = getattr(by_id[line.kept], line.name)
        # Nobody is a daughter of itself, nor of a daughter.
        if line.name == "parent_id" and families.leads_to(reader, value, by_id):
            value = None
        if value != getattr(winner, line.name):
            values[line.name] = value
    return merging.work_out(reader, winner, losers, values, choices.kinds)


def _parent_left_out(reader: Reader, members: Sequence[Enterprise], lines: Sequence[FieldLine]) -> Iterator[str]:
    """Yield the sentence for a parent that cannot stay, because it belongs itself to what is merged."""
    by_id = {one.id: one for one in members}
    kept = next(by_id[line.kept].parent_id for line in lines if line.name == "parent_id")
    if kept is not None and kept not in by_id and families.leads_to(reader, kept, by_id):
        words = _("“{parent}” belongs itself to what is merged: the parent or group is left empty")
        yield words.format(parent=reader.get_many(Enterprise, [kept])[kept].name)


def _joined(reader: Reader, join: Join) -> str:
    title = journal.record_title(reader, join.gone.table, join.gone.id)
    if not join.lost:
        return _("{record} stands at both and becomes one").format(record=title)
    told = (f"{join.gone.field(name).title} {journal.shown_field(reader, join.gone, name)}" for name in join.lost)
    words = _("{record} stands at both and becomes one; left out: {values}")
    return words.format(record=title, values=_(", ").join(told))
