"""Gathers a project sheet."""

from __future__ import annotations

from decimal import Decimal

from crm_app import clock
from crm_app.briefs import project as briefs
from crm_app.briefs.content import Paper, Qr
from crm_app.briefs.project import Progress, ProjectData
from crm_app.briefs.visit import Step
from crm_app.db.book import Book
from crm_app.domain import claims, days, numbering
from crm_app.domain.days import FuzzyDay
from crm_app.domain.entry_names import entry_name
from crm_app.domain.projects import Need
from crm_app.domain.stages import STAGE_LABELS
from crm_app.domain.thresholds import REACHED_LABELS, judged, rules
from crm_app.i18n import _
from crm_app.services import projects
from crm_app.services.papers import asked as common
from crm_app.services.papers import codes
from crm_app.services.papers.asked import Asked
from crm_app.services.projects import ProjectPage
from crm_app.services.projects.reading import TimelineEntry

_PROGRESS = 8
_POLICY = "政策"


def compose(book: Book, asked: Asked) -> Paper:
    """Return the sheet of one project."""
    page = projects.project_page(book, asked.one())
    with book.read() as reader:
        bureau = common.bureau(reader)
        # A sheet of several investors is of the project alone.
        investors = [one.enterprise for one in page.investors]
        uscc = investors[0].uscc if len(investors) == 1 else None
        code = codes.code(reader, page.project.id, page.project.name, uscc)
    return briefs.compose(_data(page, bureau, code))


def _data(page: ProjectPage, bureau: str, code: Qr | None) -> ProjectData:
    project = page.project
    owner = page.owner.name if page.owner else ""
    open_needs = [need for need in page.needs if need.solved_on is None]
    return ProjectData(
        id=project.id,
        project=project.name,
        number=numbering.assigned(project.number) or "",
        investors=tuple(_investor(one.enterprise.name, one.investor.share) for one in page.investors),
        content=project.content or "",
        investment=project.shown("total_investment") or project.shown("intent"),
        fixed_investment=project.shown("fixed_investment"),
        stage=_(STAGE_LABELS[page.stage]),
        park=page.park_today or "",
        channel=entry_name(project.channel or ""),
        origin=project.shown("origin"),
        land=_("{number} mu").format(number=project.shown("land")) if project.land is not None else "",
        output=project.shown("output"),
        tax=project.shown("tax"),
        jobs=project.shown("jobs"),
        per_mu=_per_mu(page),
        owner=owner,
        needs=tuple(_need(need) for need in open_needs),
        progress=tuple(
            Progress(on=entry.known or FuzzyDay.of(entry.on), what=_told(entry), id=entry.id)
            for entry in page.timeline[:_PROGRESS]
        ),
        obstacles=tuple(_need(need) for need in open_needs if need.due and need.due < clock.today()),
        next_steps=tuple(
            Step(what=task.what, owner=owner, due=days.show_date(task.due), id=task.id) for task in page.tasks
        ),
        bureau=bureau,
        day=clock.today(),
        code=code,
    )


def _told(entry: TimelineEntry) -> str:
    if not entry.text:
        return entry.title
    return _("{label}: {value}").format(label=entry.title, value=entry.text)


def _per_mu(page: ProjectPage) -> str:
    """Return what is on a mu, each beside what the park wants, with the rule it is held against."""
    figures, wants = page.per_mu, page.park_wants
    named = (
        (_("investment"), figures.investment, wants.investment),
        (_("output"), figures.output, wants.output),
        (_("tax"), figures.tax, wants.tax),
    )
    said = []
    for name, value, wanted in named:
        state = judged(value, wanted)
        words = _("{name} {value}").format(name=name, value="—" if value is None else f"{value.normalize():,f}")
        if state is not None:
            words = _("{figure} ({state})").format(figure=words, state=_(REACHED_LABELS[state]))
        said += [words] if value is not None or state is not None else []
    lines = [_("{figures} (10,000 yuan a mu)").format(figures=_(", ").join(said))] if said else []
    if wants:
        lines.append(_("Threshold of {rule}.").format(rule=next(rules([(page.park_today or "", wants)]))))
    return "\n".join(lines)


def _investor(name: str, share: Decimal | None) -> str:
    return name if share in (None, Decimal(100)) else f"{name} {share.normalize():f}%" if share else name


def _need(need: Need) -> str:
    quantity = f"{need.shown('quantity')}{need.measure or ''}"
    parts = (f"{need.kind}{quantity}", need.text, need.dept, need.shown("due"))
    told = _(", ").join(part for part in parts if part)
    money = need.kind == _POLICY or claims.awards(need.text or "")
    # Fair competition review first: an award that has not passed it is an ask, never a promise of ours.
    if need.promised_on is not None and money and not need.fair_review:
        return _("{need} (not through the fair competition review; no promise)").format(need=told)
    return told
