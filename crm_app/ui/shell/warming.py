"""Imports the places beside the window once the first one stands there: going to another keeps nobody waiting."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from crm_app.ui import late
from crm_app.ui.places import KNOWN
from crm_app.ui.session import Session

_AFTER_MS = 1500


class Warming(QObject):
    """Waits a moment after a book is opened; stops when the window closes."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._moment = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._moment.timeout.connect(self._begin)
        session.opened.connect(self._moment.start)
        session.closing.connect(self._moment.stop)

    def _begin(self) -> None:
        self._session.read(lambda _book: late.warm(KNOWN), lambda _done: None, owner=self)
