"""What a kind of paper can be made of at once, the latest first, and which papers of it are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.papers import IssuedPaper, MadeOf, PaperKind, made_of
from crm_app.domain.views import Filter, Op, Query, Sort, Span
from crm_app.services import lists, papers
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from crm_app.ui.papers.periods import UNTIL, offered

_MOST = 6


@dataclass(frozen=True)
class Offer:
    """What a paper can be made of with one click."""

    title: str
    hint: str
    asked: Asked


@dataclass(frozen=True)
class Lately:
    """What a kind offers, and its kept papers, the newest first."""

    kind: PaperKind
    offers: list[Offer]
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
    kept = [one for one in papers.list_papers(book) if one.kind is kind]
    return Lately(kind, _offers(book, kind)[:_MOST], kept[:_MOST])


def _offers(book: Book, kind: PaperKind) -> list[Offer]:
    if kind in _QUERIES:
        query = _QUERIES[kind]()
        title, on = query.columns
        rows = lists.first_rows(book, query, _MOST).rows
        return [Offer(row.values[title] or "", _day(row.values[on]), Asked(ids=(row.id,))) for row in rows]
    if made_of(kind) is MadeOf.LIST:
        return [Offer(title, "", Asked(list_name=name)) for name, title in papers.printed_lists()]
    return [
        Offer(words, _day(end) if kind in UNTIL else f"{_day(start)} – {_day(end)}", Asked(start=start, end=end))
        for words, start, end in offered(kind, clock.today())
    ]


def _day(on: date | None) -> str:
    """Return a day with its weekday, or one of another year with its year."""
    if on is None:
        return ""
    return days.show_with_weekday(on) if on.year == clock.today().year else days.show_short(on)
