"""One trip: its head with what can be done, and five tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain.trips import PlanState
from crm_app.i18n import _
from crm_app.services import trips
from crm_app.services.trips import Gap, Planned, TripPage
from crm_app.ui import actions, theme
from crm_app.ui.attachments import AttachmentsCard
from crm_app.ui.attachments.dropping import drop_on_page
from crm_app.ui.records.menu import RecordMenu, Target
from crm_app.ui.session import Session
from crm_app.ui.trips.conclusion import Conclusion
from crm_app.ui.trips.evening import Evening
from crm_app.ui.trips.itinerary import Itinerary
from crm_app.ui.trips.members import Members
from crm_app.ui.trips.new_trip import open_trip_facts
from crm_app.ui.trips.records import Records
from crm_app.ui.trips.summary import Summary
from crm_app.ui.trips.trip_head import TripHead
from crm_app.ui.visits.dialog import open_visit
from crm_app.ui.widgets.later import Later
from crm_app.ui.widgets.turns import Turns

TABS = ("summary", "itinerary", "members", "records", "conclusion", "files")
EVENING = "evening"

_Part = TypeVar("_Part", Itinerary, Members, Records, Conclusion)


class TripView(QWidget):
    """Made anew for each trip. ``shown`` tells the status line, ``failed`` that it cannot be read."""

    shown = Signal(str)
    failed = Signal(object)
    left = Signal()
    """The trip is about to be deleted."""

    def __init__(self, session: Session, parent: QWidget, trip_id: UUID) -> None:
        super().__init__(parent)
        self._session, self.trip_id = session, trip_id
        self._latest = session.latest()
        self.page: TripPage | None = None
        self.evening: Evening | None = None
        self.summary = Summary(self)
        self._itinerary = Later(lambda tab: self._filled(Itinerary(session, tab)), self)
        self._members = Later(lambda tab: self._filled(Members(session, tab)), self)
        self._records = Later(self._make_records, self)
        self._conclusion = Later(lambda tab: self._filled(Conclusion(session, tab)), self)
        self._attachments = Later(self._make_attachments, self)
        drop_on_page(session, self, lambda _spot: self.attachments.target)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        layout.setSpacing(theme.S)
        self.head = TripHead(session, self, trip_id, RecordMenu(session, self, self.target, self.left.emit))
        self.head.round_wanted.connect(self.begin_round)
        self.head.evening_wanted.connect(self.open_evening)
        self.head.edit_wanted.connect(self._edit)
        layout.addWidget(self.head)
        self._stack = QStackedLayout()
        self.tabs = self._make_tabs()
        self._stack.addWidget(self.tabs)
        layout.addLayout(self._stack, 1)
        self._turns = Turns(self)
        self.summary.gap_chosen.connect(self._fill)
        self.summary.visit_chosen.connect(lambda visit: session.go("trips", visit, "visit"))
        actions.make("edit", self, self._edit)
        actions.make("print_record", self, self.head.report)
        actions.make("save_report", self, self.head.save_report)
        actions.make("attach", self, lambda: self.attachments.choose())

    @property
    def itinerary(self) -> Itinerary:
        """The day plan."""
        return self._itinerary.part

    @property
    def members(self) -> Members:
        """Our people on it."""
        return self._members.part

    @property
    def records(self) -> Records:
        """Its visits."""
        return self._records.part

    @property
    def conclusion(self) -> Conclusion:
        """What it taught."""
        return self._conclusion.part

    @property
    def attachments(self) -> AttachmentsCard:
        """Its photos and files."""
        return self._attachments.part

    def _filled(self, part: _Part) -> _Part:
        if self.page is not None:
            part.show_page(self.page)
        return part

    def _make_records(self, tab: QWidget) -> Records:
        made = Records(self._session, tab)
        made.round_wanted.connect(self.begin_round)
        return self._filled(made)

    def _make_attachments(self, tab: QWidget) -> AttachmentsCard:
        made = AttachmentsCard(self._session, tab, None)
        if self.page is not None:
            made.show_for("trip", self.trip_id, self.page.trip.title)
        return made

    @property
    def record(self) -> UUID:
        """The trip that is asked for."""
        return self.trip_id

    def forget(self) -> None:
        """Show nothing from now on: it is gone."""
        self._latest.drop()
        self.page = None

    def target(self) -> Target | None:
        """Return the trip, once it is shown."""
        return Target("trip", self.trip_id, self.page.trip.title) if self.page else None

    def _make_tabs(self) -> QTabWidget:
        tabs = QTabWidget(self)
        tabs.tabBar().setDrawBase(False)
        for widget, word in (
            (self.summary, _("At a glance")),
            (self._itinerary, _("Schedule")),
            (self._members, _("Members")),
            (self._records, _("Visit notes")),
            (self._conclusion, _("Conclusions")),
            (self._attachments, _("Photos and files")),
        ):
            tabs.addTab(widget, word)
        return tabs

    def show_tab(self, name: str) -> None:
        """Show a tab by its name, or the evening table; the summary for any other name."""
        if name == EVENING:
            self.open_evening()
            return
        self._close_evening()
        self.tabs.setCurrentIndex(TABS.index(name) if name in TABS else 0)

    def focus_first(self) -> None:
        """Put the focus into the tab on top, where typing makes sense."""
        if self.evening is not None:
            self.evening.focus_first()
            return
        top = self.tabs.currentWidget()
        top = top.part if isinstance(top, Later) else top
        if isinstance(top, (Summary, Itinerary, Members, Records, Conclusion)):
            top.focus_first()
        elif isinstance(top, AttachmentsCard):
            top.add.setFocus()

    def reload(self) -> None:
        """Read the trip."""
        trip_id, book = self.trip_id, self._session.book
        self._latest.read(lambda: trips.trip_page(book, trip_id), self._show, self.failed.emit, owner=self)

    def _show(self, page: TripPage) -> None:
        first = self.page is None
        self.page = page
        trip = page.trip
        if self._attachments.made is not None:
            self._attachments.made.show_for("trip", self.trip_id, trip.title)
        self.head.show_page(page)
        gaps = len(page.gaps) if trip.start_on <= clock.today() else 0
        self.tabs.setTabText(0, _("At a glance · {n} missing").format(n=gaps) if gaps else _("At a glance"))
        self._turns.begin(self._filling(page, first=first))

    def _filling(self, page: TripPage, *, first: bool) -> Iterator[Callable[[], object]]:
        """Yield the steps in which the tabs are filled that are made; none of them takes long."""
        yield from self.summary.filling(page)
        for tab in (self._itinerary, self._members, self._records, self._conclusion):
            if tab.made is not None:
                yield partial(tab.made.show_page, page)
        yield partial(self._filled_all, page, first=first)

    def _filled_all(self, page: TripPage, *, first: bool) -> None:
        if first and self.isVisible():
            # What the focus goes to may have been hidden until now; without it no shortcut is heard.
            self.focus_first()
        self.shown.emit(_("{planned} planned · {done} visited · {open} open").format(
            planned=page.coverage.planned, done=page.coverage.done, open=page.coverage.open
        ))  # fmt: skip

    def begin_round(self) -> None:
        """Write the planned visits up one after another, beginning with the first that is open."""
        following = self._open_plans()
        plan_id = following[0].plan.id if following else None
        open_visit(self._session, self.window(), trip_id=self.trip_id, plan_id=plan_id)

    def _open_plans(self) -> list[Planned]:
        plans = self.page.plans if self.page else []
        return [row for row in plans if row.visit is None and row.plan.state is not PlanState.CANCELLED]

    def open_evening(self) -> None:
        """Show every enterprise of the trip in one table."""
        if self.evening is None:
            self.evening = Evening(self._session, self, self.trip_id)
            self.evening.closed.connect(self._leave_evening)
            self._stack.addWidget(self.evening)
        self._stack.setCurrentWidget(self.evening)

    def _leave_evening(self) -> None:
        self._close_evening()
        self.tabs.setCurrentWidget(self._records)
        self.focus_first()

    def _close_evening(self) -> None:
        if self.evening is not None:
            self._stack.removeWidget(self.evening)
            self.evening.deleteLater()
            self.evening = None
        self._stack.setCurrentWidget(self.tabs)

    def _edit(self) -> None:
        if self.page is not None:
            open_trip_facts(self._session, self.window(), self.page.trip, self.page.leader)

    def _fill(self, gap: Gap) -> None:
        """Open where a gap is filled in."""
        if gap.table == "visit":
            open_visit(self._session, self.window(), visit_id=gap.id)
        elif gap.table == "trip_plan":
            open_visit(self._session, self.window(), trip_id=self.trip_id, plan_id=gap.id)
        elif not gap.field:
            self.show_tab("members")
            self.focus_first()
        elif gap.field in ("findings", "problems", "plans"):
            self.show_tab("conclusion")
            getattr(self.conclusion, gap.field).setFocus()
        else:
            self._edit()
