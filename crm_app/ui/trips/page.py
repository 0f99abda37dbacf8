"""The place of trips: the lists, one trip, one visit, one reception."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QStackedLayout, QWidget

from crm_app.errors import CrmError
from crm_app.ui.page import Page
from crm_app.ui.receptions.view import ReceptionView
from crm_app.ui.records.gone import give_up
from crm_app.ui.session import Location, Session
from crm_app.ui.trips.lists import Lists
from crm_app.ui.trips.trip_view import TripView
from crm_app.ui.visits.view import VisitView
from crm_app.ui.widgets.turns import next_turn

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_OF_A_TRIP = (
    "attachment",
    "trip",
    "trip_member",
    "trip_plan",
    "visit",
    "visit_contact",
    "enterprise",
    "contact",
    "task",
    "person",
)
_OF_A_VISIT = (
    "visit",
    "visit_person",
    "visit_contact",
    "enterprise",
    "contact",
    "position",
    "task",
    "need",
    "trip",
    "attachment",
)
_OF_A_RECEPTION = ("reception", "reception_person", "enterprise", "person", "task", "need", "visit", "attachment")


class TripsPage(Page):
    """``view`` of a location: trip (or one of its tabs, or evening), visit, reception, task; without a record a list.

    A list is named trips, visits, receptions, follow_ups, tasks or calendar; behind a colon stands one of the views
    that come with it, of the calendar month or week.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._stack = QStackedLayout(self)
        self.lists = Lists(session, self)
        self.trip: TripView | None = None
        self._stack.addWidget(self.lists)
        self._top: QWidget = self.lists
        self.lists.counted.connect(self._tell_lists)

    @cached_property
    def visit(self) -> VisitView:
        """The page of one visit."""
        made = VisitView(self.session, self)
        made.failed.connect(partial(self._give_up, made, "visits"))
        self._stack.addWidget(made)
        return made

    @cached_property
    def reception(self) -> ReceptionView:
        """The page of one reception."""
        made = ReceptionView(self.session, self)
        made.failed.connect(partial(self._give_up, made, "receptions"))
        self._stack.addWidget(made)
        return made

    def ahead(self) -> Iterator[object]:
        """Make the pages of a visit and a reception, and the lists behind the first."""
        yield self.visit
        yield self.reception
        yield from self.lists.ahead()

    def _tell_lists(self, told: str) -> None:
        if self._top is self.lists:
            self.count_changed.emit(told)

    def show_location(self, location: Location) -> None:
        """Show a list, or the trip, visit or reception of a Location."""
        if location.record is None:
            self._show(self.lists)
            name, _colon, view = location.view.partition(":")
            self.lists.show_list(name, view)
        elif location.view == "task":
            self._show(self.lists)
            self.lists.show_list("tasks", record=location.record)
        elif location.view == "visit":
            self._show(self.visit)
            self.visit.open(location.record)
        elif location.view == "reception":
            self._show(self.reception)
            self.reception.open(location.record)
        else:
            self._open_trip(location.record, location.view)

    def _show(self, part: QWidget, *, fresh: bool = False) -> None:
        """Put a part on top; a ``fresh`` one, which is to be dressed and laid out yet, in a turn of its own."""
        self._top = part
        if fresh:
            next_turn(self, lambda: self._stack.setCurrentWidget(self._top))
        else:
            self._stack.setCurrentWidget(part)
        if part not in (self.lists, self.trip):
            # One visit counts nothing; what stood there before was of another page.
            self.count_changed.emit("")

    def _open_trip(self, trip_id: UUID, view: str) -> None:
        fresh = self.trip is None or self.trip.trip_id != trip_id
        if fresh:
            self._drop_trip()
        trip = self.trip = self.trip or self._make_trip(trip_id)
        if fresh or view != "trip":
            trip.show_tab(view)
        self._show(trip, fresh=fresh)
        trip.reload()

    def _make_trip(self, trip_id: UUID) -> TripView:
        made = TripView(self.session, self, trip_id)
        made.shown.connect(self._tell_trip)
        made.failed.connect(partial(self._give_up, made, "trips"))
        made.left.connect(self._leave_trip)
        self._stack.addWidget(made)
        return made

    def _drop_trip(self) -> None:
        if self.trip is not None:
            self.session.crash_hook.keep_drafts()
            self._stack.removeWidget(self.trip)
            # Letting go of all that is in it takes as long as making the next.
            next_turn(self.trip, self.trip.deleteLater)
            self.trip = None

    def _leave_trip(self) -> None:
        self._drop_trip()
        self.session.go("trips")

    def _tell_trip(self, told: str) -> None:
        if self._top is self.trip:
            self.count_changed.emit(told)

    def _give_up(self, part: TripView | VisitView | ReceptionView, listed: str, error: CrmError) -> None:
        on_top = part is self._top and self.isVisible()
        if give_up(self.session, part, error, Location("trips", view=listed), on_top=on_top) and part is self.trip:
            self._drop_trip()
            if part is self._top:
                self._show(self.lists)

    def focus_first(self) -> None:
        """Put the focus where typing or the arrow keys make sense."""
        top = self._top
        if isinstance(top, (Lists, TripView, VisitView, ReceptionView)):
            top.focus_first()
        else:
            self.setFocus()

    def paste(self) -> bool:
        """Attach a picture or files to the visit, the reception or the trip that is shown."""
        top = self._top
        return isinstance(top, (VisitView, ReceptionView, TripView)) and top.attachments.paste_file()

    def refresh(self, changes: Changes) -> None:
        """Read again what changed."""
        self.lists.refresh(changes)
        if changes.touches(*_OF_A_TRIP) and self.trip is not None:
            self.trip.reload()
        if changes.touches(*_OF_A_VISIT) and "visit" in vars(self):
            self.visit.reload()
        if changes.touches(*_OF_A_RECEPTION) and "reception" in vars(self):
            self.reception.reload()

    def leave(self) -> bool:
        """Keep what is half typed."""
        self.session.crash_hook.keep_drafts()
        return True
