"""Reads of visits: one with everyone on it, and the newest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from crm_app.db.reader import Reader
from crm_app.db.tables import RECORD_TABLES
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.staff import DictionaryEntry, Person
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip
from crm_app.domain.visits import Visit, VisitContact, VisitPerson


@dataclass(frozen=True)
class VisitSheet:
    """A visit with its enterprise, trip, people and next steps; ``their_people``: contact and title that day."""

    visit: Visit
    enterprise: Enterprise
    trip: Trip | None
    our_people: list[Person]
    their_people: list[tuple[Contact, str]]
    tasks: list[tuple[Task, Person | None]]


def sheet(reader: Reader, visit_id: UUID) -> VisitSheet:
    """Return a visit with everyone and everything on it; raise NotFound."""
    visit = reader.get(Visit, visit_id)
    ours = [one.person_id for one in reader.find(VisitPerson, visit_id=visit_id)]
    people = reader.get_many(Person, ours)
    theirs = reader.find(VisitContact, visit_id=visit_id)
    contacts = reader.get_many(Contact, [one.contact_id for one in theirs])
    enterprise = reader.look_up(Enterprise, visit.enterprise_id)
    assert enterprise is not None, "a foreign key"
    return VisitSheet(
        visit,
        enterprise,
        reader.look_up(Trip, visit.trip_id),
        [people[one] for one in ours],
        [(contacts[one.contact_id], one.title or "") for one in theirs],
        steps(reader, visit_id=visit_id),
    )


def steps(reader: Reader, **of: Any) -> list[tuple[Task, Person | None]]:
    """Return the next steps of a visit or a reception with their owners, what is due first on top."""
    tasks = reader.find(Task, order_by=("due",), **of)
    owners = reader.get_many(Person, [task.owner_id for task in tasks if task.owner_id])
    return [(task, owners.get(task.owner_id) if task.owner_id else None) for task in tasks]


def newest(reader: Reader, limit: int) -> list[Visit]:
    """Return the newest visits."""
    table = RECORD_TABLES["visit"]
    statement = (
        select(table).where(table.c.deleted_at.is_(None)).order_by(table.c.on.desc(), table.c.id.desc()).limit(limit)
    )
    return [Visit.load(row) for row in reader.rows(statement)]


def levels(reader: Reader) -> list[str]:
    """Return the levels of a delegation from the top down."""
    return [entry.name for entry in reader.find(DictionaryEntry, list_name="visit_level", order_by=("place",))]
