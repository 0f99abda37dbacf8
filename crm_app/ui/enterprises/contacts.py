"""联系人: everybody the bureau knows, whichever enterprise they are with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_app.domain.views import Query
from crm_app.i18n import _, ngettext
from crm_app.services.enterprises import ContactAt
from crm_app.services.lists import Row
from crm_app.ui import actions
from crm_app.ui.attachments.dropping import drop_on_rows
from crm_app.ui.enterprises import forms
from crm_app.ui.enterprises.reading import Shown, read
from crm_app.ui.records.deleting import ask_delete
from crm_app.ui.records.history import open_history
from crm_app.ui.session import Session
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.empty import EmptyState


class ContactsList(DataList):
    """Enter shows the enterprise of a person, F2 changes the person. ``told`` says how many there are."""

    told = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        empty = EmptyState(
            _("No contact is known yet"),
            _("Log a lead with whom you spoke to, import a ledger of contacts, or paste a business card."),
            icon="users",
            step=_("Log a lead"),
            run=lambda: session.log_wanted.emit(None),
            action="log",
        )
        hint = _("Name, initials, phone or enterprise")
        super().__init__(session, Query("contacts"), empty, parent, search_hint=hint)
        self.activated.connect(lambda row: session.go("enterprises", row.id))
        self.filled.connect(self._filled)
        drop_on_rows(session, self, "contact", owner="enterprise")
        for name, run in (("edit_row", self._edit_person), ("history", self._history), ("delete", self._delete)):
            actions.make(name, self.table, partial(self._with_current, run))

    def _filled(self, held: int, complete: bool) -> None:
        if held and not self.table.currentIndex().isValid():
            self.choose(None)
        if complete:
            self.told.emit(ngettext("{n} contact here", "{n} contacts here", held).format(n=held))

    def _with_current(self, run: Callable[[Row], object]) -> None:
        row = self.current()
        if row is not None:
            run(row)

    def _edit_person(self, row: Row) -> None:
        self._session.read(lambda book: read(book, row.id), partial(self._open, row.id), owner=self)

    def _open(self, contact: UUID, known: Shown) -> None:
        at: ContactAt | None = next((one for one in known.page.contacts if one.contact.id == contact), None)
        if at is not None:
            forms.open_contact(self._session, self.window(), known.page.enterprise.id, at)
        else:
            self._session.say(_("This person has left every post; Enter shows the last enterprise."))

    def _history(self, row: Row) -> None:
        open_history(self._session, self, row.id, row.values["name"])

    def _delete(self, row: Row) -> None:
        ask_delete(self._session, self, "contact", row.id)
