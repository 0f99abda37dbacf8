"""The page of Papers: what can be made and what was kept, the pages in the middle, what is missing beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from crm_app.domain.papers import PAPER_KIND_LABELS, PAPER_STATE_LABELS, PaperKind, PaperState
from crm_app.errors import CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import figures, papers
from crm_app.services.papers import Asked, BulletinWords, Hotspot
from crm_app.ui import theme
from crm_app.ui.page import Page
from crm_app.ui.papers.choice import KEPT, Choice
from crm_app.ui.papers.panels import Panels
from crm_app.ui.papers.side import Side
from crm_app.ui.papers.words import open_words
from crm_app.ui.papers.work import Shown, compose, differences, open_kept
from crm_app.ui.session import Location, Session
from crm_app.ui.where import show_row
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.pdf_out import Handed
from crm_app.ui.widgets.pdf_paper import Spot
from crm_app.ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes


class PapersPage(Page):
    """One paper at a time."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.shown: Shown | None = None
        self._asked_for = False
        self.choice = Choice(session, self)
        self.view = PdfView(session, self)
        self.side = Side(session, self)
        self.side.whole.toggled.connect(self._unmask)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        across.setSpacing(theme.M)
        across.addWidget(self.choice)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(
            EmptyState(
                _("No paper is open"),
                _("Choose a kind on the left, then what it is about."),
                icon="file-text",
                parent=self,
            )
        )
        self._middle.addWidget(self.view)
        across.addWidget(self._middle, 1)
        across.addWidget(self.side)
        self.panels = Panels(self, self.view, self.choice, self.side)
        self.choice.records_wanted.connect(lambda kind, record: self.make(kind, Asked(ids=(record,))))
        self.choice.window_wanted.connect(self._make_of_window)
        self.choice.list_wanted.connect(lambda name: self.make(PaperKind.LEDGER, Asked(list_name=name)))
        self.choice.words_wanted.connect(self._change_words)
        self.choice.kept_wanted.connect(self.open)
        self.view.spot_clicked.connect(self._show_rows)
        self.side.advance_wanted.connect(self._advance)
        self.side.refresh_wanted.connect(self._compose_again)
        self.side.words_wanted.connect(self._change_words)
        self.side.differences_wanted.connect(self._compare)
        self.side.row_wanted.connect(self._go_to_row)
        self.choice.reload()

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

    def show_location(self, location: Location) -> None:
        """Show a kept paper, or make one: the view names its kind, the record what it is about."""
        self._asked_for = location.record is not None
        if location.view == KEPT:
            self.choice.show_view(KEPT)
            return
        if location.record is None:
            return
        if location.view:
            self.make(PaperKind(location.view), Asked(ids=(location.record,)))
        else:
            self.open(location.record)

    def _unmask(self, whole: bool) -> None:
        """Compose the paper on screen anew, with whole numbers or masked ones."""
        if self.shown is not None and self.shown.asked.unmasked != whole:
            self.make(self.shown.kind, replace(self.shown.asked, unmasked=whole))

    def _make_of_window(self, kind: PaperKind, start: date, end: date) -> None:
        self.make(kind, Asked(start=start, end=end))

    def make(self, kind: PaperKind, asked: Asked) -> None:
        """Compose a paper and show it."""
        self._open_view()
        book = self.session.book
        label = _("Composing: {kind}").format(kind=_(PAPER_KIND_LABELS[kind]))
        self.session.background.write(label, lambda _progress: compose(book, kind, asked), self._show, owner=self)

    def open(self, paper_id: UUID) -> None:
        """Show a kept paper."""
        self._open_view()
        book = self.session.book
        self.session.background.write(
            _("Opening the paper"), lambda _progress: open_kept(book, paper_id), self._show, owner=self
        )

    def _open_view(self) -> None:
        self._middle.setCurrentWidget(self.view)
        self.panels.paper_open = True

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        book = self.session.book
        self.view.show_pdf(
            shown.pdf,
            Handed(
                shown.paper.title,
                lambda act: papers.note_handed_out(book, act, shown.kind, shown.asked),
                lambda: papers.document(shown.paper, shown.state),
                papers.file_name(shown.paper),
                papers.both_sides(shown.paper),
            ),
        )
        self.side.show_paper(shown)
        self.choice.kinds.mark(shown.kind)
        self.choice.mark(shown.kept.id if shown.kept else None)
        self.count_changed.emit(_told(shown))
        # Laid out once more for the places of its figures, after the pages are on screen.
        self.session.background.write(
            "",
            lambda _progress: papers.hotspots_of(shown.paper),
            lambda spots: self._take_spots(shown, spots),
            owner=self,
        )

    def _take_spots(self, shown: Shown, spots: list[Hotspot]) -> None:
        if shown is self.shown:
            self.view.show_spots(
                [Spot(spot.page, QRectF(spot.x, spot.y, spot.width, spot.height), spot.rows) for spot in spots]
            )

    def _show_rows(self, rows: tuple[UUID, ...]) -> None:
        self.session.read(lambda book: figures.rows(book, rows), self.side.show_rows, owner=self)

    def _change_words(self) -> None:
        def change(words: BulletinWords) -> None:
            open_words(self.session, self.window(), words).saved.connect(lambda _none: self._words_changed())

        self.session.read(papers.bulletin_words, change, owner=self)

    def _words_changed(self) -> None:
        if (
            self.shown is not None
            and self.shown.kind is PaperKind.BULLETIN
            and self.shown.state is not PaperState.FINAL
        ):
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
            lambda _state: self._advanced(kept),
            self._refuse,
            owner=self,
        )

    def _advanced(self, kept: UUID) -> None:
        self.side.forget_reason()
        self.open(kept)

    def _refuse(self, error: CrmError) -> None:
        self.side.complain(str(error))

    def _go_to_row(self, row: UUID) -> None:
        show_row(self.session, row, self)


def _told(shown: Shown) -> str:
    if shown.state is PaperState.FINAL:
        return _(PAPER_STATE_LABELS[PaperState.FINAL])
    count = len(shown.gaps)
    return (
        ngettext("{n} item missing", "{n} items missing", count).format(n=count) if count else _("Nothing is missing")
    )
