"""Reads for the figures: one per table, whole, in one transaction; the rules then work on what was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from crm_app.db import tables
from crm_app.db.reader import Reader
from crm_app.domain.enterprises import Category, Label
from crm_app.domain.events import Event, ProjectSet, ProjectSetItem
from crm_app.domain.fields import Record
from crm_app.domain.outings import Met
from crm_app.domain.projects import Fund, Investor, Milestone, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.staff import Person, Setting
from crm_app.domain.targets import Annual, Forecast, Ranking, Target
from crm_app.domain.trips import Trip, TripMember
from crm_app.domain.visits import VisitMode

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Dated:
    """A row of which only the day counts, with whose it is."""

    id: UUID
    on: date | None
    person_id: UUID | None


@dataclass(frozen=True)
class Ledger:
    """Everything the figures stand on; rows that belong to a project or a trip are gathered under its id."""

    projects: Mapping[UUID, Project]
    signings: list[Signing]
    investors: Mapping[UUID, list[Investor]]
    parks: Mapping[UUID, list[ProjectPark]]
    stages: Mapping[UUID, list[StageEntry]]
    milestones: Mapping[UUID, list[Milestone]]
    funds: list[Fund]
    enterprises: Mapping[UUID, str]
    labels: list[Label]
    trips: list[Trip]
    members: Mapping[UUID, list[TripMember]]
    visits: list[Met]
    visitors: Mapping[UUID, list[UUID]]
    receptions: list[Dated]
    leads: list[Dated]
    events: list[Event]
    targets: list[Target]
    forecasts: list[Forecast]
    rankings: list[Ranking]
    annual: list[Annual]
    sets: list[tuple[ProjectSet, list[UUID]]]
    people: list[Person]
    settings: Mapping[str, str]


def read_ledger(reader: Reader) -> Ledger:
    """Read every table the figures need; living rows only, and of visits and leads only what is counted."""
    names, categories = _enterprises(reader)
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
        labels=reader.find(Label),
        trips=reader.find(Trip, order_by=("start_on",)),
        members=_by(reader.find(TripMember), "trip_id"),
        visits=_visits(reader, categories),
        visitors=_visitors(reader),
        receptions=_dated(reader, "reception", "on", "host_id"),
        leads=_dated(reader, "lead", "registered_on", "owner_id"),
        events=reader.find(Event, order_by=("on",)),
        targets=reader.find(Target, order_by=("from_on", "metric")),
        forecasts=reader.find(Forecast, order_by=("from_on", "metric")),
        rankings=reader.find(Ranking),
        annual=reader.find(Annual),
        sets=_sets(reader, projects),
        people=reader.find(Person),
        settings={one.key: one.value for one in reader.find(Setting) if one.value},
    )


def _by(records: Iterable[R], owner: str) -> Mapping[UUID, list[R]]:
    gathered: dict[UUID, list[R]] = defaultdict(list)
    for record in records:
        gathered[getattr(record, owner)].append(record)
    return gathered


def _enterprises(reader: Reader) -> tuple[dict[UUID, str], dict[UUID, Category | None]]:
    table = tables.RECORD_TABLES["enterprise"]
    # Deleted ones too: a visit stays a visit to the company it was made to.
    rows = reader.rows(select(table.c.id, table.c.name, table.c.category))
    names, categories = {}, {}
    for row in rows:
        enterprise = UUID(bytes=row["id"])
        names[enterprise] = row["name"]
        categories[enterprise] = Category(row["category"]) if row["category"] else None
    return names, categories


def _visits(reader: Reader, categories: Mapping[UUID, Category | None]) -> list[Met]:
    table = tables.RECORD_TABLES["visit"]
    rows = reader.rows(
        select(table.c.id, table.c.enterprise_id, table.c.on, table.c.mode).where(table.c.deleted_at.is_(None))
    )
    found = []
    for row in rows:
        enterprise = UUID(bytes=row["enterprise_id"])
        mode = VisitMode(row["mode"]) if row["mode"] else None
        on = date.fromisoformat(row["on"])
        found.append(Met(UUID(bytes=row["id"]), enterprise, on, mode, categories[enterprise]))
    return found


def _visitors(reader: Reader) -> Mapping[UUID, list[UUID]]:
    table = tables.RECORD_TABLES["visit_person"]
    gathered: dict[UUID, list[UUID]] = defaultdict(list)
    for row in reader.rows(select(table.c.visit_id, table.c.person_id).where(table.c.deleted_at.is_(None))):
        gathered[UUID(bytes=row["visit_id"])].append(UUID(bytes=row["person_id"]))
    return gathered


def _dated(reader: Reader, table_name: str, day: str, person: str) -> list[Dated]:
    table = tables.RECORD_TABLES[table_name]
    rows = reader.rows(
        select(table.c.id, table.c[day].label("day"), table.c[person].label("person"))
        .where(table.c.deleted_at.is_(None))
        .order_by(table.c[day], table.c.id)
    )
    return [
        Dated(
            UUID(bytes=row["id"]),
            date.fromisoformat(row["day"]) if row["day"] else None,
            UUID(bytes=row["person"]) if row["person"] else None,
        )
        for row in rows
    ]


def _sets(reader: Reader, projects: Mapping[UUID, Project]) -> list[tuple[ProjectSet, list[UUID]]]:
    items = _by(reader.find(ProjectSetItem, order_by=("place",)), "project_set_id")
    return [
        (one, [item.project_id for item in items.get(one.id, []) if item.project_id in projects])
        for one in reader.find(ProjectSet)
    ]
