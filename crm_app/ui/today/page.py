"""The page of Today: the agenda answered in place, and what else wants attention beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListView,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
)

from crm_app import clock
from crm_app.domain import days
from crm_app.i18n import _
from crm_app.services.projects import ProjectRow
from crm_app.services.tasks import Agenda, Due
from crm_app.ui import actions, theme
from crm_app.ui.page import Page
from crm_app.ui.session import Location, Session
from crm_app.ui.shell.reminding import rules_of
from crm_app.ui.today.agenda import STEP, AgendaLines, Heading, Key, key_of
from crm_app.ui.today.answers import Answered, Answers
from crm_app.ui.today.beginning import Beginning
from crm_app.ui.today.painting import AgendaPainter
from crm_app.ui.today.reading import Shown, read_stalled, read_steps
from crm_app.ui.today.side import SidePane
from crm_app.ui.widgets.elided import Elided, WholeParts
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.skeleton import Skeleton

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_SIDE_WIDTH, _SIDE_NARROW = 312, 280
_NARROW_BELOW = 1040
_LOOK_MS = 60_000
"""How often it is seen whether another day has begun: a window may stay open over night."""
_STEPS = ("task", "need", "enterprise", "project", "person", "calendar_day")
_BESIDE = (
    *("trip", "trip_member", "trip_plan", "visit", "target", "person"),
    *("project", "investor", "stage_entry", "signing", "fund"),
)
_STALLED = ("project", "stage_entry", "follow_up", "visit", "signing", "investor", "enterprise", "person")
"""The tables whose changes change what is shown."""


class TodayPage(Page):
    """Next steps and stalled projects on the left, this week's trip, targets and drafts on the right."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._latest, self._latest_stalled = session.latest(), session.latest()
        self._steps: Shown | None = None
        self._stalled: tuple[ProjectRow, ...] = ()
        self._answered: Key | None = None
        self.lines = AgendaLines(self)
        self.answers = Answers(session, self, self.chosen)
        self.list = self._make_list()
        self._skeleton = Skeleton(self.list.viewport(), theme.px(STEP))
        self._skeleton.expect()
        self._count = WholeParts(role="muted", parent=self)
        self._counted = ""
        self._buttons: dict[str, QPushButton] = {}
        self.side = SidePane(session, self)
        self.side.setFixedWidth(theme.px(_SIDE_WIDTH))
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        across.setSpacing(theme.L)
        across.addLayout(self._left(), 1)
        across.addWidget(self.side)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self._offer()
        session.away_noted.connect(self._load)
        session.draft_back.connect(self.side.load_soon)
        midnight = QTimer(self, interval=_LOOK_MS)
        midnight.timeout.connect(self._look_at_the_day)
        midnight.start()
        self.side.load()
        self._load()
        self._load_stalled()

    def _make_list(self) -> QListView:
        made = QListView(self)
        made.setModel(self.lines)
        painter = AgendaPainter(made)
        painter.ticked.connect(self._tick)
        made.setItemDelegate(painter)
        made.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        made.setMouseTracking(True)
        made.setAccessibleName(_("Next steps to take"))
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        made.doubleClicked.connect(lambda _index: self.answers.open())
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(self._offer_menu)
        for name, run in self.answers.runs().items():
            actions.make(name, made, run)
        return made

    @property
    def _is_narrow(self) -> bool:
        return self.width() < theme.px(_NARROW_BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons show their icons only, and the pane beside takes less."""
        super().resizeEvent(event)
        narrow = self._is_narrow
        self.side.setFixedWidth(theme.px(_SIDE_NARROW if narrow else _SIDE_WIDTH))
        self._count.say("" if narrow else self._counted)
        for name, button in self._buttons.items():
            declared = actions.spec(name)
            button.setText("" if narrow and declared.icon else declared.title)

    def _left(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.XS)
        self._day = clock.today()
        self._title = Elided(days.show_with_weekday(self._day), "heading", self)
        head.addWidget(self._title)
        head.addSpacing(theme.XS)
        # The day keeps its room; what is told of it takes what is left.
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addWidget(self._count, 1)
        for name, run in self.answers.runs().items():
            declared = actions.spec(name)
            button = QPushButton(declared.title, self)
            button.setProperty("role", "quiet")
            button.setAccessibleName(declared.title)
            button.setToolTip(f"{declared.title}  {declared.shown_keys}")
            # The list keeps the focus, so that the keys go on working after a click.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if declared.icon:
                theme.put_icon(button, declared.icon)
            button.clicked.connect(lambda _checked=False, run=run: run())
            head.addWidget(button)
            self._buttons[name] = button
        every = QPushButton(_("All next steps"), self)
        every.setProperty("role", "link")
        every.clicked.connect(lambda _checked=False: self.session.go("trips", view="tasks"))
        head.addWidget(every)
        Folding(self, head, [button for button in self._buttons.values() if not button.icon().isNull()])
        self.empty = EmptyState(
            _("Nothing is due"),
            _("Next steps of leads, visits and projects appear here by their day."),
            icon="circle-check",
            step=_("Log a lead"),
            run=lambda: self.session.log_wanted.emit(None),
            action="log",
        )
        self.beginning = Beginning(self.session, self)
        self._stack = QStackedLayout()
        for widget in (self.list, self.empty, self.beginning):
            self._stack.addWidget(widget)
        left = QVBoxLayout()
        left.setSpacing(theme.S)
        left.addLayout(head)
        left.addLayout(self._stack, 1)
        return left

    def _look_at_the_day(self) -> None:
        if clock.today() != self._day:
            self.side.load()
            self._load()
            self._load_stalled()

    def _load(self) -> None:
        self._day = clock.today()
        self._title.say(days.show_with_weekday(self._day))
        book, away, rules = self.session.book, self.session.away, rules_of(self.session.settings)
        self._latest.read(lambda: read_steps(book, away, rules), self._show_steps, owner=self)
        self.side.load_drafts()

    def _load_stalled(self) -> None:
        book = self.session.book
        self._latest_stalled.read(lambda: read_stalled(book), self._show_stalled, owner=self)

    def _show_steps(self, steps: Shown) -> None:
        self._skeleton.done()
        self._steps = steps
        self._show(replace(steps, stalled=self._stalled))

    def _show_stalled(self, stalled: tuple[ProjectRow, ...]) -> None:
        before, self._stalled = self._stalled, stalled
        if self._steps is not None and stalled != before:
            self._show(replace(self._steps, stalled=stalled))

    def _show(self, shown: Shown) -> None:
        keep_row = max(self.list.currentIndex().row(), 0)
        before, chosen = self.lines.keys(), [key_of(line) for line in self.chosen()]
        self.lines.put(shown)
        self._show_empty(shown.agenda)
        # Nobody stands in what is not seen: coming back, one begins where the list does.
        self._keep_place(before[keep_row:] if self.isVisible() else [], keep_row, chosen)
        told = self._told(shown)
        self._counted = told
        self._count.say("" if self._is_narrow else told)
        self.count_changed.emit(told)
        self._offer()

    def _keep_place(self, before: Sequence[Key | None], keep_row: int, chosen: Sequence[Key | None]) -> None:
        """Stand where one stood, else on what came after it and is still here; what was chosen stays chosen."""
        rows = {key: row for row, key in enumerate(self.lines.keys()) if key is not None}
        row = next((rows[key] for key in before if key in rows), self.lines.first_step(keep_row))
        back = rows.get(self._answered) if self._answered is not None else None
        if back is not None:
            # What was answered last is open again: undo leads back to it.
            row, self._answered = back, None
        elif before and before[0] not in rows:
            self._answered = before[0]
        if row < 0:
            return
        self.list.setCurrentIndex(self.lines.index(row))
        still = [rows[key] for key in chosen if key in rows]
        if row in still:
            for other in still:
                self.list.selectionModel().select(self.lines.index(other), QItemSelectionModel.SelectionFlag.Select)

    def _show_empty(self, agenda: Agenda) -> None:
        later = agenda.later
        if later is not None:
            day = days.show_near_with_weekday(later.due, clock.today())
            self.empty.say(
                _("All done for the next seven days"),
                _("Next is “{what}” on {day}.").format(what=later.what, day=day),
            )
        elif agenda.begun:
            self.empty.say(_("Nothing is due"), _("Next steps of leads, visits and projects appear here by their day."))
        shown = self.list if self.lines.rowCount() else self.empty if agenda.begun else self.beginning
        if self._stack.currentWidget() is not shown:
            focused = self.isAncestorOf(QApplication.focusWidget() or self)
            self._stack.setCurrentWidget(shown)
            if focused:
                self.focus_first()

    @staticmethod
    def _told(shown: Shown) -> str:
        agenda = shown.agenda
        overdue, today, week = agenda.counts
        told = _("{overdue} overdue · {today} today · {week} in 7 days").format(overdue=overdue, today=today, week=week)
        if shown.stalled:
            told += _(" · {n} stalled").format(n=len(shown.stalled))
        return told if agenda.begun else ""

    def _offer(self) -> None:
        """Show the buttons that can be used with what is chosen."""
        for name, button in self._buttons.items():
            # On hold is for projects alone; the others keep their place.
            button.setVisible(name != "task_hold" or self.answers.fits(name))
            button.setEnabled(self.answers.fits(name))

    def _offer_menu(self, at: QPoint) -> None:
        if self.list.indexAt(at).isValid() and self.chosen():
            menu = self.answers.menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.list.viewport().mapToGlobal(at))

    def _tick(self, index: QModelIndex) -> None:
        line = self.lines.line(index.row())
        if isinstance(line, Due):
            self.answers.tick([line.id])

    def refresh(self, changes: Changes) -> None:
        """Read the agenda again where anything it shows changed."""
        if changes.touches(*_STEPS):
            self._load()
        if changes.touches(*_BESIDE):
            self.side.load()
        if changes.touches(*_STALLED):
            self._load_stalled()

    def show_location(self, location: Location) -> None:
        """Put the cursor on a step that search found; look for drafts that were kept elsewhere meanwhile."""
        self.side.load_drafts()
        row = self.lines.row_of(location.record) if location.record is not None else -1
        if row >= 0:
            self.list.setCurrentIndex(self.lines.index(row))

    def changeEvent(self, event: QEvent) -> None:
        """Look for drafts again when a form has closed: what it kept is in no unit, so that nothing tells of it."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow() and self.isVisible():
            self.side.load_soon()

    def focus_first(self) -> None:
        """Let the arrow keys walk the steps, or Space take the first step there is."""
        if self.empty.isVisible():
            self.empty.focus_step()
        else:
            (self.beginning if self.beginning.isVisible() else self.list).setFocus()

    def current(self) -> Due | None:
        """Return the step under the cursor."""
        line = self._line(self.list.currentIndex())
        return line if isinstance(line, Due) else None

    def _line(self, index: QModelIndex) -> Answered | None:
        line = self.lines.line(index.row()) if index.isValid() else None
        return None if isinstance(line, Heading) else line

    def chosen(self) -> list[Answered]:
        """Return the chosen lines, the one under the cursor first."""
        model = self.list.selectionModel()
        rows = sorted(model.selectedIndexes(), key=lambda index: (index != model.currentIndex(), index.row()))
        return [line for index in rows if (line := self._line(index)) is not None]
