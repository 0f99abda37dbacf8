"""The list of trips: when, where to, who, and how far each got."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain.trips import TRIP_KIND_LABELS, TripKind
from crm_app.i18n import _, ngettext
from crm_app.services import trips
from crm_app.services.trips import TripRow
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.trips.new_trip import open_copy, open_new_trip
from crm_app.ui.trips.wording import length, short_span
from crm_app.ui.widgets.cells import Cell, Column, day_cell
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.paging import Block, Fetch, Sort

_KEYS: dict[str, Callable[[TripRow], Any]] = {
    "start_on": lambda row: (row.trip.start_on, row.trip.end_on),
    "title": lambda row: row.trip.title,
    "leader": lambda row: row.leader.name if row.leader else "",
    "members": lambda row: row.members,
    "planned": lambda row: row.planned,
    "enterprises": lambda row: row.enterprises,
    "visits": lambda row: row.visits,
    "report_due": lambda row: row.trip.report_due or row.trip.end_on,
}


class TripList(QWidget):
    """The place's beginning. ``count_changed`` tells how many trips are shown."""

    count_changed = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        empty = EmptyState(
            _("No trip yet"),
            _("A trip holds its people, the enterprises to meet and the visits; its report writes itself from them."),
            icon="plane",
            step=_("New trip"),
            run=self.make_new,
        )
        self.list: RecordList[TripRow] = RecordList(
            session,
            "trips",
            _columns(),
            self._fetch_for,
            Sort("start_on", descending=True),
            empty,
            self,
            search_hint=_("Title, destination, leader: type to filter"),
        )
        self._copy = QPushButton(_("Copy"), self)
        self._copy.setToolTip(_("A new trip with the people, destinations and purpose of the one under the cursor"))
        theme.put_icon(self._copy, "files")
        self._copy.clicked.connect(lambda _checked=False: self.copy_current())
        new = QPushButton(_("New trip"), self)
        new.setProperty("role", "primary")
        theme.put_icon(new, "plus", "on_accent")
        new.clicked.connect(lambda _checked=False: self.make_new())
        self.list.header.addWidget(self._copy)
        self.list.header.addWidget(new)
        layout.addWidget(self.list)
        self.list.activated.connect(lambda row: session.go("trips", row.trip.id, "trip"))
        self.list.filled.connect(self._tell)

    def _fetch_for(self, query: str) -> Fetch[TripRow]:
        book = self._session.book

        def fetch(sort: Sort, _after: object, _limit: int) -> Block[TripRow]:
            rows = [row for row in trips.list_trips(book) if _found(row, query)]
            return Block(sorted(rows, key=_KEYS[sort.key], reverse=sort.descending))

        return fetch

    def _tell(self, held: int, _complete: bool) -> None:
        self._copy.setEnabled(held > 0)
        if held and not self.list.table.currentIndex().isValid():
            self.list.table.selectRow(0)
        self.count_changed.emit(ngettext("{n} trip", "{n} trips", held).format(n=held))

    def reload(self) -> None:
        """Read the trips again."""
        self.list.reload()

    def focus_first(self) -> None:
        """Let the arrow keys walk the trips."""
        self.list.table.setFocus()

    def make_new(self) -> None:
        """Open the form of a new trip."""
        open_new_trip(self._session, self.window())

    def copy_current(self) -> None:
        """Copy the trip under the cursor, by default the latest."""
        row = self.list.current() or next(iter(self.list.model.rows()), None)
        if row is not None:
            open_copy(self._session, self.window(), row)


def _found(row: TripRow, query: str) -> bool:
    texts = (row.trip.title, _(", ").join(row.trip.regions or ()), row.leader.name if row.leader else "")
    return any(fits(query, text) for text in (*texts, row.trip.number or "", row.trip.start_on.isoformat()))


def _columns() -> list[Column[TripRow]]:
    return [
        Column("days", _("Dates"), lambda row: Cell(short_span(row.trip), hint=_length(row)), 190, "start_on"),
        Column("title", _("Trip title"), _title, 280, "title", stretch=True),
        Column("regions", _("Destinations"), lambda row: Cell(_(", ").join(row.trip.regions or ())), 150),
        Column("leader", _("Led by"), lambda row: Cell(row.leader.name if row.leader else ""), 110, "leader"),
        Column("members", _("Headcount"), lambda row: _number(row.members), 84, "members", right=True),
        Column("planned", _("Planned"), lambda row: _number(row.planned), 64, "planned", right=True),
        Column("enterprises", _("Companies"), lambda row: _number(row.enterprises), 84, "enterprises", right=True),
        Column("visits", _("Visits"), lambda row: _number(row.visits), 64, "visits", right=True),
        Column("report_due", _("Report due"), _due, 120, "report_due"),
    ]


def _length(row: TripRow) -> str:
    return length(row.trip.start_on, row.trip.end_on)


def _title(row: TripRow) -> Cell:
    kind = row.trip.kind
    shown = "" if kind in (None, TripKind.OUTING) else _(TRIP_KIND_LABELS[kind])
    return Cell(row.trip.title, hint=shown)


def _number(n: int) -> Cell:
    return Cell(str(n)) if n else Cell("0", tone="muted")


def _due(row: TripRow) -> Cell:
    """Return the report's day; one whose summary is written is nothing to remind of."""
    if row.trip.report_due is None or (row.trip.findings and row.trip.plans):
        return Cell(f"{row.trip.report_due:%m-%d}" if row.trip.report_due else "", tone="muted")
    due = day_cell(row.trip.report_due, clock.today())
    return Cell(f"{row.trip.report_due:%m-%d}", hint=due.hint, tone=due.tone)
