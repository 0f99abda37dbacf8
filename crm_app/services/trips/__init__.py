"""Trips: made or copied, planned enterprise by enterprise, and written up in one table in the evening."""

from crm_app.db.trip_writing import REPORT_DAYS_OVERSEAS, REPORT_WORKDAYS_INSIDE
from crm_app.db.trips import Member, Planned, TripRow
from crm_app.db.visits import VisitSheet
from crm_app.domain.trip_reports import Coverage, Gap
from crm_app.services.trips.day_plan import PlanDay, arrange, proposed_route, stop_of, told_place
from crm_app.services.trips.evening import EveningRow, evening_table, save_evening
from crm_app.services.trips.making import (
    TripSaved,
    add_members,
    change_member,
    change_trip,
    copy_trip,
    create_trip,
    remove_member,
)
from crm_app.services.trips.planning import change_plan, plan_visits, remove_plan
from crm_app.services.trips.proposing import MOST, Proposal, propose_trip
from crm_app.services.trips.reading import TripPage, latest_trips, list_trips, trip_page, trips_between

__all__ = [
    "MOST",
    "REPORT_DAYS_OVERSEAS",
    "REPORT_WORKDAYS_INSIDE",
    "Coverage",
    "EveningRow",
    "Gap",
    "Member",
    "PlanDay",
    "Planned",
    "Proposal",
    "TripPage",
    "TripRow",
    "TripSaved",
    "VisitSheet",
    "add_members",
    "arrange",
    "change_member",
    "change_plan",
    "change_trip",
    "copy_trip",
    "create_trip",
    "evening_table",
    "latest_trips",
    "list_trips",
    "plan_visits",
    "propose_trip",
    "proposed_route",
    "remove_member",
    "remove_plan",
    "save_evening",
    "stop_of",
    "told_place",
    "trip_page",
    "trips_between",
]
