"""Between the search field of a list and its rows: ↓ and Enter walk into them, letters typed on them search."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from crm_app.services.lists import Row
from crm_app.ui.widgets.list_model import ListModel
from crm_app.ui.widgets.list_table import ListTable
from crm_app.ui.widgets.text_field import TextField


class SearchWalk(QObject):
    """Listens to a search field; ``reload`` reads the rows anew, ``open_row`` opens the single one that was found."""

    def __init__(
        self,
        search: TextField,
        table: ListTable,
        model: ListModel,
        reload: Callable[[], object],
        open_row: Callable[[Row], object],
    ) -> None:
        super().__init__(table)
        self._search, self._table, self._model = search, table, model
        self._reload, self._open_row = reload, open_row
        self._to_rows = False
        search.installEventFilter(self)
        search.returnPressed.connect(self._walk_to_rows)
        table.typed.connect(self._type)

    def _type(self, letters: str) -> None:
        """Letters typed on the rows search."""
        self._search.setFocus()
        self._search.setText(self._search.text() + letters)

    def _walk_to_rows(self) -> None:
        """Enter in the field: go to the rows of what was typed as soon as they are there."""
        self._to_rows = True
        self._search.commit_now()
        self._reload()

    def arrive(self) -> None:
        """Put the focus on the rows that arrived, where they were asked for by Enter; a single one is opened."""
        wanted, self._to_rows = self._to_rows, False
        if wanted and self._model.rowCount():
            self._table.setFocus()
            rows = self._model.rows()
            if self._search.text().strip() and len(rows) == 1:
                self._open_row(rows[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let ↓ walk from the field into the rows."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
            and not self._search.composing
            and self._model.rowCount()
        ):
            self._table.setFocus()
            return True
        return super().eventFilter(watched, event)
