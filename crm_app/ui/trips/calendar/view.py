"""The calendar's frame: which days, what of them, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain.day_plans import Place
from crm_app.domain.trips import PlanState
from crm_app.i18n import N_, _, ngettext
from crm_app.services import calendar, exports, trips
from crm_app.services.book import Book
from crm_app.services.calendar import FOLLOW_UP, KINDS, NEED, PLAN, RECEPTION, TASK, TRIP, VISIT, Item, Span
from crm_app.services.outcome import Outcome
from crm_app.services.trips import TripPage
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.today.postpone import open_postpone
from crm_app.ui.trips.calendar.canvas import Canvas
from crm_app.ui.trips.calendar.frame import DaysFrame
from crm_app.ui.trips.calendar.moving import MoveDialog, MoveTripDialog
from crm_app.ui.trips.calendar.painting import mark_icon
from crm_app.ui.trips.plan_asking import AskAgain
from crm_app.ui.where import show_owner
from crm_app.ui.widgets.ask_file import ask_where
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.folding import Folding

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

CALENDAR = "calendar"
_MONTH, _WEEK = "month", "week"
_LAST, _HIDDEN = "calendar_view", "calendar_hidden"
_SHOWN = (
    (TRIP, N_("Trips")),
    (VISIT, N_("Meetings")),
    (TASK, N_("Steps due")),
    (FOLLOW_UP, N_("Follow-ups")),
)
_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_TABLES = (*KINDS, "enterprise", "project", "calendar_day")
_WITH = {PLAN: VISIT, RECEPTION: VISIT, NEED: TASK}
"""What is shown and hidden with another kind."""
_PER_DAY = {_MONTH: 12, _WEEK: 40}
"""Items of a day and a kind that are read; no screen has room for more."""
_SHORT = 3
"""Letters of an English month; a Chinese one has no more."""


class CalendarView(QWidget):
    """``counted`` says for the status line how much lies in the days that are shown."""

    counted = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._stale = True
        self._read: tuple[date, date] | None = None
        self._narrow = False
        self.told = ""
        self.tools: list[QPushButton] = []
        hidden = session.settings.last(_HIDDEN).split()
        self.canvas = Canvas(self)
        self.canvas.weekly = session.settings.last(_LAST) == _WEEK
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(self._head(hidden))
        self.days = DaysFrame(self.canvas, self)
        layout.addWidget(self.days, 1)
        canvas = self.canvas
        canvas.moved.connect(self._follow)
        canvas.opened.connect(self._open)
        canvas.more_wanted.connect(self._show_day)
        canvas.dropped.connect(self._drop)
        for name, run in (
            ("calendar_open", canvas.open_chosen),
            ("calendar_postpone", self._postpone),
            ("calendar_today", lambda: canvas.go_to(clock.today())),
            ("calendar_before", partial(canvas.page, -1)),
            ("calendar_after", partial(canvas.page, 1)),
            ("calendar_month", partial(self.show_shipped, _MONTH)),
            ("calendar_week", partial(self.show_shipped, _WEEK)),
        ):
            actions.make(name, canvas, run)
        self._show_scale()

    def _head(self, hidden: list[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        canvas = self.canvas
        for name, icon in (("calendar_before", "chevron-left"), ("calendar_after", "chevron-right")):
            step = -1 if name == "calendar_before" else 1
            row.addWidget(self._turner(name, icon, step))
        today = QPushButton(actions.spec("calendar_today").title, self)
        today.setToolTip(actions.spec("calendar_today").shown_keys)
        today.clicked.connect(lambda _checked=False: canvas.go_to(clock.today()))
        row.addWidget(today)
        row.addSpacing(theme.S)
        self.title = Elided("", "title", self)
        row.addWidget(self.title)
        row.addStretch(1)
        self.kinds: dict[str, QPushButton] = {}
        for kind, word in _SHOWN:
            chip = QPushButton(_(word), self)
            chip.setCheckable(True)
            chip.setChecked(kind not in hidden)
            chip.setProperty("role", "toggle")
            chip.setToolTip(_("Show or hide them"))
            chip.clicked.connect(lambda _checked=False: self._choose_kinds())
            self.kinds[kind] = chip
            row.addWidget(chip)
        self._mark_kinds()
        theme.signals.changed.connect(self._mark_kinds)
        row.addSpacing(theme.S)
        self.scales: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for scale in (_MONTH, _WEEK):
            spec = actions.spec(f"calendar_{scale}")
            button = QToolButton(self)
            button.setText(spec.title)
            button.setToolTip(spec.shown_keys)
            button.setCheckable(True)
            button.setProperty("role", "choice")
            button.clicked.connect(lambda _checked=False, scale=scale: self.show_shipped(scale))
            group.addButton(button)
            self.scales[scale] = button
            row.addWidget(button)
        row.addSpacing(theme.S)
        self.save = QPushButton(_("Save as .ics"), self)
        self.save.setToolTip(_("The days and kinds that are shown, for the phone or Outlook"))
        theme.put_icon(self.save, "download")
        self.save.clicked.connect(lambda _checked=False: self._ask_where())
        row.addWidget(self.save)
        Folding(self, row, (*self.kinds.values(), self.save))
        return row

    def _mark_kinds(self) -> None:
        for kind, chip in self.kinds.items():
            chip.setIcon(mark_icon(kind, self.devicePixelRatioF()))

    def _turner(self, name: str, icon: str, step: int) -> QToolButton:
        button = QToolButton(self)
        spec = actions.spec(name)
        button.setAccessibleName(spec.title)
        button.setToolTip(f"{spec.title}  {spec.shown_keys}")
        theme.put_icon(button, icon)
        button.clicked.connect(lambda _checked=False: self.canvas.page(step))
        return button

    # -- what the lists of the place answer too

    def set_narrow(self, narrow: bool) -> None:
        """Leave room for the kinds: the file's button shows its icon alone, an English month its first letters."""
        self._narrow = narrow
        self._entitle()
        self.save.setText("" if narrow else _("Save as .ics"))
        self.save.setAccessibleName(_("Save as .ics"))

    def show_shipped(self, name: str) -> None:
        """Show a month or a week."""
        if name in (_MONTH, _WEEK):
            self.canvas.weekly = name == _WEEK
            self._session.settings.set_last(_LAST, name)
            self._show_scale()
            self._read = None
            self._follow()

    def enter(self) -> None:
        """Read the days where they are not known, or not any more."""
        if self._stale:
            self._read = None
            self._follow()

    def focus_first(self) -> None:
        """Let the arrow keys walk the days."""
        self.canvas.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Read again what changed: now where it is seen, else when it is."""
        if changes.touches(*_TABLES):
            self._stale = True
            if self.isVisible():
                self.enter()

    # -- reading

    def _show_scale(self) -> None:
        self.scales[_WEEK if self.canvas.weekly else _MONTH].setChecked(True)
        self._entitle()

    def _entitle(self) -> None:
        day = self.canvas.cursor_day
        if not self.canvas.weekly:
            month = _(_MONTHS[day.month - 1])
            shown = month[:_SHORT] if self._narrow else month
            self.title.say(_("{month} {year}").format(year=day.year, month=shown))
            return
        first, last = self.canvas.wanted()
        self.title.say(_("{year}, week {week}").format(year=last.year, week=first.isocalendar().week))

    def _chosen_kinds(self) -> tuple[str, ...]:
        on = {kind for kind, chip in self.kinds.items() if chip.isChecked()}
        return tuple(kind for kind in KINDS if _WITH.get(kind, kind) in on)

    def _choose_kinds(self) -> None:
        hidden = [kind for kind, chip in self.kinds.items() if not chip.isChecked()]
        self._session.settings.set_last(_HIDDEN, " ".join(hidden))
        self._read = None
        self._follow()

    def _follow(self) -> None:
        """Read the days around the cursor, unless they are what is shown."""
        self._entitle()
        first, last = self.canvas.wanted()
        if self._read == (first, last):
            return
        self._read = (first, last)
        book, kinds = self._session.book, self._chosen_kinds()
        per_day = _PER_DAY[_WEEK if self.canvas.weekly else _MONTH]
        self._latest.read(lambda: calendar.between(book, first, last, kinds, per_day=per_day), self._show, owner=self)

    def _show(self, span: Span) -> None:
        self._stale = False
        self.canvas.put(span)
        # What is chosen may have been put into another month.
        self._follow()
        out = sum(item.kind == TRIP for item in span.items)
        rest = sum(span.counts.values())
        of_trips = ngettext("{n} trip", "{n} trips", out).format(n=out)
        others = ngettext("{n} entry", "{n} entries", rest).format(n=rest)
        self.told = f"{of_trips} · {others}"
        self.counted.emit(self.told)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with today where the day has changed since."""
        super().showEvent(event)
        self.canvas.update()

    # -- doing

    def _open(self, item: Item) -> None:
        go = self._session.go
        if item.kind == TRIP:
            go("trips", item.id, "trip")
        elif item.kind in (VISIT, RECEPTION):
            go("trips", item.id, item.kind)
        elif item.kind == PLAN:
            go("trips", item.trip_id, "itinerary")
        else:
            show_owner(self._session, item.id, self)

    def _show_day(self, day: date) -> None:
        """Show all of a day: its week; of a full day of a week the list of next steps."""
        if self.canvas.weekly:
            self._session.go("trips", view="tasks")
            return
        self.canvas.cursor_day, self.canvas.chosen = day, None
        self.show_shipped(_WEEK)

    def _postpone(self) -> None:
        item = self.canvas.chosen
        if item is None or not calendar.movable(item):
            self._session.say(_("Choose a next step, a planned visit or a trip with ↑ ↓; D then moves it."))
        elif item.kind in (TASK, NEED):
            open_postpone(self._session, self.window(), item.id, item.title)
        else:
            dialog = MoveDialog(self.window(), item)
            dialog.chosen.connect(lambda to: self._drop(item, to))
            dialog.open()

    def _drop(self, item: Item, to: date) -> None:
        ask = {TRIP: self._move_trip, PLAN: self._move_plan}.get(item.kind)
        trip_id = item.id if item.kind == TRIP else item.trip_id
        if ask is not None and trip_id is not None:
            self._session.read(
                lambda book: trips.trip_page(book, trip_id), lambda page: ask(page, item, to), owner=self
            )
        else:
            self._move(item, to)

    def _move_trip(self, page: TripPage, item: Item, to: date) -> None:
        """Say what goes with a trip before it moves, and with whom its days are agreed."""
        agreed = [one.enterprise.name for one in page.plans if one.plan.state is PlanState.AGREED and one.plan.on]
        dialog = MoveTripDialog(self.window(), item, to, agreed)
        dialog.chosen.connect(
            lambda anew: self._write(_("Move a trip"), lambda book: calendar.move(book, item, to, ask_again=anew))
        )
        dialog.open()

    def _move_plan(self, page: TripPage, item: Item, to: date) -> None:
        """Move a planned visit; whoever is agreed with at another time is asked about first, as in the day plan."""
        planned = next((one for one in page.plans if one.plan.id == item.id), None)
        if planned is None or planned.plan.state is not PlanState.AGREED:
            self._move(item, to)
            return
        before, after = Place(planned.plan.on, planned.plan.time), Place(to, planned.plan.time)
        dialog = AskAgain(self.window(), [(planned.enterprise.name, before, after)])
        dialog.chosen.connect(
            lambda anew: self._write(
                _("Move a planned visit"),
                lambda book: trips.arrange(book, page.trip.id, {item.id: after}, [item.id] if anew else ()),
            )
        )
        dialog.open()

    def _move(self, item: Item, to: date) -> None:
        labels = {PLAN: _("Move a planned visit")}
        self._write(labels.get(item.kind, _("Postpone a next step")), lambda book: calendar.move(book, item, to))

    def _write(self, label: str, work: Callable[[Book], Outcome[None]]) -> None:
        def moved(_none: object) -> None:
            QTimer.singleShot(0, self.canvas, self.canvas.setFocus)

        self._session.write(label, lambda book, _progress: work(book), moved, owner=self)

    def _ask_where(self) -> None:
        name = f"{_('Calendar')} {self.title.text().replace('/', '-')}.ics"
        ask_where(self._session, self, _("Save as .ics"), name, _("Calendars (*.ics)"), self.write_file)

    def write_file(self, path: Path) -> None:
        """Write the days that are shown."""
        book, kinds, (first, last) = self._session.book, self._chosen_kinds(), self.canvas.wanted()
        self._session.background.write(
            _("Save as .ics"),
            lambda _progress: exports.export_calendar(book, first, last, kinds, path),
            lambda n: self._session.say(
                ngettext("{n} entry written to {path}.", "{n} entries written to {path}.", n).format(n=n, path=path)
            ),
            lambda error: self._session.trouble.emit(str(error)),
            owner=self,
        )
