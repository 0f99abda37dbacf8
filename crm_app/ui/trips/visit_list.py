"""The list of visits, of every trip and of none: whom we met, how keen they are, what was said."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.domain.views import Query
from crm_app.i18n import _, ngettext
from crm_app.services.lists import Row
from crm_app.ui.attachments.dropping import drop_on_rows
from crm_app.ui.session import Session
from crm_app.ui.trips.listing import Listing
from crm_app.ui.visits.dialog import open_visit
from crm_app.ui.widgets.empty import EmptyState


class VisitList(Listing):
    """Enter shows a visit, F2 changes what is written of it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        empty = EmptyState(
            _("No visit yet"),
            _("A visit is written up in three sentences: what was said, what was agreed, what comes next."),
            icon="map-pin",
            step=_("Write up a visit"),
            run=self.make_new,
            action="new_record",
        )
        super().__init__(session, Query("visits"), empty, parent, _("Enterprise, or what was said"))
        drop_on_rows(session, self, "visit", named_by=2)
        self.tool("new_record", self.make_new, _("Write up a visit"), primary=True)
        self.on_row("edit_row", self._write_up)
        self.print_rows("visit")

    def open_row(self, row: Row) -> None:
        """Show the visit."""
        self._session.go("trips", row.id, "visit")

    def words(self, count: int) -> str:
        """Say how many visits there are."""
        return ngettext("{n} visit", "{n} visits", count).format(n=count)

    def make_new(self) -> None:
        """Open the form of a new visit."""
        open_visit(self._session, self.window())

    def _write_up(self, visit: UUID) -> None:
        open_visit(self._session, self.window(), visit_id=visit)
