"""Between the search field of a list and its rows: ↓ and Enter walk into them, letters typed on them search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from crm_app.ui.widgets.data_list import DataList


class SearchWalk(QObject):
    """Listens to the search field of one list."""

    def __init__(self, listed: DataList) -> None:
        super().__init__(listed)
        self._list = listed
        self._to_rows = False
        listed.search.installEventFilter(self)
        listed.search.returnPressed.connect(self._walk_to_rows)
        listed.table.typed.connect(self._type)
        listed.filled.connect(lambda _held, _complete: self._arrive())

    def _type(self, letters: str) -> None:
        """Letters typed on the rows search."""
        self._list.search.setFocus()
        self._list.search.setText(self._list.search.text() + letters)

    def _walk_to_rows(self) -> None:
        """Enter in the field: go to the rows of what was typed as soon as they are there."""
        self._to_rows = True
        self._list.search.commit_now()
        self._list.reload()

    def _arrive(self) -> None:
        """Put the focus on the rows; a single one that was found is opened."""
        wanted, self._to_rows = self._to_rows, False
        if wanted and self._list.model.rowCount():
            self._list.table.setFocus()
            rows = self._list.model.rows()
            if self._list.query and len(rows) == 1:
                self._list.activated.emit(rows[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let ↓ walk from the field into the rows."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
            and not self._list.search.composing
            and self._list.model.rowCount()
        ):
            self._list.table.setFocus()
            return True
        return super().eventFilter(watched, event)
