"""Gathers the bulletin: the figures of its window and those up to publication, the projects it names, its own words."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from crm_app import clock
from crm_app.briefs import bulletin as briefs
from crm_app.briefs.bulletin import BulletinData, Judgement, NamedProject, NamedSet
from crm_app.briefs.content import Paper
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.domain.counting import DOUBT_LABELS
from crm_app.domain.figures import Figures
from crm_app.domain.projects import Project
from crm_app.i18n import _
from crm_app.services import events, figures
from crm_app.services.figures import SignedLine
from crm_app.services.papers import asked as common
from crm_app.services.papers.asked import Asked
from crm_app.services.papers.words import BulletinWords, judgements, read

_LARGEST = 5
"""How many projects are named where nobody chose any."""

_NAMES_OF_A_SET = 3


def compose(book: Book, asked: Asked) -> Paper:
    """Return the bulletin of a window, published today."""
    start, end = asked.window()
    today = clock.today()
    inside = figures.figures(book, start, end)
    so_far = figures.figures(book, start, max(today, end))
    signed = figures.signed_contracts(book, start, end)
    sets = [one for one in events.list_sets(book) if one.set.in_bulletin]
    with book.read() as reader:
        words = read(reader)
        bureau = common.bureau(reader)
        named = _named(reader, signed)
    return briefs.compose(
        BulletinData(
            name=words.name or _("Bulletin of investment promotion"),
            bureau=bureau,
            published=max(today, end) if today < start else today,
            figures=inside,
            so_far=so_far,
            issue=words.issue,
            cluster=words.cluster or _cluster_of_largest(signed),
            named=tuple(_project(line) for line in named),
            sets=tuple(_set(one.projects, one.set.name, signed) for one in sets),
            judgements=_judgements(words),
            problems=_lines(words.problems),
            plans=_lines(words.plans),
            report_to=words.report_to,
            send_to=words.send_to,
            issue_to=words.issue_to,
            copies=words.copies,
            gaps=_gaps(bureau, inside),
        )
    )


def _named(reader: Reader, signed: Sequence[SignedLine]) -> list[SignedLine]:
    """Return the contracts of the projects somebody chose to name, else the largest ones."""
    chosen = {project.id for project in reader.find(Project, in_bulletin=True)}
    return [line for line in signed if line.project_id in chosen] or list(signed[:_LARGEST])


def _project(line: SignedLine) -> NamedProject:
    return NamedProject(
        enterprise=_(", ").join(party.name for party in line.parties),
        project=line.content or line.project,
        yuan=line.yuan,
        labels=line.honours,
        channel=line.channel or "",
        origin=line.origin.value if line.origin else "",
        id=line.signing_id,
    )


def _set(projects: Sequence[Project], name: str, signed: Sequence[SignedLine]) -> NamedSet:
    """Return a set's contracts of the window: a project outside it is not summed (rule 1)."""
    wanted = [project.id for project in projects]
    lines = sorted(
        (line for line in signed if line.project_id in wanted), key=lambda line: wanted.index(line.project_id)
    )
    names = [line.parties[0].name for line in lines[:_NAMES_OF_A_SET] if line.parties] or [name]
    return NamedSet(names=names, yuan=sum(line.yuan for line in lines), rows=tuple(line.signing_id for line in lines))


def _cluster_of_largest(signed: Sequence[SignedLine]) -> str:
    return (signed[0].cluster or "") if signed else ""


def _judgements(words: BulletinWords) -> tuple[Judgement, ...]:
    return tuple(Judgement(text=one.text, basis=one.basis) for one in judgements(words))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _gaps(bureau: str, inside: Figures) -> tuple[tuple[str, tuple[UUID, ...]], ...]:
    found: list[tuple[str, tuple[UUID, ...]]] = []
    if not bureau:
        found.append((_("The bureau's name is missing (Settings)"), ()))
    found += [
        (_("{name}: {doubt}").format(name=point.name, doubt=_(DOUBT_LABELS[point.doubt])), (point.id,))
        for point in inside.to_confirm.value
    ]
    return tuple(found)
