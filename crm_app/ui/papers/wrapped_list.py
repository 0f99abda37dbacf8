"""A list of sentences that wrap to the width of its column and never scroll sideways."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

_ROLE = Qt.ItemDataRole.UserRole


class WrappedList(QListWidget):
    """Sentences, each with what it stands for; Enter or a click takes one."""

    taken = Signal(object)
    """What the sentence stands for; never None."""

    def __init__(self, parent: QWidget, label: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.itemActivated.connect(self._take)
        self.itemClicked.connect(self._take)

    def put(self, sentences: Iterable[tuple[str, Any]], hint: str = "") -> None:
        """Show other sentences, as (words, what they stand for or None)."""
        self.clear()
        for words, value in sentences:
            item = QListWidgetItem(words)
            item.setData(_ROLE, value)
            item.setToolTip(hint if value is not None else "")
            self.addItem(item)

    def _take(self, item: QListWidgetItem) -> None:
        if item.data(_ROLE) is not None:
            self.taken.emit(item.data(_ROLE))
