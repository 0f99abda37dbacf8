"""Reads of projects: the rows of board and table, and everything on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Table, func, select

from crm_app.db.reader import Reader, living
from crm_app.db.tables import RECORD_TABLES
from crm_app.domain import counting, project_rules, stages
from crm_app.domain.days import FuzzyDay
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import Record
from crm_app.domain.projects import Investor, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.staff import Person
from crm_app.domain.stages import Stage
from crm_app.domain.tasks import Task

R = TypeVar("R", bound=Record)

_visit, _follow_up = RECORD_TABLES["visit"], RECORD_TABLES["follow_up"]
_entry = RECORD_TABLES["stage_entry"]
_project, _park = RECORD_TABLES["project"], RECORD_TABLES["project_park"]


@dataclass(frozen=True)
class ProjectRow:
    """A project as board and table show it.

    ``amount_yuan`` is the total investment, else the lower end of what was expected; ``park`` is today's;
    ``signed_on`` that of the formal contract in force; ``stalled_days`` is None for a lively or settled project.
    """

    project: Project
    stage: Stage
    stage_on: date | None
    enterprises: tuple[Enterprise, ...]
    owner: Person | None
    amount_yuan: int | None
    park: str | None
    signed_on: FuzzyDay | None
    stalled_days: int | None
    next_task: Task | None


@dataclass(frozen=True)
class InvestorAt:
    """An investor with its enterprise."""

    investor: Investor
    enterprise: Enterprise


@dataclass(frozen=True)
class InUse:
    """The clusters, parks and owners that projects have."""

    clusters: list[str]
    parks: list[str]
    owners: frozenset[UUID]


def in_use(reader: Reader) -> InUse:
    """Return what projects have, whether it is still offered or not."""

    def held(column: ColumnElement[Any], table: Table) -> list[Any]:
        found = reader.rows(select(column.label("held")).distinct().where(living(table), column.is_not(None)))
        return [row["held"] for row in found]

    owners = frozenset(UUID(bytes=one) for one in held(_project.c.owner_id, _project))
    return InUse(sorted(held(_project.c.cluster, _project)), sorted(held(_park.c.park, _park)), owners)


def log(reader: Reader, project_id: UUID) -> list[StageEntry]:
    """Return a project's progress entries in the order they were made."""
    return sorted(reader.find(StageEntry, project_id=project_id), key=lambda entry: (entry.on, entry.id))


def logs(reader: Reader, project_ids: Iterable[UUID]) -> dict[UUID, list[StageEntry]]:
    """Return the progress entries of projects, each in the order they were made."""
    ids = list(project_ids)
    found = _by(reader.find_in(StageEntry, "project_id", ids), lambda entry: entry.project_id)
    return {one: sorted(found[one], key=lambda entry: (entry.on, entry.id)) for one in ids}


def signings(reader: Reader, project_ids: Iterable[UUID]) -> dict[UUID, list[Signing]]:
    """Return what was signed for projects, the last on top."""
    ids = list(project_ids)
    found = _by(reader.find_in(Signing, "project_id", ids), lambda one: one.project_id)
    return {one: found[one][::-1] for one in ids}


def stage_log(entries: Iterable[StageEntry]) -> list[tuple[Stage, date]]:
    """Return the entries as the stage rules read them."""
    return [(entry.stage, entry.on) for entry in entries]


def investors(reader: Reader, project_id: UUID) -> list[InvestorAt]:
    """Return the investors of a project, in order of entry."""
    found = reader.find(Investor, project_id=project_id)
    known = reader.get_many(Enterprise, [one.enterprise_id for one in found])
    return [InvestorAt(one, known[one.enterprise_id]) for one in found]


