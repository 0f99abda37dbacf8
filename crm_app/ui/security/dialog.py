"""A dialog that asks for the secrets a change of the protection needs, makes the change, and shows how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from crm_app.errors import BadInput, Cancelled, CrmError
from crm_app.i18n import _
from crm_app.services.book import Book
from crm_app.ui import theme
from crm_app.ui.background import Job, Progress
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import fit_height
from crm_app.ui.widgets.parts import label
from crm_app.ui.widgets.password import NewPassword, PasswordField, show_box

_WIDTH = 460


@dataclass(frozen=True, repr=False)
class Secrets:
    """What was typed: the secret that opens the book now, the password it shall have; empty where not asked for."""

    old: str
    new: str


Act = Callable[[Book, Secrets, Progress], Any]


class SecretDialog(QDialog):
    """``act`` runs beside the window; while it does, the dialog stays, with a button that stops it."""

    changed = Signal(object)
    """What ``act`` answered; the dialog is closed."""

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        title: str,
        lead: str,
        button: str,
        act: Act,
        *,
        asks_old: bool,
        asks_new: bool,
    ) -> None:
        super().__init__(parent)
        self._session, self._act = session, act
        self._job: Job | None = None
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(theme.px(_WIDTH))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        self._column.setSpacing(theme.S)
        self._line(lead, "")
        self.old = self._old_field() if asks_old else None
        self.new = self._new_fields() if asks_new else None
        if self.old is not None and self.new is None:
            self._column.addWidget(show_box(self.old))
        self.error = self._line("", "error")
        self.error.hide()
        self._how_far = self._line("", "muted")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._column.addWidget(self._bar)
        self._bar.hide()
        self._how_far.hide()
        self._column.addLayout(self._buttons(button))
        session.background.progressed.connect(self._move)
        fit_height(self)

    def _line(self, text: str, role: str) -> QLabel:
        made = label(text, role, self, wrap=True)
        self._column.addWidget(made)
        return made

    def _old_field(self) -> PasswordField:
        label = QLabel(_("Present password or recovery key"), self)
        field = PasswordField(self, label=label.text())
        label.setBuddy(field)
        self._column.addWidget(label)
        self._column.addWidget(field)
        field.returnPressed.connect(self._enter)
        return field

    def _new_fields(self) -> NewPassword:
        fields = NewPassword(self._session, _("New password"), self)
        fields.entered.connect(self.run)
        if self.old is not None:
            fields.shown.toggled.connect(self.old.set_shown)
        self._column.addWidget(fields)
        return fields

    def _buttons(self, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        self.leave = QPushButton(_("Cancel"), self)
        self.leave.clicked.connect(lambda _checked=False: self.reject())
        self.go = QPushButton(words, self)
        self.go.setProperty("role", "primary")
        self.go.clicked.connect(lambda _checked=False: self.run())
        for button in (self.leave, self.go):
            # Enter walks through the fields and starts the change from the last one.
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _enter(self) -> None:
        if self.new is None:
            self.run()
        else:
            self.new.first.setFocus()

    def run(self) -> None:
        """Make the change, where what it needs was typed."""
        if self._job is not None:
            return
        self.error.hide()
        old = "" if self.old is None else self.old.text()
        if self.old is not None and not old:
            self._refuse_old(_("Type the present password first."))
            return
        new = "" if self.new is None else self.new.taken()
        if new is None:
            return
        secrets = Secrets(old, new)
        self._show_busy(True)
        book = self._session.book
        self._job = self._session.background.write(
            self.windowTitle(),
            lambda progress: self._act(book, secrets, progress),
            self._finish,
            self._fail,
            owner=self,
        )

    def _show_busy(self, busy: bool) -> None:
        for part in (self.old, self.new, self.go):
            if part is not None:
                part.setEnabled(not busy)
        self._bar.setRange(0, 0)
        self._bar.setVisible(busy)
        self._how_far.setVisible(busy)
        self._how_far.setText("")
        self.leave.setText(_("Stop") if busy else _("Cancel"))
        self.leave.setEnabled(True)
        fit_height(self)

    def _move(self, job: Job, done: int, total: int, text: str) -> None:
        if job is self._job:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._how_far.setText(text)

    def _finish(self, answer: object) -> None:
        self._job = None
        self.accept()
        self.changed.emit(answer)

    def _fail(self, error: CrmError) -> None:
        self._job = None
        self._show_busy(False)
        if self.old is not None and not isinstance(error, (Cancelled, BadInput)):
            self._refuse_old(str(error))
        else:
            self._say(str(error))

    def _refuse_old(self, words: str) -> None:
        assert self.old is not None
        self._say(words)
        self.old.selectAll()
        self.old.setFocus()

    def _say(self, words: str) -> None:
        self.error.setText(words)
        self.error.show()
        fit_height(self)

    def reject(self) -> None:
        """Close, or stop what is under way: it ends as it began, and the dialog says so."""
        if self._job is None:
            super().reject()
        else:
            self._job.cancel()
            self.leave.setEnabled(False)
            self._how_far.setText(_("Stopping…"))
