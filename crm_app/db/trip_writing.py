"""What follows the days of a trip while nobody has set it by hand: its title and the day its report is due."""

from __future__ import annotations

from datetime import date

from crm_app.db import writing
from crm_app.db.unit import Unit
from crm_app.domain import trip_reports
from crm_app.domain.staff import Setting
from crm_app.domain.trips import Trip, TripKind

REPORT_DAYS_OVERSEAS = "report_days_overseas"
REPORT_WORKDAYS_INSIDE = "report_workdays_inside"


def report_due(unit: Unit, kind: TripKind | None, end_on: date) -> date:
    """Return the day the report of a trip is due, by the bureau's own numbers of days."""
    return trip_reports.report_due(
        kind,
        end_on,
        writing.calendar(unit),
        days_overseas=_number(unit, REPORT_DAYS_OVERSEAS, trip_reports.DAYS_OVERSEAS),
        workdays_inside=_number(unit, REPORT_WORKDAYS_INSIDE, trip_reports.WORKDAYS_INSIDE),
    )


def _number(unit: Unit, key: str, default: int) -> int:
    found = unit.find(Setting, key=key)
    return int(found[0].value) if found and found[0].value else default


def renamed(old: Trip, regions: tuple[str, ...] | None, start_on: date) -> str:
    """Return the proposed title anew where nobody wrote one by hand."""
    if old.title == trip_reports.default_title(old.regions, old.start_on):
        return trip_reports.default_title(regions, start_on)
    return old.title
