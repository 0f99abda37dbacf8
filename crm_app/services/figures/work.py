"""What is said of the work itself: trips, visits, targets, rates, per-mu results, events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from crm_app.domain import counting, outings
from crm_app.domain.amounts import Currency
from crm_app.domain.attainment import Attained, Rate, attained, denominator, per_mu, reached
from crm_app.domain.counting import Window
from crm_app.domain.events import Event, EventKind
from crm_app.domain.figures import (
    EventSum,
    Figure,
    OverseasSum,
    ParkPerMu,
    PerMuLine,
    PerMuTable,
    RateTable,
    TargetLine,
    TripSum,
    VisitSum,
)
from crm_app.domain.outings import Met
from crm_app.domain.projects import Fund, Project
from crm_app.domain.stages import Stage
from crm_app.domain.targets import Annual, Forecast, Metric
from crm_app.domain.thresholds import NONE, Thresholds, judged
from crm_app.domain.trips import Trip, TripKind
from crm_app.services.figures.credits import CREDITS, Credit, total
from crm_app.services.figures.sheet import Sheet, known_targets

REGISTERED = "注册"
"""The milestone that shows a contract is being kept."""


def trips(sheet: Sheet, *, postings: bool = False) -> Figure[TripSum]:
    """Return the batches of the window, or its resident postings; person-days on their own days."""
    chosen = outings.postings_in if postings else outings.trips_in
    mine = [trip for trip in sheet.ledger.trips if sheet.went(trip)]
    counted = chosen(mine, sheet.window, sheet.rules.trips_by)
    same_kind = [trip for trip in mine if (trip.kind is TripKind.POSTING) is postings]
    members = sheet.ledger.members
    lived = sheet.lived
    person_days = sum(
        (outings.person_days(trip, members.get(trip.id, []), lived) for trip in same_kind if lived), Decimal(0)
    )
    people = {member.person_id for trip in counted for member in members.get(trip.id, [])}
    return sheet.figure(TripSum(len(counted), person_days, len(people)), (trip.id for trip in counted))


def overseas(sheet: Sheet) -> Figure[OverseasSum]:
    """Return the overseas trips among the batches, with their countries in order of departure."""
    counted = outings.trips_in(sheet.ledger.trips, sheet.window, sheet.rules.trips_by)
    abroad: list[Trip] = [trip for trip in counted if trip.kind is TripKind.OVERSEAS]
    countries = dict.fromkeys(country for trip in abroad for country in trip.overseas_countries or ())
    return sheet.figure(OverseasSum(len(abroad), tuple(countries)), (trip.id for trip in abroad))


def _visited(sheet: Sheet) -> list[Met]:
    return [visit for visit in outings.visits_in(sheet.ledger.visits, sheet.window) if sheet.visited(visit.id)]


def visits(sheet: Sheet) -> Figure[VisitSum]:
    """Return 家数 and 家次 of the window."""
    counted = _visited(sheet)
    return sheet.figure(VisitSum(outings.enterprises_of(counted), len(counted)), (visit.id for visit in counted))


def targets(sheet: Sheet) -> Figure[tuple[TargetLine, ...]]:
    """Return the targets in force with what was reached of them: from the beginning of each one's period.

    A target's part of the window stands beside it; a person's or a team's counts their own rows (counting rule 1).
    """
    found: dict[tuple[Metric, Window], list[Credit]] = {}

    def credits(metric: Metric, window: Window) -> list[Credit]:
        if (metric, window) not in found:
            found[metric, window] = list(CREDITS[metric](replace(sheet, window=window)))
        return found[metric, window]

    lines = []
    for target, owners in known_targets(sheet):
        until = Window(target.from_on, min(target.to_on, sheet.window.last))
        part = sheet.window.overlap(target.from_on, target.to_on) or sheet.window
        held, inside = total(credits(target.metric, until), owners), total(credits(target.metric, part), owners)
        reached = counting.ratio(held.value, target.value)
        lines.append(
            TargetLine(target, until, held.value, reached, tuple(held.rows), part, inside.value, tuple(inside.rows))
        )
    return sheet.figure(tuple(lines), (line.target.id for line in lines))


def forecasts(sheet: Sheet) -> Figure[tuple[Forecast, ...]]:
    """Return the forecasts whose period overlaps the window: the only source of 预计."""
    found = [one for one in sheet.ledger.forecasts if sheet.window.overlap(one.from_on, one.to_on)]
    return sheet.figure(tuple(found), (one.id for one in found))


def rates(sheet: Sheet) -> Figure[RateTable]:
    """Return 开工率, 履约率, 投产率 and 到位率 over the denominator of the rules.

    A contract is being kept (履约) once its company is registered, money has come, or work has begun.
    """
    last = sheet.window.last
    whole = denominator(sheet.counted, sheet.window, sheet.rules.denominator)
    money: dict[UUID, list[Fund]] = defaultdict(list)
    for fund in sheet.ledger.funds:
        if fund.on <= last:
            money[fund.project_id].append(fund)
    logs = {project: [(e.stage, e.on) for e in sheet.ledger.stages.get(project, [])] for project in whole}
    begun = [project for project in whole if reached(logs[project], Stage.STARTED, last)]
    registered = [
        project
        for project in whole
        if any(m.kind == REGISTERED and m.on <= last for m in sheet.ledger.milestones.get(project, []))
    ]
    producing = [project for project in whole if reached(logs[project], Stage.PRODUCING, last)]
    table = RateTable(
        sheet.rules.denominator,
        (
            attained(Rate.STARTED, whole, begun),
            attained(Rate.FULFILLED, whole, {*begun, *registered, *(p for p in whole if money[p])}),
            attained(Rate.PRODUCING, whole, producing),
            _funded(whole, money),
        ),
    )
    return sheet.figure(table, whole)


def _funded(whole: dict[UUID, int], money: dict[UUID, list[Fund]]) -> Attained:
    funds = [fund for project in whole for fund in money[project] if fund.amount.currency is Currency.CNY]
    part, of = sum(fund.amount.minor for fund in funds), sum(whole.values())
    return Attained(Rate.FUNDED, part, of, counting.ratio(part, of), tuple(fund.id for fund in funds))


def per_mu_table(sheet: Sheet) -> Figure[PerMuTable]:
    """Return the results of the last full year known, best tax per mu first, and the investment per mu signed."""
    full = [one.year for one in sheet.ledger.annual if (one.year, 12, 31) <= sheet.window.last.timetuple()[:3]]
    year = max(full, default=None)
    rows = [one for one in sheet.ledger.annual if one.year == year]
    at = _parks_of_enterprises(sheet) if rows else {}
    made = (_line(sheet, one, at.get(one.enterprise_id)) for one in rows)
    lines = sorted(made, key=lambda line: (-(line.tax_per_mu or -1), line.name))
    projects = [sheet.ledger.projects[project] for project in sheet.signed_projects]
    sited = [project for project in projects if project.fixed_investment and project.land]
    table = PerMuTable(
        year,
        tuple(lines),
        _together((one.output, one.land) for one in rows),
        _together((one.tax, one.land) for one in rows),
        _together((project.fixed_investment, project.land) for project in sited),
        len(sited),
        parks := tuple(_parks(sheet, sited)),
        _told_of(sheet, [*(line.park for line in lines), *(one.park for one in parks)]),
    )
    return sheet.figure(table, [*(one.id for one in rows), *(project.id for project in sited)])


def _told_of(sheet: Sheet, parks: Iterable[str | None]) -> tuple[tuple[str, Thresholds], ...]:
    """Return the thresholds of parks that set any, each once."""
    found = {park: _thresholds(sheet, park) for park in sorted({one for one in parks if one})}
    return tuple((park, told) for park, told in found.items() if told)


def _parks(sheet: Sheet, sited: Iterable[Project]) -> Iterator[ParkPerMu]:
    """Yield the parks at signing with their investment per mu, against what each wants; the least reached first."""
    at = {one.signing.project_id: sheet.park(one) for one in sheet.signed if one.projects > 0}
    parks: dict[str | None, list[Project]] = defaultdict(list)
    for project in sited:
        parks[at[project.id]].append(project)
    found = []
    for park, own in parks.items():
        told = _thresholds(sheet, park)
        wanted = told.investment
        below = [one.id for one in own if wanted and (per_mu(one.fixed_investment, one.land) or 0) < wanted]
        reached = _together((one.fixed_investment, one.land) for one in own)
        found.append(ParkPerMu(park, wanted, reached, tuple(one.id for one in own), tuple(below), told))
    yield from sorted(found, key=lambda one: (one.park is None, one.reached or Decimal(0), one.park or ""))


def _thresholds(sheet: Sheet, park: str | None) -> Thresholds:
    """Return what a park wants of a mu at the window's end."""
    return sheet.ledger.thresholds.get(park or "", NONE).on(sheet.window.last)


