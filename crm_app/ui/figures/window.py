"""The bar that chooses a window of dates and what it is compared with: ready ones, or two days typed in words."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.counting import Window
from crm_app.errors import BadInput
from crm_app.i18n import N_, _
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.parts import choose, combo, label
from crm_app.ui.widgets.text_field import TextField
from crm_app.ui.windows_of_days import presets, usual

_CUSTOM, _YEAR, _BEFORE, _NONE = "custom", "year", "before", "none"
_OTHERS = (
    (_YEAR, N_("Same window last year")),
    (_BEFORE, N_("The window before")),
    (_CUSTOM, N_("Another window")),
    (_NONE, N_("Nothing")),
)
_DAY_WIDTH = 120
_ALIKE = 0.1
"""Months and half-years that differ by less are compared as they are."""
_LAST_WINDOW, _LAST_OTHER = "figures_window", "figures_compared"
"""What the laptop's settings know the last choices by."""


class Span(QWidget):
    """Two days; ``edited`` once other ones are typed and can be read."""

    edited = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._taken = ("", "")
        self.read: Window | None = None
        """The last two days that could be read."""
        self.start = TextField(self, label=_("From"), placeholder=_("From"))
        self.end = TextField(self, label=_("Until"), placeholder=_("Until"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        for field in (self.start, self.end):
            field.setMinimumWidth(theme.px(_DAY_WIDTH))
            field.setMaximumWidth(theme.px(_DAY_WIDTH + 16))
            field.returnPressed.connect(self._take)
        # Left after the first field, the second one is still to be typed.
        self.end.left.connect(self._take)
        row.addWidget(self.start)
        row.addWidget(QLabel("–", self))
        row.addWidget(self.end)

    def put(self, window: Window) -> None:
        """Show a window, without telling."""
        self.start.setText(days.show_short(window.first))
        self.end.setText(days.show_short(window.last))
        self._taken = (self.start.text(), self.end.text())
        self.read = window

    def _take(self) -> None:
        typed = (self.start.text(), self.end.text())
        if typed == self._taken:
            return
        self._taken = typed
        try:
            today = clock.today()
            self.read = Window(days.parse_day(typed[0], today).first, days.parse_day(typed[1], today).last)
        except BadInput as error:
            self._session.trouble.emit(str(error))
        else:
            self.edited.emit()


class WindowBar(QWidget):
    """``chosen`` carries the window and the one it is compared with, or None."""

    chosen = Signal(object, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        ready = [(_(word), Window(first, last)) for word, first, last in presets(clock.today())]
        self.preset = combo(_("Window"), [*ready, (_("Own window"), None)], self._take_preset, self)
        self.span = Span(session, self)
        self.other = combo(_("Compared with"), [(_(word), name) for name, word in _OTHERS], self._take_other, self)
        self.other_span = Span(session, self)
        self.start, self.end = self.span.start, self.span.end
        self.span.edited.connect(self._own)
        self.other_span.edited.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.preset)
        row.addWidget(self.span)
        row.addSpacing(theme.S)
        beside = label(_("Compared with"), "muted", self)
        beside.setBuddy(self.other)
        row.addWidget(beside)
        row.addWidget(self.other)
        row.addWidget(self.other_span)
        self.unlike = Elided("", "muted", self)
        row.addWidget(self.unlike, 1)
        self._recall()

    def _recall(self) -> None:
        word = self._session.settings.last(_LAST_WINDOW) or usual(clock.today())
        self.preset.setCurrentIndex(max(self.preset.findText(_(word)), 0))
        if self.preset.currentData() is None:
            self.preset.setCurrentIndex(0)
        choose(self.other, self._session.settings.last(_LAST_OTHER) or _YEAR)
        self.span.put(self.preset.currentData())
        self._show_other()

    def _show_other(self) -> None:
        custom = self.other.currentData() == _CUSTOM
        window = self.span.read
        if custom and window is not None and self.other_span.read is None:
            self.other_span.put(window.year_before())
        self.other_span.setVisible(custom)

    def windows(self) -> tuple[Window, Window | None] | None:
        """Return the window and the other one; None where no such days were chosen yet."""
        window = self.span.read
        if window is None:
            return None
        match self.other.currentData():
            case name if name == _YEAR:
                return window, window.year_before()
            case name if name == _BEFORE:
                return window, window.before()
            case name if name == _CUSTOM:
                return None if self.other_span.read is None else (window, self.other_span.read)
            case _:
                return window, None

    @property
    def with_last_year(self) -> bool:
        """Say whether the comparison is with the same window a year before."""
        return str(self.other.currentData()) == _YEAR

    def _own(self) -> None:
        with QSignalBlocker(self.preset):
            self.preset.setCurrentIndex(self.preset.count() - 1)
        self._choose()

    def _take_preset(self) -> None:
        window = self.preset.currentData()
        if window is None:
            self.span.start.setFocus()
            self.span.start.selectAll()
            return
        word = next(word for word, first, last in presets(clock.today()) if _(word) == self.preset.currentText())
        self._session.settings.set_last(_LAST_WINDOW, word)
        self.span.put(window)
        self._choose()

    def _take_other(self) -> None:
        self._session.settings.set_last(_LAST_OTHER, self.other.currentData())
        self._show_other()
        self._choose()

    def _choose(self) -> None:
        windows = self.windows()
        if windows is not None:
            self.unlike.say(_unlike(*windows))
            self.chosen.emit(*windows)


def _unlike(window: Window, other: Window | None) -> str:
    """Say that two windows are of unlike lengths: what a longer one holds is no growth."""
    if other is None:
        return ""
    here, there = ((one.last - one.first).days + 1 for one in (window, other))
    if abs(here - there) <= _ALIKE * max(here, there):
        return ""
    return _("{n} days against {m}").format(n=here, m=there)