def rows(reader: Reader, today: date) -> list[ProjectRow]:
    """Return every project, the newest first."""
    projects = reader.find(Project, order_by=("-id",))
    people = reader.get_many(Person, [one.owner_id for one in projects if one.owner_id])
    entries = _by(reader.find(StageEntry, order_by=("on",)), lambda one: one.project_id)
    parties = _by(reader.find(Investor), lambda one: one.project_id)
    known = reader.get_many(Enterprise, [one.enterprise_id for many in parties.values() for one in many])
    parks = _by(reader.find(ProjectPark), lambda one: one.project_id)
    signings = _by(reader.find(Signing), lambda one: one.project_id)
    tasks = _by(reader.find(Task, done_on=None, order_by=("due",)), lambda one: one.project_id)
    touched = _Touches(reader, {one.enterprise_id for many in parties.values() for one in many})
    return [
        _row(
            project,
            entries[project.id],
            [known[one.enterprise_id] for one in parties[project.id]],
            people.get(project.owner_id) if project.owner_id else None,
            parks[project.id],
            signings[project.id],
            touched,
            next(iter(tasks[project.id]), None),
            today,
        )
        for project in projects
    ]


def row_of(reader: Reader, project: Project, today: date) -> ProjectRow:
    """Return the row of one project."""
    parties = [one.enterprise for one in investors(reader, project.id)]
    return _row(
        project,
        log(reader, project.id),
        parties,
        reader.look_up(Person, project.owner_id),
        reader.find(ProjectPark, project_id=project.id),
        reader.find(Signing, project_id=project.id),
        _Touches(reader, {one.id for one in parties}, {project.id}),
        next(iter(reader.find(Task, project_id=project.id, done_on=None, order_by=("due",))), None),
        today,
    )


def _row(
    project: Project,
    entries: list[StageEntry],
    enterprises: list[Enterprise],
    owner: Person | None,
    parks: list[ProjectPark],
    signings: list[Signing],
    touched: _Touches,
    next_task: Task | None,
    today: date,
) -> ProjectRow:
    contract = project_rules.contract_in_force(signings)
    stage = stages.standing(stage_log(entries))
    stage_on = entries[-1].on if entries else None
    last = touched.last(project.id, [one.id for one in enterprises], stage_on)
    return ProjectRow(
        project,
        stage,
        stage_on,
        tuple(enterprises),
        owner,
        amount_of(project),
        counting.park_on(parks, today),
        contract.signed_on if contract else None,
        stages.stalled_days(stage, last, today),
        next_task,
    )


def amount_of(project: Project) -> int | None:
    """Return the total investment in yuan, else the lower end of the amount expected in yuan."""
    if project.total_investment is not None:
        return project.total_investment
    expected = project.intent
    return expected.low if expected and expected.currency.value == "CNY" else None


def _by(records: Iterable[R], key: Callable[[R], UUID | None]) -> defaultdict[UUID, list[R]]:
    grouped: defaultdict[UUID, list[R]] = defaultdict(list)
    for record in records:
        owner = key(record)
        if owner is not None:
            grouped[owner].append(record)
    return grouped


class _Touches:
    """The last visit and follow-up of enterprises and projects (None: of all that have one), read at once."""

    def __init__(self, reader: Reader, enterprises: set[UUID], projects: set[UUID] | None = None) -> None:
        self._reader = reader
        self._visited = self._latest(_visit, _visit.c.enterprise_id, enterprises)
        self._called = self._latest(_follow_up, _follow_up.c.enterprise_id, enterprises)
        self._followed = self._latest(_follow_up, _follow_up.c.project_id, projects)

    def _latest(self, table: Table, key: ColumnElement[bytes], of: set[UUID] | None) -> dict[UUID, date]:
        statement = select(key, func.max(table.c.on)).where(living(table), key.is_not(None)).group_by(key)
        if of is None:
            found = list(self._reader.connection.execute(statement))
        else:
            wanted = [one.bytes for one in of]
            # SQLite takes 32,766 parameters in a statement.
            blocks = [wanted[start : start + 10_000] for start in range(0, len(wanted), 10_000)]
            found = [
                row for block in blocks for row in self._reader.connection.execute(statement.where(key.in_(block)))
            ]
        return {UUID(bytes=row): date.fromisoformat(on) for row, on in found}

    def last(self, project_id: UUID, enterprises: list[UUID], entered: date | None) -> date | None:
        days = [entered, self._followed.get(project_id)]
        for one in enterprises:
            days += [self._visited.get(one), self._called.get(one)]
        return max((day for day in days if day), default=None)
