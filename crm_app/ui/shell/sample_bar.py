"""The bar over every page of the sample: says that it is one, and leaves it by one click."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.elided import Elided


class SampleBar(QFrame):
    """Shown as long as the sample is open."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("sample")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, 2, theme.XS, 2)
        row.setSpacing(theme.S)
        name = QLabel(_("Sample"), self)
        name.setProperty("role", "strong")
        row.addWidget(name)
        self._words = Elided(parent=self)
        row.addWidget(self._words, 1)
        self.leave = QPushButton(_("Leave the sample"), self)
        self.leave.setProperty("role", "quiet")
        self.leave.setToolTip(_("To your own book, or to the start. What was typed in the sample stays in it."))
        self.leave.clicked.connect(lambda _checked=False: session.leave_wanted.emit())
        row.addWidget(self.leave)
        session.opened.connect(self._follow)
        session.left.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        told = _("A half-year to try things in, partly published, partly fictional; today is {day} here.")
        self._words.say(told.format(day=days.show_date(clock.today())))
        self.setVisible(self._session.is_sample)
