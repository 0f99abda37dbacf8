"""The page of Papers: what can be made and what was kept, the pages in the middle, what is missing beside them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout

from crm_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from crm_app.errors import CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import papers
from crm_app.services.papers import Asked
from crm_app.ui import theme
from crm_app.ui.page import Page
from crm_app.ui.papers.choice import Choice
from crm_app.ui.papers.side import Side
from crm_app.ui.papers.work import Shown, compose, open_kept, place_of
from crm_app.ui.session import Location, Session
from crm_app.ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes


class PapersPage(Page):
    """One paper at a time."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.shown: Shown | None = None
        self.choice = Choice(session, self)
        self.view = PdfView(session, self)
        self.side = Side(self)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        across.setSpacing(theme.M)
        across.addWidget(self.choice)
        across.addWidget(self.view, 1)
        across.addWidget(self.side)
        self.choice.records_wanted.connect(lambda kind, record: self.make(kind, Asked(ids=(record,))))
        self.choice.window_wanted.connect(self._make_of_window)
        self.choice.kept_wanted.connect(self.open)
        self.side.advance_wanted.connect(self._advance)
        self.side.refresh_wanted.connect(self._compose_again)
        self.side.row_wanted.connect(self._go_to_row)
        self.choice.reload()

    def focus_first(self) -> None:
        """Let the arrow keys walk the kinds of paper."""
        self.choice.focus_first()

    def refresh(self, changes: Changes) -> None:
        """List the kept papers anew."""
        if changes.touches("issued_paper"):
            self.choice.reload()

    def show_location(self, location: Location) -> None:
        """Show a kept paper, or make one: the view names its kind, the record what it is about."""
        if location.record is None:
            return
        if location.view:
            self.make(PaperKind(location.view), Asked(ids=(location.record,)))
        else:
            self.open(location.record)

    def _make_of_window(self, kind: PaperKind, start: date, end: date) -> None:
        self.make(kind, Asked(start=start, end=end))

    def make(self, kind: PaperKind, asked: Asked) -> None:
        """Compose a paper and show it."""
        book = self.session.book
        label = _("Composing: {kind}").format(kind=_(PAPER_KIND_LABELS[kind]))
        self.session.background.write(label, lambda _progress: compose(book, kind, asked), self._show, owner=self)

    def open(self, paper_id: UUID) -> None:
        """Show a kept paper."""
        book = self.session.book
        self.session.background.write(
            _("Opening the paper"), lambda _progress: open_kept(book, paper_id), self._show, owner=self
        )

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.view.show_pdf(shown.pdf, shown.paper.title)
        self.side.show_paper(shown)
        self.count_changed.emit(
            ngettext("{n} item missing", "{n} items missing", len(shown.gaps)).format(n=len(shown.gaps))
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

    def _advance(self, reason: str) -> None:
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
            lambda book, _progress: papers.advance(book, kept, reason),
            lambda _state: self.open(kept),
            self._refuse,
            owner=self,
        )

    def _refuse(self, error: CrmError) -> None:
        self.side.complain(str(error))

    def _go_to_row(self, row: UUID) -> None:
        def go(found: tuple[str, UUID] | None) -> None:
            if found is not None:
                self.session.go(*found)

        self.session.read(lambda book: place_of(book, row), go, owner=self)
