"""The overview of a window: its figures with the funnel, the months, the regions and the people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import median
from uuid import UUID

from crm_app.domain import counting, regions
from crm_app.domain.amounts import Currency
from crm_app.domain.counting import Counted, Tally
from crm_app.domain.figures import Figures
from crm_app.domain.outings import trips_in, visits_in
from crm_app.domain.overview import FunnelStep, Overview, Period, Step, periods_of
from crm_app.domain.projects import Agreement, Project
from crm_app.domain.stages import Stage
from crm_app.services.figures import people, stage_times
from crm_app.services.figures.sheet import Sheet

_STAGES = {
    Step.TALKS: (Stage.NEGOTIATING, Stage.REVIEW),
    Step.INTENT: (Stage.MOU,),
    Step.STARTED: (Stage.STARTED,),
    Step.PRODUCING: (Stage.PRODUCING, Stage.FULL_CAPACITY),
}
Days = dict[UUID, date]


def of(sheet: Sheet, figures: Figures) -> Overview:
    """Return the overview of a sheet whose figures are known."""
    last = sheet.window.last
    return Overview(
        figures=figures,
        funnel=_funnel(sheet),
        periods=_periods(sheet),
        by_region=tuple(counting.shares(sheet.signed, _region_of(sheet))),
        people=people.people(sheet),
        stages=stage_times.stages(sheet),
        signings_known=any(one.signing.signed_on.first <= last for one in sheet.counted),
        work_known=sheet.ledger.began is not None and sheet.ledger.began <= last,
    )


def _arrivals(sheet: Sheet) -> dict[Step, Days]:
    """Return for each step of a project the day each project first came to it; for LEAD that of its lead.

    A contract whose day is known only to the month came at the month's end, where it counts as signed.
    """
    found: dict[Step, Days] = {step: {} for step in Step}
    for project in sheet.ledger.projects.values():
        on = sheet.ledger.lead_days.get(project.lead_id) if project.lead_id else None
        if on:
            found[Step.LEAD][project.id] = on
        for entry in sheet.ledger.stages.get(project.id, []):
            for step, stages in _STAGES.items():
                if entry.stage in stages:
                    _earlier(found[step], project.id, entry.on)
    for one in sheet.counted:
        if one.projects > 0:
            _earlier(found[Step.SIGNED], one.signing.project_id, one.signing.signed_on.last)
        elif one.signing.kind in (Agreement.INTENT, Agreement.FRAMEWORK):
            _earlier(found[Step.INTENT], one.signing.project_id, one.signing.signed_on.first)
    return found


def _vague(sheet: Sheet) -> set[UUID]:
    """Return the projects whose signing day is known only to a span of days: no days are counted from or to it."""
    days = ((one.signing.project_id, one.signing.signed_on) for one in sheet.counted if one.projects > 0)
    return {project for project, day in days if day.first != day.last}


def _earlier(days: Days, project: UUID, day: date) -> None:
    days[project] = min(day, days.get(project, day))


def _funnel(sheet: Sheet) -> tuple[FunnelStep, ...]:
    arrivals, window = _arrivals(sheet), sheet.window
    order = list(Step)
    steps: list[FunnelStep] = []
    for number, step in enumerate(order):
        tally, base = _tally(sheet, step, arrivals), []
        if number == 0:
            steps.append(FunnelStep(step, tally))
            continue
        before = order[number - 1]
        later = [arrivals[one] for one in order[number:]]
        come = {project for days in later for project, day in days.items() if day <= window.last}
        if before is Step.LEAD:
            base = [one.id for one in sheet.ledger.leads if window.has(one.on)]
            come = _begun(sheet, arrivals)
        elif before is Step.SIGNED:
            base = sheet.signed_projects
        else:
            base = [project for project, day in arrivals[before].items() if window.has(day)]
        moved = [one for one in base if one in come]
        vague = _vague(sheet) if Step.SIGNED in (before, step) else ()
        taken = [
            (day - arrivals[before][project]).days
            for project, day in arrivals[step].items()
            if window.has(day) and project not in vague and arrivals[before].get(project, date.max) <= day
        ]
        rate = counting.ratio(len(moved), len(base))
        steps.append(FunnelStep(step, tally, tuple(moved), rate, round(median(taken)) if taken else None))
    return tuple(steps)


def _begun(sheet: Sheet, arrivals: dict[Step, Days]) -> set[UUID]:
    """Return the leads that became a project by the window's end, as far as a day of it is known."""
    later = [days for step, days in arrivals.items() if step is not Step.LEAD]
    begun: set[UUID] = set()
    for project in sheet.ledger.projects.values():
        known = [days[project.id] for days in later if project.id in days]
        if project.lead_id is not None and (not known or min(known) <= sheet.window.last):
            begun.add(project.lead_id)
    return begun


def _tally(sheet: Sheet, step: Step, arrivals: dict[Step, Days]) -> Tally:
    if step is Step.LEAD:
        leads = [one for one in sheet.ledger.leads if sheet.window.has(one.on)]
        return Tally(len(leads), sum(one.yuan for one in leads), tuple(one.id for one in leads))
    if step is Step.SIGNED:
        return counting.tally(sheet.signed)
    if step in (Step.STARTED, Step.PRODUCING):
        return sheet.reached_in(*_STAGES[step])
    came = sorted((day, project) for project, day in arrivals[step].items() if sheet.window.has(day))
    projects = [sheet.ledger.projects[project] for _day, project in came]
    return Tally(len(projects), sum(_yuan(project) for project in projects), tuple(one.id for one in projects))


def _yuan(project: Project) -> int:
    in_yuan = project.intent.high if project.intent and project.intent.currency is Currency.CNY else None
    return project.total_investment or in_yuan or 0


def _periods(sheet: Sheet) -> tuple[Period, ...]:
    found: list[Period] = []
    for window in periods_of(sheet.window):
        part = replace(sheet, window=window)
        funds = [fund for fund in part.funds if fund.amount.currency is Currency.CNY]
        trips = trips_in(sheet.ledger.trips, window, sheet.rules.trips_by)
        found.append(
            Period(
                window,
                counting.tally(part.signed),
                Tally(len(funds), sum(fund.amount.minor for fund in funds), tuple(fund.id for fund in funds)),
                _rows(one.id for one in visits_in(sheet.ledger.visits, window)),
                _rows(trip.id for trip in trips),
                _rows(one.id for one in sheet.ledger.leads if window.has(one.on)),
            )
        )
    # A contract known only to the quarter is the window's, and no month's.
    placed = {row for period in found for row in period.signed.rows}
    loose = counting.tally(one for one in sheet.signed if one.signing.id not in placed)
    none = Tally(0, 0, ())
    return (*found, Period(None, loose, none, none, none, none)) if loose.rows else tuple(found)


def _rows(ids: Iterable[UUID]) -> Tally:
    rows = tuple(ids)
    return Tally(len(rows), 0, rows)


def _region_of(sheet: Sheet) -> Callable[[Counted], str | None]:
    def name_of(one: Counted) -> str | None:
        investors = sheet.ledger.investors.get(one.signing.project_id, [])
        if not investors:
            return None
        largest = max(investors, key=lambda investor: investor.share or Decimal(0))
        return _province(sheet.ledger.regions.get(largest.enterprise_id))

    return name_of


def _province(written: str | None) -> str | None:
    """Return the province of a region as it is written; what is no region of China stays as it is."""
    found = regions.leading(written) if written else None
    return regions.name(found[0].code[:2] + "0000") if found else written
