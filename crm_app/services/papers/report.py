"""Gathers a period report: the figures of its window and of its year, and the rows they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from crm_app import clock
from crm_app.briefs import report as briefs
from crm_app.briefs.content import Paper
from crm_app.briefs.report_data import Coming, Contract, Guests, Outing, ReportData
from crm_app.briefs.shown import short
from crm_app.briefs.visit import Step
from crm_app.db import tasks as task_reads
from crm_app.db import trips as trip_reads
from crm_app.db.book import Book
from crm_app.db.projects import amount_of, stage_log
from crm_app.db.reader import Reader
from crm_app.domain import days, stages
from crm_app.domain.activity import year_so_far
from crm_app.domain.counting import Window
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.figures import Figures
from crm_app.domain.papers import PaperKind
from crm_app.domain.projects import AGREEMENT_LABELS, Agreement, Investor, Project, Signing, StageEntry
from crm_app.domain.staff import Person
from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.domain.visits import Reception
from crm_app.i18n import _
from crm_app.services import events, figures
from crm_app.services.figures import SignedLine
from crm_app.services.papers import asked as common
from crm_app.services.papers import window as shared
from crm_app.services.papers.asked import Asked
from crm_app.services.papers.needs import open_needs
from crm_app.services.papers.words import BulletinWords, read

_AHEAD = {PaperKind.WEEKLY: 7, PaperKind.MONTHLY: 31}
"""Days after the window whose next steps are told; a half-year and a year tell what somebody planned."""

_MOST_STEPS = 60


def weekly(book: Book, asked: Asked) -> Paper:
    """Return the report of a week."""
    return _compose(book, asked, PaperKind.WEEKLY)


def monthly(book: Book, asked: Asked) -> Paper:
    """Return the report of a month."""
    return _compose(book, asked, PaperKind.MONTHLY)


def half_year(book: Book, asked: Asked) -> Paper:
    """Return the results of a half-year."""
    return _compose(book, asked, PaperKind.HALF_YEAR)


def annual(book: Book, asked: Asked) -> Paper:
    """Return the results of a year, net of what was cancelled."""
    return _compose(book, asked, PaperKind.ANNUAL)


def _compose(book: Book, asked: Asked, kind: PaperKind) -> Paper:
    window = Window(*asked.window())
    year = year_so_far(window)
    views = figures.compare(book, year, year.year_before())
    inside = views.now.figures if window == year else figures.figures(book, window.first, window.last)
    signed = figures.signed_contracts(book, window.first, window.last)
    sets = events.list_sets(book)
    with book.read() as reader:
        bureau = common.bureau(reader)
        # What was typed for a bulletin is said of months, not of a week.
        words = BulletinWords() if kind is PaperKind.WEEKLY else read(reader)
        data = ReportData(
            kind=kind,
            bureau=bureau,
            author=common.author(reader),
            published=clock.today(),
            figures=inside,
            so_far=views.now.figures,
            year=views.now,
            before=views.then if views.then and views.then.signings_known else None,
            cluster=words.cluster,
            named=tuple(shared.project(line) for line in shared.named(reader, signed)),
            sets=shared.named_sets(sets, signed),
            # A judgement stands for the half-year its basis speaks of: of a month or a year no row would show it.
            judgements=shared.judgements(words, inside) if kind is PaperKind.HALF_YEAR else (),
            problems=shared.lines(words.problems),
            plans=shared.lines(words.plans),
            gaps=shared.gaps(inside),
            contracts=tuple(_contract(line) for line in signed),
            coming=_coming(reader, window.last),
            trips=_trips(reader, inside),
            receptions=_receptions(reader, inside),
            obstacles=open_needs(reader, min(window.last, clock.today())),
            steps=_steps(reader, window.last, _AHEAD.get(kind, 0)),
        )
    return briefs.compose(data)


def _contract(line: SignedLine) -> Contract:
    shares = len(line.parties) > 1
    parties = (
        _("{name} {share}%").format(name=party.name, share=f"{party.share:f}".rstrip("0").rstrip("."))
        if shares and party.share is not None
        else party.name
        for party in line.parties
    )
    return Contract(
        id=line.signing_id,
        project=line.project,
        parties=_(", ").join(parties),
        kind=_(AGREEMENT_LABELS[line.kind]),
        day=short(line.signed_on),
        yuan=line.yuan,
        projects=line.projects,
        cluster=line.cluster or "",
        channel=line.channel or "",
        park=line.park or "",
        origin=line.origin.value if line.origin else "",
        honours=_(", ").join(line.honours),
    )


def _coming(reader: Reader, last: date) -> tuple[Coming, ...]:
    """Return the projects about to sign on a day: reviewed or with an intent, or with a day they are expected to."""
    signed = {
        one.project_id for one in reader.find(Signing) if one.kind is Agreement.FORMAL and one.signed_on.first <= last
    }
    logs: dict[UUID, list[StageEntry]] = {}
    for entry in reader.find(StageEntry, order_by=("on",)):
        if entry.on <= last:
            logs.setdefault(entry.project_id, []).append(entry)
    found: list[tuple[Project, Stage]] = []
    for project in reader.find(Project):
        entries = sorted(logs.get(project.id, []), key=lambda entry: (entry.on, entry.id))
        stage = stages.standing(stage_log(entries))
        near = stage in (Stage.REVIEW, Stage.MOU) or (stage is Stage.NEGOTIATING and project.expected_on is not None)
        if entries and near and project.id not in signed:
            found.append((project, stage))
    found.sort(key=lambda one: (-(amount_of(one[0]) or 0), one[0].id.int))
    parties = _parties(reader, [project.id for project, _stage in found])
    owners = reader.get_many(Person, [project.owner_id for project, _stage in found if project.owner_id])
    return tuple(
        Coming(
            id=project.id,
            project=project.name,
            enterprises=parties.get(project.id, ""),
            stage=_(STAGE_LABELS[stage]),
            yuan=amount_of(project),
            expected=project.shown("expected_on"),
            owner=owners[project.owner_id].name if project.owner_id in owners else "",
        )
        for project, stage in found
    )


def _parties(reader: Reader, projects: Sequence[UUID]) -> dict[UUID, str]:
    wanted = set(projects)
    investors = [one for one in reader.find(Investor) if one.project_id in wanted]
    known = reader.get_many(Enterprise, [one.enterprise_id for one in investors])
    names: dict[UUID, list[str]] = {}
    for one in investors:
        names.setdefault(one.project_id, []).append(known[one.enterprise_id].name)
    return {project: _(", ").join(several) for project, several in names.items()}


def _trips(reader: Reader, inside: Figures) -> tuple[Outing, ...]:
    """Return the trips the window counts, in order of departure."""
    counted, window = set(inside.trips.rows), inside.trips.window
    rows = [row for row in trip_reads.between(reader, window.first, window.last) if row.trip.id in counted]
    rows.sort(key=lambda row: (row.trip.start_on, row.trip.id.int))
    return tuple(
        Outing(
            id=row.trip.id,
            title=row.trip.title,
            first=row.trip.start_on,
            last=row.trip.end_on,
            leader=row.leader.name if row.leader else "",
            enterprises=row.enterprises,
            visits=row.visits,
        )
        for row in rows
    )


def _receptions(reader: Reader, inside: Figures) -> tuple[Guests, ...]:
    found = reader.get_many(Reception, inside.receptions.rows)
    return tuple(
        Guests(id=one.id, on=one.on, guests=one.guests, result=one.result or "")
        for one in sorted(found.values(), key=lambda one: (one.on, one.id.int))
    )


def _steps(reader: Reader, last: date, ahead: int) -> tuple[Step, ...]:
    """Return the open next steps that fall due in the days after the window."""
    if not ahead:
        return ()
    day = timedelta(days=1)
    tasks = task_reads.open_between(reader, last + day, last + ahead * day, most=_MOST_STEPS)
    owners = reader.get_many(Person, [task.owner_id for task in tasks if task.owner_id])
    whose = reader.get_many(Enterprise, [task.enterprise_id for task in tasks if task.enterprise_id])
    return tuple(
        Step(
            what=_step(task.what, whose[task.enterprise_id].name if task.enterprise_id in whose else ""),
            owner=owners[task.owner_id].name if task.owner_id in owners else "",
            due=days.show_date(task.due),
            id=task.id,
        )
        for task in tasks
    )


def _step(what: str, enterprise: str) -> str:
    return _("{enterprise}: {what}").format(enterprise=enterprise, what=what) if enterprise else what
