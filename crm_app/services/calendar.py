"""The calendar: what some days hold, with what each day is; and planned things put on another day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from crm_app import clock
from crm_app.db import calendar as reads
from crm_app.db import trip_writing, writing
from crm_app.db import trips as trip_reads
from crm_app.db.book import Book
from crm_app.db.calendar import FOLLOW_UP, KINDS, NEED, PLAN, RECEPTION, TASK, TRIP, VISIT, Item
from crm_app.db.unit import Unit
from crm_app.domain import days as wording
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.projects import Need
from crm_app.domain.tasks import Task
from crm_app.domain.trips import PlanState, Trip, TripPlan
from crm_app.domain.visits import Reception, Visit
from crm_app.domain.workdays import DayMark
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.services.outcome import Outcome

__all__ = [
    "FOLLOW_UP",
    "KINDS",
    "NEED",
    "PLAN",
    "RECEPTION",
    "TASK",
    "TRIP",
    "VISIT",
    "Item",
    "Span",
    "between",
    "movable",
    "move",
    "told",
]


_KIND_LABELS = {
    TRIP: Trip.label,
    PLAN: TripPlan.label,
    VISIT: Visit.label,
    RECEPTION: Reception.label,
    FOLLOW_UP: FollowUp.label,
    TASK: Task.label,
}


@dataclass(frozen=True)
class Span:
    """Some days: their items in the order in which a day shows them, how many each day holds, what each day is."""

    first: date
    last: date
    items: list[Item]
    counts: dict[date, int]
    marks: dict[date, DayMark]


def between(book: Book, first: date, last: date, kinds: Collection[str] = KINDS, *, per_day: int = 40) -> Span:
    """Return what lies from ``first`` to ``last``; of a day and a kind at most ``per_day`` items."""
    with book.read() as reader:
        found = reads.between(reader, first, last, kinds, per_day)
        calendar = writing.calendar(reader)
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    counts = {day: sum(found.counts[day].values()) for day in every if day in found.counts}
    return Span(first, last, found.items, counts, {day: calendar.mark(day) for day in every})


def movable(item: Item) -> bool:
    """Tell whether an item may be put on another day: what took place stays on its own."""
    return item.kind in (TRIP, PLAN, NEED) or (item.kind == TASK and item.done_on is None)


def move(book: Book, item: Item, to: date, *, ask_again: bool = False) -> Outcome[None]:
    """Put a next step, a promise, a planned visit or a whole trip on another day; a trip's plans go with it.

    ``ask_again``: whoever is agreed with on the days a trip leaves is to be asked anew.
    Raise BadInput for a day outside the visit's trip, Refused for a trip with visits and for what took place.
    """
    if not movable(item):
        raise _took_place()
    if item.kind == TASK:
        return _move_task(book, item.id, to)
    if item.kind == NEED:
        return _move_need(book, item.id, to)
    return _move_plan(book, item.id, to) if item.kind == PLAN else _move_trip(book, item.id, to, ask_again)


def _took_place() -> Refused:
    return Refused(_("It took place on its day; correct the record itself."))


def _move_task(book: Book, task_id: UUID, to: date) -> Outcome[None]:
    with book.unit(_("Postpone a next step")) as unit:
        # It may have been done since it was seen.
        task = unit.get(Task, task_id)
        if task.done_on is not None:
            raise _took_place()
        unit.about(task.what)
        unit.update(Task, task_id, due=to)
        return Outcome(unit.commit(), None)


def _move_need(book: Book, need_id: UUID, to: date) -> Outcome[None]:
    with book.unit(_("Change a need")) as unit:
        need = unit.get(Need, need_id)
        if need.solved_on is not None:
            raise _took_place()
        words = _("Postpone a promise to {day}") if need.promised_on else _("Postpone a need to {day}")
        unit.rename(words.format(day=wording.show_near_with_weekday(to, clock.today())))
        unit.about(need.words)
        unit.update(Need, need_id, due=to)
        return Outcome(unit.commit(), None)


def _move_plan(book: Book, plan_id: UUID, to: date) -> Outcome[None]:
    with book.unit(_("Move a planned visit")) as unit:
        plan = unit.get(TripPlan, plan_id)
        if plan.visit_id is not None:
            raise _took_place()
        trip_reads.check_within(unit.get(Trip, plan.trip_id), to)
        writing.about(unit, Enterprise, plan.enterprise_id)
        unit.update(TripPlan, plan_id, on=to)
        return Outcome(unit.commit(), None)


def _move_trip(book: Book, trip_id: UUID, to: date, ask_again: bool) -> Outcome[None]:
    with book.unit(_("Move a trip")) as unit:
        trip = unit.get(Trip, trip_id)
        by = to - trip.start_on
        if unit.find(Visit, trip_id=trip_id, limit=1):
            raise Refused(_("Visits of this trip are written up; change its days on its page."))
        title = trip_writing.renamed(trip, trip.regions, to)
        unit.about(title)
        due = _due_moved(unit, trip, by)
        unit.update(Trip, trip_id, start_on=to, end_on=trip.end_on + by, title=title, report_due=due)
        for plan in unit.find(TripPlan, trip_id=trip_id):
            if plan.on is not None:
                asked = {"state": PlanState.TO_ASK} if ask_again and plan.state is PlanState.AGREED else {}
                unit.update(TripPlan, plan.id, on=plan.on + by, **asked)
        return Outcome(unit.commit(), None)


def _due_moved(unit: Unit, trip: Trip, by: timedelta) -> date | None:
    """Return the day the report is due by the rule; one that was set by hand goes with the trip."""
    if trip.report_due is None:
        return None
    if trip.report_due == trip_writing.report_due(unit, trip.kind, trip.end_on):
        return trip_writing.report_due(unit, trip.kind, trip.end_on + by)
    return writing.calendar(unit).next_workday(trip.report_due + by)


def told(item: Item) -> str:
    """Return an item in words, for whoever cannot see it and for questions."""
    when = wording.show_with_weekday(item.on)
    if item.until != item.on:
        when += f" – {wording.show_with_weekday(item.until)}"
    # A promise says itself what it is.
    kind = _(_KIND_LABELS[item.kind]) if item.kind in _KIND_LABELS else ""
    return " ".join(part for part in (when, item.time, kind, item.enterprise, item.title) if part)
