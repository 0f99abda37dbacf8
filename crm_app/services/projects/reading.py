"""The board, the table and the page of projects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app import clock
from crm_app.db import dictionaries
from crm_app.db import projects as reads
from crm_app.db.book import Book
from crm_app.db.projects import InvestorAt, ProjectRow
from crm_app.db.reader import Reader
from crm_app.domain import counting, counting_policy, days, matching, project_rules, stages
from crm_app.domain.contacts import Contact
from crm_app.domain.counting import Counted
from crm_app.domain.counting_policy import Policy
from crm_app.domain.days import FuzzyDay
from crm_app.domain.fields import Field, missing, values_of
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.leads import Lead
from crm_app.domain.project_rules import PerMu
from crm_app.domain.projects import (
    AGREEMENT_LABELS,
    Fund,
    Milestone,
    Need,
    Origin,
    Project,
    ProjectPark,
    Signing,
    StageEntry,
)
from crm_app.domain.staff import Person, Setting
from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.domain.tasks import Task
from crm_app.domain.thresholds import NONE, Thresholds
from crm_app.domain.visits import Visit
from crm_app.i18n import _

Card = ProjectRow
"""A card of the board shows the same row as the table."""


@dataclass(frozen=True)
class Column:
    """One stage of the board; ``total_yuan`` sums the amounts known."""

    stage: Stage
    cards: list[ProjectRow]
    total_yuan: int


@dataclass(frozen=True)
class Board:
    """The stages in order, 搁置 and 终止 last."""

    columns: list[Column]


@dataclass(frozen=True)
class ProjectFilter:
    """What narrows the board; empty fields narrow nothing.

    ``text`` is part of the project's name or of an investor's, also in pinyin, initials or a mixture.
    """

    text: str = ""
    cluster: str | None = None
    park: str | None = None
    owner_id: UUID | None = None
    stalled_only: bool = False


@dataclass(frozen=True)
class FilterChoices:
    """What the board can be narrowed by; what is offered no more, or who has left, as long as a project has it."""

    clusters: list[str]
    parks: list[str]
    owners: list[Person]


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened; ``kind`` is stage, signing, milestone, fund, follow_up or visit.

    ``on`` is the day it is sorted by, ``known`` when it was where that is not known to the day.
    """

    on: date
    kind: str
    title: str
    text: str
    id: UUID
    known: FuzzyDay | None = None


@dataclass(frozen=True)
class ProjectPage:
    """Everything the page of a project shows; ``park_at_signing`` and ``park_today`` may differ.

    ``park_wants`` is what today's park wants of a mu. ``next_stage`` is the one after its own
    (None at the end of the line, or aside), ``lacking`` what that still asks of the project itself.
    ``milestone_kinds`` are those the bureau keeps, in their order.
    """

    project: Project
    stage: Stage
    stage_on: FuzzyDay | None
    stage_choices: tuple[Stage, ...]
    stalled_days: int | None
    next_stage: Stage | None
    lacking: list[Field]
    owner: Person | None
    contact: Contact | None
    lead: Lead | None
    investors: list[InvestorAt]
    signings: list[Signing]
    entries: list[StageEntry]
    milestones: list[Milestone]
    milestone_kinds: list[str]
    parks: list[ProjectPark]
    park_at_signing: str | None
    park_today: str | None
    park_wants: Thresholds
    funds: list[Fund]
    needs: list[Need]
    tasks: list[Task]
    per_mu: PerMu
    policy: Policy
    timeline: list[TimelineEntry]

    def known_on(self, entry: StageEntry) -> FuzzyDay:
        """Return when the project reached the stage of an entry, as precisely as it is known."""
        return project_rules.reached_on(entry.stage, entry.on, self.signings)

    def counted(self, signings: Iterable[Signing]) -> list[Counted]:
        """Return what agreements of this project count by the bureau's rules: its own, or with one being written."""
        grown = (self.project.id,) if self.project.origin is Origin.GROWN else ()
        return counting.count_signings(signings, self.policy, grown)


def board(book: Book, wanted: ProjectFilter | None = None) -> Board:
    """Return the projects that fit as cards under their stages, the stalled ones first, then the largest."""
    rows = list_projects(book, wanted)
    columns = []
    for stage in Stage:
        cards = [row for row in rows if row.stage is stage]
        cards.sort(key=lambda row: (-(row.stalled_days or 0), -(row.amount_yuan or 0), row.project.id))
        columns.append(Column(stage, cards, sum(row.amount_yuan or 0 for row in cards)))
    return Board(columns)


def filter_choices(book: Book) -> FilterChoices:
    """Return what the board can be narrowed by, what is in use beside what is offered."""
    with book.read() as reader:
        held = reads.in_use(reader)
        clusters = [*dictionaries.offered(reader, "cluster"), *held.clusters]
        parks = [*dictionaries.offered(reader, "park"), *held.parks]
        people = reader.find(Person)
    owners = [*(one for one in people if not one.gone), *(one for one in people if one.gone and one.id in held.owners)]
    return FilterChoices(list(dict.fromkeys(clusters)), list(dict.fromkeys(parks)), owners)


