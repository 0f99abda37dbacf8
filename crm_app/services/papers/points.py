"""What stands between a draft and 定稿: gaps, words no row shows, hand edits whose figures moved; and the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from crm_app.briefs.content import gaps
from crm_app.briefs.differences import between
from crm_app.briefs.editing import Edited
from crm_app.db.book import Book
from crm_app.domain.claims import Evidence
from crm_app.domain.counting import Window
from crm_app.domain.figures import Figures
from crm_app.domain.papers import IssuedPaper, PaperState, Point, PointKind
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.services import figures
from crm_app.services.figures import SignedLine
from crm_app.services.outcome import Outcome
from crm_app.services.papers.asked import Asked
from crm_app.services.papers.edits import filled_by_hand
from crm_app.services.papers.evidence import claims_of


def asked_of(known: IssuedPaper) -> Asked:
    """Return what a kept paper was asked for, to compose it again from today's book."""
    return Asked(ids=known.about or (), start=known.from_on, end=known.to_on, list_name=known.list_name or "")


def counted_in(book: Book, asked: Asked) -> tuple[Figures | None, list[SignedLine]]:
    """Return the figures of a paper's window and its contracts, read once; None and none where it has no window."""
    if not asked.start or not asked.end:
        return None, []
    return figures.of_windows(book, Window(asked.start, asked.end))[0]


def points_of(made: Edited, evidence: Evidence) -> list[Point]:
    """Return the gaps, doubted claims and moved hand edits of a paper, none answered yet."""
    return [*_gaps(made), *claims_of(made, made.paper, evidence), *_edits(made)]


def _gaps(made: Edited) -> Iterator[Point]:
    by_hand = set(filled_by_hand(made))
    for gap in gaps(made.paper):
        filled = gap in by_hand
        reason = _("Filled in by hand") if filled else ""
        yield Point(PointKind.GAP, f"gap:{gap.text}", gap.text, gap.rows, gap.where, filled, reason)


def _edits(made: Edited) -> Iterator[Point]:
    for edit, place in made.outdated:
        moved = _("; ").join(f"{was} → {now}" for was, now in between(edit.drafted, place.text))
        words = _("Figures under a hand edit changed: {moved}. It says “{text}”").format(moved=moved, text=edit.text)
        yield Point(PointKind.EDIT, f"edit:{edit.id}:{place.text}", words, place.rows, "edit")
    for edit in made.lost:
        words = _("A hand edit has no text any more and is not printed: “{text}” (it was “{old}”)").format(
            text=edit.text, old=edit.drafted
        )
        yield Point(PointKind.EDIT, f"edit:{edit.id}:", words, (), "edit")


def answers_of(known: IssuedPaper) -> dict[str, str]:
    """Return the reasons given so far, by the keys of their points."""
    kept: dict[str, str] = json.loads(known.answers or "{}")
    return kept


def answered(points: list[Point], answers: Mapping[str, str]) -> list[Point]:
    """Return points with the reasons that were given for them."""
    return [replace(point, reason=answers.get(point.key, "") or point.reason) for point in points]


def answer(book: Book, paper_id: UUID, key: str, reason: str) -> Outcome[None]:
    """Keep the reason for leaving one point as it is; an empty one opens it again. Raise Refused for a final paper."""
    with book.unit(_("Give the reason for what a paper leaves open")) as unit:
        known = unit.get(IssuedPaper, paper_id)
        if known.state is PaperState.FINAL:
            raise Refused(_("This paper is final; make a new one to correct it."))
        unit.about(known.title)
        answers = {**answers_of(known), key: reason.strip()}
        kept = {name: said for name, said in answers.items() if said}
        unit.update(
            IssuedPaper, paper_id, answers=json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else None
        )
        return Outcome(unit.commit(), None)
