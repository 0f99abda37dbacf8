"""Papers: composed from the book, previewed, and brought from draft over review to final.

A paper is made of ids or of a window of dates: :class:`Asked`. Each kind is gathered by one file here and laid out by
the file of the same name in briefs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from crm_app.briefs.content import Gap, Paper
from crm_app.briefs.pdf import Hotspot
from crm_app.db.book import Book
from crm_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.papers import trip, visit
from crm_app.services.papers.asked import Asked
from crm_app.services.papers.issuing import (
    advance,
    draft,
    final_bytes,
    gaps_of,
    hotspots_of,
    issued,
    later_differences,
    list_papers,
    pages,
    paper_of,
    refresh,
    write_file,
)

__all__ = [
    "Asked",
    "Gap",
    "Hotspot",
    "Paper",
    "advance",
    "compose",
    "draft",
    "final_bytes",
    "gaps_of",
    "hotspots_of",
    "issued",
    "later_differences",
    "list_papers",
    "needs",
    "pages",
    "paper_of",
    "refresh",
    "write_file",
]


class _Maker(NamedTuple):
    compose: Callable[[Book, Asked], Paper]
    needs: str
    """What it is made of: ``ids`` of one kind of record, ``window`` of dates, or ``list``."""


_MAKERS: dict[PaperKind, _Maker] = {
    PaperKind.VISIT: _Maker(visit.compose, "ids"),
    PaperKind.TRIP: _Maker(trip.compose, "ids"),
}


def compose(book: Book, kind: PaperKind, asked: Asked) -> Paper:
    """Return the content of a paper of today's book; raise BadInput where what it needs was not asked."""
    if kind not in _MAKERS:
        raise BadInput(
            _("The paper “{kind}” cannot be made yet.").format(kind=_(PAPER_KIND_LABELS[kind])), field="kind"
        )
    return _MAKERS[kind].compose(book, asked)


def needs(kind: PaperKind) -> str:
    """Say what a kind of paper is made of: ``ids``, ``window`` or ``list``."""
    return _MAKERS[kind].needs