def list_projects(book: Book, wanted: ProjectFilter | None = None) -> list[ProjectRow]:
    """Return the projects that fit, newest first."""
    narrowed = wanted or ProjectFilter()
    with book.read() as reader:
        return [row for row in reads.rows(reader, clock.today()) if _fits(row, narrowed)]


def _fits(row: ProjectRow, wanted: ProjectFilter) -> bool:
    pairs = ((wanted.cluster, row.project.cluster), (wanted.park, row.park), (wanted.owner_id, row.project.owner_id))
    if any(asked is not None and asked != value for asked, value in pairs):
        return False
    if wanted.stalled_only and row.stalled_days is None:
        return False
    names = (row.project.name, *(one.name for one in row.enterprises))
    runs = [matching.fold(wanted.text, joined=True).text] if wanted.text.strip() else []
    return not runs or any(matching.spans(name, runs, read=True) for name in names)


def project_page(book: Book, project_id: UUID) -> ProjectPage:
    """Return everything known about one project; raise NotFound."""
    today = clock.today()
    with book.read() as reader:
        project = reader.get(Project, project_id)
        entries = reads.log(reader, project_id)
        log = reads.stage_log(entries)
        signings = project_rules.in_order(reader.find(Signing, project_id=project_id))
        contract = project_rules.contract_in_force(signings)
        parks = reader.find(ProjectPark, project_id=project_id, order_by=("from_on",))
        row = reads.row_of(reader, project, today)
        following = stages.following(row.stage)
        return ProjectPage(
            project=project,
            stage=row.stage,
            stage_on=project_rules.reached_on(row.stage, row.stage_on, signings) if row.stage_on else None,
            stage_choices=stages.open_to(log),
            stalled_days=row.stalled_days,
            next_stage=following,
            lacking=missing(Project, values_of(project), stages.asked_at(following)) if following else [],
            owner=row.owner,
            contact=reader.look_up(Contact, project.contact_id),
            lead=reader.look_up(Lead, project.lead_id),
            investors=reads.investors(reader, project_id),
            signings=signings,
            entries=entries,
            milestones=reader.find(Milestone, project_id=project_id, order_by=("on",)),
            milestone_kinds=dictionaries.offered(reader, "milestone"),
            parks=parks,
            park_at_signing=counting.park_on(parks, contract.signed_on.first) if contract else None,
            park_today=row.park,
            park_wants=dictionaries.thresholds(reader).get(row.park or "", NONE).on(clock.today()),
            funds=reader.find(Fund, project_id=project_id, order_by=("on",)),
            needs=reader.find(Need, project_id=project_id),
            tasks=reader.find(Task, project_id=project_id, done_on=None, order_by=("due",)),
            per_mu=project_rules.per_mu(project),
            policy=counting_policy.read({one.key: one.value for one in reader.find(Setting) if one.value}),
            timeline=_timeline(reader, project_id, entries, signings),
        )


def vague(known: FuzzyDay) -> FuzzyDay | None:
    """Return when something was where that is not known to the day, else None."""
    return None if known.exact else known


def _timeline(
    reader: Reader, project_id: UUID, entries: list[StageEntry], signings: list[Signing]
) -> list[TimelineEntry]:
    found = [
        TimelineEntry(
            one.on,
            "stage",
            _(STAGE_LABELS[one.stage]),
            one.reason or one.evidence or "",
            one.id,
            vague(project_rules.reached_on(one.stage, one.on, signings)),
        )
        for one in entries
    ]
    found += [
        TimelineEntry(
            one.signed_on.first,
            "signing",
            _(AGREEMENT_LABELS[one.kind]),
            _(", ").join(part for part in (days.show_day(one.signed_on), one.shown("amount"), one.note) if part),
            one.id,
            vague(one.signed_on),
        )
        for one in signings
    ]
    found += [
        TimelineEntry(one.on, "milestone", one.shown("kind"), one.evidence or "", one.id)
        for one in reader.find(Milestone, project_id=project_id)
    ]
    found += [
        TimelineEntry(one.on, "fund", _("Funds in place"), one.shown("amount"), one.id)
        for one in reader.find(Fund, project_id=project_id)
    ]
    found += [
        TimelineEntry(one.on, "follow_up", one.mode, one.content, one.id)
        for one in reader.find(FollowUp, project_id=project_id)
    ]
    for party in reads.investors(reader, project_id):
        found += [
            TimelineEntry(one.on, "visit", _("Visit"), one.talk or party.enterprise.name, one.id)
            for one in reader.find(Visit, enterprise_id=party.enterprise.id)
        ]
    return sorted(found, key=lambda entry: (entry.on, entry.id), reverse=True)
