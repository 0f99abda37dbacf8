"""What the place asks of services beside the window's thread: composing, laying out, keeping, issuing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from crm_app.domain.papers import ABOUT_TABLE, TOGETHER, IssuedPaper, PaperKind, PaperState
from crm_app.i18n import _
from crm_app.services import papers, search
from crm_app.services.book import Book
from crm_app.services.papers import TURN_LABELS, Asked, Gap, Paper
from crm_app.ui.background import Progress
from crm_app.ui.widgets.pdf_out import Handed


@dataclass(frozen=True)
class Shown:
    """A paper as the place shows it; ``kept`` is None before it is kept as a draft."""

    kind: PaperKind
    asked: Asked
    paper: Paper
    pdf: bytes
    gaps: tuple[Gap, ...]
    kept: IssuedPaper | None = None
    notes: tuple[str, ...] = ()
    """What is to be known before it is printed: a font of the bureau's that is not at hand."""

    @property
    def state(self) -> PaperState:
        """The state it stands at."""
        return self.kept.state if self.kept else PaperState.DRAFT

    @property
    def is_several(self) -> bool:
        """Whether it is of several records, each on pages of its own."""
        return self.kind in TOGETHER and len(self.asked.ids) > 1


def compose(book: Book, kind: PaperKind, asked: Asked, progress: Progress) -> Shown:
    """Compose a paper of today's book and lay it out; raise Cancelled where it was stopped."""
    paper = papers.compose(book, kind, asked, progress.report)
    progress.report(0, 0, _("Laying out the pages"))
    notes = tuple(papers.typefaces_lacking(book))
    return Shown(kind, asked, paper, papers.pages(book, paper), papers.gaps_of(paper), notes=notes)


def handed(book: Book, shown: Shown) -> Handed:
    """Return a paper as it is handed out: printed, saved, written for Word."""
    return Handed(
        shown.paper.title,
        lambda act: papers.note_handed_out(book, act, shown.kind, shown.asked),
        lambda: papers.document(book, shown.paper, shown.state),
        papers.file_name(shown.paper),
        papers.both_sides(shown.paper),
    )


def open_kept(book: Book, paper_id: UUID) -> Shown:
    """Open a kept paper: a final one as the bytes that were issued."""
    kept = papers.issued(book, paper_id)
    paper = papers.paper_of(kept)
    asked = replace(papers.asked_of(kept), both_sides=papers.both_sides(paper))
    if kept.state is PaperState.FINAL:
        return Shown(kept.kind, asked, paper, papers.final_bytes(book, paper_id), (), kept)
    made, notes = papers.pages(book, paper, kept.state), tuple(papers.typefaces_lacking(book))
    return Shown(kept.kind, asked, paper, made, papers.gaps_of(paper), kept, notes)


def differences(book: Book, shown: Shown) -> list[tuple[str, UUID | None]]:
    """Return what a final paper would say otherwise today, each with a row: the rows that changed, then the words."""
    assert shown.kept is not None, "only a kept paper is final"
    now = papers.compose(book, shown.kind, shown.asked)
    found = papers.later_differences(book, shown.kept.id, now)
    turned = _("{turn}: {project} ({why})")
    rows = [
        (turned.format(turn=_(TURN_LABELS[one.turn]), project=one.project, why=one.why), one.row)
        for one in papers.turns(book, shown.kept)
    ]
    words = _("{what}: {was} → {now}")
    return rows + [
        (words.format(what=one.what, was=one.was or "—", now=one.now or "—"), one.rows[0] if one.rows else None)
        for one in found
    ]


def offers(book: Book, kind: PaperKind, text: str) -> list[tuple[UUID, str]]:
    """Return the records a paper could be about that fit what is typed, as (id, title)."""
    return [(hit.id, hit.title) for hit in search.search(book, text, kind=ABOUT_TABLE[kind], limit=9)]
