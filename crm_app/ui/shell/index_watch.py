"""The search index after a ledger: its many pieces are merged bit by bit, while nothing else is written."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from crm_app.errors import Cancelled, CrmError, Locked
from crm_app.ui import late
from crm_app.ui.crash import Bug
from crm_app.ui.session import Session

_AFTER_MS = 3_000
_BETWEEN_MS = 100


class IndexWatch(QObject):
    """One a session. What is typed and saved goes first: a bit takes some hundredths of a second."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        session.opened.connect(self._begin)
        session.changed.connect(self._begin)
        session.left.connect(self._timer.stop)
        session.closing.connect(self._timer.stop)

    def _begin(self) -> None:
        self._timer.start(_AFTER_MS)

    def look(self) -> None:
        """Merge a bit, unless something is being written: then a little later."""
        if not self._session.has_book:
            return
        if self._session.background.writing:
            self._begin()
            return
        book = self._session.book
        self._session.background.write(
            "", lambda _progress: late.service("checkup").merge_index(book), self._go_on, self._fail, owner=self
        )

    def _go_on(self, some_left: bool) -> None:
        # Whoever changed something meanwhile has set the clock anew.
        if some_left and not self._timer.isActive():
            self._timer.start(_BETWEEN_MS)

    def _fail(self, error: CrmError) -> None:
        if not isinstance(error, (Cancelled, Locked, Bug)):
            self._session.trouble.emit(str(error))
