"""The page on which a meeting is read: its name and day on top, cards of what it says below, its photos and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.ui import actions, theme
from crm_app.ui.attachments import AttachmentsCard
from crm_app.ui.attachments.dropping import drop_on_page
from crm_app.ui.meetings.columns import Columns, Make
from crm_app.ui.records.menu import RecordMenu, Target
from crm_app.ui.session import Session
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.fitting import scrolled
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.labelled import column, heading
from crm_app.ui.widgets.parts import button, literal
from crm_app.ui.widgets.scroll_keys import ScrollKeys
from crm_app.ui.widgets.turns import Turns, steady

_WIDE = 1400
"""The width of the page from which what one knew before and the attachments stand beside what was said."""


class MeetingView(QWidget):
    """A page of the place of trips; ``failed`` carries the error where it cannot be read.

    Whoever is one reads the record (``reload``), shows it in cards (``put_cards``), and says what its buttons do.
    """

    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._record: UUID | None = None
        self.attachments = AttachmentsCard(session, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        layout.setSpacing(theme.M)
        self.title = Elided("", "title", self)
        self._under = QLabel(self)
        self._under.setProperty("role", "muted")
        self._back = self.back()
        both = (self._head_button("edit", self.edit), self._head_button("note", self.note))
        self._buttons = [*self.own_buttons(), *both]
        layout.addLayout(self._head())
        self._columns = Columns(self.attachments)
        self._area = scrolled(self._columns)
        self._turns = Turns(self._area)
        layout.addWidget(self._area, 1)
        actions.make("attach", self, self.attachments.choose)
        drop_on_page(session, self, lambda _spot: self.attachments.target)
        ScrollKeys(self, self._area, self._buttons)

    def reload(self) -> None:
        """Read again what is shown, where anything is."""
        raise NotImplementedError

    def edit(self) -> None:
        """Open the form with what is shown."""
        raise NotImplementedError

    def note(self) -> None:
        """Log a follow-up of it."""
        raise NotImplementedError

    @property
    def record(self) -> UUID | None:
        """The record that is asked for."""
        return self._record

    def target(self) -> Target | None:
        """Return what is shown, as its menu calls it, where it is what is asked for."""
        raise NotImplementedError

    def leave(self) -> None:
        """Go elsewhere: what is shown is being deleted."""
        raise NotImplementedError

    def back(self) -> QPushButton:
        """Return the button that leads to the list of its kind."""
        raise NotImplementedError

    def own_buttons(self) -> Sequence[QPushButton]:
        """Return buttons that stand before those of every meeting."""
        return ()

    def _head(self) -> QVBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(theme.S)
        bar.addWidget(self._back)
        bar.addStretch(1)
        for one in self._buttons:
            bar.addWidget(one)
        bar.addWidget(RecordMenu(self._session, self, self.target, self.leave))
        folding: Sequence[QAbstractButton] = self._buttons
        Folding(self, bar, folding)
        names = QHBoxLayout()
        names.setSpacing(theme.S)
        names.addWidget(self.title)
        names.addWidget(self._under)
        names.addStretch(1)
        head = QVBoxLayout()
        head.setSpacing(theme.XS)
        head.addLayout(bar)
        head.addLayout(names)
        return head

    def _head_button(self, action: str, run: Callable[[], object]) -> QPushButton:
        spec = actions.spec(action)
        made = button(spec.title, run, self)
        theme.put_icon(made, spec.icon)
        made.setToolTip(spec.shown_keys)
        actions.make(action, self, run)
        return made

    def open(self, record: UUID) -> None:
        """Show a record, from its beginning."""
        if record != self._record:
            self._record = record
            self._area.verticalScrollBar().setValue(0)
        self.reload()

    def forget(self) -> None:
        """Show nothing from now on: what was shown is gone, or being deleted."""
        self._latest.drop()
        self._record = None

    def focus_first(self) -> None:
        """Let Enter do what one comes here for, and the record's shortcuts be heard."""
        self._buttons[0].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have what one knows beside what was said where there is room, so that its lines stay short."""
        super().resizeEvent(event)
        self._columns.spread(wide=self.width() >= theme.px(_WIDE))

    def put_cards(self, facts: Make, told: Make, known: Sequence[Make] = ()) -> None:
        """Show cards in place of those before, made a turn each: facts left, what was said, beside it what one knew."""
        self._turns.begin(steady(self._columns, self._columns.filling(facts, told, known)))

    def link(self, inside: QVBoxLayout, label: str, text: str, place: str, record: UUID) -> None:
        """Add a label and under it a line that leads somewhere."""
        pair = column(0)
        named = heading(label, "muted")
        named.setContentsMargins(theme.link_inset(), 0, 0, 0)
        pair.addWidget(named)
        row = QHBoxLayout()
        row.addWidget(button(literal(text), lambda: self._session.go(place, record), self, "link"))
        row.addStretch(1)
        pair.addLayout(row)
        inside.addLayout(pair)
