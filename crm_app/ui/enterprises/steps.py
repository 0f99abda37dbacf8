"""The open next steps of an enterprise, always in sight: done or postponed in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.tasks import Task
from crm_app.i18n import _
from crm_app.services import tasks
from crm_app.ui import actions, theme
from crm_app.ui.enterprises.section import focus_kept
from crm_app.ui.session import Session
from crm_app.ui.today.postpone import open_postpone
from crm_app.ui.widgets.elided import Elided

_ROOM = 4
"""Steps shown without scrolling."""


class StepsCard(QFrame):
    """A line for each open step: what, when, Done, Postpone."""

    def __init__(self, session: Session, add: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.XS, theme.S, theme.S)
        layout.setSpacing(0)
        head = QHBoxLayout()
        title = QLabel(_("What comes next"), self)
        title.setProperty("role", "strong")
        head.addWidget(title)
        head.addStretch(1)
        more = QPushButton(_("Add…"), self)
        more.setProperty("role", "link")
        more.setToolTip(f"{actions.spec('next_step').title}  {actions.spec('next_step').shown_keys}")
        more.setAccessibleName(actions.spec("next_step").title)
        more.clicked.connect(lambda _checked=False: add())
        head.addWidget(more)
        layout.addLayout(head)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self._area)
        self.put(())

    def put(self, steps: Sequence[Task]) -> None:
        """Show other steps, those due first on top."""
        inside = QWidget()
        inside.setProperty("role", "clear")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.XS, 0)
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for row, task in enumerate(steps):
            self._add(grid, row, task)
        if not steps:
            quiet = QLabel(_("None is set. Press T and type it in words, such as 下周三 回访."), inside)
            quiet.setProperty("role", "muted")
            grid.addWidget(quiet, 0, 0)
        with focus_kept(self):
            self._area.setWidget(inside)
        height = theme.CONTROL * min(len(steps), _ROOM) if steps else theme.ROW
        self._area.setFixedHeight(height + theme.XS)

    def _add(self, grid: QGridLayout, row: int, task: Task) -> None:
        today = clock.today()
        what = Elided()
        what.say(task.what)
        when = QLabel(f"{days.relative(task.due, today)}  {days.show_with_weekday(task.due)}")
        when.setProperty("role", "error" if task.due < today else "muted")
        grid.addWidget(what, row, 0)
        grid.addWidget(when, row, 1, Qt.AlignmentFlag.AlignRight)
        done = self._button("task_done", task, lambda: self._finish(task))
        later = self._button("task_postpone", task, lambda: self._postpone(task))
        grid.addWidget(done, row, 2)
        grid.addWidget(later, row, 3)

    def _button(self, action: str, task: Task, run: Callable[[], object]) -> QPushButton:
        spec = actions.spec(action)
        button = QPushButton(spec.title)
        button.setProperty("role", "quiet")
        button.setAccessibleName(_("{action}: {what}").format(action=spec.title, what=task.what))
        theme.put_icon(button, spec.icon)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _finish(self, task: Task) -> None:
        self._session.write(_("Tick off a next step"), lambda book, _progress: tasks.finish_task(book, task.id))

    def _postpone(self, task: Task) -> None:
        open_postpone(self._session, self.window(), task.id, task.what)
