"""Who takes a row of which kind of ledger."""

from __future__ import annotations

from collections.abc import Callable

from crm_app.domain.import_rows import Parsed
from crm_app.services.imports.annual_rows import take_annual_row
from crm_app.services.imports.contact_rows import take_contact_row
from crm_app.services.imports.drafts import Notes
from crm_app.services.imports.enterprise_rows import take_enterprise_row, take_lead_row
from crm_app.services.imports.event_rows import take_event_row
from crm_app.services.imports.follow_up_rows import take_follow_up_row
from crm_app.services.imports.forecast_rows import take_forecast_row
from crm_app.services.imports.fund_rows import take_fund_row
from crm_app.services.imports.honour_rows import take_honour_row
from crm_app.services.imports.milestone_rows import take_milestone_row
from crm_app.services.imports.need_rows import take_need_row
from crm_app.services.imports.project_rows import take_project_row
from crm_app.services.imports.ranking_rows import take_ranking_row
from crm_app.services.imports.reception_rows import take_reception_row
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.signing_rows import take_signing_row
from crm_app.services.imports.stage_rows import take_stage_row
from crm_app.services.imports.target_rows import take_target_row
from crm_app.services.imports.task_rows import take_task_row
from crm_app.services.imports.trip_rows import take_trip_row
from crm_app.services.imports.visit_rows import take_visit_row

TAKE: dict[str, Callable[[Shelf, Notes, Parsed], None]] = {
    "enterprises": take_enterprise_row,
    "contacts": take_contact_row,
    "leads": take_lead_row,
    "trips": take_trip_row,
    "visits": take_visit_row,
    "receptions": take_reception_row,
    "follow_ups": take_follow_up_row,
    "tasks": take_task_row,
    "projects": take_project_row,
    "signings": take_signing_row,
    "funds": take_fund_row,
    "stages": take_stage_row,
    "milestones": take_milestone_row,
    "needs": take_need_row,
    "honours": take_honour_row,
    "targets": take_target_row,
    "forecasts": take_forecast_row,
    "events": take_event_row,
    "rankings": take_ranking_row,
    "yearly_results": take_annual_row,
}

BY_BLOCKS = frozenset(("enterprises", "leads"))
"""Kinds whose rows need only what they name themselves: they are decided while the file is still being read."""
