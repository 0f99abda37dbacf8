"""草稿 → 送审 → 定稿: a final paper is its bytes, and reprints to the byte."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.briefs import codec, editing, late, pdf
from crm_app.briefs.content import Gap, Paper, gaps
from crm_app.briefs.differences import Difference, differences
from crm_app.briefs.lacking import Lacking, lacking
from crm_app.briefs.settle import without_gaps
from crm_app.db.book import Book
from crm_app.db.papers import kept, let_stand
from crm_app.domain import paper_edits
from crm_app.domain.papers import PAPER_STATE_LABELS, IssuedPaper, PaperKind, PaperState, Point, next_state
from crm_app.errors import BadInput, Refused
from crm_app.i18n import _
from crm_app.services.outcome import Outcome
from crm_app.services.papers.asked import Asked
from crm_app.services.papers.edits import paper_of
from crm_app.services.papers.reconcile import barring
from crm_app.services.papers.typefaces import set_in_own

_MOST_PLACES = 5


def pages(book: Book, paper: Paper, state: PaperState = PaperState.DRAFT) -> bytes:
    """Return a paper's pages as PDF; raise Refused naming the characters no font at hand has, and where they stand."""
    with set_in_own(book):
        lost = lacking(paper)
        if lost:
            raise Refused(
                _("No font at hand has these characters: {places}. Write them otherwise, then print again.").format(
                    places=_("; ").join(map(_place, lost[:_MOST_PLACES]))
                )
            )
        return pdf.render(paper, state=state)


def _place(one: Lacking) -> str:
    code = f"U+{ord(one.character):04X}"
    if not one.under:
        return _("{code} in “{around}”").format(code=code, around=one.around)
    return _("{code} in “{around}” ({under})").format(code=code, around=one.around, under=one.under)


def document(book: Book, paper: Paper, state: PaperState = PaperState.DRAFT) -> bytes:
    """Return a paper as a Word document, to be edited by hand."""
    with set_in_own(book):
        made: bytes = late.writer_of_word().render(paper, state=state)
        return made


def gaps_of(paper: Paper) -> tuple[Gap, ...]:
    """Return what is missing before a paper can be final."""
    return gaps(paper)


def draft(book: Book, paper: Paper, asked: Asked) -> Outcome[UUID]:
    """Keep a paper as a draft, to be brought to review and to final."""
    with book.unit(_("Keep a draft of “{title}”").format(title=paper.title)) as unit:
        made = unit.insert(
            IssuedPaper,
            kind=PaperKind(paper.kind),
            title=paper.title,
            state=PaperState.DRAFT,
            from_on=asked.start,
            to_on=asked.end,
            about=asked.ids or None,
            list_name=asked.list_name or None,
            content=codec.to_json(paper),
            rows=_rows_of(paper),
        )
        return Outcome(unit.commit(), made)


def refresh(book: Book, paper_id: UUID, paper: Paper) -> Outcome[None]:
    """Take newly composed content into a draft or a paper under review; raise Refused for a final one."""
    with book.unit(_("Refresh “{title}”").format(title=paper.title)) as unit:
        _not_final(unit.get(IssuedPaper, paper_id))
        unit.update(IssuedPaper, paper_id, content=codec.to_json(paper), title=paper.title, rows=_rows_of(paper))
        return Outcome(unit.commit(), None)


def advance(book: Book, paper_id: UUID) -> Outcome[PaperState]:
    """Bring a paper one state on; see ``issue`` for the last one."""
    return _bring(book, paper_id, next_state(issued(book, paper_id).state))


def issue(book: Book, paper_id: UUID) -> Outcome[PaperState]:
    """Make a draft or a paper under review final: it keeps its bytes, content, row ids and hash, and is never undone.

    Raise BadInput where something is still open that has no reason of its own.
    """
    return _bring(book, paper_id, PaperState.FINAL)


def _bring(book: Book, paper_id: UUID, state: PaperState) -> Outcome[PaperState]:
    known = issued(book, paper_id)
    points = barring(book, known) if state is PaperState.FINAL else []
    label = _("{title}: {state}").format(title=known.title, state=_(PAPER_STATE_LABELS[state]))
    with book.unit(label, final=state is PaperState.FINAL) as unit:
        present = unit.get(IssuedPaper, paper_id)
        _not_final(present)
        changed: dict[str, Any] = {"state": state}
        if state is PaperState.FINAL:
            changed |= _final(book, paper_of(present), points)
        unit.update(IssuedPaper, paper_id, **changed)
        if state is PaperState.FINAL:
            let_stand(unit, paper_id)
        return Outcome(unit.commit(), state)


def _final(book: Book, paper: Paper, points: Sequence[Point]) -> dict[str, Any]:
    left = [point for point in points if point.bars]
    if left:
        raise BadInput(
            _("Still open: {items}. Fill each in, or give the reason for leaving it so (Reconcile).").format(
                items=_("; ").join(point.text for point in left)
            ),
            field="reason",
        )
    reasons = [_("{item}: {reason}").format(item=point.text, reason=point.reason) for point in points if point.reason]
    settled = without_gaps(paper)
    made = pages(book, settled, PaperState.FINAL)
    return {
        "content": codec.to_json(settled),
        "title": settled.title,
        "rows": _rows_of(paper),
        "pdf": made,
        "sha256": hashlib.sha256(made).hexdigest(),
        "issued_at": clock.now_ms(),
        "accepted_gaps": "\n".join(reasons) or None,
    }


def final_bytes(book: Book, paper_id: UUID) -> bytes:
    """Return the pages of a final paper, byte for byte as issued; raise Refused where they were tampered with."""
    known = issued(book, paper_id)
    if known.pdf is None:
        raise Refused(_("This paper is not final yet."))
    if hashlib.sha256(known.pdf).hexdigest() != known.sha256:
        raise Refused(_("The stored pages are not those that were issued; restore a backup of the book."))
    return known.pdf


def issued(book: Book, paper_id: UUID) -> IssuedPaper:
    """Return a kept paper; raise NotFound."""
    with book.read() as reader:
        return reader.get(IssuedPaper, paper_id)


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raise BadInput where its folder does not take it."""
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BadInput(_("{path} cannot be written: {reason}").format(path=path, reason=error.strerror)) from error


def list_papers(book: Book) -> list[IssuedPaper]:
    """Return the kept papers, newest first, without their content and pages."""
    with book.read() as reader:
        return kept(reader)


def later_differences(book: Book, paper_id: UUID, now: Paper) -> list[Difference]:
    """Return what a paper composed now, with the same hand edits, says otherwise than the final one."""
    known = issued(book, paper_id)
    again = editing.edited(now, paper_edits.from_json(known.edits)).paper
    return differences(paper_of(known), without_gaps(again))


def _not_final(known: IssuedPaper) -> None:
    if known.state is PaperState.FINAL:
        raise Refused(_("This paper is final; make a new one to correct it."))


def _rows_of(paper: Paper) -> tuple[UUID, ...]:
    """Return every row the paper's figures stand on, each once."""
    found: dict[UUID, None] = {}
    _gather(paper, found)
    return tuple(found)


def _gather(value: Any, found: dict[UUID, None]) -> None:
    if isinstance(value, UUID):
        found[value] = None
    elif isinstance(value, tuple):
        for one in value:
            _gather(one, found)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            _gather(getattr(value, field.name), found)
