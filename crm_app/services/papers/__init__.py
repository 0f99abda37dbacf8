"""Papers: composed from the book, previewed, and brought from draft over review to final.

A paper is made of ids or of a window of dates: :class:`Asked`. Each kind is gathered by one file here and laid out by
the file of the same name in briefs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

from crm_app.briefs.arranging import arranged
from crm_app.briefs.content import Gap, Paper
from crm_app.briefs.editing import Place
from crm_app.briefs.standing import Area, Standing
from crm_app.briefs.texts import mapped
from crm_app.db import access
from crm_app.db.book import Book
from crm_app.domain import paper_templates, phones
from crm_app.domain.access import Act
from crm_app.domain.access import paper as paper_subject
from crm_app.domain.paper_templates import Wording
from crm_app.domain.paper_words import PaperWords
from crm_app.domain.papers import ABOUT_TABLE, TOGETHER, PaperKind
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.progress import Report, unheard
from crm_app.services.papers import (
    bulletin,
    calendar,
    follow_ups,
    ledger,
    obstacles,
    one_pager,
    progress,
    project,
    report,
    templates,
    trip,
    trip_pack,
    visit,
)
from crm_app.services.papers.asked import Asked
from crm_app.services.papers.edits import Written, edit_text, look_at, paper_of, standing_of, take_back, texts_of
from crm_app.services.papers.issuing import (
    advance,
    document,
    draft,
    final_bytes,
    gaps_of,
    issue,
    issued,
    later_differences,
    list_papers,
    pages,
    refresh,
    write_file,
)
from crm_app.services.papers.ledger import printed_lists
from crm_app.services.papers.naming import both_sides, file_name
from crm_app.services.papers.points import answer, asked_of
from crm_app.services.papers.reconcile import barring, kept_for, reconcile
from crm_app.services.papers.since import TURN_LABELS, turns
from crm_app.services.papers.templates import change_template, example_of, template_of
from crm_app.services.papers.together import bound, each, free_name
from crm_app.services.papers.typefaces import Face, change_typeface, set_in_own, typefaces, typefaces_lacking
from crm_app.services.papers.words import change_paper_words, paper_words, words_before

__all__ = [
    "TURN_LABELS",
    "Act",
    "Area",
    "Asked",
    "Face",
    "Gap",
    "Paper",
    "PaperWords",
    "Place",
    "Standing",
    "Written",
    "advance",
    "answer",
    "asked_of",
    "barring",
    "both_sides",
    "change_paper_words",
    "change_template",
    "change_typeface",
    "compose",
    "composed_as",
    "document",
    "draft",
    "edit_text",
    "example_of",
    "file_name",
    "final_bytes",
    "gaps_of",
    "issue",
    "issued",
    "kept_for",
    "later_differences",
    "list_papers",
    "look_at",
    "note_handed_out",
    "pages",
    "paper_of",
    "paper_words",
    "printed_lists",
    "reconcile",
    "refresh",
    "standing_of",
    "take_back",
    "template_of",
    "texts_of",
    "turns",
    "typefaces",
    "typefaces_lacking",
    "words_before",
    "write_each",
    "write_file",
]


_MAKERS: dict[PaperKind, Callable[[Book, Asked], Paper]] = {
    PaperKind.ONE_PAGER: one_pager.compose,
    PaperKind.VISIT: visit.compose,
    PaperKind.TRIP: trip.compose,
    PaperKind.TRIP_PACK: trip_pack.compose,
    PaperKind.PROJECT: project.compose,
    PaperKind.BULLETIN: bulletin.compose,
    PaperKind.WEEKLY: report.weekly,
    PaperKind.MONTHLY: report.monthly,
    PaperKind.HALF_YEAR: report.half_year,
    PaperKind.ANNUAL: report.annual,
    PaperKind.PROGRESS: progress.compose,
    PaperKind.FOLLOW_UPS: follow_ups.compose,
    PaperKind.OBSTACLES: obstacles.compose,
    PaperKind.CALENDAR: calendar.compose,
    PaperKind.LEDGER: ledger.compose,
}


def compose(book: Book, kind: PaperKind, asked: Asked, report: Report = unheard) -> Paper:
    """Return the content of a paper of today's book; raise BadInput where what it needs was not asked.

    Of several records, where a kind can be had of such, it is one paper in which each begins a page.
    """
    if asked.unmasked:
        access.note(book, Act.REVEAL, paper_subject(kind), row=asked.record)
    if kind in TOGETHER and len(asked.ids) > 1:
        parts = each(lambda record: _made(book, kind, dataclasses.replace(asked, ids=(record,))), asked.ids, report)
        paper = bound(kind, list(parts), both_sides=asked.both_sides)
    else:
        paper = _made(book, kind, asked)
    # The one door to paper: a number typed into a text is masked as one in its own field is.
    return paper if asked.unmasked else mapped(paper, phones.mask_all)


def _made(book: Book, kind: PaperKind, asked: Asked) -> Paper:
    # A one-pager is told by its pages whether it is one.
    with set_in_own(book):
        return templates.by_template(book, _MAKERS[kind](book, asked))


def write_each(
    book: Book, kind: PaperKind, asked: Asked, folder: Path, ending: str = ".pdf", report: Report = unheard
) -> list[Path]:
    """Write a file for each record into a folder, as PDF or ``.docx``, and return them; what is stopped half-way stays.

    Raise BadInput where the folder does not take them.
    """
    if kind not in ABOUT_TABLE or not asked.ids:
        raise BadInput(_("Please name the records that get a paper each (--of ID ID)."), field="ids")
    _make_folder(folder)
    write = document if ending == ".docx" else pages
    note_handed_out(book, Act.EXPORT, kind, asked)
    written: list[Path] = []
    taken: set[str] = set()
    papers = each(lambda record: compose(book, kind, dataclasses.replace(asked, ids=(record,))), asked.ids, report)
    for paper in papers:
        path = free_name(folder, file_name(paper, ending), taken)
        write_file(path, write(book, paper))
        written.append(path)
    return written


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(_("{path} cannot be written: {reason}").format(path=folder, reason=error.strerror)) from error


def note_handed_out(book: Book, act: Act, kind: PaperKind, asked: Asked) -> None:
    """Note that the named user prints a paper, or takes it out as a file, before it is done."""
    access.note(book, act, paper_subject(kind), row=asked.record)


def composed_as(book: Book, kind: PaperKind, asked: Asked, template: Sequence[Wording]) -> Paper:
    """Return a paper by a template that is still being written; raise BadInput as keeping it does."""
    template = paper_templates.checked(kind, template)
    with set_in_own(book):
        return mapped(arranged(_MAKERS[kind](book, asked), template), phones.mask_all)
