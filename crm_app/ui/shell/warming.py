"""Makes the places beforehand, once the first one stands there: going to another keeps nobody waiting.

They are imported beside the window, then made in it, a part at a time, between two turns of its loop and only while
nobody is at work. Making one the moment somebody goes there held the window for a fifth of a second. Here too Python is
let look for what is in no use any more: for what is new every other second, for all of it once nobody has touched the
window for a while.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

from crm_app.collecting import keep_what_is_there, search, search_new, uncollected
from crm_app.ui import late, theme
from crm_app.ui.main_window import MainWindow
from crm_app.ui.places import KNOWN
from crm_app.ui.shell import commands
from crm_app.ui.widgets.turns import AT_WORK

_AFTER_MS = 400
_BETWEEN_MS = 50
"""Most of the time is left to whatever else is to be done."""
_PAUSE = 10
"""So many turns are left out after a key or a click: half a second."""
_ALONE_MS = 60_000
_NEW_MS = 2_000


class Warming(QObject):
    """Waits a moment after a book is opened; stops when the window closes or leaves the book."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._ahead: Iterator[object] = iter(())
        self._left_out = 0
        self._moment = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._moment.timeout.connect(self._begin)
        self._turn = QTimer(self, interval=_BETWEEN_MS)
        self._turn.timeout.connect(self._step)
        self._alone = QTimer(self, singleShot=True, interval=_ALONE_MS)
        self._alone.timeout.connect(self._tidy)
        self._new = QTimer(self, interval=_NEW_MS)
        self._new.timeout.connect(search_new)
        self._new.start()
        session = window.session
        self._importing = session.latest()
        # Another language or size makes every page anew; another look dresses them anew.
        for begun in (session.opened, session.language_changed, session.sizes_changed, theme.signals.changed):
            begun.connect(self._start)
        for ended in (session.left, session.closing):
            ended.connect(self._stop)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)

    def _start(self) -> None:
        self._stop()
        self._moment.start()

    def _stop(self) -> None:
        self._importing.drop()
        self._moment.stop()
        self._turn.stop()

    def _begin(self) -> None:
        if self._window.session.has_book:
            self._importing.read(_imported, lambda _done: self._make(), owner=self)

    def _make(self) -> None:
        keep_what_is_there()
        self._ahead = self._window.pages.ahead()
        self._turn.start()

    def _step(self) -> None:
        """Make one part, where nobody was at work just now."""
        if self._left_out:
            self._left_out -= 1
        elif self._may and next(self._ahead, self) is self:
            self._turn.stop()
            keep_what_is_there()

    @property
    def _may(self) -> bool:
        """Whether a page stands there, nothing is being read for it, and the window is not locked."""
        window = self._window
        return window.page is not None and not window.lock.is_on and not window.session.background.busy

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            # Installed once more it only moves to the front.
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave some turns out while somebody types or clicks."""
        if event.type() in AT_WORK:
            self._left_out = _PAUSE
            self._alone.start()
        return False

    def _tidy(self) -> None:
        if self._window.session.background.busy:
            self._alone.start()
        else:
            search()


def _imported() -> None:
    with uncollected():
        late.warm(KNOWN)
        commands.prepare()
