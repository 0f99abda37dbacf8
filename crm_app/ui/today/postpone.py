"""Moving next steps to another day: three ready days and any day in words."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _
from crm_app.services import tasks
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import fit_height
from crm_app.ui.widgets.keeping import KeepingDialog
from crm_app.ui.widgets.text_field import TextField

READY = ("明天", "下周一", "下周三")
"""Read, not shown: the buttons bear the days these words mean today."""


class PostponeDialog(KeepingDialog):
    """Type 下周三 and Enter, or press one of the ready days."""

    def __init__(self, session: Session, parent: QWidget, steps: Sequence[UUID], what: str) -> None:
        super().__init__(parent)
        self._session, self._steps = session, steps
        self.setWindowTitle(_("Postpone"))
        self.finished.connect(self.deleteLater)
        self.setMinimumWidth(theme.px(420))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.setSpacing(theme.S)
        subject = QLabel(what, self)
        subject.setWordWrap(True)
        subject.setProperty("role", "strong")
        layout.addWidget(subject)
        self.day = TextField(self, placeholder=_("To which day? tomorrow, next Wed, 2 Dec"), label=_("New day"))
        self._autosave = session.autosave(self, f"postpone:{steps[0]}", lambda: {"day": self.day.text()})
        self.day.textChanged.connect(self._echo)
        self.day.returnPressed.connect(self._save)
        layout.addWidget(self.day)
        self.echo = QLabel(self)
        self.echo.setProperty("role", "echo")
        self.echo.setWordWrap(True)
        layout.addWidget(self.echo)
        layout.addLayout(self._buttons())
        self.day.setText(self._autosave.restore().get("day", ""))
        self.day.textChanged.connect(lambda _text: self._autosave.touch())
        actions.make("save", self, self._save)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for word in READY:
            day = days.parse_day(word, clock.today()).first
            far = (day - clock.today()).days
            ready = QPushButton(days.relative(day, clock.today()) if far == 1 else days.show_with_weekday(day), self)
            ready.setToolTip(f"{days.relative(day, clock.today())}  {days.show_with_weekday(day)}")
            ready.setAutoDefault(False)
            ready.clicked.connect(lambda _checked=False, day=day: self._take(day.isoformat()))
            row.addWidget(ready)
        row.addStretch(1)
        save = QPushButton(_("Postpone"), self)
        save.setProperty("role", "primary")
        save.setAutoDefault(False)
        save.clicked.connect(lambda _checked=False: self._save())
        row.addWidget(save)
        return row

    def _take(self, word: str) -> None:
        self.day.setText(word)
        self._save()

    def _echo(self, text: str) -> None:
        try:
            read = days.parse_day(text, clock.today(), ahead=True) if text.strip() else None
        except BadInput:
            read = None
        self._say(f"→ {days.show_near_with_weekday(read.last, clock.today())}" if read else "", "echo")

    def _save(self) -> None:
        if self.day.composing:
            return
        typed = self.day.text()
        steps = self._steps
        self._write_once(
            self._session,
            _("Postpone a next step"),
            lambda book: tasks.postpone_tasks(book, steps, typed),
            lambda _due: self._close_saved(),
            self._refuse,
            draft=self._autosave,
        )

    def _refuse(self, error: CrmError) -> None:
        self._say(str(error), "error")
        # A sentence of two lines is read whole.
        fit_height(self)
        self.day.setFocus()

    def _say(self, sentence: str, role: str) -> None:
        self.echo.setProperty("role", role)
        self.echo.style().polish(self.echo)
        self.echo.setText(sentence)


def open_postpone(
    session: Session, parent: QWidget, task: UUID, what: str, *, more: Sequence[UUID] = ()
) -> PostponeDialog:
    """Open the dialog for a step, and ``more`` that are moved with it."""
    dialog = PostponeDialog(session, parent, [task, *more], what)
    dialog.open()
    dialog.day.setFocus()
    return dialog


def postpone(session: Session, steps: Sequence[UUID], day: str) -> None:
    """Move steps to a day without asking."""
    session.write(_("Postpone a next step"), lambda book, _progress: tasks.postpone_tasks(book, steps, day))
