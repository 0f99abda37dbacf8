"""The open next steps of an enterprise, always in sight: set, done and postponed in place."""

from __future__ import annotations

from functools import partial
from itertools import islice
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QPushButton, QScrollArea, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.tasks import Task
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import tasks
from crm_app.ui import actions, theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Section
from crm_app.ui.session import Session
from crm_app.ui.today.postpone import READY, open_postpone, postpone
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.next_step import NextStepField

_ROOM = 3
"""Steps shown without scrolling."""
_AT_ONCE = 6
"""Lines made at once: a busy enterprise has hundreds, and each has four controls. The others come as it is scrolled."""


class StepsCard(Section):
    """A line for each open step: what, when, Done, Postpone; below them the line in which one is set."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        spec = actions.spec("next_step")
        super().__init__(
            _("What comes next"), parent, add=_("Add…"), run=self.begin, tip=f"{spec.title}  {spec.shown_keys}"
        )
        self._session = session
        self._enterprise: UUID | None = None
        self._autosave: Autosave | None = None
        self._saving: tuple[UUID, str] | None = None
        self.adding = NextStepField(self)
        self.adding.field.returnPressed.connect(self._save)
        self.adding.field.textEdited.connect(lambda _text: self._touch())
        self.adding.field.installEventFilter(self)
        self.adding.field.textChanged.connect(lambda text: self.adding.echo.setVisible(bool(text.strip())))
        self.adding.echo.hide()
        self._layout.addWidget(self.adding)

    def put(self, shown: Shown) -> None:
        """Show the steps of an enterprise, those due first on top; without any, the line to set one."""
        steps = shown.page.tasks
        if self._enterprise != shown.page.enterprise.id:
            if self._autosave is not None:
                # What was typed for one enterprise is never kept for another.
                self._autosave.end()
            self._enterprise = shown.page.enterprise.id
            self._autosave = self._session.autosave(self.adding, f"next_step:{self._enterprise}", self._typed)
            self.adding.set_text(self._autosave.restore().get("next_step", ""))
        if not self.adding.field.hasFocus():
            self.adding.setVisible(not steps or bool(self.adding.text()))
        with self.filled() as inside:
            if steps:
                self.add(self._lines(steps, inside))
        self._layout.addWidget(self.adding)

    def _lines(self, steps: list[Task], parent: QWidget) -> QWidget:
        # Each is made where it stands: what gets another parent is dressed twice.
        area = QScrollArea(parent)
        inside = QWidget(area.viewport())
        inside.setProperty("role", "clear")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.XS, 0)
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        left = enumerate(steps)

        def more() -> None:
            for row, task in islice(left, _AT_ONCE):
                self._add_line(grid, row, task)

        more()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        line = inside.sizeHint().height() // min(len(steps), _AT_ONCE)
        area.setFixedHeight(line * min(len(steps), _ROOM) + theme.XS)

        def scrolled(at: int) -> None:
            # The bar is asked for each time: what PySide once answered may be that of an area that is gone.
            bar = area.verticalScrollBar()
            if at > bar.maximum() - bar.pageStep():
                more()

        area.verticalScrollBar().valueChanged.connect(scrolled)
        return area

    def _add_line(self, grid: QGridLayout, row: int, task: Task) -> None:
        today = clock.today()
        inside = grid.parentWidget()
        assert inside is not None, "it is laid out there"
        what = Elided(task.what, parent=inside)
        when = QLabel(f"{days.relative(task.due, today)}  {days.show_near_with_weekday(task.due, today)}", inside)
        when.setProperty("role", "error" if task.due < today else "muted")
        grid.addWidget(what, row, 0)
        grid.addWidget(when, row, 1, Qt.AlignmentFlag.AlignRight)
        done = self._button("task_done", task, inside)
        done.clicked.connect(lambda _checked=False: self._finish(task))
        later = self._button("task_postpone", task, inside)
        menu = QMenu(later)
        menu.aboutToShow.connect(lambda: self._offer_days(menu, task))
        later.setMenu(menu)
        grid.addWidget(done, row, 2)
        grid.addWidget(later, row, 3)

    def _offer_days(self, menu: QMenu, task: Task) -> None:
        """Fill the menu of a line with the days it can be put off to."""
        menu.clear()
        today = clock.today()
        for word in READY:
            day = days.parse_day(word, today).first
            ready = menu.addAction(f"{days.show_with_weekday(day)}  {days.relative(day, today)}")
            ready.triggered.connect(partial(self._postpone, task, day.isoformat()))
        other = menu.addAction(_("Another day…"))
        other.triggered.connect(lambda _checked=False: open_postpone(self._session, self, task.id, task.what))

    def _button(self, action: str, task: Task, parent: QWidget) -> QPushButton:
        spec = actions.spec(action)
        button = QPushButton(spec.title, parent)
        button.setProperty("role", "quiet")
        button.setAccessibleName(_("{action}: {what}").format(action=spec.title, what=task.what))
        theme.put_icon(button, spec.icon)
        return button

    def _finish(self, task: Task) -> None:
        self._session.write(_("Tick off a next step"), lambda book, _progress: tasks.finish_task(book, task.id))

    def _postpone(self, task: Task, day: str, _checked: bool = False) -> None:
        postpone(self._session, [task.id], day)

    def begin(self) -> None:
        """Let a next step be typed."""
        self.adding.show()
        self.adding.field.setFocus()

    def _touch(self) -> None:
        if self._autosave is not None:
            self._autosave.touch()

    def _typed(self) -> dict[str, str]:
        return {"next_step": self.adding.text()}

    def _save(self) -> None:
        enterprise, typed = self._enterprise, self.adding.text()
        if enterprise is None or self.adding.field.composing or self._saving == (enterprise, typed):
            return
        self._saving = enterprise, typed
        self._session.write(
            _("Next step"),
            lambda book, _progress: tasks.add_task(book, typed, enterprise_id=enterprise),
            lambda _id: self._saved(enterprise, typed),
            lambda error: self._refuse(enterprise, error),
            owner=self,
        )

    def _saved(self, enterprise: UUID, typed: str) -> None:
        """Put the line away; what was typed meanwhile, here or for another enterprise, stays."""
        self._saving = None
        if enterprise != self._enterprise:
            self._session.drafts.drop(f"next_step:{enterprise}")
        elif self.adding.text() == typed:
            if self._autosave is not None:
                self._autosave.discard()
            self.adding.set_text("")
            self.adding.hide()

    def _refuse(self, enterprise: UUID, error: CrmError) -> None:
        self._saving = None
        if enterprise != self._enterprise:
            self._session.trouble.emit(str(error))
            return
        self.adding.echo.setText(str(error))
        self.adding.echo.show()
        self.adding.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the line away with Esc; what is typed is kept as a draft."""
        if (
            watched is self.adding.field
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and not self.adding.field.composing
        ):
            if self._autosave is not None:
                self._autosave.now()
            self.adding.setVisible(self._body is None or self._body.isHidden())
            self.focusNextChild()
            return True
        return super().eventFilter(watched, event)
