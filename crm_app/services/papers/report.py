"""Gathers a period report: the figures of its window and of its year, and the rows they stand on."""

from __future__ import annotations

from datetime import date, timedelta

from crm_app import clock
from crm_app.briefs import report as briefs
from crm_app.briefs.content import Paper
from crm_app.briefs.report_data import Contract, Guests, Outing, ReportData
from crm_app.briefs.shown import short
from crm_app.briefs.visit import Step
from crm_app.db import due as due_reads
from crm_app.db import trips as trip_reads
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.domain import days
from crm_app.domain.activity import year_so_far
from crm_app.domain.counting import Window
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.entry_names import entry_name
from crm_app.domain.figures import Figures
from crm_app.domain.paper_words import lines
from crm_app.domain.papers import PaperKind
from crm_app.domain.projects import AGREEMENT_LABELS, ORIGIN_LABELS
from crm_app.domain.staff import Person
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Reception
from crm_app.i18n import _
from crm_app.services import events, figures
from crm_app.services.figures import SignedLine
from crm_app.services.papers import ahead
from crm_app.services.papers import asked as common
from crm_app.services.papers import window as shared
from crm_app.services.papers import words as typed
from crm_app.services.papers.asked import Asked

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
    # Of a year under way the comparison ends with the day it has come to (rule 5), as the sentence above it does.
    come_to = Window(year.first, max(year.first, min(year.last, clock.today())))
    inside, signed, views = figures.of_period(book, window, year, come_to.year_before())
    sets = events.list_sets(book)
    with book.read() as reader:
        bureau = common.bureau(reader)
        words = typed.read(reader, window)
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
            judgements=shared.judgements(words, inside),
            problems=lines(words.problems),
            plans=lines(words.plans),
            gaps=shared.gaps(inside),
            contracts=tuple(_contract(line) for line in signed),
            trips=_trips(reader, inside),
            receptions=_receptions(reader, inside),
            ahead=ahead.at_end_of(reader, window),
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
        cluster=entry_name(line.cluster or ""),
        channel=entry_name(line.channel or ""),
        park=line.park or "",
        origin=_(ORIGIN_LABELS[line.origin]) if line.origin else "",
        honours=_(", ").join(line.honours),
    )


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
    tasks = due_reads.open_between(reader, Task, last + day, last + ahead * day, most=_MOST_STEPS)
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
