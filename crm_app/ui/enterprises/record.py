"""The page of one enterprise: facts and people at its side; next steps, promises and the timeline in the middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_app.domain import days
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services.enterprises import TimelineEntry
from crm_app.ui import actions, theme
from crm_app.ui.attachments.dropping import Target as DropTarget
from crm_app.ui.attachments.dropping import drop_on_page
from crm_app.ui.duplicates.partner import open_merge_with
from crm_app.ui.enterprises.cards import Cards
from crm_app.ui.enterprises.columns import Columns, Side
from crm_app.ui.enterprises.events import Tab
from crm_app.ui.enterprises.heading import Heading
from crm_app.ui.enterprises.reading import Shown, read
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.receptions.dialog import open_reception
from crm_app.ui.records.deleting import ask_delete
from crm_app.ui.records.gone import give_up
from crm_app.ui.records.menu import RecordMenu, Target
from crm_app.ui.session import Location, Session
from crm_app.ui.visits import open_visit
from crm_app.ui.widgets.skeleton import Skeleton
from crm_app.ui.widgets.turns import Turns

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_SHOWN_TABLES = (
    "enterprise",
    "enterprise_name",
    "contact",
    "position",
    "label",
    "annual",
    "lead",
    "project",
    "investor",
    "signing",
    "need",
    "task",
    "visit",
    "follow_up",
    "reception",
    "stage_entry",
    "attachment",
    "issued_paper",
)
_SKELETON = 36
_KEEPS_FILES = ("visit", "follow_up", "reception")
_DELETED_HERE = ("visit", "reception", "follow_up", "lead")
"""Entries of the timeline that can be deleted from it; a stage is taken back, not deleted."""


class EnterpriseView(QWidget):
    """Shows one enterprise and all that can be done with it, by keyboard too: F2, N, V, R, T, A, Ctrl+P."""

    shown = Signal(str)
    """An enterprise came on screen; the words for the status line."""
    step_wanted = Signal(int)
    """The enterprise so many rows on in the list is wanted."""

    def __init__(self, session: Session, parent: QWidget, cards: Cards) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._record: UUID | None = None
        self._put_for: UUID | None = None
        """The record for which what is shown was read."""
        self._chosen: UUID | None = None
        """The record the timeline stood on when it came on screen."""
        self._known: Shown | None = None
        self._cards = cards
        self.attachments = cards.attachments
        self.facts = cards.facts
        self.people = cards.people
        self.steps = cards.steps
        self.promised = cards.promised
        self.asked = cards.asked
        self.honours = cards.honours
        self.results = cards.results
        self.relations = cards.relations
        self.names = cards.names
        self.business = cards.business
        self.timeline = cards.timeline
        self.timeline.note_wanted.connect(self._note)
        self.timeline.opened.connect(self._open_entry)
        self.timeline.file_wanted.connect(self.attachments.show_file)
        self.facts.begun.connect(self._let_see)
        self._lay_out()
        self._turns = Turns(self.columns)
        drop_on_page(session, self, self._drop_target)
        actions.make("delete", self.timeline.list, self._delete_entry)
        for name, run in self._runs().items():
            if name != "log":
                actions.make(name, self, run)
        actions.make("edit", self, self._edit)
        actions.make("attach", self, self.attachments.choose)
        actions.make("record_before", self, lambda: self.step_wanted.emit(-1))
        actions.make("record_after", self, lambda: self.step_wanted.emit(1))

    def _runs(self) -> dict[str, Callable[[], None]]:
        return {
            "note": self._note,
            "write_visit": self._visit,
            "log": self._log_lead,
            "next_step": self._next_step,
            "print_record": self._one_pager,
        }

    def _lay_out(self) -> None:
        menu = RecordMenu(self._session, self, self.target, self._leave)
        menu.add("merge_with", self._merge_with)
        menu.add("receive", self._receive)
        self.heading = Heading(
            self,
            lambda: self._session.go("enterprises", view="list"),
            self.step_wanted.emit,
            self._runs(),
            menu,
        )
        self.title, self.subtitle = self.heading.title, self.heading.subtitle
        self.columns = Columns(self, self._cards)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        layout.setSpacing(theme.S)
        layout.addWidget(self.heading)
        layout.addWidget(self.columns, 1)
        self._skeleton = Skeleton(self.columns, theme.px(_SKELETON), columns=2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards for the room there is."""
        super().resizeEvent(event)
        self.columns.arrange(self.width())

    def show_record(self, record: UUID) -> None:
        """Show the enterprise a record belongs to."""
        self._record = record
        if self._known is None or record != self._known.page.enterprise.id:
            self._skeleton.expect()
        self._read(record)

    def _read(self, record: UUID) -> None:
        book = self._session.book
        self._latest.read(lambda: read(book, record), self._put, self._fail, owner=self)

    def _fail(self, error: CrmError) -> None:
        self._skeleton.done()
        give_up(self._session, self, error, Location("enterprises", view="list"), on_top=self.isVisible())

    def refresh(self, changes: Changes) -> None:
        """Read again where anything shown may have changed."""
        if self._record is not None and changes.touches(*_SHOWN_TABLES):
            shown = self.target()
            # The entry by which it was opened may be gone, and the enterprise is not.
            self._read(shown.id if shown else self._record)

    def forget(self) -> None:
        """Show nothing: another place of the page is on top, or the record is gone."""
        self._latest.drop()
        self._record = self._put_for = None

    @property
    def record(self) -> UUID | None:
        """The record that is asked for."""
        return self._record

    @property
    def enterprise(self) -> UUID | None:
        """The enterprise that is shown."""
        return self._known.page.enterprise.id if self._known is not None and self._record is not None else None

    def _put(self, known: Shown) -> None:
        self._skeleton.done()
        first = self._known is None or self._known.page.enterprise.id != known.page.enterprise.id
        self._known, self._put_for = known, self._record
        self.heading.put(known)
        # What is typed and dropped is kept with an enterprise: from the beginning it is the right one.
        self.steps.put(known)
        self.attachments.show_for("enterprise", known.page.enterprise.id, known.page.enterprise.name)
        self._turns.begin(self._filling(known))
        if first:
            for side in (self.columns.left, self.columns.right):
                side.verticalScrollBar().setValue(0)
            self.focus_first()

    def _filling(self, known: Shown) -> Iterator[Callable[[], object]]:
        """Yield the steps in which the other cards are filled: none of them takes long."""
        yield partial(self.timeline.put, known.page.timeline)
        for card in (
            self.facts,
            self.people,
            self.promised,
            self.asked,
            self.results,
            self.honours,
            self.relations,
            self.names,
            self.business,
        ):
            yield partial(card.put, known)
        yield partial(self._put_last, known)

    def _put_last(self, known: Shown) -> None:
        # The counts make the tabs of the timeline wider.
        self.columns.arrange(self.width())
        if self._record is not None and self._record != self._chosen:
            self._chosen = self._record
            if self._record != known.page.enterprise.id:
                self.timeline.choose(self._record)
        self.shown.emit(
            _("Next steps: {steps} · in the timeline: {entries}").format(
                steps=len(known.page.tasks), entries=self.timeline.lines.count(Tab.ALL)
            )
        )

    def focus_first(self) -> None:
        """Let the arrow keys walk the timeline."""
        self.timeline.list.setFocus()

    def _edit(self) -> None:
        self._turns.finish()
        self.columns.show_facts()
        self.facts.edit()

    def begin_fact(self, name: str) -> None:
        """Change one fact as soon as the page is there."""
        self._turns.finish()
        self.columns.show_facts()
        self.facts.begin(name)

    def _let_see(self, row: QWidget) -> None:
        side = row.parentWidget()
        while side is not None and not isinstance(side, Side):
            side = side.parentWidget()
        if side is not None:
            side.ensureWidgetVisible(row, 0, theme.L)

    def _drop_target(self, spot: QPoint) -> DropTarget | None:
        """Say with what files dropped at a spot are kept: an entry of the timeline, else the enterprise."""
        view = self.timeline.list.viewport()
        entry, place = self.timeline.entry_at(view.mapFrom(self, spot))
        if entry is not None and place is not None and entry.kind in _KEEPS_FILES:
            title = f"{days.show_of_year(entry.on)} {entry.title}"
            return DropTarget(entry.kind, entry.id, title, place.translated(view.mapTo(self, QPoint(0, 0))))
        return self.attachments.target if self._record is not None else None

    def target(self) -> Target | None:
        """Return the enterprise, where that of the record asked for is shown."""
        if self._record is None or self._known is None or self._put_for != self._record:
            return None
        known = self._known.page.enterprise
        return Target("enterprise", known.id, known.name)

    def _merge_with(self) -> None:
        if self._known is not None:
            known = self._known.page.enterprise
            open_merge_with(self._session, self.window(), known.id, known.name)

    def _leave(self) -> None:
        self.forget()
        self._session.go("enterprises")

    def _delete_entry(self) -> None:
        entry = self.timeline.current()
        if entry is not None and entry.kind in _DELETED_HERE:
            ask_delete(self._session, self, entry.kind, entry.id)

    def _note(self) -> None:
        if self._known is not None:
            known = self._known.page.enterprise
            open_follow_up(self._session, self.window(), about=known.name, enterprise_id=known.id)

    def _visit(self) -> None:
        if self._known is not None:
            open_visit(self._session, self.window(), enterprise_id=self._known.page.enterprise.id)

    def _receive(self) -> None:
        if self._known is not None:
            open_reception(self._session, self.window(), enterprise_id=self._known.page.enterprise.id)

    def _log_lead(self) -> None:
        if self._known is not None:
            self._session.log_wanted.emit(self._known.page.enterprise.id)

    def _next_step(self) -> None:
        if self._known is not None:
            self.columns.tabs.setCurrentIndex(0)
            self.steps.begin()

    def _one_pager(self) -> None:
        if self._known is not None:
            self._session.go("papers", self._known.page.enterprise.id, "one_pager")

    def _open_entry(self, entry: TimelineEntry) -> None:
        if entry.kind in ("visit", "reception"):
            self._session.go("trips", entry.id, entry.kind)
        elif entry.kind == "paper":
            self._session.go("papers", entry.id)
        else:
            self._session.go("projects", entry.id, "lead" if entry.kind == "lead" else "")
