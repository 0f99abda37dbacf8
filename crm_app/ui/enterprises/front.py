"""The beginning of the place: the list of enterprises and that of contacts, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from crm_app.domain.views import Query
from crm_app.i18n import N_, _, ngettext
from crm_app.services import lists
from crm_app.services.lists import Row
from crm_app.services.trips import MOST
from crm_app.ui import actions, theme
from crm_app.ui.attachments.dropping import drop_on_rows
from crm_app.ui.enterprises.contacts import ContactsList
from crm_app.ui.enterprises.create import open_new
from crm_app.ui.places import DUPLICATES
from crm_app.ui.records.deleting import ask_delete
from crm_app.ui.session import Session
from crm_app.ui.trips.plan_with import open_plan_with
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.print_rows import print_chosen
from crm_app.ui.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

LIST, CONTACTS = "list", "contacts"
_VIEWS = ((LIST, N_("Enterprises")), (CONTACTS, N_("Contacts")))
_LAST_VIEW = "enterprises_view"
_LISTED_TABLES = ("enterprise", "enterprise_name", "visit", "follow_up", "task")
_CONTACT_TABLES = ("contact", "position", "enterprise")


class Front(QWidget):
    """``told`` says for the status line how many rows the list on top has."""

    told = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._view = LIST
        self._words = {LIST: "", CONTACTS: ""}
        self._here: UUID | None = None
        self._met: set[str] = set()
        empty = EmptyState(
            _("No enterprise is known yet"),
            _("Log a lead, import the bureau's ledger, or enter one by name."),
            icon="building-factory-2",
            step=_("New enterprise"),
            run=self._new,
            action="new_record",
        )
        hint = _("Name, initials, alias, phone or credit code")
        self.list = DataList(session, Query("enterprises"), empty, self, search_hint=hint)
        self.list.activated.connect(lambda row: session.go("enterprises", row.id))
        self.list.current_changed.connect(self._note_current)
        self.list.filled.connect(self._filled)
        drop_on_rows(session, self.list, "enterprise")
        actions.make("new_record", self.list, self._new)
        actions.make("delete", self.list.table, self._delete)
        actions.make("plan_trip", self.list, self._plan_trip)
        actions.make("print_row", self.list.table, lambda: print_chosen(session, self.list, "one_pager"))
        self.tabs = ViewTabs(_VIEWS, lambda view: session.go("enterprises", view=view), self)
        self.tabs.listen(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        layout.setSpacing(theme.S)
        layout.addLayout(self._head())
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        layout.addLayout(self._stack, 1)
        self.list.reload()

    @cached_property
    def contacts(self) -> ContactsList:
        """The list of everybody the bureau knows."""
        made = ContactsList(self._session, self)
        made.told.connect(lambda words: self._say(CONTACTS, words))
        self._stack.addWidget(made)
        return made

    def _head(self) -> QHBoxLayout:
        session = self._session
        self._own = [
            self._asking("find_duplicates", lambda: session.go("enterprises", view=DUPLICATES)),
            self._asking("new_record", self._new, _("New enterprise")),
            self._asking("plan_trip", self._plan_trip, _("Plan a trip")),
        ]
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.tabs)
        row.addStretch(1)
        for button in (
            self._own[2],
            self._own[0],
            self._asking("import", lambda: session.import_wanted.emit([])),
            self._asking("export", lambda: session.export_wanted.emit(self.top.model.query.list)),
            self._own[1],
        ):
            row.addWidget(button)
        return row

    def _asking(self, name: str, ask: Callable[[], object], words: str = "") -> QPushButton:
        spec = actions.spec(name)
        button = QPushButton(words or spec.title, self)
        button.setToolTip(f"{words or spec.title}  {spec.shown_keys}")
        theme.put_icon(button, spec.icon)
        button.clicked.connect(lambda _checked=False: ask())
        return button

    @property
    def top(self) -> DataList:
        """The list that is shown."""
        return self.contacts if self._view == CONTACTS else self.list

    def show_view(self, view: str) -> None:
        """Show one of the lists; by default the one that was shown last."""
        wanted = view or self._session.settings.last(_LAST_VIEW)
        self._view = wanted if wanted == CONTACTS else LIST
        self._session.settings.set_last(_LAST_VIEW, self._view)
        self.tabs.show_view(self._view)
        for button in self._own:
            button.setVisible(self._view == LIST)
        self._stack.setCurrentWidget(self.top)
        if self._view == CONTACTS and not self.contacts.model.complete:
            self.contacts.reload()
        self.told.emit(self._words[self._view])

    def focus_first(self) -> None:
        """Let typing filter the list at first, the arrow keys walk it afterwards."""
        if self._view in self._met:
            self.top.focus_first()
        else:
            # Whether the rows are there already is chance: the list may have been made beforehand.
            self._met.add(self._view)
            self.top.search.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Read again what may have changed."""
        if changes.touches(*_LISTED_TABLES):
            self.list.reload()
        if changes.touches(*_CONTACT_TABLES) and "contacts" in vars(self) and self.contacts.model.complete:
            self.contacts.reload()

    def _note_current(self, row: Row | None) -> None:
        if row is not None:
            self._here = row.id

    def _filled(self, held: int, complete: bool) -> None:
        """Put the cursor back on its row, and say how many there are."""
        if held and not self.list.table.currentIndex().isValid():
            self.list.choose(self._here)
        if not complete:
            return
        words = (
            ngettext("{n} enterprise found", "{n} enterprises found", held)
            if self.list.query or self.list.model.query.filters
            else ngettext("{n} enterprise", "{n} enterprises", held)
        )
        self._say(LIST, words.format(n=held))

    def _say(self, view: str, words: str) -> None:
        self._words[view] = words
        if view == self._view:
            self.told.emit(words)

    def _new(self) -> None:
        open_new(self._session, self.window())

    def _plan_trip(self) -> None:
        """Take the chosen rows on a trip; of a list that is narrowed and no choice of several, all of it."""
        model = self.list.model
        query, numbers = model.query, self.list.chosen()
        if len(numbers) < 2 and (query.filters or self.list.query):
            numbers = model.numbers([range(min(model.rowCount(), MOST + 1))])
        self._session.read(
            lambda book: lists.ids(book, query, numbers),
            lambda ids: open_plan_with(self._session, self.window(), ids),
            owner=self,
        )

    def _delete(self) -> None:
        row = self.list.current()
        if row is not None:
            ask_delete(self._session, self, "enterprise", row.id)
