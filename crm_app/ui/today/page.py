"""The page of Today: the agenda answered in place, and what else wants attention beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QPushButton, QStackedLayout, QVBoxLayout

from crm_app import clock
from crm_app.domain import days
from crm_app.i18n import _
from crm_app.services import tasks
from crm_app.services.tasks import Agenda, Due
from crm_app.ui import actions, theme
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.page import Page
from crm_app.ui.session import Location, Session
from crm_app.ui.today.agenda import AgendaLines, AgendaPainter
from crm_app.ui.today.postpone import open_postpone
from crm_app.ui.today.side import SidePane
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_SIDE_WIDTH = 340


class TodayPage(Page):
    """Next steps on the left, this week's trip, targets and drafts on the right."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._latest = session.latest()
        self._keep_row = 0
        self.lines = AgendaLines(self)
        self.list = self._make_list()
        self._count = Elided(role="muted", parent=self)
        self.side = SidePane(session, self)
        self.side.setFixedWidth(theme.px(_SIDE_WIDTH))
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        across.setSpacing(theme.L)
        across.addLayout(self._left(), 1)
        across.addWidget(self.side)
        self._load()

    def _make_list(self) -> QListView:
        made = QListView(self)
        made.setModel(self.lines)
        made.setItemDelegate(AgendaPainter(made, clock.today()))
        made.setMouseTracking(True)
        made.setAccessibleName(_("Steps to take"))
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.doubleClicked.connect(lambda _index: self._open())
        for name, run in self._runs().items():
            actions.make(name, made, run)
        return made

    def _runs(self) -> dict[str, Callable[[], None]]:
        return {
            "task_done": self._finish,
            "task_postpone": self._postpone,
            "task_open": self._open,
            "task_note": self._note,
        }

    def _left(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        title = QLabel(days.show_with_weekday(clock.today()), self)
        title.setProperty("role", "heading")
        head.addWidget(title)
        head.addWidget(self._count, 1)
        every = QPushButton(_("All next steps"), self)
        every.setProperty("role", "link")
        every.clicked.connect(lambda _checked=False: self.session.go("trips", view="tasks"))
        head.addWidget(every)
        for name, run in self._runs().items():
            button = QPushButton(actions.spec(name).title, self)
            button.setProperty("role", "quiet")
            button.setToolTip(f"{actions.spec(name).title}  {actions.spec(name).shown_keys}")
            # The list keeps the focus, so that the keys go on working after a click.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if actions.spec(name).icon:
                theme.put_icon(button, actions.spec(name).icon)
            button.clicked.connect(lambda _checked=False, run=run: run())
            head.addWidget(button)
        empty = EmptyState(
            _("Nothing is due"),
            _("Next steps of leads, visits and projects appear here by their day."),
            icon="circle-check",
            step=_("Log a lead"),
            run=lambda: self.session.log_wanted.emit(None),
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)
        left = QVBoxLayout()
        left.setSpacing(theme.S)
        left.addLayout(head)
        left.addLayout(self._stack, 1)
        return left

    def _load(self) -> None:
        book = self.session.book
        self._latest.read(lambda: tasks.agenda(book), self._show, owner=self)
        self.side.load()

    def _show(self, agenda: Agenda) -> None:
        self._keep_row = max(self.list.currentIndex().row(), 0)
        self.lines.put(agenda)
        self._stack.setCurrentIndex(0 if self.lines.rowCount() else 1)
        row = self.lines.first_step(self._keep_row)
        if row >= 0:
            self.list.setCurrentIndex(self.lines.index(row))
        open_steps = len(agenda.overdue) + len(agenda.today) + len(agenda.week)
        told = _("{overdue} overdue · {today} today · {week} in the next seven days").format(
            overdue=len(agenda.overdue), today=len(agenda.today), week=len(agenda.week)
        )
        self._count.say(told if open_steps else "")
        self.count_changed.emit(told)

    def refresh(self, changes: Changes) -> None:
        """Read the agenda again where anything it shows changed."""
        if changes.touches(
            "task", "enterprise", "project", "trip", "trip_plan", "visit", "signing", "target", "person"
        ):
            self._load()

    def show_location(self, location: Location) -> None:
        """Put the cursor on a step that search found."""
        for row in range(self.lines.rowCount()):
            line = self.lines.line(row)
            if isinstance(line, Due) and line.task.id == location.record:
                self.list.setCurrentIndex(self.lines.index(row))

    def changeEvent(self, event: QEvent) -> None:
        """Look for drafts again when a form has closed: what it kept is in no unit, so that nothing tells of it."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow() and self.isVisible():
            self.side.load_soon()

    def focus_first(self) -> None:
        """Let the arrow keys walk the steps."""
        self.list.setFocus()

    def current(self) -> Due | None:
        """Return the step under the cursor."""
        index = self.list.currentIndex()
        line = self.lines.line(index.row()) if index.isValid() else None
        return line if isinstance(line, Due) else None

    def _finish(self) -> None:
        due = self.current()
        if due is not None:
            done = due.task.id
            self.session.write(_("Tick off a next step"), lambda book, _progress: tasks.finish_task(book, done))

    def _postpone(self) -> None:
        due = self.current()
        if due is not None:
            open_postpone(self.session, self, due.task.id, due.task.what)

    def _note(self) -> None:
        due = self.current()
        if due is not None:
            open_follow_up(self.session, self.window(), done_task=due.task.id, about=due.task.what)

    def _open(self) -> None:
        due = self.current()
        if due is None:
            return
        if due.project is not None:
            self.session.go("projects", due.project.id)
        elif due.enterprise is not None:
            self.session.go("enterprises", due.enterprise.id)
