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
    """Stays as long as the sample is open."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sample")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, 2, theme.XS, 2)
        row.setSpacing(theme.S)
        name = QLabel(_("Sample"), self)
        name.setProperty("role", "strong")
        row.addWidget(name)
        row.addWidget(
            Elided(
                _("A half-year to try things in, partly published, partly fictional; today is {day} here.").format(
                    day=days.show_date(clock.today())
                ),
                parent=self,
            ),
            1,
        )
        self.leave = QPushButton(_("Leave the sample"), self)
        self.leave.setProperty("role", "quiet")
        self.leave.setToolTip(_("To your own book, or to the start. What was typed in the sample stays in it."))
        self.leave.clicked.connect(lambda _checked=False: session.leave_wanted.emit())
        row.addWidget(self.leave)
