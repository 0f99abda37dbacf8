"""From the page of one record to its neighbours in the list it was opened from."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject

from crm_app.services.lists import Row
from crm_app.ui.widgets.data_list import DataList


class ListWalk(QObject):
    """Moves the cursor of a list along, so that coming back to it one stands where one has got to."""

    def __init__(self, rows: DataList) -> None:
        super().__init__(rows)
        self._list = rows
        self._wanted: Callable[[], object] | None = None
        rows.current_changed.connect(self._look_again)
        rows.model.dataChanged.connect(lambda *_cells: self._look_again())

    def step(self, here: UUID, by: int, go: Callable[[UUID], object], ended: Callable[[], object]) -> None:
        """Call ``go`` with the record so many rows from ``here``, or ``ended``.

        A row that is not read yet is waited for.
        """
        current = self._list.current()
        if current is None or current.id != here:
            self._wanted = lambda: self._from(here, by, go, ended)
            self._list.choose(here)
            self._look_again()
        else:
            self._from(here, by, go, ended)

    def forget(self) -> None:
        """Wait for no row any more: one has gone elsewhere."""
        self._wanted = None

    def _from(self, here: UUID, by: int, go: Callable[[UUID], object], ended: Callable[[], object]) -> bool:
        current = self._list.current()
        if current is None or current.id != here:
            return False
        model, table = self._list.model, self._list.table
        line = table.currentIndex().row() + by
        while 0 <= line < model.rowCount() and model.head(line) is not None:
            line += by
        if not 0 <= line < model.rowCount():
            ended()
            return True
        table.selectRow(line)
        self._wanted = lambda: self._arrive(go)
        self._look_again()
        return True

    def _arrive(self, go: Callable[[UUID], object]) -> bool:
        row: Row | None = self._list.current()
        if row is not None:
            go(row.id)
        return row is not None

    def _look_again(self, _row: Row | None = None) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not wanted() and self._wanted is None:
            self._wanted = wanted
