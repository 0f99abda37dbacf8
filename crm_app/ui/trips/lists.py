"""The beginning of the place: what was done and is to be done on the road, one list at a time, and the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from crm_app.domain.listed import LISTS
from crm_app.i18n import N_
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.trips.calendar.view import CALENDAR, CalendarView
from crm_app.ui.trips.follow_up_list import FollowUpList
from crm_app.ui.trips.listing import Listing
from crm_app.ui.trips.reception_list import ReceptionList
from crm_app.ui.trips.step_list import StepList
from crm_app.ui.trips.trip_list import TripList
from crm_app.ui.trips.visit_list import VisitList
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.turns import Turns
from crm_app.ui.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_LAST = "trips_view"
_ROOM_FOR_WORDS = 900
"""Pixels; in less the names of the lists and the words of the buttons have no room beside one another."""
_KINDS: dict[str, type[TripList | VisitList | ReceptionList | FollowUpList | StepList]] = {
    "trips": TripList,
    "visits": VisitList,
    "receptions": ReceptionList,
    "follow_ups": FollowUpList,
    "tasks": StepList,
}


class Lists(QWidget):
    """``counted`` says for the status line how many rows the list on top has."""

    counted = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.lists: dict[str, Listing] = {}
        """Those that were shown, or made beforehand."""
        self._name = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        layout.setSpacing(theme.S)
        layout.addLayout(self._head())
        self._stack = QStackedLayout()
        layout.addLayout(self._stack, 1)
        self._turns = Turns(self)

    def list(self, name: str) -> Listing:
        """Return a list, made where it was not shown yet."""
        if name not in self.lists:
            made = self.lists[name] = _KINDS[name](self._session, self)
            for button in made.tools:
                self._tools.addWidget(button)
                button.hide()
            # The one that begins a record keeps its words.
            Folding(self, self._tools, made.tools[:-1])
            self._take(made)
        return self.lists[name]

    @cached_property
    def calendar(self) -> CalendarView:
        """The calendar."""
        made = CalendarView(self._session, self)
        made.set_narrow(self._is_narrow)
        self._take(made)
        return made

    def _take(self, one: Listing | CalendarView) -> None:
        self._stack.addWidget(one)
        one.counted.connect(lambda told: self._tell(one, told))

    def ahead(self) -> Iterator[object]:
        """Make those that are not shown at first."""
        for name in _KINDS:
            yield self.list(name)
        yield self.calendar

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        named = [(name, LISTS[name].label) for name in _KINDS] + [(CALENDAR, N_("Calendar"))]
        self.tabs = ViewTabs(named, lambda name: self._session.go("trips", view=name), self)
        self.tabs.listen(self)
        row.addWidget(self.tabs)
        row.addStretch(1)
        self._tools = row
        return row

    @property
    def top(self) -> Listing:
        """The list that is shown, or, behind the calendar, that of the trips."""
        return self.list(self._name if self._name in _KINDS else "trips")

    @property
    def shown(self) -> Listing | CalendarView:
        """What is shown: a list or the calendar."""
        return self.calendar if self._name == CALENDAR else self.list(self._name or "trips")

    def show_list(self, name: str = "", view: str = "", record: UUID | None = None) -> None:
        """Show a list, by default the one that was shown last, with a view that comes with it, and on a record."""
        wanted = name or self._name or self._session.settings.last(_LAST)
        self._name = wanted if wanted in (*_KINDS, CALENDAR) else "trips"
        self._session.settings.set_last(_LAST, self._name)
        self.tabs.show_view(self._name)
        if self._name in self.lists or (self._name == CALENDAR and "calendar" in vars(self)):
            self._turns.drop()
            self._show(view, record)
        else:
            # One that is to be made yet is shown in a turn of its own.
            self._turns.begin((lambda: self.shown, partial(self._show, view, record, fresh=True)))

    def _show(self, view: str, record: UUID | None, *, fresh: bool = False) -> None:
        shown = self.shown
        for known, one in self.lists.items():
            for button in one.tools:
                button.setVisible(known == self._name)
        self._stack.setCurrentWidget(shown)
        if view:
            shown.show_shipped(view)
        shown.enter()
        if record is not None:
            self.top.show_record(record)
        self.counted.emit(shown.told)
        if fresh and self.isVisible():
            self.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons only where there is no room for words."""
        super().resizeEvent(event)
        if "calendar" in vars(self):
            self.calendar.set_narrow(self._is_narrow)

    @property
    def _is_narrow(self) -> bool:
        return self.width() < theme.px(_ROOM_FOR_WORDS)

    def _made(self) -> Iterator[Listing | CalendarView]:
        yield from self.lists.values()
        if "calendar" in vars(self):
            yield self.calendar

    def _tell(self, one: Listing | CalendarView, told: str) -> None:
        if one is self.shown:
            self.counted.emit(told)

    def focus_first(self) -> None:
        """Let the arrow keys walk the rows; a list that is being made takes the focus when it is shown."""
        if not self._turns.busy:
            self.shown.focus_first()

    def refresh(self, changes: Changes) -> None:
        """Read again what changed."""
        for one in self._made():
            one.refresh(changes)
