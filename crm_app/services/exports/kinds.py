"""What a sheet of each kind shows of a record: its fields, what it refers to, and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import NAME_KIND_LABELS, Enterprise, EnterpriseName, Label, NameKind
from crm_app.domain.events import Event
from crm_app.domain.exports import Column, Looks, cell_of, column_of, columns_of, share_text
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.kinds import Ref
from crm_app.domain.leads import Lead
from crm_app.domain.projects import (
    Agreement,
    Fund,
    Investor,
    Milestone,
    Need,
    Project,
    ProjectPark,
    Signing,
    StageEntry,
)
from crm_app.domain.records import RECORDS
from crm_app.domain.stages import STAGE_LABELS
from crm_app.domain.targets import Annual, Forecast, Ranking, Target
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip, TripMember, TripPlan
from crm_app.domain.visits import Reception, ReceptionPerson, Visit, VisitContact, VisitPerson
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
    looks: tuple[Looks, ...] = ()
    """How the columns' numbers are to be shown; the plain ones at the end need not be said."""


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
        Reception: _on_receptions,
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


def _on_receptions() -> tuple[Hanging, ...]:
    return (Hanging(ReceptionPerson, "reception_id", ("person_id.name",), (_(ReceptionPerson.label),), _one),)


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


def for_template(record_type: type[Record], *, personal: bool) -> tuple[Hanging, ...]:
    """Return columns a bureau's own sheet wants beside a record: an enterprise's contact, a project's contract.

    They are no part of our own sheets, where each is a row of its own; their titles are words the import knows.
    """
    if record_type is Enterprise:
        return (_contact_of(personal=personal),)
    return (_contract_of(personal=personal),) if record_type is Project else ()


def _contact_of(*, personal: bool) -> Hanging:
    phone, none = cell_of(Contact.field("phone").kind, personal=personal), (None, None, None)

    def show(rows: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
        """Show who holds a post now: the main contact, else the first."""
        now = sorted((row for row in rows if row[4] is None), key=lambda row: not row[3])
        return (now[0][0], now[0][1], phone(now[0][2])) if now else none

    paths = ("contact_id.name", "title", "contact_id.phone", "main", "to_on")
    return Hanging(Position, "enterprise_id", paths, ("联系人", "职务", "联系电话"), show)


def _contract_of(*, personal: bool) -> Hanging:
    fields = [Signing.field(name) for name in ("kind", "signed_on", "amount")]
    cells = [cell_of(field.kind, personal=personal) for field in fields]

    def show(rows: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
        """Show the formal contract that was signed last, else what was signed last."""
        loaded = (dict(zip(paths, row, strict=True)) for row in rows)
        signed: list[list[Any]] = [[field.kind.load(row, field.name) for field in fields] for row in loaded]
        formal = [one for one in signed if one[0] == Agreement.FORMAL]
        if not signed:
            return (None, None, None)
        last = sorted(formal or signed, key=lambda one: one[1].last)[-1]
        return tuple(cell(value) for cell, value in zip(cells, last, strict=True))

    paths = tuple(name for field in fields for name in field.column_names())
    titles = ("协议类型", "签约日期", "签约金额(万元)")
    return Hanging(Signing, "project_id", paths, titles, show, (Looks.PLAIN, Looks.PLAIN, Looks.AMOUNT))
