"""The field where a next step is typed in words: “下周三 回访” is echoed as the day it means before it is saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.ui.widgets.text_field import TextField


class NextStepField(QWidget):
    """One line and, under it, what it will become."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = TextField(self, placeholder=_("such as next Wed call back"), label=_("Next step"))
        self.field.textChanged.connect(self._echo)
        self.echo = QLabel(self)
        self.echo.setProperty("role", "echo")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.field)
        layout.addWidget(self.echo)
        self.setFocusProxy(self.field)
        self._echo("")

    def text(self) -> str:
        """Return what was typed."""
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Put text into the field."""
        self.field.setText(text)

    def _echo(self, text: str) -> None:
        self.echo.setText(_meaning(text))
        self.edited.emit()


def _meaning(text: str) -> str:
    if not text.strip():
        return " "
    try:
        due, what = days.parse_next_step(text, clock.today())
    except BadInput as error:
        return str(error)
    if due is None:
        return _("→ the next working day: {what}").format(what=what)
    if not what:
        return _("→ {day}; what is to be done?").format(day=days.show_near_with_weekday(due.last, clock.today()))
    return _("→ {day}: {what}").format(day=days.show_near_with_weekday(due.last, clock.today()), what=what)
