"""Reminders of next steps and promises: looks once a minute what is to be said now, says it once, and leads to it.

The rule is ``domain/reminders.py``; here are the clock, the tray and the memory of what was said. While the book is
locked only ids, days and times are known, and only how many there are is said.

Imported when the first book is opened: the shell paints without the domain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QWidget

from crm_app import clock
from crm_app.domain.reminders import Away, Rules, Step, due_now, remember
from crm_app.i18n import _, ngettext
from crm_app.services import reminders
from crm_app.services.book import Book
from crm_app.services.reminders import Waiting
from crm_app.settings import Settings
from crm_app.ui.places import START
from crm_app.ui.session import Session
from crm_app.ui.shell.tray import Tray
from crm_app.ui.where import show_owner

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes
    from crm_app.ui.main_window import MainWindow

_EVERY_MS = 60_000
_AFTER_START_MS = 2_000
_AFTER_CHANGE_MS = 1_000
_AWAY = timedelta(minutes=5)
"""A longer gap between two looks means that the program did not run, or the laptop slept."""
_NAMED = 3
"""How many steps a note names."""


class Face(Protocol):
    """What is asked of a tray: ``Tray``, or what a test puts in its place."""

    clicked: SignalInstance

    def say(self, title: str, text: str) -> bool:
        """Show a note; False where none can be shown."""

    def rest(self) -> None:
        """Show nothing more."""


def rules_of(settings: Settings) -> Rules:
    """Return what is chosen on this laptop."""
    begins, start, end = map(time.fromisoformat, (settings.day_begins, *settings.quiet_hours))
    return Rules(settings.reminders_on, begins, start, end)


def wall_ms(instant_ms: int) -> datetime:
    """Return an instant as wall time without a zone, as business days are."""
    return clock.local(instant_ms).replace(tzinfo=None)


class Reminder(QObject):
    """One a session. One timer that is set anew after each look: a laptop that slept for a week looks once."""

    def __init__(
        self,
        session: Session,
        window: QWidget,
        tray: Face,
        locked: Callable[[], bool],
        now_ms: Callable[[], int] = clock.now_ms,
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._tray = session, window, tray
        self._locked, self._now_ms = locked, now_ms
        self._latest = session.latest()
        self._known: Waiting | None = None
        self._said: list[UUID] = []
        self._wanted = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        session.opened.connect(self._begin)
        session.changed.connect(self._heed)
        session.closing.connect(self._stop)
        session.left.connect(self._stop)
        tray.clicked.connect(self.show_said)

    def _begin(self) -> None:
        self._known, self._said = None, []
        self._timer.start(_AFTER_START_MS)

    def _heed(self, changes: Changes) -> None:
        if changes.touches("task", "need", "calendar_day"):
            self._timer.start(_AFTER_CHANGE_MS)

    def _stop(self) -> None:
        self._timer.stop()
        self._latest.drop()
        self._known, self._said, self._wanted = None, [], False
        self._tray.rest()

    def note_away(self) -> bool:
        """Note that the program runs; where it did not for a while, say in ``session.away`` since when."""
        now, seen = self._now_ms(), self._session.settings.seen_ms
        self._session.settings.note_seen(now)
        if seen is None or timedelta(milliseconds=now - seen) < _AWAY:
            return False
        self._session.away = Away(wall_ms(seen), wall_ms(now))
        return True

    def look(self) -> None:
        """See what is to be said now."""
        self._timer.start(_EVERY_MS)
        if not self._session.has_book:
            return
        if self.note_away():
            self._session.away_noted.emit()
        if self._locked():
            self._say_due()
        else:
            book = self._session.book
            self._latest.read(lambda: _waiting(book), self._take, owner=self)

    def _take(self, found: Waiting | None) -> None:
        self._known = found
        self._say_due()

    def _say_due(self) -> None:
        if self._known is None:
            return
        session, path = self._session, self._session.book.path
        told = session.settings.reminded(path)
        now = wall_ms(self._now_ms())
        due = due_now(self._known.steps, now, rules_of(session.settings), self._known.calendar, told)
        if not due:
            return
        # Before it is said: a program that dies meanwhile says it never rather than twice.
        session.settings.set_reminded(path, remember(told, due, clock.today()))
        self._said = [step.id for step in due]
        if session.is_protected or self._locked():
            self._say(due, [])
        else:
            named = self._said[:_NAMED]
            session.read(lambda book: reminders.words(book, named), lambda words: self._say(due, words), owner=self)

    def _say(self, due: Sequence[Step], words: Sequence[str]) -> None:
        title = _title(due)
        if words:
            left = len(due) - len(words)
            more = _("{n} more").format(n=left)
            text = "\n".join([*words, more] if left else words)
        else:
            text = _("Open the program to see them.")
        if not self._tray.say(title, text) and not self._locked():
            self._session.say(title)

    def show_said(self) -> None:
        """Bring the window to the front, and what was said last in it."""
        self._tray.rest()
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.activateWindow()
        self._wanted = self._locked()
        if self._wanted or not self._said:
            return
        if len(self._said) == 1:
            show_owner(self._session, self._said[0], self)
        else:
            self._session.go(START, self._said[0])

    def unlocked(self) -> None:
        """Go where a click led that came while the book was locked."""
        if self._wanted:
            self.show_said()


def _title(due: Sequence[Step]) -> str:
    count = len(due)
    if not any(step.owed for step in due):
        return ngettext("{n} next step is due", "{n} next steps are due", count).format(n=count)
    if all(step.owed for step in due):
        return ngettext("{n} promise or ask is due", "{n} promises or asks are due", count).format(n=count)
    return ngettext("{n} next step or promise is due", "{n} next steps and promises are due", count).format(n=count)


def remind(session: Session, window: MainWindow) -> Reminder:
    """Return the reminder of a session, with the system's tray."""
    reminder = Reminder(session, window, Tray(window), lambda: window.lock.is_on)
    window.lock.ended.connect(reminder.unlocked)
    return reminder


def _waiting(book: Book) -> Waiting | None:
    """Return what may be reminded of; None in the sample, whose days are long past."""
    return None if clock.is_pinned() else reminders.waiting(book)
