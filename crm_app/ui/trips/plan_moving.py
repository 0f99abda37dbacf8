"""Stops put elsewhere in the day plan: dragged, by keyboard, or all of them by region."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from crm_app import clock
from crm_app.domain import day_plans
from crm_app.domain.day_plans import Place
from crm_app.domain.trips import PlanState
from crm_app.i18n import _
from crm_app.services import trips
from crm_app.ui import actions
from crm_app.ui.session import Session
from crm_app.ui.trips.plan_asking import AskAgain, RouteDialog
from crm_app.ui.trips.plan_board import PlanBoard
from crm_app.ui.trips.plan_days import DayHead, DragMarks, drop_at
from crm_app.ui.trips.plan_row import PlanRow

_EDGE, _STEP, _TICK_MS = 36, 14, 30
"""Pixels from the edge where the plan scrolls under a drag, how far each time, and how often."""


class Moving(QObject):
    """The hands of the day plan; whoever is agreed with at another time is asked about first."""

    def __init__(self, session: Session, plan: PlanBoard, held: QWidget, area: QScrollArea) -> None:
        super().__init__(plan)
        self._session, self._plan, self._held, self._area = session, plan, held, area
        self._marks = DragMarks(held)
        self._dragged: PlanRow | None = None
        self._at = QPoint()
        self._scrolling = QTimer(self, interval=_TICK_MS)
        self._scrolling.timeout.connect(self._scroll)
        for name, step in (("move_up", -1), ("move_down", 1)):
            actions.make(name, held, partial(self._by_keys, self._beside, step))
        for name, step in (("day_before", -1), ("day_after", 1)):
            actions.make(name, held, partial(self._by_keys, self._other_day, step))

    def listen_to(self, row: PlanRow) -> None:
        """Let a row be dragged."""
        row.grip.pulled.connect(lambda at: self._pull(row, at))
        row.grip.let_go.connect(lambda at: self._let_go(row, at))

    # -- by the mouse

    def _pull(self, row: PlanRow, at: QPoint) -> None:
        if self._dragged is None:
            self._dragged = row
            self._scrolling.start()
            _app().installEventFilter(self)
        self._at = at
        y = self._held.mapFromGlobal(at).y()
        self._marks.show(row.grab(), y, drop_at(self._plan.parts(), row, y))

    def _let_go(self, row: PlanRow, at: QPoint) -> None:
        if self._dragged is None:
            return
        self._end_drag()
        drop = drop_at(self._plan.parts(), row, self._held.mapFromGlobal(at).y())
        if drop is not None:
            self.move(row, drop.on, drop.at)

    def _end_drag(self) -> None:
        self._dragged = None
        self._scrolling.stop()
        _app().removeEventFilter(self)
        self._marks.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Esc give a drag up."""
        if (
            self._dragged is not None
            and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self._dragged.grip.give_up()
            self._end_drag()
            return True
        return super().eventFilter(watched, event)

    def _scroll(self) -> None:
        view, bar = self._area.viewport(), self._area.verticalScrollBar()
        y = view.mapFromGlobal(self._at).y()
        step = -_STEP if y < _EDGE else _STEP if y > view.height() - _EDGE else 0
        if step and self._dragged is not None:
            bar.setValue(bar.value() + step)
            self._pull(self._dragged, self._at)

    # -- by keys

    def _by_keys(self, go: Callable[[PlanRow, int], None], step: int) -> None:
        focus = QApplication.focusWidget()
        row = next((one for one in self._plan.rows() if focus is not None and one.isAncestorOf(focus)), None)
        if row is not None:
            go(row, step)

    def _sections(self) -> list[tuple[date | None, list[PlanRow]]]:
        found: list[tuple[date | None, list[PlanRow]]] = []
        for part in self._plan.parts():
            if isinstance(part, DayHead):
                found.append((part.on, []))
            elif found:
                found[-1][1].append(part)
        return found

    def _beside(self, row: PlanRow, step: int) -> None:
        """One up or down; over the edge of a day into the one beside it."""
        sections = self._sections()
        number = next(n for n, (_on, rows) in enumerate(sections) if row in rows)
        on, rows = sections[number]
        at = rows.index(row) + step
        if on is not None and 0 <= at < len(rows):
            self.move(row, on, at)
        elif 0 <= number + step < len(sections):
            beside, others = sections[number + step]
            self.move(row, beside, len(others) if step < 0 else 0)

    def _other_day(self, row: PlanRow, step: int) -> None:
        """To the day before or after, at its own time; before the first day lies the tray."""
        page = self._plan.page
        assert page is not None
        days = [day.on for day in page.days]
        on = row.planned.plan.on
        if on is None:
            wanted = days[0] if step > 0 else None
        else:
            at = days.index(on) + step if on in days else 0
            wanted = None if at < 0 else days[min(at, len(days) - 1)]
        if wanted != on:
            others = [one.planned.plan.time for one in self._plan.rows() if one.planned.plan.on == wanted]
            own = row.planned.plan.time
            self.move(row, wanted, sum(time is not None and (own is None or time < own) for time in others))

    # -- what is written

    def move(self, row: PlanRow, on: date | None, at: int) -> None:
        """Put a stop at a place of a day, or into the tray; shift the times, or ask where they are agreed."""
        page = self._plan.page
        assert page is not None
        if not row.movable:
            self._plan.complain(_("This visit is written up; its day is that of the visit."))
            return
        stops = [trips.stop_of(one) for one in page.plans]
        self.place(day_plans.place(stops, row.plan_id, on, at), row.plan_id)

    def place(self, places: Mapping[UUID, Place], shown: UUID | None = None) -> None:
        """Write other places of stops, in one step; ask about those agreed at another time."""
        page = self._plan.page
        if not places or page is None:
            return
        agreed = [one for one in page.plans if one.plan.id in places and one.plan.state is PlanState.AGREED]
        if not agreed:
            self._write(page.trip.id, places, (), shown)
            return
        told = [(one.enterprise.name, Place(one.plan.on, one.plan.time), places[one.plan.id]) for one in agreed]
        dialog = AskAgain(self._plan.window(), told)
        dialog.chosen.connect(
            lambda anew: self._write(page.trip.id, places, [one.plan.id for one in agreed] if anew else (), shown)
        )
        dialog.open()

    def _write(self, trip: UUID, places: Mapping[UUID, Place], anew: Collection[UUID], shown: UUID | None) -> None:
        self._plan.complain("")

        def seen(_none: object) -> None:
            if shown is not None:
                QTimer.singleShot(0, self._plan, lambda: self._plan.show_row(shown))

        self._session.write(
            _("Arrange the day plan"),
            lambda book, _progress: trips.arrange(book, trip, places, anew),
            seen,
            lambda error: self._plan.complain(str(error)),
            owner=self._plan,
        )

    def propose_route(self) -> None:
        """Read an order by region and show what it would change."""
        page = self._plan.page
        if page is not None:
            self._session.read(
                lambda book: trips.proposed_route(book, page.trip.id, clock.today()), self._offer, owner=self._plan
            )

    def _offer(self, places: dict[UUID, Place]) -> None:
        page = self._plan.page
        if page is None:
            return
        if not places:
            self._session.say(_("The stops are in a good order already; what is agreed stays where it is."))
            return
        dialog = RouteDialog(self._plan.window(), page.plans, places)
        dialog.accepted.connect(lambda: self._write(page.trip.id, places, (), None))
        dialog.open()


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication), "there is a window"
    return app
