"""What a kind of paper can be made of at once, the latest first, and which papers of it are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app import clock
from crm_app.domain.papers import IssuedPaper, PaperKind
from crm_app.domain.views import Filter, Op, Query, Sort, Span
from crm_app.services import lists, papers
from crm_app.services.book import Book

_MOST = 6


@dataclass(frozen=True)
class Lately:
    """Records as (id, title, day)."""

    kind: PaperKind
    records: list[tuple[UUID, str, date | None]]
    kept: list[IssuedPaper]


def _by(name: str, title: str, on: str, *filters: Filter, descending: bool = True) -> Query:
    return Query(name, filters, Sort(on, descending=descending), columns=(title, on))


def _begun() -> Filter:
    return Filter("start_on", Op.FROM_TO, ("", clock.today().isoformat()))


_QUERIES: dict[PaperKind, Callable[[], Query]] = {
    PaperKind.VISIT: lambda: _by("visits", "enterprise", "on"),
    PaperKind.TRIP: lambda: _by("trips", "title", "start_on", _begun()),
    PaperKind.TRIP_PACK: lambda: _by(
        "trips", "title", "start_on", Filter("end_on", Op.WITHIN, (Span.FROM_TODAY,)), descending=False
    ),
    PaperKind.ONE_PAGER: lambda: _by("enterprises", "name", "last_on"),
    PaperKind.PROJECT: lambda: _by("projects", "name", "touched_on"),
}


def read_lately(book: Book, kind: PaperKind) -> Lately:
    """Read what a kind could be about, and its kept papers."""
    records = []
    if kind in _QUERIES:
        query = _QUERIES[kind]()
        title, on = query.columns
        records = [
            (row.id, row.values[title] or "", row.values[on]) for row in lists.first_rows(book, query, _MOST).rows
        ]
    kept = [one for one in papers.list_papers(book) if one.kind is kind]
    return Lately(kind, records, kept[:_MOST])
