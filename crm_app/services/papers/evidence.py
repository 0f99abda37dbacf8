"""What the rows show of a paper, for the rules on what it may claim."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from crm_app import clock
from crm_app.briefs import editing
from crm_app.briefs.content import Paper
from crm_app.briefs.editing import Edited, Place
from crm_app.db import dictionaries as lists
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.domain import claims
from crm_app.domain.attainment import in_force
from crm_app.domain.claims import CLAIM_LABELS, Claim, Evidence
from crm_app.domain.counting import Window
from crm_app.domain.figures import Figures
from crm_app.domain.papers import ABOUT_TABLE, PaperKind, Point, PointKind
from crm_app.domain.projects import Need
from crm_app.domain.targets import Forecast, Metric, Ranking, Target, expected_against, whole
from crm_app.i18n import _
from crm_app.services.papers import asked as common
from crm_app.services.papers import window as shared
from crm_app.services.papers import words
from crm_app.services.papers.asked import Asked

_TELLING = 12
"""Characters from which a cell of a table is read as a sentence."""


def evidence_for(book: Book, kind: PaperKind, asked: Asked, inside: Figures | None) -> Evidence:
    """Return what the rows show; ``inside`` are the figures of the paper's window, where it has one."""
    with book.read() as reader:
        span = inside.signed.window if inside else Window(clock.today(), clock.today())
        # A paper may tell, when it is published, what is expected after its window.
        span = Window(span.first, max(span.last, clock.today()))
        forecasts = [one for one in reader.find(Forecast) if span.overlap(one.from_on, one.to_on)]
        targets = in_force(reader.find(Target), span)
        bureau, rankings = common.bureau(reader), reader.find(Ranking)
        return Evidence(
            documents=tuple(one.document for one in rankings if one.document),
            # What a kept notice says in its own words has that notice for its basis.
            judged=(*_judged(reader, inside), *(one.source for one in rankings if one.document and one.source)),
            judging=tuple(lists.offered(reader, "claim_word")),
            exceeded=_exceeded(inside, bureau) if inside else (),
            to_exceed=tuple(one.metric for one in forecasts if expected_against(one, targets, bureau) > 0),
            forecast=bool(forecasts),
            rate=inside is not None
            and inside.year_on_year.value is not None
            and (inside.year_on_year.value.yuan.rate is not None),
            reviewed=_reviewed(reader, kind, asked),
        )


def _exceeded(inside: Figures, bureau: str) -> tuple[Metric, ...]:
    """Return the metrics of the whole bureau's targets that were exceeded when their period was over."""
    return tuple(
        line.target.metric
        for line in inside.targets.value
        if whole(line.target.subject, bureau)
        and line.target.to_on <= min(clock.today(), line.window.last)
        and line.actual > line.target.value
    )


def _judged(reader: Reader, inside: Figures | None) -> tuple[str, ...]:
    if inside is None:
        return tuple(one.text for one in words.every_judgement(reader))
    return tuple(one.text for one in shared.judgements(words.read(reader, inside.signed.window), inside))


def _reviewed(reader: Reader, kind: PaperKind, asked: Asked) -> bool:
    column = {"project": "project_id", "enterprise": "enterprise_id", "visit": "visit_id"}.get(
        ABOUT_TABLE.get(kind, "")
    )
    needs: list[Need] = []
    for one in asked.ids if column else ():
        needs += [need for need in reader.find(Need) if getattr(need, str(column)) == one]
    promised = [need for need in (needs if column else reader.find(Need)) if need.promised_on is not None]
    return bool(promised) and all(need.fair_review for need in promised)


def claims_of(made: Edited, paper: Paper, evidence: Evidence) -> Iterator[Point]:
    """Yield what a paper says that no row shows: drafted, typed into a record or the words, or edited by hand."""
    seen: set[str] = set()
    by_hand = {edit.text for edit, _place in made.places}
    for place in editing.places(paper):
        if place.text in by_hand or _is_sentence(place):
            for one in claims.doubted(place.text, evidence):
                yield from _once(seen, one.claim, one.sentence, place.rows)
    for edit, place in made.places:
        figures_typed = editing.typed_figures(edit)
        if figures_typed:
            yield from _once(seen, Claim.FIGURE, _(", ").join(figures_typed), place.rows, about=edit.text)


def _is_sentence(place: Place) -> bool:
    """Say whether a text tells something: a heading or the short cell of a table claims nothing by itself."""
    kind = place.part.partition("|")[0]
    return kind in (editing.TEXT, "fact") or (kind == "cell" and len(place.text) >= _TELLING)


def _once(seen: set[str], claim: Claim, sentence: str, rows: tuple[UUID, ...], about: str = "") -> Iterator[Point]:
    key = f"claim:{claim.value}:{sentence}"
    if key not in seen:
        seen.add(key)
        said = _("{rule}: “{sentence}”").format(rule=_(CLAIM_LABELS[claim]), sentence=sentence)
        yield Point(PointKind.CLAIM, key, said, rows, where="edit" if about else "")
