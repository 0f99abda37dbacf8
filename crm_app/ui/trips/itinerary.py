"""The day plan (日程): the enterprises to meet by day and time, added by initials, changed and moved in place."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from crm_app import clock
from crm_app.domain.trips import PlanState
from crm_app.domain.workdays import DayMark
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _
from crm_app.services import enterprises, trips
from crm_app.services.trips import PlanDay, Planned, TripPage
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.trips.plan_board import PlanBoard
from crm_app.ui.trips.plan_days import DayHead
from crm_app.ui.trips.plan_moving import Moving
from crm_app.ui.trips.plan_row import TYPED, PlanRow
from crm_app.ui.trips.plan_writing import Writing
from crm_app.ui.trips.wording import read_day_of
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.enterprise_field import EnterpriseField
from crm_app.ui.widgets.text_field import TextField
from crm_app.ui.widgets.turns import next_turn

_IN_A_TURN = 5
"""Rows made before the window looks after everything else again."""


class Itinerary(PlanBoard):
    """A tab of the trip's page."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._heads: dict[date | None, DayHead] = {}
        self._left_over: dict[str, str] = {}
        self._begun = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.M, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(self._adding())
        layout.addWidget(self.error)
        layout.addLayout(self._body(), 1)
        self._moving = Moving(session, self, self._held, self._area)
        self._writing = Writing(session, self)
        actions.make("order_by_region", self, self._moving.propose_route)

    def _adding(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.add = EnterpriseField(
            self._session, self, placeholder=_("Add an enterprise: initials or two characters, Enter")
        )
        self.add.setMaximumWidth(theme.px(420))
        self.add.taken.connect(self._plan)
        self.add.returnPressed.connect(lambda: None)
        self.day = TextField(self, placeholder=_("its day: 14, Wed, day 2"), label=_("Day of what is added"))
        self.day.setMaximumWidth(theme.px(190))
        self.day.returnPressed.connect(self.add.setFocus)
        for field in (self.add, self.day):
            field.textChanged.connect(lambda _text: self.touch())
        row.addWidget(self.add, 3)
        row.addWidget(self.day, 1)
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        row.addSpacing(theme.S)
        row.addWidget(self._count)
        row.addStretch(1)
        spec = actions.spec("order_by_region")
        self._route = QPushButton(spec.title, self)
        self._route.setToolTip(
            _("Stops of one city and district one after another; those not placed get a day  {keys}").format(
                keys=spec.shown_keys
            )
        )
        theme.put_icon(self._route, spec.icon)
        self._route.clicked.connect(lambda _checked=False: self._moving.propose_route())
        row.addWidget(self._route)
        return row

    def _body(self) -> QStackedLayout:
        empty = EmptyState(
            _("Nobody to meet yet"),
            _(
                "Type initials into the field above and press Enter; "
                "or filter the enterprises and plan a trip with them."
            ),
            icon="map-pin",
            step=_("Go to the enterprises"),
            run=lambda: self._session.go("enterprises"),
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self._area)
        self._stack.addWidget(empty)
        return self._stack

    def show_page(self, page: TripPage) -> None:
        """Show the plans of a trip; rows that stand keep what is being typed in them."""
        if self._page is None or self._page.trip.id != page.trip.id:
            self._clear()
            self.add.settle(None, "")
            self.day.clear()
            self._begun = False
        self._page = page
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Build the rows when they are seen first."""
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        """Bring the rows in step with the book; of many new ones a few in each turn, so that the window never waits."""
        page = self._page
        if page is None:
            return
        if self._autosave is None:
            self._autosave = self._session.autosave(self, f"itinerary:{page.trip.id}", self._typed)
            self._left_over = self._autosave.restore()
        wanted = {planned.plan.id: planned for planned in page.plans}
        for gone in [one for one in self._rows if one not in wanted]:
            self._take_out(gone)
        missing = [planned for plan_id, planned in wanted.items() if plan_id not in self._rows]
        for planned in missing[:_IN_A_TURN]:
            self._make(planned)
        for plan_id, row in self._rows.items():
            row.put(wanted[plan_id], "\n".join(page.troubles.get(plan_id, ())))
        self._line_up(page)
        self._stack.setCurrentIndex(0 if wanted else 1)
        self._route.setVisible(sum(row.visit is None for row in page.plans) > 1)
        coverage = page.coverage
        self._count.setText(
            _("{planned} planned · {done} visited · {open} open").format(
                planned=coverage.planned, done=coverage.done, open=coverage.open
            )
            if wanted
            else ""
        )
        if len(missing) > _IN_A_TURN:
            next_turn(self, self._fill)
        else:
            self._finish(page)

    def _finish(self, page: TripPage) -> None:
        """Put back what was kept, and begin with today, once every row is there."""
        self._take_up()
        self._order_tabs()
        if not self._begun:
            self._begun = True
            if page.trip.start_on < clock.today() <= page.trip.end_on:
                next_turn(self, self._show_today)

    def _line_up(self, page: TripPage) -> None:
        """Put the heads of the days and the stops of each under one another; the tray stands first."""
        by_day: dict[date | None, list[PlanRow]] = {}
        for planned in page.plans:
            by_day.setdefault(planned.plan.on, [])
            if planned.plan.id in self._rows:
                by_day[planned.plan.on].append(self._rows[planned.plan.id])
        known = {day.on: day for day in page.days}
        tray: list[date | None] = [None] if None in by_day else []
        order = [*tray, *sorted(known.keys() | {on for on in by_day if on})]
        for on in [one for one in self._heads if one not in order]:
            self._discard(self._heads.pop(on))
        place = 0
        for on in order:
            head = self._heads.get(on) or self._heads.setdefault(on, DayHead(self._held, on))
            stops = by_day.get(on, [])
            if on is None:
                head.put_tray(len(stops))
            elif on in known:
                head.put_day(page.trip, known[on], len(stops))
            else:
                head.put_day(page.trip, PlanDay(on, DayMark(True, "", False), (_("outside the trip"),)), len(stops))
            for part in (head, *stops):
                if self._lines.indexOf(part) != place:
                    self._lines.removeWidget(part)
                    self._lines.insertWidget(place, part)
                part.show()
                place += 1

    def _typed(self) -> dict[str, str]:
        """Return what is typed and not in the book: the line that adds, and fields of rows by the plan's id."""
        typed = {f"{plan}:{name}": text for plan, row in self._rows.items() for name, text in row.typed().items()}
        # The day alone is a help for adding several, nothing that waits to be saved.
        adding = {"add": self.add.text(), "day": self.day.text()} if self.add.text().strip() else {}
        return self._left_over | typed | adding

    def _take_up(self) -> None:
        """Put back what was kept, once; what belongs to rows that are gone is shown, so that it can be copied."""
        self.day.setText(self._left_over.pop("day", self.day.text()))
        if "add" in self._left_over:
            self.add.take_text(self._left_over.pop("add"))
        for plan_id, row in self._rows.items():
            for name in TYPED:
                if (text := self._left_over.pop(f"{plan_id}:{name}", None)) is not None:
                    row.put_typed(name, text)
        if self._left_over:
            gone = " ".join(self._left_over.values())
            self.complain(_("Typed for rows that are gone: {texts}").format(texts=gone))

    def _clear(self) -> None:
        for one in list(self._rows):
            self._take_out(one)
        for head in self._heads.values():
            self._discard(head)
        self._heads.clear()

    def _take_out(self, plan_id: UUID) -> None:
        self._discard(self._rows.pop(plan_id))

    def _discard(self, part: QWidget) -> None:
        self._lines.removeWidget(part)
        part.hide()
        part.deleteLater()

    def _make(self, planned: Planned) -> PlanRow:
        row = PlanRow(self._session, self._held, planned)
        self._writing.listen_to(row)
        row.edited.connect(self.touch)
        row.beside_wanted.connect(self._go_beside)
        self._moving.listen_to(row)
        self._rows[planned.plan.id] = row
        return row

    def _order_tabs(self) -> None:
        """Let Tab walk the rows as they stand, whatever the order in which they were made."""
        before: QWidget = self.day
        for row in self.rows():
            for part in (row.on, row.time, row.contact, row.purpose, row.state, row.write):
                QWidget.setTabOrder(before, part)
                before = part

    def _show_today(self) -> None:
        """Bring today to the top, unless all of it is seen from the first day on."""
        today = clock.today()
        head = self._heads.get(today)
        if head is not None:
            ends = max((row.geometry().bottom() for row in self.rows() if row.planned.plan.on == today), default=0)
            seen = max(ends, head.geometry().bottom()) < self._area.viewport().height()
            self._area.verticalScrollBar().setValue(0 if seen else head.y())

    def _go_beside(self, row: PlanRow, name: str, step: int) -> None:
        rows = self.rows()
        at = rows.index(row) + step
        if 0 <= at < len(rows):
            getattr(rows[at], name if not getattr(rows[at], name).isHidden() else "time").setFocus()
            self._area.ensureWidgetVisible(rows[at])

    def focus_first(self) -> None:
        """Let the user add."""
        self.add.setFocus()

    def _plan(self, enterprise_id: UUID | None, name: str) -> None:
        page = self._page
        if page is None:
            return
        try:
            on = read_day_of(page.trip, self.day.text())
        except BadInput as error:
            self.complain(str(error))
            return
        self.complain("")
        self.add.settle(None, "")
        if enterprise_id is not None and any(
            row.enterprise.id == enterprise_id and row.plan.state is not PlanState.CANCELLED for row in page.plans
        ):
            self.complain(_("{name} is on the itinerary already.").format(name=name))
            return
        trip_id = page.trip.id

        def refuse(error: CrmError) -> None:
            if not self.add.text():
                self.add.settle(enterprise_id, name)
            self._refuse(error)

        def plan(known: UUID) -> None:
            self._session.write(
                _("Plan visits"),
                lambda book, _progress: trips.plan_visits(book, trip_id, [known], on),
                failed=refuse,
                owner=self,
            )

        if enterprise_id is not None:
            plan(enterprise_id)
            return
        self._session.write(
            _("New enterprise: {name}").format(name=name),
            lambda book, _progress: enterprises.create_enterprise(book, name=name),
            plan,
            refuse,
            owner=self,
        )

    def _refuse(self, error: CrmError) -> None:
        self.complain(str(error))
