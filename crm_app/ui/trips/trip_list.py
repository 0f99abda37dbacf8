"""The list of trips: when, where to, who, and how far each got."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.domain.trips import PlanState
from crm_app.domain.views import Query
from crm_app.i18n import _, ngettext
from crm_app.services import trips
from crm_app.services.lists import Row
from crm_app.ui.attachments.dropping import drop_on_rows
from crm_app.ui.session import Session
from crm_app.ui.trips.copying import open_copy
from crm_app.ui.trips.listing import Listing
from crm_app.ui.trips.new_trip import open_new_trip
from crm_app.ui.widgets.empty import EmptyState


class TripList(Listing):
    """Enter opens a trip; a copy takes its people, destinations and purpose along."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        empty = EmptyState(
            _("No trip yet"),
            _("A trip holds its people, the enterprises to meet and the visits; its report writes itself from them."),
            icon="plane",
            step=_("New trip"),
            run=self.make_new,
            action="new_record",
        )
        super().__init__(session, Query("trips"), empty, parent, _("Title, initials, number"))
        drop_on_rows(session, self, "trip")
        self._copy = self.tool("copy_trip", self.copy_current, _("Copy"))
        self._copy.setToolTip(_("A new trip with the people, destinations and purpose of the one under the cursor"))
        self.tool("new_record", self.make_new, _("New trip"), primary=True)
        self.on_row("copy_trip", self._copy_trip)
        self.on_row("print_row", lambda trip: session.go("papers", trip, "trip"))
        self.on_row("pack_trip", lambda trip: session.go("papers", trip, "trip_pack"))

    def open_row(self, row: Row) -> None:
        """Show the trip."""
        self._session.go("trips", row.id, "trip")

    def words(self, count: int) -> str:
        """Say how many trips there are."""
        self._copy.setEnabled(count > 0)
        return ngettext("{n} trip", "{n} trips", count).format(n=count)

    def make_new(self) -> None:
        """Open the form of a new trip."""
        open_new_trip(self._session, self.window())

    def copy_current(self) -> None:
        """Copy the trip under the cursor, by default the first."""
        row = self.current() or self.model.row(0)
        if row is not None:
            self._copy_trip(row.id)

    def _copy_trip(self, trip: UUID) -> None:
        self._session.read(
            lambda book: trips.trip_page(book, trip),
            lambda page: open_copy(
                self._session,
                self.window(),
                page.trip,
                len(page.members),
                sum(row.visit is None and row.plan.state is not PlanState.DONE for row in page.plans),
            ),
            owner=self,
        )
