"""The day plan of a trip: its days with what hinders on them, and stops put into another order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from crm_app.db import trips as reads
from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.db.trips import Planned
from crm_app.domain import day_plans
from crm_app.domain import days as wording
from crm_app.domain.day_plans import Place, Stop
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.trips import PlanState, Trip, TripPlan
from crm_app.domain.workdays import DayMark
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.services.outcome import Outcome

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_LONGEST = 14
"""Days; of a longer trip only those on which something is planned are shown, and today."""


@dataclass(frozen=True)
class PlanDay:
    """A day of a trip: what it is in the calendar, and who of us is elsewhere on it, in sentences."""

    on: date
    mark: DayMark
    away: tuple[str, ...]


def stop_of(row: Planned) -> Stop:
    """Return a planned visit as the rules of the day plan see it."""
    plan = row.plan
    time = plan.time if plan.time and _CLOCK.fullmatch(plan.time) else None
    done = plan.visit_id is not None or plan.state is PlanState.DONE
    code = day_plans.code_of(row.enterprise.region)
    return Stop(plan.id, plan.on, time, code, plan.state is PlanState.AGREED, done)


def days_of(reader: Reader, trip: Trip, plans: Iterable[Planned], today: date) -> list[PlanDay]:
    """Return the days of a trip with what hinders on them."""
    length = (trip.end_on - trip.start_on).days + 1
    every = [trip.start_on + timedelta(days=number) for number in range(length)]
    if length > _LONGEST:
        used = {row.plan.on for row in plans} | {today, trip.start_on}
        every = [day for day in every if day in used]
    calendar = writing.calendar(reader)
    elsewhere = reads.elsewhere(reader, trip)
    return [
        PlanDay(
            day,
            calendar.mark(day),
            tuple(
                _("{person} is on “{trip}”").format(person=person.name, trip=other.title)
                for person, other in elsewhere
                if other.start_on <= day <= other.end_on
            ),
        )
        for day in every
    ]


def troubles(reader: Reader, trip: Trip, plans: list[Planned]) -> dict[UUID, tuple[str, ...]]:
    """Return what stands against a planned visit where it is, in sentences by the plan."""
    told: defaultdict[UUID, list[str]] = defaultdict(list)
    open_plans = [row for row in plans if row.plan.state is not PlanState.CANCELLED]
    name = {row.plan.id: row.enterprise.name for row in open_plans}
    for clash in day_plans.clashes(map(stop_of, open_plans)):
        for mine, other in ((clash.one, clash.other), (clash.other, clash.one)):
            if not clash.minutes:
                told[mine].append(_("At the same time as {name}").format(name=name[other]))
        if clash.minutes:
            told[clash.other].append(_clash_told(clash, name[clash.one]))
    calendar = writing.calendar(reader)
    for row in open_plans:
        if row.plan.on and row.visit is None and not calendar.is_workday(row.plan.on):
            told[row.plan.id].append(_("No working day: ask whether they are there"))
    for plan_id, sentence in _elsewhere(reader, trip, open_plans):
        told[plan_id].append(sentence)
    return {plan_id: tuple(sentences) for plan_id, sentences in told.items()}


def _clash_told(clash: day_plans.Clash, before: str) -> str:
    if clash.needed > day_plans.VISIT_MINUTES:
        return _("Only {n} min after {name}, and in another place: {needed} are needed").format(
            n=clash.minutes, name=before, needed=clash.needed
        )
    return _("Only {n} min after {name}").format(n=clash.minutes, name=before)


def _elsewhere(reader: Reader, trip: Trip, plans: list[Planned]) -> Iterable[tuple[UUID, str]]:
    """Yield what other trips of these days say about the same enterprises and the same people."""
    open_plans = [row for row in plans if row.visit is None]
    by_enterprise = {row.enterprise.id: row for row in open_plans}
    for enterprise_id, other in reads.planned_elsewhere(reader, trip, list(by_enterprise)):
        yield (
            by_enterprise[enterprise_id].plan.id,
            _("Also planned on “{trip}”").format(trip=other.title),
        )
    for person, other in reads.elsewhere(reader, trip):
        busy = [(plan.on, plan.time) for plan in reader.find(TripPlan, trip_id=other.id) if _stands(plan)]
        for row in open_plans:
            stop = stop_of(row)
            if stop.time and any(on == stop.on and time and _near(stop.time, time) for on, time in busy):
                yield (
                    row.plan.id,
                    _("{person} is expected elsewhere then, on “{trip}”").format(person=person.name, trip=other.title),
                )


def _stands(plan: TripPlan) -> bool:
    return plan.state is not PlanState.CANCELLED and plan.on is not None


def _near(one: str, other: str) -> bool:
    if not _CLOCK.fullmatch(other):
        return False
    return abs(day_plans.minutes(one) - day_plans.minutes(other)) < day_plans.VISIT_MINUTES


def arrange(book: Book, trip_id: UUID, places: Mapping[UUID, Place], ask_again: Collection[UUID] = ()) -> Outcome[None]:
    """Put planned visits where they belong, all in one step; those of ``ask_again`` are to be asked anew.

    Raise BadInput for a day outside the trip, Refused for a visit that is written up.
    """
    with book.unit(_("Arrange the day plan")) as unit:
        trip = unit.get(Trip, trip_id)
        for plan_id, place in places.items():
            if unit.get(TripPlan, plan_id).visit_id:
                raise Refused(_("This visit is written up; its day is that of the visit."))
            reads.check_within(trip, place.on)
            asked = {"state": PlanState.TO_ASK} if plan_id in ask_again else {}
            unit.update(TripPlan, plan_id, on=place.on, time=place.time, **asked)
        if len(places) == 1:
            writing.about(unit, Enterprise, unit.get(TripPlan, next(iter(places))).enterprise_id)
        else:
            unit.about(trip.title)
        return Outcome(unit.commit(), None)


def proposed_route(book: Book, trip_id: UUID, today: date) -> dict[UUID, Place]:
    """Return an order by region for what is not agreed yet, on working days of the trip that are not over.

    What was planned on a day that is over and did not take place is placed anew, where there is room.
    """
    with book.read() as reader:
        trip = reader.get(Trip, trip_id)
        stops = [stop_of(row) for row in reads.planned(reader, trip_id) if row.plan.state is not PlanState.CANCELLED]
        calendar = writing.calendar(reader)
    missed = {stop.id for stop in stops if stop.on and stop.on < today and not (stop.done or stop.agreed)}
    stops = [replace(stop, on=None, time=None) if stop.id in missed else stop for stop in stops]
    span = (trip.start_on + timedelta(days=number) for number in range((trip.end_on - trip.start_on).days + 1))
    return day_plans.route(stops, [day for day in span if day >= today and calendar.is_workday(day)])


def told_place(place: Place) -> str:
    """Return “6月13日 周二 09:30”; words for the tray."""
    if place.on is None:
        return _("not placed")
    return f"{wording.show_with_weekday(place.on)} {place.time or ''}".rstrip()
