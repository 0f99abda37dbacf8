"""The rows a figure stands on, as tables show them: contracts with all that is said of them, others in a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from crm_app.db.reader import Reader
from crm_app.domain import counting_policy
from crm_app.domain.amounts import Currency
from crm_app.domain.counting import count_signings, in_yuan, split
from crm_app.domain.days import FuzzyDay
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.entry_names import entry_name
from crm_app.domain.events import Event, PackagedProject
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.leads import Lead
from crm_app.domain.project_rules import reached_on
from crm_app.domain.projects import (
    AGREEMENT_LABELS,
    Agreement,
    Fund,
    Milestone,
    Need,
    Origin,
    Project,
    Signing,
    StageEntry,
)
from crm_app.domain.staff import Setting
from crm_app.domain.stages import STAGE_LABELS
from crm_app.domain.targets import Annual, Forecast, Ranking, Target
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip, TripPlan
from crm_app.domain.visits import Reception, Visit
from crm_app.i18n import _
from crm_app.services.figures.sheet import Sheet

KINDS: tuple[type[Record], ...] = (
    Signing, Project, Fund, Visit, Trip, Reception, Lead, Event, Enterprise, Target, Forecast, Ranking, Annual, Need,
    PackagedProject, Task, StageEntry, Milestone, FollowUp, TripPlan,
)  # fmt: skip
"""What a figure, or a line of a paper, can stand on."""


@dataclass(frozen=True, slots=True)
class Party:
    """An investor of a contract: its share in per cent, and its part of the amount in whole yuan."""

    enterprise_id: UUID
    name: str
    share: Decimal | None
    yuan: int


@dataclass(frozen=True, slots=True)
class SignedLine:
    """A contract that counts, with what it counts (whole yuan) and where; ``honours`` like 独角兽（2022年）."""

    signing_id: UUID
    project_id: UUID
    project: str
    kind: Agreement
    signed_on: FuzzyDay
    projects: int
    yuan: int
    content: str | None
    cluster: str | None
    channel: str | None
    park: str | None
    origin: Origin | None
    parties: tuple[Party, ...]
    honours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Any row in one line: its table, its day and its words; ``yuan`` where it is an amount in yuan.

    Of a contract that is what it counts, so that rows sum to their figure. ``cents`` are US cents.
    """

    table: str
    id: UUID
    title: str
    day: FuzzyDay | None
    yuan: int | None = None
    cents: int | None = None


def signed_lines(sheet: Sheet) -> list[SignedLine]:
    """Return the contracts counted in the window, the largest first."""
    lines = []
    for one in sheet.signed:
        project = sheet.ledger.projects[one.signing.project_id]
        parties = _parties(sheet, project.id, one.yuan)
        lines.append(
            SignedLine(
                one.signing.id,
                project.id,
                project.name,
                one.signing.kind,
                one.signing.signed_on,
                one.projects,
                one.yuan,
                project.content,
                project.cluster,
                project.channel,
                sheet.park(one),
                project.origin,
                parties,
                tuple(_honours(sheet, [party.enterprise_id for party in parties], one.signing.signed_on.first)),
            )
        )
    return sorted(lines, key=lambda line: (-line.yuan, line.signed_on, line.signing_id.int))


def _parties(sheet: Sheet, project: UUID, yuan: int) -> tuple[Party, ...]:
    investors = sheet.ledger.investors.get(project, [])
    parts = split(yuan, [investor.share or Decimal(0) for investor in investors])
    return tuple(
        Party(investor.enterprise_id, sheet.ledger.enterprises[investor.enterprise_id], investor.share, part)
        for investor, part in zip(investors, parts, strict=True)
    )


def _honours(sheet: Sheet, enterprises: list[UUID], day: date) -> Iterator[str]:
    for label in sheet.ledger.labels:
        if label.enterprise_id in enterprises and (label.valid_to is None or label.valid_to >= day):
            honour = entry_name(label.honour)
            yield _("{honour} ({year})").format(honour=honour, year=label.year) if label.year else honour


