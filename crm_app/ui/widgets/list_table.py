"""The table of a list: whole rows, letters typed on it search, Home and End go to its ends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView


class ListTable(QTableView):
    """A table of whole rows that hands letters typed on it to ``typed``."""

    typed = Signal(str)

    def keyboardSearch(self, search: str) -> None:
        """Let the search of the book find it: looking through every row here would read them all."""
        self.typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last row."""
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.model().rowCount():
            last = self.model().rowCount() - 1
            self.setCurrentIndex(self.model().index(0 if event.key() == Qt.Key.Key_Home else last, 0))
            return
        super().keyPressEvent(event)
