"""The page of Papers: what can be made and what was kept, the pages in the middle, what is missing beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from crm_app.domain.papers import PAPER_KIND_LABELS, PAPER_STATE_LABELS, PaperKind, PaperState
from crm_app.errors import BadInput, Cancelled, CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import figures, papers
from crm_app.services.papers import Asked
from crm_app.ui import actions, theme
from crm_app.ui.crash import Bug
from crm_app.ui.page import Page
from crm_app.ui.papers.choice import KEPT, Choice
from crm_app.ui.papers.life import Life
from crm_app.ui.papers.opening import Opening
from crm_app.ui.papers.panels import Panels
from crm_app.ui.papers.side import Side
from crm_app.ui.papers.ways import Ways
from crm_app.ui.papers.words import OF_KINDS, open_words
from crm_app.ui.papers.work import Shown, compose, differences, handed, open_kept
from crm_app.ui.session import Location, Session
from crm_app.ui.where import show_row
from crm_app.ui.widgets.ask_file import ask_for_folder
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.pdf_out import PAPERS_FOLDER
from crm_app.ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_LATELY = ("issued_paper", "visit", "trip", "enterprise", "project", "follow_up")
"""Tables of what is offered while no paper is open."""


class PapersPage(Page):
    """One paper at a time."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.shown: Shown | None = None
        self._asked_for = False
        self.choice = Choice(session, self)
        self.side = Side(session, self)
        self.side.whole.toggled.connect(lambda whole: self._ask_otherwise(unmasked=whole))
        self.side.both.toggled.connect(lambda both: self._ask_otherwise(both_sides=both))
        self.side.each_wanted.connect(self._save_each)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        across.setSpacing(theme.M)
        across.addWidget(self.choice)
        self._middle = QStackedWidget(self)
        self._empty = EmptyState(_("No paper is open"), icon="file-text", parent=self)
        self._opening = Opening(session, self)
        self._middle.addWidget(self._opening)
        self._middle.addWidget(self._empty)
        across.addWidget(self._middle, 1)
        across.addWidget(self.side)
        self.panels = Panels(self, self.choice, self.side)
        self.choice.records_wanted.connect(lambda kind, record: self.make(kind, Asked(ids=(record,))))
        self.choice.window_wanted.connect(self.make)
        self.choice.list_wanted.connect(lambda name: self.make(PaperKind.LEDGER, Asked(list_name=name)))
        self.choice.words_wanted.connect(self._words_of)
        self.choice.kept_wanted.connect(self.open)
        self.choice.turned.connect(self._show_nothing)
        self._opening.wanted.connect(self.make)
        self._opening.kept_wanted.connect(self.open)
        self.side.advance_wanted.connect(self._advance)
        self.side.refresh_wanted.connect(self._compose_again)
        self.side.words_wanted.connect(self._change_words)
        self.side.differences_wanted.connect(self._compare)
        self.side.row_wanted.connect(self._go_to_row)
        self.life = Life(session, self)
        self.life.changed.connect(self.open)
        self.life.template_changed.connect(self._compose_again)
        self.life.row_wanted.connect(self._go_to_row)
        self.life.words_wanted.connect(self._change_words)
        for number, button in enumerate(self.life.buttons):
            self.side.tools.addWidget(button, *divmod(number, 2))
        self.ways = Ways(session, self, self.life, lambda: self.view)
        self.ways.row_wanted.connect(self._go_to_row)
        self.ways.keep_wanted.connect(self.side.advance.setFocus)
        self.choice.reload_people()
        self._show_nothing()

    @cached_property
    def view(self) -> PdfView:
        """The pages of a paper, made with the first one that is shown."""
        made = PdfView(self.session, self)
        made.spot_clicked.connect(self._show_rows)
        made.area_opened.connect(self.ways.go)
        actions.make("paper_text", made, made.open_area)
        self._middle.addWidget(made)
        self.panels.stand_on(made.tools.row)
        return made

    def ahead(self) -> Iterator[object]:
        """Make the preview and the list of kept papers."""
        yield self.view
        yield self.choice.kept

    def focus_first(self) -> None:
        """Let the arrow keys walk the kinds of paper; one that another place asked for can be printed at once."""
        if self._asked_for:
            self.view.setFocus()
        else:
            self.choice.focus_first()

    def refresh(self, changes: Changes) -> None:
        """List the kept papers anew."""
        if changes.touches("issued_paper"):
            self.choice.reload()
        if changes.touches(*_LATELY) and self._opening.isVisible():
            self._opening.read()
        if changes.touches("person"):
            self.choice.reload_people()

    def show_location(self, location: Location) -> None:
        """Show a kept paper, or make one: the view names its kind, the record what it is about."""
        self._asked_for = location.record is not None or bool(location.records)
        if location.view == KEPT:
            self.choice.show_view(KEPT)
            return
        if location.records:
            self.make(PaperKind(location.view), Asked(ids=location.records))
        if location.record is None:
            return
        if location.view:
            self.make(PaperKind(location.view), Asked(ids=(location.record,)))
        else:
            self.open(location.record)

    def _ask_otherwise(self, **changed: Any) -> None:
        """Compose the paper on screen anew: with whole numbers or masked ones, for both sides or for one."""
        if self.shown is not None and self.shown.kept is None:
            asked = replace(self.shown.asked, **changed)
            if asked != self.shown.asked:
                self.make(self.shown.kind, asked)

    def _save_each(self) -> None:
        """Write the papers of several records into a folder, a file each."""
        if self.shown is None:
            return
        shown, book = self.shown, self.session.book

        def write(folder: Path) -> None:
            self.session.background.write(
                _("Saving into {name}").format(name=folder.name),
                lambda progress: papers.write_each(book, shown.kind, shown.asked, folder, report=progress.report),
                lambda written: self._saved_each(folder, len(written)),
                owner=self,
            )

        ask_for_folder(self.session, self.window(), _("Folder for the papers"), write, folder=PAPERS_FOLDER)

    def _saved_each(self, folder: Path, count: int) -> None:
        self.session.say(ngettext("{n} file saved", "{n} files saved", count).format(n=count))
        self.view.saved.say(folder)

    def _show_nothing(self) -> None:
        """While no paper is open: what the kind on the left tells and can be about, or how a kept one is opened."""
        if self.shown is not None:
            return
        if self.choice.making:
            self._opening.show_kind(self.choice.kind)
            self._middle.setCurrentWidget(self._opening)
        else:
            self._empty.say(_("No paper is open"), _("Choose one on the left; Enter or a click opens it."))
            self._middle.setCurrentWidget(self._empty)

    def make(self, kind: PaperKind, asked: Asked) -> None:
        """Compose a paper and show it; the one before stays until then."""
        book = self.session.book
        label = _("Composing: {kind}").format(kind=_(PAPER_KIND_LABELS[kind]))
        if self.shown is None:
            self._empty.say(label)
            self._middle.setCurrentWidget(self._empty)
        self.session.background.write(
            label, lambda progress: compose(book, kind, asked, progress), self._show, self._none_made, owner=self
        )

    def _none_made(self, error: CrmError) -> None:
        """Say why there is no paper, unless it was stopped."""
        self._show_nothing()
        if not isinstance(error, (Cancelled, Bug)):
            self.session.trouble.emit(str(error))

    def open(self, paper_id: UUID) -> None:
        """Show a kept paper."""
        book = self.session.book
        self.session.background.write(
            _("Opening the paper"), lambda _progress: open_kept(book, paper_id), self._show, owner=self
        )

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self._middle.setCurrentWidget(self.view)
        self.panels.paper_open = True
        if self._asked_for and self.isVisible():
            # Printed with the next key, as whoever asked from another place is about to.
            self.view.setFocus()
        self.view.show_pdf(shown.pdf, handed(self.session.book, shown))
        self.side.show_paper(shown)
        self.life.show_paper(shown)
        self.choice.kinds.mark(shown.kind)
        self.choice.mark(shown.kept.id if shown.kept else None)
        self.count_changed.emit(_told(shown))
        self.ways.show_paper(shown)

    def _show_rows(self, rows: tuple[UUID, ...]) -> None:
        self.session.read(lambda book: figures.rows(book, rows), self.side.show_rows, owner=self)

    def _change_words(self) -> None:
        """Open the words of the window on show."""
        if self.shown is not None and self.shown.kind in OF_KINDS:
            self._words_of(*self.shown.asked.window())

    def _words_of(self, first: date, last: date) -> None:
        open_words(self.session, self.window(), first, last, self._words_changed)

    def _words_changed(self) -> None:
        if self.shown is not None and self.shown.kind in OF_KINDS and self.shown.state is not PaperState.FINAL:
            self._compose_again()

    def _compare(self) -> None:
        if self.shown is not None:
            shown, book = self.shown, self.session.book
            self.session.background.write(
                _("Comparing with the book"),
                lambda _progress: differences(book, shown),
                self.side.show_differences,
                owner=self,
            )

    def _compose_again(self) -> None:
        if self.shown is None:
            return
        shown = self.shown
        if shown.kept is None:
            self.make(shown.kind, shown.asked)
            return
        kept = shown.kept.id
        self.session.write(
            _("Refresh “{title}”").format(title=shown.paper.title),
            lambda book, _progress: papers.refresh(book, kept, papers.compose(book, shown.kind, shown.asked)),
            lambda _none: self.open(kept),
            owner=self,
        )

    def _advance(self) -> None:
        """Keep a new paper as a draft, or bring a kept one to the next state."""
        if self.shown is None:
            return
        shown = self.shown
        if shown.kept is None:
            self.session.write(
                _("Keep a draft of “{title}”").format(title=shown.paper.title),
                lambda book, _progress: papers.draft(book, shown.paper, shown.asked),
                self.open,
                owner=self,
            )
            return
        kept = shown.kept.id
        self.session.write(
            _("Issue “{title}”").format(title=shown.paper.title),
            lambda book, _progress: papers.advance(book, kept),
            lambda _state: self.open(kept),
            self._refuse,
            owner=self,
        )

    def _refuse(self, error: CrmError) -> None:
        """Say what stands in the way; what is open is looked through line by line."""
        self.side.complain(str(error))
        if isinstance(error, BadInput):
            self.life.open_reconcile()

    def _go_to_row(self, row: UUID) -> None:
        show_row(self.session, row, self)


def _told(shown: Shown) -> str:
    if shown.state is PaperState.FINAL:
        return _(PAPER_STATE_LABELS[PaperState.FINAL])
    count = len(shown.gaps)
    return (
        ngettext("{n} item missing", "{n} items missing", count).format(n=count) if count else _("Nothing is missing")
    )
