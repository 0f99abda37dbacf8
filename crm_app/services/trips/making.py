"""A trip made, copied and changed, with our people on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.trip_writing import renamed, report_due
from crm_app.db.unit import Unit
from crm_app.domain import days as wording
from crm_app.domain import trip_reports
from crm_app.domain.staff import Person
from crm_app.domain.trips import PlanState, Trip, TripKind, TripMember, TripPlan
from crm_app.domain.visits import Visit
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome
from crm_app.services.trips.reading import overlaps


@dataclass(frozen=True)
class TripSaved:
    """A trip written; ``warnings`` are sentences about members who are out on another trip on these days."""

    id: UUID
    warnings: tuple[str, ...]


def create_trip(
    book: Book,
    *,
    start_on: date,
    end_on: date | None = None,
    members: Iterable[UUID] | None = None,
    enterprises: Iterable[UUID] = (),
    **values: Any,
) -> Outcome[TripSaved]:
    """Make a trip; the title is proposed from its regions, the report's due day from its return.

    ``members`` default to the author and go along for all of its days; ``enterprises`` are to be asked. Raise BadInput
    where the return lies before the departure.
    """
    with book.unit(_("New trip")) as unit:
        given = {name: value for name, value in values.items() if value not in (None, "", ())}
        last = end_on or start_on
        _check_days(start_on, last)
        kind = given.pop("kind", None) or (TripKind.OVERSEAS if given.get("overseas_countries") else TripKind.OUTING)
        title = given.pop("title", None) or trip_reports.default_title(given.get("regions"), start_on)
        due = given.pop("report_due", None) or report_due(unit, kind, last)
        number = given.pop("number", None) or writing.next_draft_number(unit, Trip, start_on.year)
        made = {"title": title, "start_on": start_on, "end_on": last, "kind": kind, "report_due": due, "number": number}
        trip = unit.insert(Trip, **made, **given)
        unit.about(title)
        mine = writing.my_id(unit)
        who = list(members) if members is not None else [mine] if mine else []
        _write_members(unit, trip, who)
        _write_plans(unit, trip, enterprises)
        return _saved(unit, trip)


def _write_plans(unit: Unit, trip_id: UUID, enterprises: Iterable[UUID]) -> None:
    unit.insert_many(
        TripPlan,
        [{"trip_id": trip_id, "enterprise_id": one, "state": PlanState.TO_ASK} for one in dict.fromkeys(enterprises)],
    )


def _took_place(plan: TripPlan) -> bool:
    return plan.visit_id is not None or plan.state is PlanState.DONE


def _check_days(start_on: date, end_on: date) -> None:
    if end_on < start_on:
        raise BadInput(
            _("The return ({end}) lies before the departure ({start}); correct one of them.").format(
                end=wording.show_date(end_on), start=wording.show_date(start_on)
            ),
            field="end_on",
        )


def _write_members(unit: Unit, trip_id: UUID, people: Iterable[UUID]) -> None:
    trip = unit.get(Trip, trip_id)
    whole = Decimal((trip.end_on - trip.start_on).days + 1)
    known = {one.person_id for one in unit.find(TripMember, trip_id=trip_id)}
    for person in dict.fromkeys(people):
        if person not in known:
            unit.insert(TripMember, trip_id=trip_id, person_id=person, days=whole)


def _saved(unit: Unit, trip_id: UUID) -> Outcome[TripSaved]:
    warnings = overlaps(unit, unit.get(Trip, trip_id))
    return Outcome(unit.commit(), TripSaved(trip_id, warnings))


def copy_trip(book: Book, trip_id: UUID, start_on: date, *, not_reached: bool = False) -> Outcome[TripSaved]:
    """Make a trip as long as another from a new day on: its people, regions, purpose and channel; no visits.

    ``not_reached``: the enterprises it meant to meet and did not are to be asked again.
    """
    with book.unit(_("Copy a trip")) as unit:
        old = unit.get(Trip, trip_id)
        unit.about(old.title)
        end_on = start_on + (old.end_on - old.start_on)
        made = unit.insert(
            Trip,
            title=renamed(old, old.regions, start_on),
            number=writing.next_draft_number(unit, Trip, start_on.year),
            start_on=start_on,
            end_on=end_on,
            kind=old.kind,
            regions=old.regions,
            leader_id=old.leader_id,
            channel=old.channel,
            purpose=old.purpose,
            overseas_countries=old.overseas_countries,
            report_due=report_due(unit, old.kind, end_on),
        )
        for member in unit.find(TripMember, trip_id=trip_id):
            unit.insert(TripMember, trip_id=made, person_id=member.person_id, days=member.days)
        if not_reached:
            plans, visits = unit.find(TripPlan, trip_id=trip_id), unit.find(Visit, trip_id=trip_id)
            reached = {one.enterprise_id for one in visits} | {one.enterprise_id for one in plans if _took_place(one)}
            _write_plans(unit, made, [one.enterprise_id for one in plans if one.enterprise_id not in reached])
        return _saved(unit, made)


def change_trip(book: Book, trip_id: UUID, **values: Any) -> Outcome[TripSaved]:
    """Change fields; a proposed title and due day follow the regions and the return unless they are given."""
    with book.unit(_("Change a trip")) as unit:
        old = unit.get(Trip, trip_id)
        start_on, end_on = values.get("start_on", old.start_on), values.get("end_on", old.end_on)
        if start_on and end_on:
            _check_days(start_on, end_on)
            values.setdefault("title", renamed(old, values.get("regions", old.regions), start_on))
            if old.report_due == report_due(unit, old.kind, old.end_on):
                values.setdefault("report_due", report_due(unit, values.get("kind", old.kind), end_on))
        unit.update(Trip, trip_id, **values)
        writing.about(unit, Trip, trip_id)
        return _saved(unit, trip_id)


def add_members(book: Book, trip_id: UUID, people: Iterable[UUID]) -> Outcome[TripSaved]:
    """Add people to a trip, for all of its days; those on it already stay."""
    with book.unit(_("Add trip members")) as unit:
        _write_members(unit, trip_id, people)
        writing.about(unit, Trip, trip_id)
        return _saved(unit, trip_id)


def change_member(book: Book, member_id: UUID, days: Decimal) -> Outcome[None]:
    """Set the days of a member, in halves."""
    trip_reports.check_halves(days)
    with book.unit(_("Change a trip member")) as unit:
        unit.update(TripMember, member_id, days=days)
        unit.about(_member(unit, member_id))
        return Outcome(unit.commit(), None)


def remove_member(book: Book, member_id: UUID) -> Outcome[None]:
    """Take somebody off a trip."""
    with book.unit(_("Remove a trip member")) as unit:
        unit.about(_member(unit, member_id))
        unit.delete(TripMember, member_id)
        return Outcome(unit.commit(), None)


def _member(unit: Unit, member_id: UUID) -> str:
    return unit.get(Person, unit.get(TripMember, member_id).person_id).name
