"""The list of receptions: who came on which day, who received them, what came of it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.domain.views import Query
from crm_app.i18n import _, ngettext
from crm_app.services.lists import Row
from crm_app.ui.attachments.dropping import drop_on_rows
from crm_app.ui.receptions.dialog import open_reception
from crm_app.ui.session import Session
from crm_app.ui.trips.listing import Listing
from crm_app.ui.widgets.empty import EmptyState


class ReceptionList(Listing):
    """Enter shows a reception, F2 changes what is written of it, whether it was logged or imported."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        empty = EmptyState(
            _("No reception yet"),
            _("When an enterprise comes to the district: who came, who received them, what came of it."),
            icon="users",
            step=_("Log a reception"),
            run=self.make_new,
            action="new_record",
        )
        super().__init__(session, Query("receptions"), empty, parent, _("Guests, enterprise, or what was said"))
        drop_on_rows(session, self, "reception", named_by=2)
        self.tool("new_record", self.make_new, _("Log a reception"), primary=True)
        self.on_row("edit_row", self._correct)

    def open_row(self, row: Row) -> None:
        """Show the reception."""
        self._session.go("trips", row.id, "reception")

    def words(self, count: int) -> str:
        """Say how many receptions there are."""
        return ngettext("{n} reception", "{n} receptions", count).format(n=count)

    def make_new(self) -> None:
        """Open the form of a new reception."""
        open_reception(self._session, self.window())

    def _correct(self, reception: UUID) -> None:
        open_reception(self._session, self.window(), reception_id=reception)
