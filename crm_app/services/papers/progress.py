"""Gathers the report on the progress of projects: those in talks or under way at a window's end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from crm_app import clock
from crm_app.briefs import progress as briefs
from crm_app.briefs.content import Paper
from crm_app.briefs.progress import Happened, ProgressData, UnderWay
from crm_app.briefs.shown import short_date
from crm_app.db import progress as reads
from crm_app.db import projects as project_reads
from crm_app.db.book import Book
from crm_app.db.projects import amount_of, stage_log
from crm_app.db.reader import Reader
from crm_app.domain import stages
from crm_app.domain.counting import Window
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.project_rules import reached_on
from crm_app.domain.projects import AGREEMENT_LABELS, Investor, Project, StageEntry
from crm_app.domain.staff import Person
from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.domain.tasks import Task
from crm_app.i18n import _
from crm_app.services.papers import asked as common
from crm_app.services.papers.asked import Asked
from crm_app.services.papers.needs import open_needs

_UNDER_WAY = (Stage.NEGOTIATING, Stage.REVIEW, Stage.MOU, Stage.SIGNED, Stage.STARTED)
_LONGEST = 60
"""Characters of what was said at a visit or in a follow-up; the record has the rest."""


def compose(book: Book, asked: Asked) -> Paper:
    """Return the projects under way with what happened to them in the window."""
    window = Window(*asked.window())
    with book.read() as reader:
        projects = _under_way(reader, window.last)
        investors = defaultdict[UUID, list[UUID]](list)
        for one in reader.find(Investor):
            if one.project_id in projects:
                investors[one.project_id].append(one.enterprise_id)
        names = reader.get_many(Enterprise, [one for several in investors.values() for one in several])
        owners = reader.get_many(Person, [one.owner_id for one, _stage in projects.values() if one.owner_id])
        happened = _happened(reader, window, investors)
        steps, of_enterprises = _next_steps(reader)
        needs = defaultdict[UUID, list[tuple[UUID, str]]](list)
        for need in open_needs(reader, min(window.last, clock.today())):
            words = _("{need} ({dept})").format(need=need.need, dept=need.dept) if need.dept else need.need
            owner = need.project_id or need.enterprise_id
            if owner:
                needs[owner].append((need.id, words))
        bureau = common.bureau(reader)
    asked_of = {
        project: [need for one in (project, *investors[project]) for need in needs[one]] for project in projects
    }
    rows = [
        UnderWay(
            id=project.id,
            project=project.name,
            stage=stage,
            yuan=amount_of(project),
            enterprises=_(", ").join(names[one].name for one in investors[project.id]),
            owner=owners[project.owner_id].name if project.owner_id in owners else "",
            happened=happened.get(project.id, ()),
            next_step=steps.get(project.id)
            or next((of_enterprises[one] for one in investors[project.id] if one in of_enterprises), ""),
            obstacles=tuple(words for _id, words in asked_of[project.id]),
            rows=tuple(row for row, _words in asked_of[project.id]),
        )
        for project, stage in projects.values()
    ]
    rows.sort(key=lambda one: (-(one.yuan or 0), one.id.int))
    return briefs.compose(ProgressData(window=window, projects=rows, bureau=bureau, day=clock.today()))


def _under_way(reader: Reader, last: date) -> dict[UUID, tuple[Project, Stage]]:
    """Return the projects in talks or under way on a day, each with its stage then."""
    logs = defaultdict[UUID, list[StageEntry]](list)
    for entry in reader.find(StageEntry, order_by=("on",)):
        if entry.on <= last:
            logs[entry.project_id].append(entry)
    found: dict[UUID, tuple[Project, Stage]] = {}
    for project in reader.find(Project):
        entries = sorted(logs[project.id], key=lambda entry: (entry.on, entry.id))
        stage = stages.standing(stage_log(entries))
        if entries and stage in _UNDER_WAY:
            found[project.id] = (project, stage)
    return found


def _happened(reader: Reader, window: Window, investors: dict[UUID, list[UUID]]) -> dict[UUID, Sequence[Happened]]:
    found = defaultdict[UUID, list[Happened]](list)
    for project, entry in _entries(reader, window):
        found[project].append(entry)
    met = reads.visits(reader, window.first, window.last)
    for project, enterprises in investors.items():
        for visit in (visit for enterprise in enterprises for visit in met.get(enterprise, [])):
            words = _("visit: {words}").format(words=_short(visit.consensus or visit.talk or _("not written up yet")))
            found[project].append(Happened(on=visit.on, what=words, id=visit.id))
    return {project: sorted(entries, key=lambda one: (one.on, one.id.int)) for project, entries in found.items()}


def _entries(reader: Reader, window: Window) -> Iterator[tuple[UUID, Happened]]:
    """Yield what happened to projects themselves, by project."""
    span = (window.first, window.last)
    entries = reads.entries(reader, *span)
    signed = project_reads.signings(reader, {one.project_id for one in entries})
    for entry in entries:
        words = _(STAGE_LABELS[entry.stage])
        if entry.reason or entry.evidence:
            words = _("{stage} ({words})").format(stage=words, words=_short(entry.reason or entry.evidence or ""))
        known = reached_on(entry.stage, entry.on, signed[entry.project_id])
        yield entry.project_id, Happened(on=entry.on, what=words, id=entry.id, known=None if known.exact else known)
    for signing in reads.signings(reader, *span):
        money = signing.shown("amount")
        words = _("{agreement} signed, {money}") if money else _("{agreement} signed")
        words = words.format(agreement=_(AGREEMENT_LABELS[signing.kind]), money=money)
        yield (
            signing.project_id,
            Happened(
                on=signing.signed_on.last,
                what=words,
                id=signing.id,
                known=None if signing.signed_on.exact else signing.signed_on,
            ),
        )
    for milestone in reads.milestones(reader, *span):
        yield milestone.project_id, Happened(on=milestone.on, what=milestone.kind, id=milestone.id)
    for fund in reads.funds(reader, *span):
        words = _("funds of {money} came in").format(money=fund.shown("amount"))
        yield fund.project_id, Happened(on=fund.on, what=words, id=fund.id)
    for follow_up in reads.follow_ups(reader, *span):
        if follow_up.project_id:
            words = _("{mode}: {words}").format(mode=follow_up.mode, words=_short(follow_up.content))
            yield follow_up.project_id, Happened(on=follow_up.on, what=words, id=follow_up.id)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _next_steps(reader: Reader) -> tuple[dict[UUID, str], dict[UUID, str]]:
    """Return the next open step of each project, and of each enterprise, with its day."""
    of_projects: dict[UUID, str] = {}
    of_enterprises: dict[UUID, str] = {}
    for task in reader.find(Task, done_on=None, order_by=("due",)):
        words = _("{what} ({day})").format(what=task.what, day=short_date(task.due))
        if task.project_id:
            of_projects.setdefault(task.project_id, words)
        elif task.enterprise_id:
            of_enterprises.setdefault(task.enterprise_id, words)
    return of_projects, of_enterprises
