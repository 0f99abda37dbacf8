"""What the visit form offers before anything is typed: our people, theirs, the trips, the planned visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.people import with_post
from crm_app.domain.staff import Person
from crm_app.domain.trips import PlanState, Trip, TripPlan
from crm_app.domain.visits import Visit
from crm_app.errors import NotFound
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services import enterprises, staff, trips, visits
from crm_app.services.book import Book
from crm_app.services.enterprises import ContactAt
from crm_app.services.trips import Planned
from crm_app.services.visits import VisitSheet
from crm_app.ui.meetings.known import Known
from crm_app.ui.visits.typed import TypedVisit, of_sheet
from crm_app.ui.widgets.people_field import Named

_TRIPS_OFFERED = 40


@dataclass(frozen=True)
class Asked:
    """What the form was opened for."""

    enterprise_id: UUID | None = None
    trip_id: UUID | None = None
    plan_id: UUID | None = None
    visit_id: UUID | None = None

    @property
    def draft(self) -> str:
        """The key its draft is kept under."""
        return f"visit:{self.visit_id or self.plan_id or self.enterprise_id or self.trip_id or ''}"


@dataclass(frozen=True)
class Context:
    """What the book knows around the visit. ``planned`` are the visits of the trip still to be written, in order."""

    colleagues: list[Person]
    me: Person | None
    trips: list[Trip]
    trip: Trip | None = None
    members: list[Person] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    plan: Planned | None = None
    enterprise: Enterprise | None = None
    contacts: list[ContactAt] = field(default_factory=list)
    sheet: VisitSheet | None = None
    round: list[Planned] = field(default_factory=list)
    """All the stops of the trip in order, those written up too."""
    known: Known = field(default_factory=Known)


def read_context(book: Book, asked: Asked) -> Context:
    """Return everything the form opens with; raise NotFound for ids the book does not hold."""
    sheet = visits.visit_sheet(book, asked.visit_id) if asked.visit_id else None
    plan = _plan(book, asked.plan_id)
    trip_id = (sheet.visit.trip_id if sheet else None) or asked.trip_id or (plan.trip_id if plan else None)
    if trip_id is None and sheet is None:
        covering = trips.trips_between(book, clock.today(), clock.today())
        trip_id = covering[0].trip.id if len(covering) == 1 else None
    page = trips.trip_page(book, trip_id) if trip_id else None
    offered = trips.latest_trips(book, _TRIPS_OFFERED)
    if page is not None and trip_id not in {trip.id for trip in offered}:
        offered.append(page.trip)
    enterprise_id = sheet.enterprise.id if sheet else asked.enterprise_id or (plan.enterprise_id if plan else None)
    known = enterprises.enterprise_page(book, enterprise_id) if enterprise_id else None
    planned = [row for row in page.plans if row.open and row.visit is None] if page else []
    return Context(
        staff.colleagues(book),
        books.me(book),
        offered,
        page.trip if page else None,
        [member.person for member in page.members] if page else [],
        planned,
        next((row for row in planned if row.plan.id == asked.plan_id), None),
        known.enterprise if known else None,
        known.contacts if known else [],
        sheet,
        [row for row in page.plans if row.plan.state is not PlanState.CANCELLED] if page else [],
        Known(
            _last(book, enterprise_id, sheet),
            known.tasks if known else [],
            known.needs if known else [],
            (plan.purpose or "") if plan else "",
            sheet is not None,
        ),
    )


def _last(book: Book, enterprise_id: UUID | None, sheet: VisitSheet | None) -> Visit | None:
    if enterprise_id is None:
        return None
    before = visits.visits_of(book, enterprise_id)
    if sheet is not None:
        before = [one for one in before if one.id != sheet.visit.id and one.on <= sheet.visit.on]
    return before[0] if before else None


def _plan(book: Book, plan_id: UUID | None) -> TripPlan | None:
    if plan_id is None:
        return None
    found = books.find_record(book, str(plan_id))
    if not isinstance(found, TripPlan):
        raise NotFound(
            _("{kind}: it is not in this book. Its list shows what is there.").format(kind=_(TripPlan.label))
        )
    return found


def read_known(book: Book, enterprise_id: UUID) -> tuple[Enterprise, list[ContactAt]]:
    """Return an enterprise with who is known there."""
    page = enterprises.enterprise_page(book, enterprise_id)
    return page.enterprise, page.contacts


def their_people(contacts: list[ContactAt]) -> list[Named]:
    """Return the known contacts as they are offered: 张总, with post and whole name beside."""
    return [
        Named(one.contact.name, one.salutation, _beside(one), f"{one.contact.name} {one.position.title or ''}")
        for one in contacts
    ]


def _beside(one: ContactAt) -> str:
    name = one.contact.name if one.contact.name != one.salutation else ""
    return " ".join(part for part in (name, one.position.title or "") if part)


def new_contact(text: str) -> Named:
    """Read “张总 总经理”: name or form of address, then the title."""
    name, title = with_post(text)
    return Named(f"{name} {title}".rstrip(), name, title)


def first_typed(context: Context) -> TypedVisit:
    """Return the form as it opens: a visit written before, or what can be proposed for a new one."""
    if context.sheet is not None:
        return of_sheet(context.sheet)
    plan = context.plan
    ours = context.members or ([context.me] if context.me else [])
    return TypedVisit(
        enterprise=context.enterprise.name if context.enterprise else "",
        chosen=str(context.enterprise.id) if context.enterprise else "",
        on=days.show_short(_proposed_day(context)),
        time=plan.plan.time or "" if plan else "",
        place=(context.enterprise.address or "") if context.enterprise else "",
        trip=str(context.trip.id) if context.trip else "",
        ours="\n".join(str(one.id) for one in ours),
        theirs=plan.contact.name if plan and plan.contact else "",
    )


def _proposed_day(context: Context) -> date:
    """Today, or the trip's nearest day, or the planned one where it is not still to come."""
    today, trip = clock.today(), context.trip
    if context.plan and context.plan.plan.on and context.plan.plan.on <= today:
        return context.plan.plan.on
    if trip and trip.end_on < today:
        return trip.end_on
    return today
