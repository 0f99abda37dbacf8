"""Visits: written up on site or in the evening, with asks, consensus and the next step; receptions at home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.db import visits as reads
from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.contacts import contacts_at
from crm_app.db.unit import Unit
from crm_app.db.visits import VisitSheet
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.staff import Person
from crm_app.domain.trips import PlanState, Trip, TripMember, TripPlan
from crm_app.domain.visits import LATE_ENTRY_MS, Reception, Visit, VisitContact, VisitMode, VisitPerson
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome

__all__ = ["VisitSheet"]


@dataclass(frozen=True)
class WriteVisit:
    """What the visit form asks; ``their_people`` are names or forms of address, known or new (“张总 总经理”)."""

    name: str = ""
    enterprise_id: UUID | None = None
    on: date | None = None
    time: str | None = None
    trip_id: UUID | None = None
    plan_id: UUID | None = None
    place: str | None = None
    our_people: tuple[UUID, ...] = ()
    their_people: tuple[str, ...] = ()
    talk: str | None = None
    asks: str | None = None
    consensus: str | None = None
    intent: Any = None
    raw: str | None = None
    next_step: str = ""


def write_visit(book: Book, asked: WriteVisit) -> Outcome[UUID]:
    """Write a visit up; the trip is found by its days, a planned visit is ticked off, the next step becomes a task."""
    on = asked.on or clock.today()
    if on > clock.today():
        raise BadInput(_("A visit cannot lie in the future; plan it under its trip instead."), field="on")
    with book.unit(_("Write up a visit")) as unit:
        enterprise = asked.enterprise_id or writing.find_or_make_enterprise(unit, asked.name)
        trip = asked.trip_id or _trip_on(unit, on)
        visit = unit.insert(
            Visit,
            enterprise_id=enterprise,
            on=on,
            time=asked.time,
            trip_id=trip,
            mode=VisitMode.FACE_TO_FACE,
            place=asked.place,
            talk=asked.talk,
            asks=asked.asks,
            consensus=asked.consensus,
            intent=asked.intent,
            raw=asked.raw,
            entered_at=clock.now_ms(),
            our_level=_level(unit, asked.our_people),
        )
        mine = writing.my_id(unit)
        for person in asked.our_people or ((mine,) if mine else ()):
            unit.insert(VisitPerson, visit_id=visit, person_id=person)
        for spoken in asked.their_people:
            _add_their(unit, visit, enterprise, spoken)
        _tick_off(unit, visit, enterprise, trip, asked.plan_id)
        writing.next_step(unit, asked.next_step, enterprise_id=enterprise, visit_id=visit)
        return Outcome(unit.commit(), visit)


def _trip_on(unit: Unit, on: date) -> UUID | None:
    """Return the trip the author is on that day, where there is exactly one."""
    mine = writing.my_id(unit)
    trips = [trip for trip in unit.find(Trip) if trip.start_on <= on <= trip.end_on]
    if mine:
        own = [trip for trip in trips if unit.find(TripMember, trip_id=trip.id, person_id=mine)]
        trips = own or trips
    return trips[0].id if len(trips) == 1 else None


def _level(unit: Unit, people: tuple[UUID, ...]) -> str | None:
    """Return the highest level among our people: the lists name levels from the top down."""
    levels = [person.level for person in unit.get_many(Person, people).values() if person.level]
    order = reads.levels(unit)
    return min(levels, key=lambda level: order.index(level) if level in order else len(order)) if levels else None


def _add_their(unit: Unit, visit: UUID, enterprise: UUID, spoken: str) -> None:
    name, _space, title = spoken.strip().partition(" ")
    if not name:
        return
    contact = writing.find_or_make_contact(unit, enterprise, name, title=title.strip() or None)
    held = next((one.position.title for one in contacts_at(unit, enterprise) if one.contact.id == contact), None)
    if not unit.find(VisitContact, visit_id=visit, contact_id=contact):
        unit.insert(VisitContact, visit_id=visit, contact_id=contact, title=title.strip() or held)


def _tick_off(unit: Unit, visit: UUID, enterprise: UUID, trip: UUID | None, plan_id: UUID | None) -> None:
    plans = [unit.get(TripPlan, plan_id)] if plan_id else []
    if not plans and trip:
        found = unit.find(TripPlan, trip_id=trip, enterprise_id=enterprise)
        plans = [plan for plan in found if plan.state in (PlanState.TO_ASK, PlanState.AGREED)][:1]
    for plan in plans:
        unit.update(TripPlan, plan.id, state=PlanState.DONE, visit_id=visit)


def change_visit(
    book: Book,
    visit_id: UUID,
    *,
    their_people: tuple[str, ...] | None = None,
    our_people: tuple[UUID, ...] | None = None,
    next_step: str = "",
    **values: Any,
) -> Outcome[None]:
    """Change fields of a visit; people, where given, replace those noted before."""
    with book.unit(_("Change a visit")) as unit:
        visit = unit.get(Visit, visit_id)
        unit.update(Visit, visit_id, **values)
        if our_people is not None:
            for present in unit.find(VisitPerson, visit_id=visit_id):
                if present.person_id not in our_people:
                    unit.delete(VisitPerson, present.id)
            known = {present.person_id for present in unit.find(VisitPerson, visit_id=visit_id)}
            for person in our_people:
                if person not in known:
                    unit.insert(VisitPerson, visit_id=visit_id, person_id=person)
            unit.update(Visit, visit_id, our_level=_level(unit, our_people))
        if their_people is not None:
            for theirs in unit.find(VisitContact, visit_id=visit_id):
                unit.delete(VisitContact, theirs.id)
            for spoken in their_people:
                _add_their(unit, visit_id, visit.enterprise_id, spoken)
        writing.next_step(unit, next_step, enterprise_id=visit.enterprise_id, visit_id=visit_id)
        return Outcome(unit.commit(), None)


def delete_visit(book: Book, visit_id: UUID) -> Outcome[None]:
    """Take a visit out of every list; the plan it ticked off is open again."""
    with book.unit(_("Delete a visit")) as unit:
        for plan in unit.find(TripPlan, visit_id=visit_id):
            unit.update(TripPlan, plan.id, state=PlanState.AGREED, visit_id=None)
        unit.delete(Visit, visit_id)
        return Outcome(unit.commit(), None)


def visit_sheet(book: Book, visit_id: UUID) -> VisitSheet:
    """Return a visit with everyone and everything on it; raise NotFound."""
    with book.read() as reader:
        return reads.sheet(reader, visit_id)


def entered_late(visit: Visit) -> bool:
    """Say whether a visit was written up over 48 hours after its day (补录)."""
    if visit.entered_at is None:
        return False
    return visit.entered_at - _midnight_after_ms(visit.on) > LATE_ENTRY_MS


def _midnight_after_ms(on: date) -> int:
    return int(clock.local_midnight(on).timestamp() * 1000) + 24 * 3600 * 1000


def receive(book: Book, *, guests: str, on: date, name: str = "", **values: Any) -> Outcome[UUID]:
    """Log an enterprise received at home."""
    with book.unit(_("Log a reception")) as unit:
        enterprise = values.pop("enterprise_id", None)
        if enterprise is None and name:
            enterprise = writing.find_or_make_enterprise(unit, name)
        made = unit.insert(Reception, guests=guests, on=on, enterprise_id=enterprise, **values)
        return Outcome(unit.commit(), made)


def visits_of(book: Book, enterprise_id: UUID) -> list[Visit]:
    """Return an enterprise's visits, newest first."""
    with book.read() as reader:
        return reader.find(Visit, enterprise_id=enterprise_id, order_by=("-on",))


def recent_visits(book: Book, limit: int = 100) -> list[tuple[Visit, Enterprise]]:
    """Return the newest visits with their enterprises."""
    with book.read() as reader:
        visits = reads.newest(reader, limit)
        known = reader.get_many(Enterprise, [visit.enterprise_id for visit in visits])
        return [(visit, known[visit.enterprise_id]) for visit in visits]


def follow_ups_after(book: Book, visit_id: UUID) -> list[FollowUp]:
    """Return the follow-ups that name this visit."""
    with book.read() as reader:
        return reader.find(FollowUp, visit_id=visit_id, order_by=("on",))
