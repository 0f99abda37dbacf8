"""Writing a visit up, from its own form or a trip's evening table: people, the plan it ticks off, the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app import clock
from crm_app.db import visits as reads
from crm_app.db import writing
from crm_app.db.unit import Unit
from crm_app.domain.contacts import Position
from crm_app.domain.staff import Person
from crm_app.domain.trips import PlanState, Trip, TripMember, TripPlan
from crm_app.domain.visits import Intent, Visit, VisitContact, VisitMode, VisitPerson
from crm_app.errors import BadInput
from crm_app.i18n import _


@dataclass(frozen=True)
class WriteVisit:
    """What the visit form asks; ``their_people`` are names or forms of address, known or new (“张总 总经理”).

    What is called as a field of the visit is written into it.
    """

    name: str = ""
    enterprise_id: UUID | None = None
    on: date | None = None
    time: str | None = None
    trip_id: UUID | None = None
    plan_id: UUID | None = None
    place: str | None = None
    mode: VisitMode = VisitMode.FACE_TO_FACE
    our_people: tuple[UUID, ...] = ()
    their_people: tuple[str, ...] = ()
    talk: str | None = None
    asks: str | None = None
    consensus: str | None = None
    intent: Intent | None = None
    raw: str | None = None
    next_step: str = ""


def write(unit: Unit, asked: WriteVisit) -> UUID:
    """Insert the visit and what hangs on it; raise BadInput for a day in the future or an ambiguous name.

    The trip is the one the author is on that day; our people default to the trip's members, else to the author.
    """
    on = asked.on or clock.today()
    check_day(on)
    plan = unit.get(TripPlan, asked.plan_id) if asked.plan_id else None
    enterprise = asked.enterprise_id or (plan.enterprise_id if plan else None)
    if enterprise is None:
        enterprise = writing.find_or_make_enterprise(unit, asked.name)
    trip = asked.trip_id or (plan.trip_id if plan else None) or _trip_on(unit, on)
    ours = asked.our_people or _present(unit, trip)
    as_asked = {field.name: getattr(asked, field.name) for field in Visit.fields if hasattr(asked, field.name)}
    found = {
        "number": writing.next_draft_number(unit, Visit, on.year),
        "enterprise_id": enterprise,
        "on": on,
        "trip_id": trip,
        "entered_at": clock.now_ms(),
        "our_level": level_of(unit, ours),
    }
    visit = unit.insert(Visit, **{**as_asked, **found})
    for person in ours:
        unit.insert(VisitPerson, visit_id=visit, person_id=person)
    if not asked.their_people and plan and plan.contact_id:
        held = held_on(unit, enterprise, plan.contact_id, on)
        unit.insert(VisitContact, visit_id=visit, contact_id=plan.contact_id, title=held)
    for spoken in asked.their_people:
        add_their(unit, unit.get(Visit, visit), spoken)
    _tick_off(unit, visit, enterprise, trip, plan)
    writing.next_step(unit, asked.next_step, enterprise_id=enterprise, visit_id=visit)
    return visit


def _trip_on(unit: Unit, on: date) -> UUID | None:
    """Return the trip the author is on that day, where there is exactly one."""
    mine = writing.my_id(unit)
    trips = [trip for trip in unit.find(Trip) if trip.start_on <= on <= trip.end_on]
    if mine:
        own = [trip for trip in trips if unit.find(TripMember, trip_id=trip.id, person_id=mine)]
        trips = own or trips
    return trips[0].id if len(trips) == 1 else None


def _present(unit: Unit, trip_id: UUID | None) -> tuple[UUID, ...]:
    members = unit.find(TripMember, trip_id=trip_id) if trip_id else []
    mine = writing.my_id(unit)
    return tuple(member.person_id for member in members) or ((mine,) if mine else ())


def level_of(unit: Unit, people: tuple[UUID, ...]) -> str | None:
    """Return the highest level among our people: the lists name levels from the top down."""
    levels = [person.level for person in unit.get_many(Person, people).values() if person.level]
    order = reads.levels(unit)
    return min(levels, key=lambda level: order.index(level) if level in order else len(order)) if levels else None


def check_day(on: date) -> None:
    """Raise BadInput for a visit in the future."""
    if on > clock.today():
        raise BadInput(_("A visit cannot lie in the future; plan it under its trip instead."), field="on")


def add_their(unit: Unit, visit: Visit, spoken: str) -> UUID | None:
    """Note one of their people, “张总 总经理”, and return the contact, found or made.

    The title is the one typed, else the one held that day; who is noted already keeps the title noted.
    """
    name, title = writing.name_and_title(unit, visit.enterprise_id, spoken)
    if not name:
        return None
    contact = writing.find_or_make_contact(unit, visit.enterprise_id, name, title=title or None)
    noted = unit.find(VisitContact, visit_id=visit.id, contact_id=contact)
    if not noted:
        held = title or held_on(unit, visit.enterprise_id, contact, visit.on)
        unit.insert(VisitContact, visit_id=visit.id, contact_id=contact, title=held)
    elif title:
        unit.update(VisitContact, noted[0].id, title=title)
    return contact


def replace_theirs(unit: Unit, visit_id: UUID, spoken: tuple[str, ...]) -> None:
    """Make these the people met; those noted before keep the title they held that day."""
    visit = unit.get(Visit, visit_id)
    wanted = {add_their(unit, visit, one) for one in spoken}
    for noted in unit.find(VisitContact, visit_id=visit_id):
        if noted.contact_id not in wanted:
            unit.delete(VisitContact, noted.id)


def held_on(unit: Unit, enterprise_id: UUID, contact_id: UUID, on: date) -> str | None:
    """Return the title a contact held at an enterprise on a day; before the first known post, that one's."""
    posts = unit.find(Position, contact_id=contact_id, enterprise_id=enterprise_id)
    posts.sort(key=lambda post: (post.from_on or date.min, post.id))
    then = [post for post in posts if (post.from_on or date.min) <= on <= (post.to_on or date.max)]
    chosen = then[-1:] or posts[:1]
    return chosen[0].title if chosen else None


def _tick_off(unit: Unit, visit: UUID, enterprise: UUID, trip: UUID | None, plan: TripPlan | None) -> None:
    if plan is None and trip:
        found = unit.find(TripPlan, trip_id=trip, enterprise_id=enterprise)
        plan = next((one for one in found if one.state in (PlanState.TO_ASK, PlanState.AGREED)), None)
    if plan is not None:
        unit.update(TripPlan, plan.id, state=PlanState.DONE, visit_id=visit)
