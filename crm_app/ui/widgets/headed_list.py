"""A list whose rows stand under heads that are no rows themselves."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from crm_app.ui import theme


class HeadedList(QListWidget):
    """Home leads to the first row, not to the head above it, which could not be chosen."""

    def add_head(self, words: str) -> None:
        """Add a head; what is added next stands under it."""
        head = QListWidgetItem(words, self)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setSizeHint(QSize(0, theme.ROW))
        small = QFont(self.font())
        small.setPixelSize(theme.SMALL)
        head.setFont(small)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the first row with Home."""
        if event.key() == Qt.Key.Key_Home:
            rows = (row for row in range(self.count()) if self.item(row).flags() & Qt.ItemFlag.ItemIsEnabled)
            self.setCurrentRow(next(rows, -1))
        else:
            super().keyPressEvent(event)
