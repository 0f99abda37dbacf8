"""Reads of trips: the list with its counts, one trip with its people and plans, who is out twice at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, distinct, func, or_, select

from crm_app.db import visits
from crm_app.db.reader import Reader, living
from crm_app.db.tables import RECORD_TABLES
from crm_app.db.visits import VisitSheet
from crm_app.domain import days as wording
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Category, Enterprise
from crm_app.domain.staff import Person
from crm_app.domain.trips import PlanState, Trip, TripKind, TripMember, TripPlan
from crm_app.domain.visits import Visit, VisitMode
from crm_app.errors import BadInput
from crm_app.i18n import _

_trip, _plan, _visit, _member = (RECORD_TABLES[name] for name in ("trip", "trip_plan", "visit", "trip_member"))
_enterprise = RECORD_TABLES["enterprise"]


@dataclass(frozen=True)
class TripRow:
    """A trip as the list shows it; ``enterprises`` is 家数 (companies, once each), ``visits`` 家次."""

    trip: Trip
    leader: Person | None
    members: int
    planned: int
    enterprises: int
    visits: int


@dataclass(frozen=True)
class Member:
    """One of our people on a trip."""

    member: TripMember
    person: Person


@dataclass(frozen=True)
class Planned:
    """A planned visit with its enterprise, the contact to meet, and the visit once it is written."""

    plan: TripPlan
    enterprise: Enterprise
    contact: Contact | None
    visit: Visit | None

    @property
    def open(self) -> bool:
        """Still to ask or agreed."""
        return self.plan.state in (None, PlanState.TO_ASK, PlanState.AGREED)


def rows(reader: Reader) -> list[TripRow]:
    """Return every trip with its counts, the latest departure first."""
    return _rows(reader, reader.find(Trip, order_by=("-start_on",)))


def between(reader: Reader, first: date, last: date) -> list[TripRow]:
    """Return the trips that last on a day from ``first`` to ``last``, with their counts, the latest departure first."""
    found = reader.rows(
        select(_trip)
        .where(_trip.c.deleted_at.is_(None), _trip.c.start_on <= last.isoformat(), _trip.c.end_on >= first.isoformat())
        .order_by(_trip.c.start_on.desc(), _trip.c.id)
    )
    return _rows(reader, [Trip.load(row) for row in found], few=True)


def from_day(reader: Reader, day: date) -> list[Trip]:
    """Return the trips under way on a day or to come, the nearest departure first; postings of months last."""
    found = reader.rows(
        select(_trip)
        .where(_trip.c.deleted_at.is_(None), _trip.c.end_on >= day.isoformat())
        .order_by(_trip.c.kind == TripKind.POSTING.value, _trip.c.start_on, _trip.c.id)
    )
    return [Trip.load(row) for row in found]


def _rows(reader: Reader, trips: list[Trip], *, few: bool = False) -> list[TripRow]:
    """Count for these trips; ``few``: looking at what belongs to each is less than looking at everything."""
    ids = [trip.id.bytes for trip in trips] if few else None
    leaders = reader.get_many(Person, [trip.leader_id for trip in trips if trip.leader_id])
    members = _counts(reader, select(_member.c.trip_id, func.count().label("n")).where(living(_member)), ids)
    planned = _counts(
        reader,
        select(_plan.c.trip_id, func.count().label("n")).where(
            living(_plan), func.coalesce(_plan.c.state, "") != PlanState.CANCELLED.value
        ),
        ids,
    )
    visited = _counts(reader, _met(func.count()), ids)
    enterprises = _counts(reader, _met(func.count(distinct(_visit.c.enterprise_id))), ids)
    return [
        TripRow(
            trip,
            leaders.get(trip.leader_id) if trip.leader_id else None,
            members.get(trip.id, 0),
            planned.get(trip.id, 0),
            enterprises.get(trip.id, 0),
            visited.get(trip.id, 0),
        )
        for trip in trips
    ]


def _met(count: ColumnElement[int]) -> Select[tuple[bytes, int]]:
    """Select by trip what counts (counting rule 8): visits face to face at companies."""
    return (
        select(_visit.c.trip_id, count.label("n"))
        .join(_enterprise, _enterprise.c.id == _visit.c.enterprise_id)
        .where(
            living(_visit),
            _visit.c.trip_id.is_not(None),
            or_(_visit.c.mode.is_(None), _visit.c.mode == VisitMode.FACE_TO_FACE.value),
            or_(_enterprise.c.category.is_(None), _enterprise.c.category == Category.COMPANY.value),
        )
    )


def _counts(reader: Reader, statement: Select[tuple[bytes, int]], ids: list[bytes] | None) -> dict[UUID, int]:
    by_trip = statement.selected_columns[0]
    statement = statement if ids is None else statement.where(by_trip.in_(ids))
    return {UUID(bytes=row["trip_id"]): row["n"] for row in reader.rows(statement.group_by(by_trip))}


def members(reader: Reader, trip_id: UUID) -> list[Member]:
    """Return our people on a trip, in order of entry."""
    found = reader.find(TripMember, trip_id=trip_id)
    people = reader.get_many(Person, [one.person_id for one in found])
    return [Member(one, people[one.person_id]) for one in found]


def planned(reader: Reader, trip_id: UUID) -> list[Planned]:
    """Return the planned visits by day and time, those without a day last."""
    found = reader.find(TripPlan, trip_id=trip_id)
    enterprises = reader.get_many(Enterprise, [one.enterprise_id for one in found])
    contacts = reader.get_many(Contact, [one.contact_id for one in found if one.contact_id])
    written = reader.get_many(Visit, [one.visit_id for one in found if one.visit_id])
    rows = [
        Planned(
            one,
            enterprises[one.enterprise_id],
            contacts.get(one.contact_id) if one.contact_id else None,
            written.get(one.visit_id) if one.visit_id else None,
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: (row.plan.on or date.max, row.plan.time or "~", row.plan.id))


def sheets(reader: Reader, trip_id: UUID) -> list[VisitSheet]:
    """Return the visits of a trip with everyone on them, in order of day and time."""
    found = sorted(reader.find(Visit, trip_id=trip_id), key=lambda one: (one.on, one.time or "~", one.id))
    return [visits.sheet(reader, one.id) for one in found]


def elsewhere(reader: Reader, trip: Trip) -> list[tuple[Person, Trip]]:
    """Return the members of a trip who are on another one on some of its days, with that other trip."""
    mine = [one.person_id for one in reader.find(TripMember, trip_id=trip.id)]
    found = reader.rows(
        select(_member.c.person_id, _member.c.trip_id)
        .join(_trip, _trip.c.id == _member.c.trip_id)
        .where(
            living(_member),
            living(_trip),
            _trip.c.id != trip.id.bytes,
            _member.c.person_id.in_([one.bytes for one in mine]),
            _trip.c.start_on <= trip.end_on.isoformat(),
            _trip.c.end_on >= trip.start_on.isoformat(),
        )
        .order_by(_trip.c.start_on, _trip.c.id)
    )
    people = reader.get_many(Person, mine)
    return [(people[UUID(bytes=row["person_id"])], reader.get(Trip, UUID(bytes=row["trip_id"]))) for row in found]


def planned_elsewhere(reader: Reader, trip: Trip, enterprises: list[UUID]) -> list[tuple[UUID, Trip]]:
    """Return those of these enterprises that another trip on some of the same days means to meet, with that trip."""
    if not enterprises:
        return []
    found = reader.rows(
        select(_plan.c.enterprise_id, _plan.c.trip_id)
        .join(_trip, _trip.c.id == _plan.c.trip_id)
        .where(
            living(_plan),
            living(_trip),
            _trip.c.id != trip.id.bytes,
            _plan.c.enterprise_id.in_([one.bytes for one in enterprises]),
            func.coalesce(_plan.c.state, "") != PlanState.CANCELLED.value,
            _trip.c.start_on <= trip.end_on.isoformat(),
            _trip.c.end_on >= trip.start_on.isoformat(),
        )
        .order_by(_trip.c.start_on, _trip.c.id)
    )
    others = reader.get_many(Trip, [UUID(bytes=row["trip_id"]) for row in found])
    return [(UUID(bytes=row["enterprise_id"]), others[UUID(bytes=row["trip_id"])]) for row in found]


def check_within(trip: Trip, on: date | None) -> None:
    """Raise BadInput for a day outside a trip."""
    if on is not None and not trip.start_on <= on <= trip.end_on:
        raise BadInput(
            _("The trip lasts from {start} to {end}; choose a day of it, or change the trip.").format(
                start=wording.show_date(trip.start_on), end=wording.show_date(trip.end_on)
            ),
            field="on",
        )
