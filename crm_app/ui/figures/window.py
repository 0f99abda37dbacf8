"""The bar that chooses a window of dates: ready ones, or two days typed in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.text_field import TextField
from crm_app.ui.windows_of_days import presets


class WindowBar(QWidget):
    """``chosen`` carries the first and the last day."""

    chosen = Signal(object, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        self.preset = QComboBox(self)
        self.preset.setAccessibleName(_("Window"))
        for word, start, end in presets(clock.today()):
            self.preset.addItem(_(word), (start, end))
        self.start = TextField(self, label=_("From"), placeholder=_("From"))
        self.end = TextField(self, label=_("Until"), placeholder=_("Until"))
        for field in (self.start, self.end):
            field.setFixedWidth(theme.px(120))
            field.returnPressed.connect(self._choose)
        show = QPushButton(_("Show"), self)
        show.clicked.connect(lambda _checked=False: self._choose())
        self.preset.currentIndexChanged.connect(lambda _index: self._take_preset())
        row.addWidget(self.preset)
        row.addWidget(self.start)
        row.addWidget(QLabel("–", self))
        row.addWidget(self.end)
        row.addWidget(show)
        row.addStretch(1)
        self._fill()

    def _fill(self) -> None:
        start, end = self.preset.currentData()
        self.start.setText(start.isoformat())
        self.end.setText(end.isoformat())

    def _take_preset(self) -> None:
        self._fill()
        self._choose()

    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day; None, with a sentence told, where they cannot be read."""
        try:
            first = days.parse_day(self.start.text(), clock.today()).first
            last = days.parse_day(self.end.text(), clock.today()).last
        except BadInput as error:
            self._session.trouble.emit(str(error))
            return None
        return first, last

    def _choose(self) -> None:
        window = self.days()
        if window is not None:
            self.chosen.emit(*window)
