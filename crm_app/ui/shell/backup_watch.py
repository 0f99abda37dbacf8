"""Backups that are made by themselves: looks now and then whether one is due, and whether the second place is there."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from crm_app.errors import Cancelled, CrmError, Locked
from crm_app.i18n import _
from crm_app.settings import BACKUP_FOLDER, Settings
from crm_app.ui import late
from crm_app.ui.crash import Bug
from crm_app.ui.session import Session

if TYPE_CHECKING:
    from crm_app.services.backups import State

_BETWEEN_LOOKS_MS = 20_000


def second_place(settings: Settings) -> Path | None:
    """Return the second place of this laptop's backups; None where none was chosen."""
    kept = settings.last(BACKUP_FOLDER)
    return Path(kept) if kept else None


class BackupWatch(QObject):
    """One a session. A look runs beside the window and the writer: a slow stick keeps nobody waiting."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = self._again = self._was_here = False
        self._closing = Event()
        self._told: set[str] = set()
        self._timer = QTimer(self, interval=_BETWEEN_LOOKS_MS)
        self._timer.timeout.connect(self.look)
        session.opened.connect(self._begin)
        session.backup_wanted.connect(self._begin)
        session.left.connect(self._timer.stop)
        session.closing.connect(self._closing.set)

    def _begin(self) -> None:
        """Look anew, as if the second place had just appeared."""
        self._was_here = False
        self._told.clear()
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Make what is due, unless a look is under way: then once more after it."""
        if not self._session.has_book or self._closing.is_set():
            return
        if self._looking:
            self._again = True
            return
        self._looking = True
        second, appeared = second_place(self._session.settings), not self._was_here

        def report(_done: int, _total: int, _what: str) -> None:
            if self._closing.is_set():
                raise Cancelled(_("Stopped; nothing was changed."))

        self._session.read(
            lambda book: late.service("backups").keep_up(book, second, appeared=appeared, progress=report),
            self._show,
            self._fail,
            owner=self,
        )

    def _show(self, state: State) -> None:
        if not self._session.has_book:
            # It was left for the start meanwhile.
            self._rest()
            return
        if state.second_here and not self._was_here:
            # Its backups may know somebody who was erased while it was away. By the writer, as every erasure is.
            book = self._session.book
            self._session.background.write("", lambda _progress: late.service("erasure").erase_again(book))
        self._was_here = state.second_here
        self._session.backed_up.emit(state)
        if state.second is not None and any(one.parent == state.second for one in state.made):
            self._session.say(_("Backed up to {path}").format(path=state.second))
        self._tell(set(state.sentences))
        self._rest()

    def _tell(self, sentences: set[str]) -> None:
        """Tell what is new; what is wrong still is not told at every look."""
        for sentence in sorted(sentences - self._told):
            self._session.trouble.emit(sentence)
        self._told = sentences

    def _fail(self, error: CrmError) -> None:
        if not isinstance(error, (Cancelled, Locked, Bug)):
            self._tell({str(error)})
        self._rest()

    def _rest(self) -> None:
        self._looking = False
        if self._again:
            self._again = False
            self.look()
