"""The place: the list, and the page of one enterprise in front of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from crm_app.domain.views import Query
from crm_app.i18n import N_, _, ngettext
from crm_app.services.lists import Row
from crm_app.ui import actions, theme
from crm_app.ui.duplicates.view import DuplicatesView
from crm_app.ui.enterprises.contacts import ContactsView
from crm_app.ui.enterprises.create import open_new
from crm_app.ui.enterprises.record import EnterpriseView
from crm_app.ui.page import Page
from crm_app.ui.places import DUPLICATES
from crm_app.ui.records.deleting import ask_delete
from crm_app.ui.session import Location, Session
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

LIST, CONTACTS = "list", "contacts"
_VIEWS = ((LIST, N_("Enterprises")), (CONTACTS, N_("Contacts")))
_LAST_VIEW = "enterprises_view"
_LISTED_TABLES = ("enterprise", "enterprise_name", "visit", "follow_up", "task")
_CONTACT_TABLES = ("contact", "position", "enterprise")


class EnterprisesPage(Page):
    """Type to find, Enter to open; Alt+← comes back to the list where it was left."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._here: UUID | None = None
        self._view = LIST
        self._told = {LIST: "", CONTACTS: ""}
        empty = EmptyState(
            _("No enterprise is known yet"),
            _("Log a lead, import the bureau's ledger, or enter one by name."),
            icon="building-factory-2",
            step=_("New enterprise"),
            run=self._new,
        )
        hint = _("Name, initials, phone or credit code")
        self.list = DataList(session, Query("enterprises"), empty, self, search_hint=hint)
        self.list.activated.connect(self._open)
        self.list.current_changed.connect(self._note_current)
        self.list.filled.connect(self._filled)
        self.view = EnterpriseView(session, self)
        self.view.shown.connect(self._tell_record)
        self.duplicates = DuplicatesView(session, self)
        self.duplicates.told.connect(self._tell_duplicates)
        self.contacts = ContactsView(session, self)
        self.contacts.told.connect(lambda words: self._tell_list(CONTACTS, words))
        self._tabs = [self._add_tabs(one) for one in (self.list, self.contacts.list)]
        self.contacts.list.header.addWidget(self._asking("import", lambda: session.import_wanted.emit([])))
        self.contacts.list.header.addWidget(self._asking("export", lambda: session.export_wanted.emit("contacts")))
        self._stack = QStackedLayout()
        self._stack.addWidget(self._front())
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.duplicates)
        self._stack.addWidget(self.contacts)
        self.setLayout(self._stack)
        self.list.reload()

    def _front(self) -> QWidget:
        spec = actions.spec("new_record")
        new = QPushButton(_("New enterprise"), self)
        new.setToolTip(f"{_('New enterprise')}  {spec.shown_keys}")
        theme.put_icon(new, spec.icon)
        new.clicked.connect(lambda _checked=False: self._new())
        session = self.session
        for button in (
            self._asking("find_duplicates", lambda: session.go("enterprises", view=DUPLICATES)),
            self._asking("import", lambda: session.import_wanted.emit([])),
            self._asking("export", lambda: session.export_wanted.emit("enterprises")),
            new,
        ):
            self.list.header.addWidget(button)
        actions.make("new_record", self.list, self._new)
        actions.make("delete", self.list.table, self._delete)
        front = QWidget(self)
        layout = QVBoxLayout(front)
        layout.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        layout.addWidget(self.list)
        return front

    def _add_tabs(self, listed: DataList) -> ViewTabs:
        tabs = ViewTabs(_VIEWS, lambda view: self.session.go("enterprises", view=view), self)
        listed.header.insertWidget(0, tabs)
        tabs.listen(listed)
        return tabs

    def _asking(self, name: str, ask: Callable[[], object]) -> QPushButton:
        spec = actions.spec(name)
        button = QPushButton(spec.title, self)
        button.setToolTip(f"{spec.title}  {spec.shown_keys}")
        theme.put_icon(button, spec.icon)
        button.clicked.connect(lambda _checked=False: ask())
        return button

    def show_location(self, location: Location) -> None:
        """Show the enterprise a record belongs to; without one a list, that shown last, or the view of duplicates."""
        if location.view == DUPLICATES:
            self.view.forget()
            self._stack.setCurrentIndex(2)
            self.duplicates.begin()
        elif location.record is None:
            self.view.forget()
            self._show_list(location.view or self.session.settings.last(_LAST_VIEW))
        else:
            self._stack.setCurrentIndex(1)
            self.view.show_record(location.record)

    def _show_list(self, view: str) -> None:
        self._view = view if view == CONTACTS else LIST
        self.session.settings.set_last(_LAST_VIEW, self._view)
        for tabs in self._tabs:
            tabs.show_view(self._view)
        self._stack.setCurrentIndex(3 if self._view == CONTACTS else 0)
        if self._view == CONTACTS and not self.contacts.list.model.complete:
            self.contacts.list.reload()
        self.count_changed.emit(self._told[self._view])

    def paste(self) -> bool:
        """Attach a picture or files to the enterprise that is shown."""
        return self._stack.currentIndex() == 1 and self.view.attachments.paste_file()

    def focus_first(self) -> None:
        """Let typing filter the list at first, the arrow keys walk it afterwards; on a record, walk its timeline."""
        if self._stack.currentIndex() == 1:
            self.view.focus_first()
        elif self._stack.currentIndex() == 2:
            self.duplicates.list.setFocus()
        elif self._stack.currentIndex() == 3:
            self.contacts.list.focus_first()
        else:
            self.list.focus_first()

    def refresh(self, changes: Changes) -> None:
        """Read list and record again where they may have changed."""
        if changes.touches(*_LISTED_TABLES):
            self.list.reload()
        if changes.touches(*_CONTACT_TABLES) and self.contacts.list.model.complete:
            self.contacts.list.reload()
        self.view.refresh(changes)
        self.duplicates.refresh(changes)

    def _open(self, row: Row) -> None:
        self.session.go("enterprises", row.id)

    def _note_current(self, row: Row | None) -> None:
        if row is not None:
            self._here = row.id

    def _filled(self, held: int, complete: bool) -> None:
        """Put the cursor back on its row, and say how many there are."""
        if held and not self.list.table.currentIndex().isValid():
            self.list.choose(self._here)
        if complete:
            self._tell(held, found=bool(self.list.query or self.list.model.query.filters))

    def _tell(self, count: int, *, found: bool) -> None:
        words = (
            ngettext("{n} enterprise found", "{n} enterprises found", count)
            if found
            else ngettext("{n} enterprise", "{n} enterprises", count)
        )
        self._tell_list(LIST, words.format(n=count))

    def _tell_list(self, view: str, words: str) -> None:
        self._told[view] = words
        if self._stack.currentIndex() == (3 if view == CONTACTS else 0):
            self.count_changed.emit(words)

    def _tell_record(self, words: str) -> None:
        if self._stack.currentIndex() == 1:
            self.count_changed.emit(words)

    def _tell_duplicates(self, words: str) -> None:
        if self._stack.currentIndex() == 2:
            self.count_changed.emit(words)

    def _new(self) -> None:
        open_new(self.session, self.window())

    def _delete(self) -> None:
        row = self.list.current()
        if row is not None:
            ask_delete(self.session, self, "enterprise", row.id)
