"""The enterprises a trip means to meet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.trips import check_within
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.trips import PlanState, Trip, TripPlan
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.services.outcome import Outcome


def plan_visits(
    book: Book, trip_id: UUID, enterprise_ids: Sequence[UUID], on: date | None = None
) -> Outcome[list[UUID]]:
    """Plan enterprises to be asked; one that is planned already and not cancelled is passed over."""
    with book.unit(_("Plan visits")) as unit:
        trip = unit.get(Trip, trip_id)
        unit.about(trip.title)
        check_within(trip, on)
        known = {
            plan.enterprise_id for plan in unit.find(TripPlan, trip_id=trip_id) if plan.state is not PlanState.CANCELLED
        }
        new = [one for one in dict.fromkeys(enterprise_ids) if one not in known]
        made = unit.insert_many(
            TripPlan,
            [{"trip_id": trip_id, "enterprise_id": one, "on": on, "state": PlanState.TO_ASK} for one in new],
        )
        return Outcome(unit.commit(), made)


def change_plan(book: Book, plan_id: UUID, **values: Any) -> Outcome[None]:
    """Change state, on, time, contact_id or purpose of a planned visit; raise BadInput for a day outside the trip."""
    with book.unit(_("Change a planned visit")) as unit:
        plan = unit.get(TripPlan, plan_id)
        if plan.visit_id and values.get("state", PlanState.DONE) is not PlanState.DONE:
            raise Refused(_("This visit is written up; delete the visit to plan it again."))
        if "on" in values:
            check_within(unit.get(Trip, plan.trip_id), values["on"])
        writing.about(unit, Enterprise, plan.enterprise_id)
        unit.update(TripPlan, plan_id, **values)
        return Outcome(unit.commit(), None)


def remove_plan(book: Book, plan_id: UUID) -> Outcome[None]:
    """Take a planned visit off the trip; refused once it is written up."""
    with book.unit(_("Remove a planned visit")) as unit:
        plan = unit.get(TripPlan, plan_id)
        if plan.visit_id:
            raise Refused(_("This visit is written up; delete the visit first."))
        writing.about(unit, Enterprise, plan.enterprise_id)
        unit.delete(TripPlan, plan_id)
        return Outcome(unit.commit(), None)
