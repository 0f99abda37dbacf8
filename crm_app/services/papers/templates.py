"""The bureau's own templates: kept in the book, used by window and command line alike, one undoable step each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm_app import clock
from crm_app.briefs.arranging import arranged
from crm_app.briefs.content import Paper
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.domain import paper_templates
from crm_app.domain.paper_sections import sections_of
from crm_app.domain.paper_templates import Template, Wording
from crm_app.domain.papers import ABOUT_TABLE, PAPER_KIND_LABELS, MadeOf, PaperKind, made_of
from crm_app.domain.records import RECORDS
from crm_app.domain.staff import Setting
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome
from crm_app.services.papers import asked as common
from crm_app.services.papers.asked import Asked

_KEY = "paper_template:{kind}"


def _read(reader: Reader, kind: PaperKind) -> Template:
    kept = common.setting(reader, _KEY.format(kind=kind.value))
    return paper_templates.whole(kind, paper_templates.from_json(kept)) if kept else paper_templates.shipped(kind)


def template_of(book: Book, kind: PaperKind) -> Template:
    """Return the template in force for a kind, with every section it knows."""
    with book.read() as reader:
        return _read(reader, kind)


def change_template(book: Book, kind: PaperKind, template: Sequence[Wording]) -> Outcome[None]:
    """Keep a template; raise BadInput for a figure the kind has not, and where no section is left."""
    made = paper_templates.checked(kind, template)
    label = _("Change the template: {kind}").format(kind=_(PAPER_KIND_LABELS[kind]))
    with book.unit(label) as unit:
        _keep(unit, kind, None if made == paper_templates.shipped(kind) else paper_templates.to_json(made))
        return Outcome(unit.commit(), None)


def _keep(unit: Unit, kind: PaperKind, value: str | None) -> None:
    key = _KEY.format(kind=kind.value)
    found = unit.find(Setting, key=key)
    if found:
        unit.update(Setting, found[0].id, value=value)
    elif value is not None:
        unit.insert(Setting, key=key, value=value)


def by_template(book: Book, paper: Paper) -> Paper:
    """Return a composed paper by the templates in force: its own, and the one-pager's for the forms inside it."""
    kind = PaperKind(paper.kind)
    if not sections_of(kind):
        return paper
    with book.read() as reader:
        lines = _read(reader, PaperKind.ONE_PAGER) if kind is PaperKind.TRIP_PACK else ()
        return arranged(paper, _read(reader, kind), lines)


def example_of(book: Book, kind: PaperKind) -> Asked:
    """Return what a paper of a kind could be made of here, to look at its template; raise BadInput in an empty book."""
    if made_of(kind) is MadeOf.WINDOW:
        today = clock.today()
        half = date(today.year, 1, 1) if today.month < 7 else date(today.year, 7, 1)
        last = (date(half.year - 1, 7, 1), date(half.year - 1, 12, 31))
        window = last if half.month == 1 else (date(half.year, 1, 1), date(half.year, 6, 30))
        return Asked(start=window[0], end=window[1])
    with book.read() as reader:
        found = reader.find(RECORDS[ABOUT_TABLE[kind]], order_by=("-id",), limit=1)
    if not found:
        raise BadInput(_("There is nothing yet that a {kind} could be about.").format(kind=_(PAPER_KIND_LABELS[kind])))
    return Asked(ids=(found[0].id,))
