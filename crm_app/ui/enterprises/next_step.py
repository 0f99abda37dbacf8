"""Adding a next step to an enterprise, in words."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import tasks
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.keeping import KeepingDialog
from crm_app.ui.widgets.next_step import NextStepField
from crm_app.ui.widgets.parts import trouble


class NextStepDialog(KeepingDialog):
    """One line: “下周三 回访”, echoed as the day it means. Enter saves."""

    def __init__(self, session: Session, parent: QWidget, enterprise: UUID, about: str) -> None:
        super().__init__(parent)
        self._session, self._enterprise = session, enterprise
        self.setWindowTitle(_("Next step"))
        # A closed form that lived on would keep its text as a draft once more.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(440))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.S)
        subject = QLabel(about, self)
        subject.setProperty("role", "strong")
        subject.setWordWrap(True)
        layout.addWidget(subject)
        self.next_step = NextStepField(self)
        self.next_step.field.returnPressed.connect(self._save)
        layout.addWidget(self.next_step)
        self.error = trouble(self)
        layout.addWidget(self.error)
        layout.addLayout(self._saving_row(_("Enter saves · Esc keeps a draft"), self._save))
        actions.make("save", self, self._save)
        self._autosave = session.autosave(self, f"next_step:{enterprise}", lambda: {"next_step": self.next_step.text()})
        self.next_step.set_text(self._autosave.restore().get("next_step", ""))
        self.next_step.field.textEdited.connect(lambda _text: self._autosave.touch())

    def _save(self) -> None:
        typed = self.next_step.text()
        self._write_once(
            self._session,
            _("Next step"),
            lambda book: tasks.add_task(book, typed, enterprise_id=self._enterprise),
            lambda _id: self._close_saved(),
            self._refuse,
            draft=self._autosave,
        )

    def _refuse(self, error: CrmError) -> None:
        self.error.setText(str(error))
        self.error.show()
        self.next_step.field.setFocus()


def open_next_step(session: Session, parent: QWidget, enterprise: UUID, about: str) -> NextStepDialog:
    """Open the dialog."""
    dialog = NextStepDialog(session, parent, enterprise, about)
    dialog.open()
    dialog.next_step.field.setFocus()
    return dialog
