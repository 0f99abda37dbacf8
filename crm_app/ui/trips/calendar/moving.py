"""What is asked before something of the calendar is put on another day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext
from crm_app.services import calendar
from crm_app.services.calendar import Item
from crm_app.ui import actions, theme
from crm_app.ui.widgets.lines import plain
from crm_app.ui.widgets.text_field import TextField

_WIDTH = 440
_NAMED = 4


class _Asking(QDialog):
    def __init__(self, parent: QWidget, title: str, about: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setFixedWidth(theme.px(_WIDTH))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        self._layout.setSpacing(theme.S)
        subject = QLabel(about, self)
        subject.setTextFormat(Qt.TextFormat.PlainText)
        subject.setProperty("role", "strong")
        subject.setWordWrap(True)
        self._layout.addWidget(subject)

    def _foot(self, words: str, *before: QPushButton) -> QPushButton:
        row = QHBoxLayout()
        leave = QPushButton(_("Leave it"), self)
        leave.setAutoDefault(False)
        leave.clicked.connect(lambda _checked=False: self.reject())
        go = QPushButton(words, self)
        go.setProperty("role", "primary")
        go.clicked.connect(lambda _checked=False: self.take())
        row.addWidget(leave)
        row.addStretch(1)
        for one in (*before, go):
            row.addWidget(one)
        self._layout.addLayout(row)
        actions.make("save", self, self.take)
        return go

    def take(self) -> None:
        """Do it."""
        self.accept()


class MoveDialog(_Asking):
    """To which day? Typed in words; ``chosen`` carries it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, item: Item) -> None:
        super().__init__(parent, _("Move to another day"), calendar.told(item))
        self.day = TextField(self, placeholder=_("To which day? tomorrow, next Wed, 2 Dec"), label=_("New day"))
        self.day.returnPressed.connect(self.take)
        self.day.textChanged.connect(lambda _text: self._echo())
        self._layout.addWidget(self.day)
        self.echo = QLabel(self)
        self.echo.setProperty("role", "echo")
        self._layout.addWidget(self.echo)
        self._foot(_("Move it")).setAutoDefault(False)
        self.day.setFocus()

    def _read(self) -> date | None:
        try:
            return days.parse_day(self.day.text(), clock.today(), ahead=True).first if self.day.text().strip() else None
        except BadInput:
            return None

    def _echo(self) -> None:
        day = self._read()
        self.echo.setText(f"→ {days.show_whole(day)}" if day else "")

    def take(self) -> None:
        """Hand the day on."""
        day = self._read()
        if day is not None and not self.day.composing:
            self.accept()
            self.chosen.emit(day)


class MoveTripDialog(_Asking):
    """A whole trip moves: said with its new days, and with whom they are agreed, before it does.

    ``chosen`` carries whether those are to be asked anew.
    """

    chosen = Signal(bool)

    def __init__(self, parent: QWidget, item: Item, to: date, agreed: Sequence[str]) -> None:
        super().__init__(parent, _("Move a trip"), item.title)
        until = to + (item.until - item.on)
        by = (to - item.on).days
        for before, after in ((item.on, to), (item.until, until)):
            shown = f"{days.show_with_weekday(before)} → {days.show_with_weekday(after)}"
            self._layout.addWidget(QLabel(shown, self))
        moves = ngettext("{n} day", "{n} days", abs(by)).format(n=abs(by))
        words = (
            _("Its planned visits move with it, later by {days}.")
            if by > 0
            else _("Its planned visits move with it, earlier by {days}.")
        )
        hint = QLabel(words.format(days=moves), self)
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        self._layout.addWidget(hint)
        if agreed:
            self._tell_agreed(agreed)
            known = QPushButton(_("Move; they know"), self)
            known.setAutoDefault(False)
            known.clicked.connect(lambda _checked=False: self._choose(anew=False))
        self._ask_again = bool(agreed)
        go = self._foot(_("Move, ask again") if agreed else _("Move the trip"), *([known] if agreed else []))
        go.setDefault(True)
        go.setFocus()

    def _tell_agreed(self, agreed: Sequence[str]) -> None:
        words, more = _(", ").join(agreed[:_NAMED]), len(agreed) - _NAMED
        told = _("Agreed for the old days: {names}").format(
            names=ngettext("{names} and {n} other", "{names} and {n} others", more).format(names=words, n=more)
            if more > 0
            else words
        )
        self._layout.addWidget(plain(told))

    def take(self) -> None:
        """Move it, as the button that is proposed says."""
        self._choose(anew=self._ask_again)

    def _choose(self, *, anew: bool) -> None:
        self.accept()
        self.chosen.emit(anew)
