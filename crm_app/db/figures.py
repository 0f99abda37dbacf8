"""Reads for the figures, in one transaction; the rules then work on what was read.

Tables as long as the work of the windows are read whole; of enterprises, visits and leads, which a book holds by the
hundred thousand, only what the windows ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Table, func, select, union
from sqlalchemy.sql import ColumnElement

from crm_app.db import dictionaries, tables
from crm_app.db.figures_lists import TargetList, read_lists
from crm_app.db.reader import Reader, living
from crm_app.domain.activity import year_so_far
from crm_app.domain.amounts import Currency
from crm_app.domain.counting import Window
from crm_app.domain.enterprises import Category, Enterprise, Label
from crm_app.domain.events import Event, PackagedProject, ProjectSet, ProjectSetItem
from crm_app.domain.fields import Record
from crm_app.domain.outings import Met
from crm_app.domain.projects import Fund, Investor, Milestone, Need, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.staff import DictionaryEntry, Person, Setting
from crm_app.domain.targets import Annual, Forecast, Metric, Ranking, Target
from crm_app.domain.thresholds import Thresholds
from crm_app.domain.trips import Trip, TripMember
from crm_app.domain.visits import VisitMode

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Dated:
    """A row of which only the day counts, with whose it is; ``yuan`` where an amount in yuan is named."""

    id: UUID
    on: date | None
    person_id: UUID | None
    yuan: int = 0


@dataclass(frozen=True)
class Ledger:
    """Everything the figures stand on; rows that belong to a project or a trip are gathered under its id.

    ``enterprises`` and ``regions`` know the investors, those with yearly results and those with open needs,
    ``lead_days`` the day of every lead that became a project. ``needs`` are those open at some time of the windows.
    ``began`` is the first day of any work in the book.
    """

    projects: Mapping[UUID, Project]
    signings: list[Signing]
    investors: Mapping[UUID, list[Investor]]
    parks: Mapping[UUID, list[ProjectPark]]
    stages: Mapping[UUID, list[StageEntry]]
    milestones: Mapping[UUID, list[Milestone]]
    funds: list[Fund]
    enterprises: Mapping[UUID, str]
    regions: Mapping[UUID, str]
    labels: list[Label]
    trips: list[Trip]
    members: Mapping[UUID, list[TripMember]]
    visits: list[Met]
    visitors: Mapping[UUID, list[UUID]]
    receptions: list[Dated]
    leads: list[Dated]
    lead_days: Mapping[UUID, date]
    events: list[Event]
    targets: list[Target]
    forecasts: list[Forecast]
    rankings: list[Ranking]
    annual: list[Annual]
    sets: list[tuple[ProjectSet, list[UUID]]]
    packaged: list[PackagedProject]
    thresholds: Mapping[str, Thresholds]
    campaign_years: Mapping[str, int | None]
    needs: list[Need]
    lists: list[TargetList]
    people: list[Person]
    settings: Mapping[str, str]
    began: date | None


_METRICS = list(Metric)
"""The order a report tells them in: what was signed, what came in, who was met."""


def read_ledger(reader: Reader, windows: Iterable[Window], today: date) -> Ledger:
    """Read what the figures of these windows need; living rows only, views as they stand ``today``."""
    targets = sorted(
        reader.find(Target, order_by=("from_on",)), key=lambda one: (one.from_on, _METRICS.index(one.metric))
    )
    spans = list(windows)
    visited = _reach(spans, targets, Metric.ENTERPRISES_VISITED)
    received = _reach(_told_weekly(spans), targets, Metric.RECEPTIONS)
    registered = _reach(spans, targets, Metric.LEADS)
    needs = _needs(reader, visited)
    names, regions = _enterprises(reader, {one.enterprise_id for one in needs if one.enterprise_id})
    projects = {project.id: project for project in reader.find(Project)}
    return Ledger(
        projects=projects,
        signings=[signing for signing in reader.find(Signing) if signing.project_id in projects],
        investors=_by(reader.find(Investor), "project_id"),
        parks=_by(reader.find(ProjectPark), "project_id"),
        stages=_by(reader.find(StageEntry), "project_id"),
        milestones=_by(reader.find(Milestone), "project_id"),
        funds=[fund for fund in reader.find(Fund, order_by=("on",)) if fund.project_id in projects],
        enterprises=names,
        regions=regions,
        labels=_labels(reader),
        # A trip that is still planned is no batch yet.
        trips=[trip for trip in reader.find(Trip, order_by=("start_on",)) if trip.start_on <= today],
        members=_by(reader.find(TripMember), "trip_id"),
        visits=_visits(reader, visited),
        visitors=_visitors(reader, visited),
        receptions=_dated(reader, "reception", "on", "host_id", received),
        leads=_dated(reader, "lead", "registered_on", "owner_id", registered, amount="intent"),
        lead_days=_lead_days(reader),
        events=reader.find(Event, order_by=("on",)),
        targets=targets,
        forecasts=reader.find(Forecast, order_by=("from_on", "metric")),
        rankings=reader.find(Ranking),
        annual=reader.find(Annual),
        sets=_sets(reader, projects),
        packaged=reader.find(PackagedProject),
        thresholds=dictionaries.thresholds(reader),
        needs=needs,
        lists=read_lists(reader, today),
        campaign_years={one.name: one.year for one in reader.find(DictionaryEntry, list_name="campaign")},
        people=reader.find(Person),
        settings={one.key: one.value for one in reader.find(Setting) if one.value},
        began=_began(reader),
    )


def _by(records: Iterable[R], owner: str) -> Mapping[UUID, list[R]]:
    gathered: dict[UUID, list[R]] = defaultdict(list)
    for record in records:
        gathered[getattr(record, owner)].append(record)
    return gathered


def _reach(windows: Sequence[Window], targets: Iterable[Target], metric: Metric) -> Window:
    """Return the days to be read for some windows: a target of a metric counts from the beginning of its period."""
    firsts = [one.first for one in windows]
    for target in targets:
        if target.metric is metric and any(one.overlap(target.from_on, target.to_on) for one in windows):
            firsts.append(target.from_on)
    return Window(min(firsts), max(one.last for one in windows))


def _told_weekly(windows: Iterable[Window]) -> list[Window]:
    """Return windows with those their activities stand beside: the one before each, and its year."""
    return [other for one in windows for other in (one, one.before(), year_so_far(one))]


def _needs(reader: Reader, span: Window) -> list[Need]:
    """Return what was promised, or is needed by a project, and was open at some time of a span."""
    need = tables.RECORD_TABLES["need"]
    meant = need.c.promised_on.is_not(None) | need.c.project_id.is_not(None)
    still = need.c.solved_on.is_(None) | (need.c.solved_on > span.first.isoformat())
    return [Need.load(row) for row in reader.rows(select(need).where(living(need), meant, still))]


def _enterprises(reader: Reader, also: Collection[UUID]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    table, investor, annual = (tables.RECORD_TABLES[name] for name in ("enterprise", "investor", "annual"))
    wanted = union(
        select(investor.c.enterprise_id).where(living(investor)), select(annual.c.enterprise_id).where(living(annual))
    )
    # Deleted ones too: a contract stays one with the company it was made with.
    rows = reader.rows(select(table.c.id, table.c.name, table.c.region).where(table.c.id.in_(wanted)))
    names = {UUID(bytes=row["id"]): row["name"] for row in rows}
    places = {UUID(bytes=row["id"]): row["region"] for row in rows if row["region"]}
    rest = reader.get_many(Enterprise, [one for one in also if one not in names])
    return names | {one.id: one.name for one in rest.values()}, places


def _labels(reader: Reader) -> list[Label]:
    table, investor = tables.RECORD_TABLES["label"], tables.RECORD_TABLES["investor"]
    of_investors = table.c.enterprise_id.in_(select(investor.c.enterprise_id).where(living(investor)))
    rows = reader.rows(select(table).where(living(table), of_investors).order_by(table.c.id))
    return [Label.load(row) for row in rows]


def _visits(reader: Reader, span: Window) -> list[Met]:
    table, enterprise = tables.RECORD_TABLES["visit"], tables.RECORD_TABLES["enterprise"]
    # An index holds the few that are no companies.
    others = {
        row["id"]: Category(row["category"])
        for row in reader.rows(select(enterprise.c.id, enterprise.c.category).where(enterprise.c.category != "company"))
    }
    rows = reader.rows(
        select(table.c.id, table.c.enterprise_id, table.c.on, table.c.mode).where(*_inside(table, "on", span))
    )
    return [
        Met(
            UUID(bytes=row["id"]),
            UUID(bytes=row["enterprise_id"]),
            date.fromisoformat(row["on"]),
            VisitMode(row["mode"]) if row["mode"] else None,
            others.get(row["enterprise_id"]),
        )
        for row in rows
    ]


def _inside(table: Table, day: str, span: Window) -> tuple[ColumnElement[bool], ...]:
    between = table.c[day].between(span.first.isoformat(), span.last.isoformat())
    return table.c.deleted_at.is_(None), between


def _visitors(reader: Reader, span: Window) -> Mapping[UUID, list[UUID]]:
    table, visit = tables.RECORD_TABLES["visit_person"], tables.RECORD_TABLES["visit"]
    gathered: dict[UUID, list[UUID]] = defaultdict(list)
    wanted = (
        select(table.c.visit_id, table.c.person_id)
        .join(visit, visit.c.id == table.c.visit_id)
        .where(living(table), *_inside(visit, "on", span))
    )
    for row in reader.rows(wanted):
        gathered[UUID(bytes=row["visit_id"])].append(UUID(bytes=row["person_id"]))
    return gathered


def _dated(reader: Reader, table_name: str, day: str, person: str, span: Window, *, amount: str = "") -> list[Dated]:
    table = tables.RECORD_TABLES[table_name]
    asked = [table.c.id, table.c[day].label("day"), table.c[person].label("person")]
    if amount:
        asked += [table.c[f"{amount}_high"].label("high"), table.c[f"{amount}_currency"].label("currency")]
    rows = reader.rows(select(*asked).where(*_inside(table, day, span)).order_by(table.c[day], table.c.id))
    return [
        Dated(
            UUID(bytes=row["id"]),
            date.fromisoformat(row["day"]),
            UUID(bytes=row["person"]) if row["person"] else None,
            (row["high"] or 0) if amount and row["currency"] == Currency.CNY else 0,
        )
        for row in rows
    ]


def _lead_days(reader: Reader) -> dict[UUID, date]:
    lead, project = tables.RECORD_TABLES["lead"], tables.RECORD_TABLES["project"]
    became = select(project.c.lead_id).where(living(project), project.c.lead_id.is_not(None))
    rows = reader.rows(select(lead.c.id, lead.c.registered_on).where(lead.c.id.in_(became)))
    return {UUID(bytes=row["id"]): date.fromisoformat(row["registered_on"]) for row in rows if row["registered_on"]}


def _began(reader: Reader) -> date | None:
    firsts = []
    for name, day in (("visit", "on"), ("trip", "start_on"), ("lead", "registered_on")):
        table = tables.RECORD_TABLES[name]
        rows = reader.rows(select(func.min(table.c[day]).label("day")).where(table.c.deleted_at.is_(None)))
        firsts += [date.fromisoformat(row["day"]) for row in rows if row["day"]]
    return min(firsts, default=None)


def _sets(reader: Reader, projects: Mapping[UUID, Project]) -> list[tuple[ProjectSet, list[UUID]]]:
    items = _by(reader.find(ProjectSetItem, order_by=("place",)), "project_set_id")
    return [
        (one, [item.project_id for item in items.get(one.id, []) if item.project_id in projects])
        for one in reader.find(ProjectSet)
    ]
