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
from crm_app.domain.papers import PaperKind
from crm_app.services.papers import bulletin, enterprise, ledger, project, trip, trip_pack, visit
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
from crm_app.services.papers.words import BulletinWords, bulletin_words, change_bulletin_words

__all__ = [
    "Asked",
    "BulletinWords",
    "Gap",
    "Hotspot",
    "Paper",
    "advance",
    "bulletin_words",
    "change_bulletin_words",
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
    PaperKind.ONE_PAGER: _Maker(enterprise.compose, "ids"),
    PaperKind.VISIT: _Maker(visit.compose, "ids"),
    PaperKind.TRIP: _Maker(trip.compose, "ids"),
    PaperKind.TRIP_PACK: _Maker(trip_pack.compose, "ids"),
    PaperKind.PROJECT: _Maker(project.compose, "ids"),
    PaperKind.BULLETIN: _Maker(bulletin.compose, "window"),
    PaperKind.LEDGER: _Maker(ledger.compose, "list"),
}


def compose(book: Book, kind: PaperKind, asked: Asked) -> Paper:
    """Return the content of a paper of today's book; raise BadInput where what it needs was not asked."""
    return _MAKERS[kind].compose(book, asked)


def needs(kind: PaperKind) -> str:
    """Say what a kind of paper is made of: ``ids``, ``window`` or ``list``."""
    return _MAKERS[kind].needs