def rows_of(reader: Reader, ids: Iterable[UUID]) -> list[Row]:
    """Return rows in the order of their ids; what is in no table a figure stands on is left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[UUID, Record] = {}
    for kind in KINDS:
        rest = [one for one in wanted if one not in found]
        if rest:
            found.update(reader.get_many(kind, rest))
    records = [found[one] for one in wanted if one in found]
    of_project = [r.project_id for r in records if isinstance(r, Signing | Fund)]
    projects = {one: project.name for one, project in reader.get_many(Project, of_project).items()}
    of_enterprise = [r.enterprise_id for r in records if isinstance(r, Visit | Annual | Lead | TripPlan)]
    enterprises = {one: enterprise.name for one, enterprise in reader.get_many(Enterprise, of_enterprise).items()}
    counts = _counted(reader, [record for record in records if isinstance(record, Signing)])
    reached = _reached(reader, [record for record in records if isinstance(record, StageEntry)])
    named = projects | enterprises
    rows = (_row(record, named, counts) for record in records)
    return [replace(row, day=reached[row.id]) if row.id in reached else row for row in rows]


def _reached(reader: Reader, entries: list[StageEntry]) -> dict[UUID, FuzzyDay]:
    """Return when stages were reached, as precisely as is known."""
    signings: dict[UUID, list[Signing]] = defaultdict(list)
    for one in reader.find_in(Signing, "project_id", {entry.project_id for entry in entries}):
        signings[one.project_id].append(one)
    return {one.id: reached_on(one.stage, one.on, signings[one.project_id]) for one in entries}


def _counted(reader: Reader, signings: list[Signing]) -> dict[UUID, int | None]:
    """Return what contracts count, in whole yuan; one that counts nothing, such as a framework, its own amount."""
    if not signings:
        return {}
    projects = {one.project_id for one in signings}
    grown = {one.id for one in reader.get_many(Project, projects).values() if one.origin is Origin.GROWN}
    policy = counting_policy.read({one.key: one.value for one in reader.find(Setting) if one.value})
    counted = count_signings((one for one in reader.find(Signing) if one.project_id in projects), policy, grown)
    return {
        one.signing.id: one.yuan if one.projects or one.yuan else in_yuan(one.signing)[0] or None for one in counted
    }


def _row(record: Record, names: dict[UUID, str], counts: Mapping[UUID, int | None]) -> Row:
    match record:
        case Signing():
            title = names[record.project_id]
            if record.kind is not Agreement.FORMAL:
                # A supplement is no project of its own: rows may be more than the projects they stand for.
                title = f"{title} · {_(AGREEMENT_LABELS[record.kind])}"
            return Row(record.table, record.id, title, record.signed_on, counts.get(record.id))
        case Fund():
            yuan = record.amount.minor if record.amount.currency is Currency.CNY else None
            cents = record.amount.minor if record.amount.currency is Currency.USD else None
            return Row(record.table, record.id, names[record.project_id], FuzzyDay.of(record.on), yuan, cents)
        case Visit():
            return Row(record.table, record.id, names[record.enterprise_id], FuzzyDay.of(record.on))
        case Trip():
            return Row(record.table, record.id, record.title, FuzzyDay.of(record.start_on))
        case Reception():
            return Row(record.table, record.id, record.guests, FuzzyDay.of(record.on))
        case Lead():
            day = FuzzyDay.of(record.registered_on) if record.registered_on else None
            return Row(record.table, record.id, record.title or names[record.enterprise_id], day, _intent(record))
        case Event():
            return Row(record.table, record.id, record.name, FuzzyDay.of(record.on))
        case Annual():
            return Row(record.table, record.id, f"{names[record.enterprise_id]} {record.year}", None, record.output)
        case Target() | Forecast():
            return Row(record.table, record.id, record.shown("metric"), FuzzyDay.of(record.from_on))
        case Ranking():
            return Row(record.table, record.id, f"{record.board} {record.period}", None)
        case Need():
            on = record.promised_on or record.due
            return Row(record.table, record.id, record.text or record.kind, FuzzyDay.of(on) if on else None)
        case Task():
            return Row(record.table, record.id, record.what, FuzzyDay.of(record.due))
        case StageEntry():
            return Row(record.table, record.id, _(STAGE_LABELS[record.stage]), FuzzyDay.of(record.on))
        case Milestone():
            return Row(record.table, record.id, record.kind, FuzzyDay.of(record.on))
        case FollowUp():
            return Row(record.table, record.id, record.content, FuzzyDay.of(record.on))
        case TripPlan():
            return Row(
                record.table, record.id, names[record.enterprise_id], FuzzyDay.of(record.on) if record.on else None
            )
        case PackagedProject():
            return Row(record.table, record.id, record.name, None, record.amount)
        case Project():
            return Row(record.table, record.id, record.name, None, record.total_investment or _intent(record))
        case _:
            return Row(record.table, record.id, record.shown("name"), None)


def _intent(record: Lead | Project) -> int | None:
    return record.intent.high if record.intent and record.intent.currency is Currency.CNY else None
