"""Notices that nobody has touched the program for a while.

Wall time is compared, not a timer waited for: a laptop that slept counts the hours it was shut. Input is watched at the
windows, where all of it arrives; a filter on the application would be asked about every painted widget too.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication

from crm_app import clock
from crm_app.ui.widgets.turns import AT_WORK

_LOOK_EVERY_MS = 5_000
_MINUTE_MS = 60_000
_INPUT = AT_WORK | {QEvent.Type.MouseMove, QEvent.Type.TouchBegin, QEvent.Type.TabletPress}


class Idle(QObject):
    """Counts from the last key or move of the mouse; ``minutes`` is asked each time, 0 means never."""

    ran_out = Signal()

    def __init__(self, minutes: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._touched_at = 0
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(lambda: self.look(clock.now_ms()))
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)

    def begin(self) -> None:
        """Count from now."""
        self._touched_at = clock.now_ms()
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def look(self, now_ms: int) -> bool:
        """Say whether the time had run out at an instant; tell everybody, once."""
        minutes = self._minutes()
        if not self._timer.isActive() or not minutes or now_ms - self._touched_at < minutes * _MINUTE_MS:
            return False
        self.stop()
        self.ran_out.emit()
        return True

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            # Installed once more it only moves to the front.
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count anew from every input; one that comes after the time ran out, as on waking, is swallowed."""
        if event.type() not in _INPUT or not self._timer.isActive():
            return False
        now = clock.now_ms()
        if self.look(now):
            return True
        self._touched_at = now
        return False
