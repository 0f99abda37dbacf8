"""The visits of a trip (记录): what is written, what is planned and not yet written, and the evening table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_app.domain import days
from crm_app.domain.visits import INTENT_LABELS
from crm_app.i18n import _
from crm_app.services import trips
from crm_app.services.book import Book
from crm_app.services.trips import Planned, TripPage, VisitSheet
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.visits.dialog import open_visit
from crm_app.ui.visits.wording import missing, tasks_of, their_names
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.paging import Block, Fetch, Sort


@dataclass(frozen=True)
class Line:
    """A visit, or a planned one still to be written."""

    sheet: VisitSheet | None = None
    planned: Planned | None = None

    @property
    def name(self) -> str:
        """The enterprise's name."""
        one = self.sheet or self.planned
        return one.enterprise.name if one else ""

    @property
    def lacking(self) -> list[str]:
        """What the report lacks of it."""
        return missing(self.sheet) if self.sheet else [_("not written up yet")]


class Records(QWidget):
    """A tab of the trip's page. ``round_wanted``: write the planned visits one after another."""

    round_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._page: TripPage | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.M, 0, 0)
        empty = EmptyState(
            _("No visit yet"),
            _("Visits written under this trip stand here, in order of day and time."),
            icon="note",
            step=_("Write up a visit"),
            run=self.round_wanted.emit,
        )
        self.list: RecordList[Line] = RecordList(
            session, "trip_visits", _columns(), self._fetch_for, Sort(""), empty, self,
            search_hint=_("Enterprise: type to filter"),
        )  # fmt: skip
        self.list.activated.connect(self._open)
        layout.addWidget(self.list)

    def show_page(self, page: TripPage) -> None:
        """Show the visits of a trip."""
        self._page = page
        self.list.reload()

    def focus_first(self) -> None:
        """Let the arrow keys walk the visits."""
        self.list.table.setFocus()

    def _fetch_for(self, query: str) -> Fetch[Line]:
        book, page = self._session.book, self._page

        def fetch(_sort: Sort, _after: Any, _limit: int) -> Block[Line]:
            lines = _lines(book, page) if page else []
            return Block([line for line in lines if fits(query, line.name)])

        return fetch

    def _open(self, line: Line) -> None:
        if line.sheet is not None:
            self._session.go("trips", line.sheet.visit.id, "visit")
        elif line.planned is not None:
            plan = line.planned.plan
            open_visit(self._session, self.window(), trip_id=plan.trip_id, plan_id=plan.id)


def _lines(book: Book, page: TripPage) -> list[Line]:
    now = trips.trip_page(book, page.trip.id)
    open_plans = [row for row in now.plans if row.open and row.visit is None]
    return [Line(sheet=sheet) for sheet in now.sheets] + [Line(planned=row) for row in open_plans]


def _columns() -> list[Column[Line]]:
    return [
        Column("on", _("Day"), _day, 136),
        Column("enterprise", _("Enterprise"), lambda line: Cell(line.name), 220, stretch=True),
        # What is missing is seen without scrolling, also in a small window.
        Column("lacking", _("Missing"), lambda line: Cell(_(", ").join(line.lacking), tone="overdue"), 104),
        Column(
            "theirs",
            _("Whom we met"),
            lambda line: Cell(their_names(line.sheet) if line.sheet else ""),
            110,
            spare=True,
        ),
        Column("intent", _("Interest"), _intent, 100),
        Column("asks", _("What they ask"), lambda line: _text(line, "asks"), 160, stretch=True, spare=True),
        Column("consensus", _("What was agreed"), lambda line: _text(line, "consensus"), 160, stretch=True),
        Column("steps", _("Next step"), _steps, 170, stretch=True),
    ]


def _day(line: Line) -> Cell:
    if line.sheet is not None:
        return Cell(days.show_with_weekday(line.sheet.visit.on), hint=line.sheet.visit.time or "")
    planned = line.planned.plan.on if line.planned else None
    return Cell(days.show_with_weekday(planned) if planned else _("no day"), tone="muted")


def _intent(line: Line) -> Cell:
    intent = line.sheet.visit.intent if line.sheet else None
    return Cell(_(INTENT_LABELS[intent])) if intent else Cell()


def _text(line: Line, name: str) -> Cell:
    return Cell(" ".join((getattr(line.sheet.visit, name) or "").split())) if line.sheet else Cell()


def _steps(line: Line) -> Cell:
    return Cell(_("; ").join(tasks_of(line.sheet))) if line.sheet else Cell()
