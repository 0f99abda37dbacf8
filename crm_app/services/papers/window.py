"""What the papers of a window have in common: the projects and sets they name, a person's words, what is in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from crm_app.briefs.window_data import Judgement, NamedProject, NamedSet
from crm_app.db.reader import Reader
from crm_app.domain.counting import DOUBT_LABELS
from crm_app.domain.entry_names import entry_name
from crm_app.domain.figures import Figures
from crm_app.domain.paper_words import PaperWords
from crm_app.domain.paper_words import judgements as judged
from crm_app.domain.projects import ORIGIN_LABELS, Project
from crm_app.i18n import _
from crm_app.services.events import PickedSet
from crm_app.services.figures import SignedLine

_LARGEST = 5
"""How many projects are named where nobody chose any."""

_NAMES_OF_A_SET = 3

_COMPARED = re.compile(r"去年|上年|同比|同期|a year before|last year")


def named(reader: Reader, signed: Sequence[SignedLine]) -> list[SignedLine]:
    """Return the contracts of the projects somebody chose to name, else the largest ones."""
    chosen = {project.id for project in reader.find(Project, in_bulletin=True)}
    return [line for line in signed if line.project_id in chosen] or list(signed[:_LARGEST])


def project(line: SignedLine) -> NamedProject:
    """Return a contract as a text names it."""
    return NamedProject(
        enterprise=_(", ").join(party.name for party in line.parties),
        project=line.content or line.project,
        yuan=line.yuan,
        labels=line.honours,
        channel=entry_name(line.channel or ""),
        origin=_(ORIGIN_LABELS[line.origin]) if line.origin else "",
        id=line.signing_id,
    )


def named_sets(sets: Iterable[PickedSet], signed: Sequence[SignedLine]) -> tuple[NamedSet, ...]:
    """Return the sets a paper names that have a contract in the window."""
    found = (_named_set(one.projects, one.set.name, signed) for one in sets if one.set.in_bulletin)
    return tuple(one for one in found if one.rows)


def _named_set(projects: Sequence[Project], name: str, signed: Sequence[SignedLine]) -> NamedSet:
    """Return a set's contracts of the window: a project outside it is not summed (rule 1)."""
    wanted = [project.id for project in projects]
    lines = sorted(
        (line for line in signed if line.project_id in wanted), key=lambda line: wanted.index(line.project_id)
    )
    names = [line.parties[0].name for line in lines[:_NAMES_OF_A_SET] if line.parties] or [name]
    return NamedSet(names=names, yuan=sum(line.yuan for line in lines), rows=tuple(line.signing_id for line in lines))


def cluster_of_largest(signed: Sequence[SignedLine]) -> str:
    """Return the cluster of the largest contract, which is told where nobody chose one."""
    return (signed[0].cluster or "") if signed else ""


def judgements(words: PaperWords, inside: Figures) -> tuple[Judgement, ...]:
    """Return the judgements somebody stands for, each with its basis.

    One that compares with the year before is said only where that year's figures are known (rule 5).
    """
    comparable = inside.year_on_year.value is not None
    return tuple(
        Judgement(text=one.text, basis=one.basis)
        for one in judged(words)
        if comparable or not _COMPARED.search(one.text)
    )


def gaps(inside: Figures) -> tuple[tuple[str, tuple[UUID, ...]], ...]:
    """Return the rows that keep a figure from being certain, and why."""
    return tuple(
        (_("{name}: {doubt}").format(name=point.name, doubt=_(DOUBT_LABELS[point.doubt])), (point.id,))
        for point in inside.to_confirm.value
    )
