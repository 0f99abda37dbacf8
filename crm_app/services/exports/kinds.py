"""What a sheet of each kind shows of a record: its fields, what it refers to, and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import NAME_KIND_LABELS, Enterprise, EnterpriseName, Label, NameKind
from crm_app.domain.events import Event
from crm_app.domain.exports import Column, column_of, columns_of, share_text
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.kinds import Ref
from crm_app.domain.leads import Lead
from crm_app.domain.projects import Fund, Investor, Milestone, Need, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.records import RECORDS
from crm_app.domain.stages import STAGE_LABELS
from crm_app.domain.targets import Annual, Forecast, Ranking, Target
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip, TripMember, TripPlan
from crm_app.domain.visits import Reception, Visit, VisitContact, VisitPerson
from crm_app.i18n import _

KINDS: dict[str, type[Record]] = {
    "enterprises": Enterprise,
    "contacts": Contact,
    "leads": Lead,
    "trips": Trip,
    "visits": Visit,
    "receptions": Reception,
    "follow_ups": FollowUp,
    "tasks": Task,
    "projects": Project,
    "signings": Signing,
    "funds": Fund,
    "stages": StageEntry,
    "milestones": Milestone,
    "needs": Need,
    "honours": Label,
    "yearly_results": Annual,
    "targets": Target,
    "forecasts": Forecast,
    "rankings": Ranking,
    "events": Event,
}
"""What can be exported, by the name the command line knows it by."""

BESIDE: dict[type[Record], type[Record]] = {Contact: Position}
"""Records of which each gives a row: somebody with two posts stands twice, each time with an enterprise."""

_KNOWN_BY = {Enterprise.table: ("uscc",), Project.table: ("number",)}
"""What finds a record again where two have the same name."""


@dataclass(frozen=True)
class Hanging:
    """Columns made of the records that hang on a row by their field ``parent``; ``show`` answers a cell for each."""

    record_type: type[Record]
    parent: str
    paths: tuple[str, ...]
    titles: tuple[str, ...]
    show: Callable[[Sequence[Sequence[Any]]], tuple[Any, ...]]


def columns(record_type: type[Record], *, personal: bool) -> list[Column]:
    """Return the columns of a record itself, without what hangs on it and without its id."""
    found = list(columns_of(record_type, personal=personal))
    if record_type in BESIDE:
        beside = BESIDE[record_type]
        prefix = f"{beside.table}:"
        found += [
            column_of(beside.field(name), personal=personal, prefix=prefix)
            for name in ("enterprise_id", "title", "main")
        ]
        found += _known_by(beside, personal=personal, prefix=prefix, skip=record_type.table)
    return [*found, *_known_by(record_type, personal=personal)]


def _known_by(record_type: type[Record], *, personal: bool, prefix: str = "", skip: str = "") -> Iterator[Column]:
    """Yield what a row's enterprise and project are certainly found by; a parent is only named."""
    for field in record_type.fields:
        if isinstance(field.kind, Ref) and field.kind.table not in (skip, record_type.table):
            for name in _KNOWN_BY.get(field.kind.table, ()):
                declared = RECORDS[field.kind.table].field(name)
                yield column_of(declared, personal=personal, prefix=f"{prefix}{field.name}.")


def hanging(record_type: type[Record]) -> tuple[Hanging, ...]:
    """Return the columns made of what hangs on a record."""
    return {
        Enterprise: _on_enterprises,
        Trip: _on_trips,
        Visit: _on_visits,
        Project: _on_projects,
    }.get(record_type, tuple)()


def _words(rows: Sequence[Sequence[Any]]) -> str | None:
    return "、".join(str(row[0]) for row in rows if row[0]) or None


def _one(rows: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    return (_words(rows),)


def _on_enterprises() -> tuple[Hanging, ...]:
    kinds = (NameKind.SHORT, NameKind.FORMER, NameKind.ALIAS)

    def show(rows: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
        return tuple(_words([row for row in rows if row[1] == kind]) for kind in kinds)

    titles = tuple(_(NAME_KIND_LABELS[kind]) for kind in kinds)
    return (Hanging(EnterpriseName, "enterprise_id", ("name", "kind"), titles, show),)


def _on_trips() -> tuple[Hanging, ...]:
    return (
        Hanging(TripMember, "trip_id", ("person_id.name",), (_(TripMember.label),), _one),
        Hanging(TripPlan, "trip_id", ("enterprise_id.name",), (_(TripPlan.label),), _one),
    )


def _on_visits() -> tuple[Hanging, ...]:
    def theirs(rows: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
        people = ((" ".join(part for part in row if part),) for row in rows)
        return _one(list(people))

    return (
        Hanging(VisitPerson, "visit_id", ("person_id.name",), (_(VisitPerson.label),), _one),
        Hanging(VisitContact, "visit_id", ("contact_id.name", "title"), (_(VisitContact.label),), theirs),
    )


def _on_projects() -> tuple[Hanging, ...]:
    def parties(rows: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
        return _one([(share_text(*row),) for row in rows])

    def last(rows: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
        return (sorted(rows, key=lambda row: row[1] or "")[-1][0],) if rows else (None,)

    def stage(rows: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
        (code,) = last(rows)
        return (_(STAGE_LABELS[code]) if code else None,)

    return (
        Hanging(Investor, "project_id", ("enterprise_id.name", "share"), (_(Investor.label),), parties),
        Hanging(ProjectPark, "project_id", ("park", "from_on"), (ProjectPark.field("park").title,), last),
        Hanging(StageEntry, "project_id", ("stage", "on"), (StageEntry.field("stage").title,), stage),
    )
