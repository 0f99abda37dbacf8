"""What a paper is called as a file, and how it wants to be printed."""

from __future__ import annotations

from crm_app import clock, paths
from crm_app.briefs.content import Paper, Sheet
from crm_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from crm_app.i18n import _

_NOT_SAID = frozenset({PaperKind.ONE_PAGER, PaperKind.PROJECT, PaperKind.BULLETIN})
"""Kinds whose title is the name of what they are about; that of the others says what they are."""


def file_name(paper: Paper, ending: str = "") -> str:
    """Return a paper's file name: its kind where the title does not say it, its title, its day."""
    kind = _(PAPER_KIND_LABELS[PaperKind(paper.kind)])
    said = paper.kind not in _NOT_SAID or kind.lower() in paper.title.lower()
    title = paper.title if said else _("{kind} {title}").format(kind=kind, title=paper.title)
    return paths.file_name(f"{title} {(paper.day or clock.today()).isoformat()}", ending)


def both_sides(paper: Paper) -> bool:
    """Tell whether a paper is laid out for printing on both sides."""
    return paper.sheet is Sheet.DUPLEX
