"""What a trip is measured by: its title and due day, its coverage, and what its report still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from crm_app.domain import days
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import When, missing, values_of
from crm_app.domain.trips import PlanState, Trip, TripKind, TripPlan
from crm_app.domain.visits import Visit
from crm_app.domain.workdays import Calendar
from crm_app.errors import BadInput
from crm_app.i18n import _

DAYS_OVERSEAS = 15
"""Calendar days after the return; a bureau may change it."""

WRITTEN_AFTERWARDS = frozenset(("findings", "problems", "plans"))
"""What nobody can write before the return: no gap until then."""

WORKDAYS_INSIDE = 5
"""Working days after the return; a bureau may change it."""


@dataclass(frozen=True)
class Coverage:
    """How far the plans of a trip got; ``planned`` leaves cancelled ones out."""

    planned: int
    done: int
    cancelled: int
    open: int


@dataclass(frozen=True)
class Gap:
    """Something the trip report lacks: ``field`` of a record (empty: a list or a whole visit is missing).

    ``title`` is the missing thing in words, ``label`` the record's own name.
    """

    table: str
    id: UUID
    field: str
    title: str
    label: str


def default_title(regions: Sequence[str] | None, start_on: date) -> str:
    """Return the proposed title: 赴XX、XX招商, or one by the day where no region is known."""
    if regions:
        return _("Investment promotion in {regions}").format(regions=_(", ").join(regions))
    return _("Outing of {day}").format(day=days.show_date(start_on))


def report_due(
    kind: TripKind | None,
    end_on: date,
    calendar: Calendar,
    *,
    days_overseas: int = DAYS_OVERSEAS,
    workdays_inside: int = WORKDAYS_INSIDE,
) -> date:
    """Return the day the report is due: calendar days after an overseas return, else working days."""
    if kind is TripKind.OVERSEAS:
        return end_on + timedelta(days=days_overseas)
    return calendar.add_workdays(end_on, workdays_inside)


def check_halves(spent: Decimal) -> None:
    """Raise BadInput for days that are no multiple of a half."""
    if spent < 0 or spent % Decimal("0.5"):
        raise BadInput(_("Days on a trip are counted in halves, such as 2.5."), field="days")


def coverage(plans: Iterable[TripPlan]) -> Coverage:
    """Count the plans by how far they got."""
    states = [plan.state for plan in plans]
    done, cancelled = states.count(PlanState.DONE), states.count(PlanState.CANCELLED)
    return Coverage(len(states) - cancelled, done, cancelled, len(states) - done - cancelled)


def trip_gaps(trip: Trip, *, has_members: bool) -> list[Gap]:
    """Return what the trip itself lacks for its report."""
    gaps = [
        Gap("trip", trip.id, field.name, field.title, trip.title)
        for field in missing(Trip, values_of(trip), [When.REPORT])
    ]
    if not has_members:
        gaps.append(Gap("trip", trip.id, "", _("Trip members"), trip.title))
    return gaps


def plan_gap(plan: TripPlan, enterprise: Enterprise) -> Gap:
    """Return the gap of a planned visit that was neither written up nor cancelled."""
    return Gap("trip_plan", plan.id, "", _("Visit not written up, nor cancelled"), enterprise.name)


def visit_gaps(visit: Visit, enterprise: Enterprise, *, has_their_people: bool) -> list[Gap]:
    """Return what one visit lacks for the report."""
    gaps = [
        Gap("visit", visit.id, field.name, field.title, enterprise.name)
        for field in missing(Visit, values_of(visit), [When.REPORT])
    ]
    if not has_their_people:
        gaps.append(Gap("visit", visit.id, "", _("Whom we met"), enterprise.name))
    return gaps
