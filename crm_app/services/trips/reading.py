"""The list of trips, and one trip with its coverage, its gaps and what clashes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app import clock
from crm_app.db import trips as reads
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.db.trips import Member, Planned, TripRow
from crm_app.db.visits import VisitSheet
from crm_app.domain import days as wording
from crm_app.domain import outings, trip_reports
from crm_app.domain.counting import Window
from crm_app.domain.outings import Met
from crm_app.domain.staff import Person
from crm_app.domain.trip_reports import Coverage, Gap
from crm_app.domain.trips import PlanState, Trip
from crm_app.i18n import _
from crm_app.services.trips.day_plan import PlanDay, days_of, troubles


@dataclass(frozen=True)
class TripPage:
    """Everything the page of a trip shows; ``enterprises`` is 家数, ``visits`` 家次, ``gaps`` what its report lacks."""

    trip: Trip
    leader: Person | None
    members: list[Member]
    plans: list[Planned]
    sheets: list[VisitSheet]
    coverage: Coverage
    enterprises: int
    visits: int
    gaps: list[Gap]
    conflicts: list[tuple[Planned, Planned]]
    warnings: tuple[str, ...]
    days: list[PlanDay]
    troubles: dict[UUID, tuple[str, ...]]
    """What stands against a planned visit where it is, by the plan."""


def list_trips(book: Book) -> list[TripRow]:
    """Return every trip with its counts, the latest departure first."""
    with book.read() as reader:
        return reads.rows(reader)


def trips_between(book: Book, first: date, last: date) -> list[TripRow]:
    """Return the trips that last on a day from ``first`` to ``last``, the latest departure first."""
    with book.read() as reader:
        return reads.between(reader, first, last)


def latest_trips(book: Book, limit: int) -> list[Trip]:
    """Return so many trips without their counts, the latest departure first."""
    with book.read() as reader:
        return reader.find(Trip, order_by=("-start_on",), limit=limit)


def trip_page(book: Book, trip_id: UUID) -> TripPage:
    """Return everything known about a trip; raise NotFound."""
    with book.read() as reader:
        trip = reader.get(Trip, trip_id)
        members, plans = reads.members(reader, trip_id), reads.planned(reader, trip_id)
        sheets = reads.sheets(reader, trip_id)
        counted = _counted(sheets)
        return TripPage(
            trip,
            reader.look_up(Person, trip.leader_id),
            members,
            plans,
            sheets,
            trip_reports.coverage([row.plan for row in plans]),
            outings.enterprises_of(counted),
            len(counted),
            _gaps(trip, members, plans, sheets),
            _conflicts(plans),
            overlaps(reader, trip),
            days_of(reader, trip, plans, clock.today()),
            troubles(reader, trip, plans),
        )


def _counted(sheets: list[VisitSheet]) -> list[Met]:
    met = [
        Met(sheet.visit.id, sheet.enterprise.id, sheet.visit.on, sheet.visit.mode, sheet.enterprise.category)
        for sheet in sheets
    ]
    return outings.visits_in(met, Window(date.min, date.max))


def _gaps(trip: Trip, members: list[Member], plans: list[Planned], sheets: list[VisitSheet]) -> list[Gap]:
    gaps = trip_reports.trip_gaps(trip, has_members=bool(members))
    if trip.end_on > clock.today():
        gaps = [gap for gap in gaps if gap.field not in trip_reports.WRITTEN_AFTERWARDS]
    if trip.end_on <= clock.today():
        gaps += [
            trip_reports.plan_gap(row.plan, row.enterprise)
            for row in plans
            if not row.visit and row.plan.state is not PlanState.CANCELLED
        ]
    for sheet in sheets:
        gaps += trip_reports.visit_gaps(sheet.visit, sheet.enterprise, has_their_people=bool(sheet.their_people))
    return gaps


def _conflicts(plans: list[Planned]) -> list[tuple[Planned, Planned]]:
    timed = [row for row in plans if row.plan.on and row.plan.time and row.plan.state is not PlanState.CANCELLED]
    return [
        (one, other)
        for place, one in enumerate(timed)
        for other in timed[place + 1 :]
        if (one.plan.on, one.plan.time) == (other.plan.on, other.plan.time)
    ]


def overlaps(reader: Reader, trip: Trip) -> tuple[str, ...]:
    """Return a sentence for each member who is out on another trip on some of the same days."""
    return tuple(
        _("{person} is also on “{trip}” ({start} – {end}).").format(
            person=person.name,
            trip=other.title,
            start=wording.show_date(other.start_on),
            end=wording.show_date(other.end_on),
        )
        for person, other in reads.elsewhere(reader, trip)
    )