def _parks_of_enterprises(sheet: Sheet) -> dict[UUID, str]:
    """Return the park of each enterprise all of whose projects are in one, as they stand at the window's end."""
    held: dict[UUID, set[str]] = defaultdict(set)
    for project, investors in sheet.ledger.investors.items():
        park = counting.park_on(sheet.ledger.parks.get(project, []), sheet.window.last)
        for one in investors if park else ():
            held[one.enterprise_id].add(str(park))
    return {enterprise: parks.pop() for enterprise, parks in held.items() if len(parks) == 1}


def _line(sheet: Sheet, one: Annual, park: str | None) -> PerMuLine:
    name = sheet.ledger.enterprises[one.enterprise_id]
    output, tax = per_mu(one.output, one.land), per_mu(one.tax, one.land)
    told = _thresholds(sheet, park)
    states = judged(output, told.output), judged(tax, told.tax)
    return PerMuLine(one.enterprise_id, name, one.output, one.tax, one.land, output, tax, one.id, park, *states)


def _together(pairs: Iterable[tuple[int | None, Decimal | None]]) -> Decimal | None:
    """Return 万元/亩 over all pairs that know both."""
    known = [(yuan, land) for yuan, land in pairs if yuan is not None and land]
    return per_mu(sum(yuan for yuan, _land in known), sum((land for _yuan, land in known), Decimal(0)))


def events(sheet: Sheet) -> Figure[tuple[EventSum, ...]]:
    """Return the events of the window by kind; an event without sessions is one."""
    kinds: dict[EventKind | None, list[Event]] = defaultdict(list)
    for event in sheet.ledger.events:
        if sheet.window.has(event.on):
            kinds[event.kind].append(event)
    order = [*EventKind, None]
    sums = [
        EventSum(
            kind,
            len(kinds[kind]),
            sum(1 if event.sessions is None else event.sessions for event in kinds[kind]),
            sum(event.people or 0 for event in kinds[kind]),
            tuple(event.id for event in kinds[kind]),
        )
        for kind in order
        if kinds[kind]
    ]
    return sheet.figure(tuple(sums), (row for one in sums for row in one.rows))
