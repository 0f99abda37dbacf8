"""When next steps are reminded of: by a note or not, when the working day begins, when it is quiet."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.settings import HOURS
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted

_WIDTH = 96


class RemindersPart(Part):
    """Belongs to the laptop, not to the book; every choice counts at once."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        settings = session.settings
        self.on = QCheckBox(_("Remind of next steps by a note of the system"), self)
        self.on.setChecked(settings.reminders_on)
        self.on.toggled.connect(self._switch)
        self.begins = self._hours(_("The working day begins at"), settings.day_begins)
        self.quiet_from = self._hours(_("Quiet from"), settings.quiet_hours[0])
        self.quiet_to = self._hours(_("Quiet until"), settings.quiet_hours[1])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.on)
        layout.addWidget(
            muted(
                _(
                    "Each step is said once for its day; where the book has a password, only how many there are. "
                    "They stand in Today either way."
                ),
                self,
            )
        )
        layout.addSpacing(theme.M)
        layout.addLayout(self._form())
        layout.addWidget(
            muted(
                _(
                    "A step with only a day is said when the working day begins, on the next one if it is a day off; "
                    "a step whose words name a time (14:30, 下午三点) at that time."
                ),
                self,
            )
        )
        layout.addStretch(1)
        self._switch(settings.reminders_on)

    def _hours(self, words: str, chosen: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(words)
        combo.setFixedWidth(theme.px(_WIDTH))
        combo.addItems(HOURS)
        combo.setCurrentText(chosen)
        combo.activated.connect(lambda _row: self._keep())
        return combo

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.L)
        form.setVerticalSpacing(theme.S)
        label = QLabel(_("The working day begins at"), self)
        label.setBuddy(self.begins)
        form.addRow(label, self.begins)
        quiet = QHBoxLayout()
        quiet.setSpacing(theme.S)
        quiet.addWidget(self.quiet_from)
        quiet.addWidget(QLabel(_("to"), self))
        quiet.addWidget(self.quiet_to)
        self.quiet = muted("", self)
        quiet.addWidget(self.quiet, 1)
        label = QLabel(_("Quiet hours"), self)
        label.setBuddy(self.quiet_from)
        form.addRow(label, quiet)
        return form

    def _switch(self, on: bool) -> None:
        self.session.settings.reminders_on = on
        for combo in (self.begins, self.quiet_from, self.quiet_to):
            combo.setEnabled(on)
        self._say_quiet()

    def _keep(self) -> None:
        settings = self.session.settings
        settings.day_begins = self.begins.currentText()
        settings.quiet_hours = self.quiet_from.currentText(), self.quiet_to.currentText()
        self._say_quiet()

    def _say_quiet(self) -> None:
        same = self.quiet_from.currentText() == self.quiet_to.currentText()
        self.quiet.setText(_("the same time twice: never quiet") if same else "")

    def focus_first(self) -> None:
        """Start at the switch."""
        self.on.setFocus()
