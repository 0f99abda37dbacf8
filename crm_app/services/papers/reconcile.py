"""核对: a paper looked through before it is issued, line by line, each leading to its rows.

What is missing and what no row shows; the parts against their total; rows not filled in; what another issued paper
counts too; and what became of the last issued one, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from crm_app.briefs import editing
from crm_app.briefs.content import Paper
from crm_app.briefs.editing import Edited
from crm_app.briefs.shown import money, projects, window_words
from crm_app.db.book import Book
from crm_app.domain.counting import DOUBT_LABELS, Tally, Window
from crm_app.domain.figures import Figures
from crm_app.domain.papers import IssuedPaper, PaperKind, PaperState, Point, PointKind
from crm_app.i18n import N_, _
from crm_app.services import figures
from crm_app.services.figures import SignedLine
from crm_app.services.papers.asked import Asked
from crm_app.services.papers.edits import edited_of
from crm_app.services.papers.evidence import evidence_for
from crm_app.services.papers.points import answered, answers_of, asked_of, counted_in, points_of
from crm_app.services.papers.since import TURN_LABELS, turns

_DISTRIBUTIONS = (
    ("by_cluster", N_("By cluster")),
    ("by_channel", N_("By channel")),
    ("by_park", N_("By park")),
    ("by_origin", N_("By origin")),
)


def reconcile(book: Book, kind: PaperKind, asked: Asked, paper: Paper, known: IssuedPaper | None = None) -> list[Point]:
    """Return every line to look at; ``known`` is the kept paper with its hand edits and answers, if it is kept."""
    return _looked_through(book, kind, asked, edited_of(known) if known else editing.edited(paper, ()), known)


def barring(book: Book, known: IssuedPaper) -> list[Point]:
    """Return what a kept paper is looked through for before it is final, with the answers given so far."""
    return _looked_through(book, PaperKind(known.kind), asked_of(known), edited_of(known), known)


def _looked_through(book: Book, kind: PaperKind, asked: Asked, made: Edited, known: IssuedPaper | None) -> list[Point]:
    inside, contracts = counted_in(book, asked)
    points = points_of(made, evidence_for(book, kind, asked, inside))
    issued = _issued(book, kind, asked, known)
    if inside is not None:
        # By their rows: a paper kept in another language tells its gaps in that.
        said = {row for point in points if point.kind is PointKind.GAP for row in point.rows}
        points += _totals(inside)
        points += [point for point in _rows(inside) if point.right or not said.issuperset(point.rows)]
        points += _twice(book, asked, inside, contracts, issued)
    points += _since_last(book, issued)
    return answered(points, answers_of(known) if known else {})


def kept_for(book: Book, kind: PaperKind, asked: Asked) -> IssuedPaper | None:
    """Return the newest paper under way that was made of the same; None where none is kept."""
    with book.read() as reader:
        found = reader.find(IssuedPaper, kind=kind, order_by=("-id",))
    return next((one for one in found if one.state is not PaperState.FINAL and asked_of(one) == asked), None)


def _issued(book: Book, kind: PaperKind, asked: Asked, known: IssuedPaper | None) -> list[IssuedPaper]:
    """Return the final papers of a kind, of the same record where it is about one, newest first."""
    with book.read() as reader:
        found = reader.find(IssuedPaper, kind=kind, state=PaperState.FINAL)
    same = [one for one in found if (one.about or ()) == asked.ids and (known is None or one.id != known.id)]
    return sorted(same, key=lambda one: -(one.issued_at or 0))


def _totals(inside: Figures) -> Iterator[Point]:
    """Yield each distribution with whether its parts sum to the total, in projects and in yuan."""
    whole = inside.signed.value
    for name, title in _DISTRIBUTIONS:
        yield _sum(name, _(title), [part.tally for part in getattr(inside, name).value], whole)
    bands = [band.tally for band in inside.exclusive_bands.value]
    yield _sum("bands", _("By size"), bands, whole)


def _sum(name: str, title: str, parts: Sequence[Tally], whole: Tally) -> Point:
    count, yuan = sum(part.count for part in parts), sum(part.yuan for part in parts)
    right = (count, yuan) == (whole.count, whole.yuan)
    known = {row for part in parts for row in part.rows}
    if right:
        words = _("{title}: the parts sum to the total, {projects}, {money}").format(
            title=title, projects=projects(count), money=money(yuan)
        )
        return Point(PointKind.TOTAL, f"total:{name}", words, whole.rows, right=True)
    words = _("{title}: the parts sum to {projects}, {money}; the total is {all_projects}, {all_money}").format(
        title=title,
        projects=projects(count),
        money=money(yuan),
        all_projects=projects(whole.count),
        all_money=money(whole.yuan),
    )
    return Point(PointKind.TOTAL, f"total:{name}", words, tuple(row for row in whole.rows if row not in known))


def _rows(inside: Figures) -> Iterator[Point]:
    points = inside.to_confirm.value
    for point in points:
        words = _("{name}: {doubt}").format(name=point.name, doubt=_(DOUBT_LABELS[point.doubt]))
        yield Point(PointKind.ROW, f"row:{point.id}:{point.doubt.value}", words, (point.id,))
    if not points:
        words = _("Every row has its day, park, channel, cluster and origin")
        yield Point(PointKind.ROW, "row:", words, inside.signed.rows, right=True)


def _twice(
    book: Book, asked: Asked, inside: Figures, contracts: Sequence[SignedLine], issued: Sequence[IssuedPaper]
) -> Iterator[Point]:
    """Yield the issued papers that count a project this one counts, with those projects' rows.

    A year counts what its months counted, and is right to; only windows that overlap in part are double counting.
    """
    own = [line for line in contracts if line.projects > 0]
    found = False
    for other in issued:
        span = _span(other)
        if span is None or span == asked.window():
            continue
        theirs = {line.project_id for line in figures.signed_contracts(book, *span) if line.projects > 0}
        rows = tuple(line.signing_id for line in own if line.project_id in theirs)
        if rows:
            found = True
            nested = _nested(span, asked.window())
            words = (
                _("“{title}” ({window}) counts {projects} of these too: one window lies inside the other")
                if nested
                else _("“{title}” ({window}) counts {projects} of these too: the two windows must not be added up")
            )
            yield Point(
                PointKind.TWICE,
                f"twice:{other.id}",
                words.format(title=other.title, window=window_words(Window(*span)), projects=projects(len(rows))),
                rows,
                right=nested,
            )
    if not found:
        words = _("No other issued paper counts a project of this window")
        yield Point(PointKind.TWICE, "twice:", words, inside.signed.rows, right=True)


def _nested(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Tell whether one window lies wholly inside the other."""
    return (max(one[0], other[0]), min(one[1], other[1])) in (one, other)


def _span(known: IssuedPaper) -> tuple[date, date] | None:
    return (known.from_on, known.to_on) if known.from_on and known.to_on else None


def _since_last(book: Book, issued: Sequence[IssuedPaper]) -> Iterator[Point]:
    """Yield what became of the rows of the last issued paper of the kind."""
    last = next((one for one in issued if _span(one)), None)
    if last is None:
        return
    found = turns(book, last)
    for one in found:
        words = _("{turn} since “{title}”: {project} ({why})").format(
            turn=_(TURN_LABELS[one.turn]), title=last.title, project=one.project, why=one.why
        )
        yield Point(PointKind.LATER, f"later:{last.id}:{one.row}", words, (one.row,))
    if not found:
        words = _("The rows of “{title}”, issued last, are as they were").format(title=last.title)
        yield Point(PointKind.LATER, f"later:{last.id}", words, _rows_of(last), right=True)


def _rows_of(last: IssuedPaper) -> tuple[UUID, ...]:
    return last.rows or ()
