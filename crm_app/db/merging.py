"""Merging enterprises: what goes into what, what each field is last said to be, and where a merged record went."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from crm_app import clock
from crm_app.db import drafts, relinking, tables
from crm_app.db.reader import Reader
from crm_app.db.relinking import Relinking
from crm_app.db.unit import Unit
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.duplicates import ContactMerger, Merger
from crm_app.domain.enterprises import Enterprise, EnterpriseName, NameKind
from crm_app.domain.fields import RECORDS
from crm_app.domain.likeness import folded

_MERGERS: Mapping[str, type[Merger | ContactMerger]] = {"enterprise": Merger, "contact": ContactMerger}


def survivors(reader: Reader, table: str, rows: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return where each record is now: what was merged is followed to the record it went into, however often."""
    found = {row: row for row in rows}
    waiting = set(found) if table in _MERGERS else set()
    asked: set[UUID] = set()
    while waiting:
        asked |= waiting
        # One that came back from the recycle bin is itself again.
        gone = {row for row, one in reader.get_many(RECORDS[table], waiting).items() if one.deleted_at is not None}
        went = {one.loser_id: one.winner_id for one in reader.find_in(_MERGERS[table], "loser_id", gone)}
        found = {row: went.get(now, now) for row, now in found.items()}
        # Two that went into one another, with a return between, and are both gone now lead round in a circle.
        waiting = set(went.values()) - asked
    return found


def survivor(reader: Reader, table: str, row: UUID) -> UUID:
    """Return where one record is now: itself, or what it was merged into."""
    return survivors(reader, table, [row])[row]


def last_said(reader: Reader, row: UUID, fields: Iterable[str]) -> dict[str, int]:
    """Return the number of the unit that last wrote each field's first column, as far as the journal knows."""
    change = tables.change
    found: dict[str, int] = {}
    for one in reader.rows(select(change).where(change.c.row == row.bytes).order_by(change.c.n)):
        written = fields if one["op"] == "I" else json.loads(one["new"])
        found |= dict.fromkeys(written, one["unit"])
    return found


def same_people(reader: Reader, winner: UUID, losers: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return the contacts of merged enterprises that are one person, by name and phone, each with the one it goes into.

    Who is at ``winner`` stays, else who was entered first.
    """
    posts = reader.find_in(Position, "enterprise_id", [winner, *losers])
    at_winner = {post.contact_id for post in posts if post.enterprise_id == winner}
    people: dict[tuple[str, str], list[Contact]] = defaultdict(list)
    for contact in reader.get_many(Contact, {post.contact_id for post in posts}).values():
        if contact.deleted_at is None and contact.phone:
            people[folded(contact.name), contact.phone].append(contact)
    into: dict[UUID, UUID] = {}
    for same in people.values():
        kept, *others = sorted(same, key=lambda one: (one.id not in at_winner, one.id))
        into |= {other.id: kept.id for other in others}
    return into


@dataclass(frozen=True)
class Merging:
    """A merge worked out: the values the winner takes, what moves, who is one person, the names that become others."""

    winner: Enterprise
    losers: tuple[Enterprise, ...]
    values: Mapping[str, Any]
    people: Mapping[UUID, UUID]
    relinking: Relinking
    names: tuple[tuple[str, NameKind], ...]


def work_out(
    reader: Reader,
    winner: Enterprise,
    losers: Sequence[Enterprise],
    values: Mapping[str, Any],
    kinds: Mapping[str, NameKind],
) -> Merging:
    """Work a merge out; ``values`` are those of the winner that change, ``kinds`` what a losing name is kept as."""
    people = same_people(reader, winner.id, [one.id for one in losers])
    name = values.get("name", winner.name)
    called = {one.id: one.name for one in losers} | {winner.id: name}
    into = {"enterprise": {one.id: winner.id for one in losers}, "contact": people}
    planned = relinking.plan(reader, into, called)
    known = {other.name for other in reader.find_in(EnterpriseName, "enterprise_id", called)} | {name}
    losing = dict.fromkeys(one.name for one in (winner, *losers) if one.name not in known)
    names = tuple((one, kinds.get(one, NameKind.ALIAS)) for one in losing)
    return Merging(winner, tuple(losers), values, people, _without_own_name(reader, planned, name, called), names)


def _without_own_name(reader: Reader, planned: Relinking, name: str, ids: Iterable[UUID]) -> Relinking:
    """Let the other names leave that are the very name the enterprise will have."""
    own = {one.id: one for one in reader.find_in(EnterpriseName, "enterprise_id", ids) if one.name == name}
    moves = {key: values for key, values in planned.moves.items() if key[1] not in own}
    living = {
        **planned.living,
        "enterprise_name": planned.living.get("enterprise_name", 0) - len(planned.moves) + len(moves),
    }
    return replace(
        planned,
        moves=moves,
        living={table: n for table, n in living.items() if n},
        joins=tuple(join for join in planned.joins if join.kept.id not in own),
        leaving=(*planned.leaving, *own.values()),
    )


def write(unit: Unit, merging: Merging) -> None:
    """Carry a merge out: everything moves, the losing names become other names, the losers leave."""
    drafts.follow(unit, {**merging.people, **{one.id: merging.winner.id for one in merging.losers}})
    today = clock.today()
    people = {row: unit.get(Contact, row) for row in {*merging.people, *merging.people.values()}}
    main = {post.id for post in unit.find(Position, enterprise_id=merging.winner.id) if post.main}
    relinking.write(unit, merging.relinking)
    _keep_one_main(unit, merging.winner.id, main)
    for gone, kept in merging.people.items():
        values = _of_one_person(unit.get(Contact, kept), people[gone])
        if values:
            unit.update(Contact, kept, **values)
        unit.delete(Contact, gone)
        unit.insert(ContactMerger, loser_id=gone, winner_id=kept, on=today)
    for loser in merging.losers:
        unit.delete(Enterprise, loser.id)
        unit.insert(Merger, loser_id=loser.id, winner_id=merging.winner.id, on=today)
    if merging.values:
        unit.update(Enterprise, merging.winner.id, **merging.values)
    for name, kind in merging.names:
        unit.insert(EnterpriseName, enterprise_id=merging.winner.id, name=name, kind=kind)


def _keep_one_main(unit: Unit, winner: UUID, own: Collection[UUID]) -> None:
    """Leave one main contact of those that came together: the winner's ``own`` where it has one."""
    together = [post for post in unit.find(Position, enterprise_id=winner) if post.main]
    for post in sorted(together, key=lambda one: (one.to_on is not None, one.id not in own, one.id))[1:]:
        unit.update(Position, post.id, main=None)


def _of_one_person(kept: Contact, gone: Contact) -> dict[str, Any]:
    """Return what the entry that stays takes of the other: what it lacks; what contradicts goes into its note."""
    names = ("salutation", "surname_pinyin", "email", "note")
    values = {name: getattr(gone, name) for name in names if getattr(kept, name) is None and getattr(gone, name)}
    noted = [kept.note or ""]
    for name in ("email", "note"):
        here, there = getattr(kept, name), getattr(gone, name)
        if here and there and there not in (kept.note or "") and here != there:
            noted.append(there)
    if len(noted) > 1:
        values["note"] = "\n".join(one for one in (*noted, values.get("note") or "") if one)
    return values


def entries_of_person(reader: Reader, contact_id: UUID) -> list[UUID]:
    """Return the contact and every entry that was merged into it, also by way of others."""
    found = [contact_id]
    for row in found:
        found += [one.loser_id for one in reader.find(ContactMerger, winner_id=row) if one.loser_id not in found]
    return found
