"""What a paper is called as a file, and how it wants to be printed."""

from __future__ import annotations

from crm_app import clock, paths
from crm_app.briefs.content import Paper, Sheet
from crm_app.domain.papers import NAMED, PAPER_KIND_LABELS, PaperKind
from crm_app.i18n import _


def file_name(paper: Paper, ending: str = "") -> str:
    """Return a paper's file name: its kind where the title does not say it, its title, its day."""
    kind = _(PAPER_KIND_LABELS[PaperKind(paper.kind)])
    said = paper.kind not in NAMED or kind.lower() in paper.title.lower()
    title = paper.title if said else _("{kind} {title}").format(kind=kind, title=paper.title)
    return paths.file_name(f"{title} {(paper.day or clock.today()).isoformat()}", ending)


def both_sides(paper: Paper) -> bool:
    """Tell whether a paper is laid out for printing on both sides."""
    return paper.sheet is Sheet.DUPLEX
