"""What stands beside the kinds while no paper is open: what a kind tells, whom it can be about, which are kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.papers import PAPER_KIND_LABELS, PAPER_STATE_LABELS, IssuedPaper, PaperKind
from crm_app.i18n import N_, _
from crm_app.ui import theme
from crm_app.ui.papers.lately import Lately, read_lately
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import scrolled
from crm_app.ui.widgets.parts import literal

_WIDTH, _WIDE = 640, 860
"""How wide a card alone becomes, and the room from which on two stand beside each other."""
_TELLS = {
    PaperKind.BULLETIN: N_("A period in running text under the red head: signings, funds, trips, problems, plans."),
    PaperKind.WEEKLY: N_("A week on two or three pages: targets and time gone, signings, trips, problems, plans."),
    PaperKind.MONTHLY: N_("A month, in the chapters of the weekly report."),
    PaperKind.HALF_YEAR: N_("A half-year with charts, every contract, and what each figure counts."),
    PaperKind.ANNUAL: N_("A year with charts and every contract; what was cancelled is taken off."),
    PaperKind.PROGRESS: N_("Every project in talks or under way: what happened, what is next, what to coordinate."),
    PaperKind.VISIT: N_("One visit: who met, what was said and asked, what was agreed; with its photos."),
    PaperKind.TRIP: N_("A whole trip: whom we met, what came of it, what it taught, what follows."),
    PaperKind.TRIP_PACK: N_("To take along: the day plan, and what to know of each enterprise before the door opens."),
    PaperKind.ONE_PAGER: N_("One enterprise on one page: facts, people, what was between us, what is open."),
    PaperKind.PROJECT: N_("One project: investors, amount, progress, funds, and what it needs from whom."),
    PaperKind.FOLLOW_UPS: N_("Next steps by owner, promises and asks that are due by department; overdue ones first."),
    PaperKind.OBSTACLES: N_("What waits for a department, department by department; overdue ones first."),
    PaperKind.CALENDAR: N_("A month on one sheet: trips, visits, next steps, promises that are due, days off."),
    PaperKind.LEDGER: N_("A whole list of the book as a printed table."),
}
_AT_ONCE = N_("Compose at once")
_OFFERED = {
    PaperKind.VISIT: N_("Latest visits"),
    PaperKind.TRIP: N_("Latest trips"),
    PaperKind.TRIP_PACK: N_("Trips under way or to come"),
    PaperKind.ONE_PAGER: N_("Enterprises in touch lately"),
    PaperKind.PROJECT: N_("Projects touched lately"),
}


class Opening(QWidget):
    """Everything on it opens a paper with one click."""

    wanted = Signal(object, object)
    """A kind of paper, and what it is asked for."""
    kept_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self._kind = PaperKind.BULLETIN
        self._body: QWidget | None = None
        self._found: Lately | None = None

    def show_kind(self, kind: PaperKind) -> None:
        """Tell of a kind; what is in the book of it comes as soon as it is read."""
        self._kind = kind
        if self.isVisible():
            self.read()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what may have changed meanwhile."""
        super().showEvent(event)
        self.read()

    def read(self) -> None:
        """Read anew what the book has of the kind."""
        book, kind = self._session.book, self._kind
        self._latest.read(lambda: read_lately(book, kind), self._put, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut titles where there is less room, and stand the cards beside or below each other."""
        super().resizeEvent(event)
        if self._found is not None and event.size().width() != event.oldSize().width():
            self._put(self._found)

    @property
    def _is_wide(self) -> bool:
        """Whether what can be composed and what is kept have room beside each other."""
        return self.width() >= theme.px(_WIDE)

    def _put(self, found: Lately) -> None:
        self._found = found
        at = self._chosen()
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget(self)
        self._body.setProperty("role", "clear")
        self._column.insertWidget(0, self._body)
        lines = QVBoxLayout(self._body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.XS)
        self._words(lines, _(PAPER_KIND_LABELS[found.kind]), "title")
        self._words(lines, _(_TELLS[found.kind]), "")
        lines.addSpacing(theme.S)
        ways = QBoxLayout.Direction
        cards = QBoxLayout(ways.LeftToRight if self._is_wide else ways.TopToBottom)
        cards.setSpacing(theme.M)
        if found.offers:
            offered = self._new_card(cards, _(_OFFERED.get(found.kind, _AT_ONCE)))
            for offer in found.offers:
                self._link(offered, offer.title, offer.hint, partial(self.wanted.emit, found.kind, offer.asked))
        kept = self._new_card(cards, _("Kept papers"))
        for one in found.kept:
            self._link(kept, one.title, _state(one), partial(self.kept_wanted.emit, one.id))
        if not found.kept:
            nothing = _("None of this kind is kept yet: what is composed can be kept as a draft.")
            self._words(kept, nothing, "muted", inset=theme.link_inset())
        lines.addLayout(cards)
        if at is not None:
            links = self._body.findChildren(QPushButton)
            next((link for link in links if link.toolTip() == at), links[0] if links else self).setFocus()

    def _chosen(self) -> str | None:
        """Return what is offered under the keyboard's focus."""
        at = QApplication.focusWidget()
        return at.toolTip() if at is not None and self._body is not None and self._body.isAncestorOf(at) else None

    def _new_card(self, cards: QBoxLayout, head: str) -> QVBoxLayout:
        """Put another card beside or below the others, and return its lines under their head."""
        card = QFrame(self._body)
        card.setProperty("role", "card")
        if not self._is_wide:
            card.setMaximumWidth(theme.px(_WIDTH))
        lines = QVBoxLayout(card)
        # Words stand in line with links, which keep room for the frame of their focus.
        lines.setContentsMargins(theme.M - theme.link_inset(), theme.M, theme.M, theme.M)
        lines.setSpacing(theme.XS)
        self._words(lines, head, "strong", inset=theme.link_inset())
        lines.addSpacing(theme.XS)
        cards.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        return lines

    def _words(self, lines: QVBoxLayout, words: str, role: str, *, inset: int = 0) -> None:
        label = QLabel(words, self._body)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setContentsMargins(inset, 0, 0, 0)
        lines.addWidget(label)

    def _link(self, lines: QVBoxLayout, title: str, hint: str, run: Callable[[], object]) -> None:
        row = QHBoxLayout()
        quiet = QLabel(hint, self._body)
        quiet.setProperty("role", "muted")
        letters = self.fontMetrics()
        whole = (self.width() - theme.M) // 2 if self._is_wide else min(theme.px(_WIDTH), self.width())
        room = whole - 3 * theme.L - letters.horizontalAdvance(hint)
        link = QPushButton(literal(letters.elidedText(title, Qt.TextElideMode.ElideRight, room)), self._body)
        link.setProperty("role", "link")
        link.setToolTip(title)
        link.clicked.connect(lambda _checked=False: run())
        row.addWidget(link)
        row.addStretch(1)
        row.addWidget(quiet)
        lines.addLayout(row)


def _state(one: IssuedPaper) -> str:
    """Return the state of a paper, and the day a final one was issued."""
    state = _(PAPER_STATE_LABELS[one.state])
    return f"{state} · {days.show_date(clock.local(one.issued_at).date())}" if one.issued_at is not None else state
