"""A part of a column under a heading that folds it away: what is missing, what a figure stands on, what differs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crm_app.ui import theme
from crm_app.ui.papers.wrapped_list import WrappedList


class Section(QWidget):
    """A heading over ``body``; a click on the heading, or Space, folds it. Unfolded, it takes the room there is."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        self.head = QToolButton(self)
        self.head.setProperty("role", "section")
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.head.clicked.connect(lambda _checked=False: self.fold(not self.folded))
        column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        self._inner = QWidget(self)
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.XS)
        column.addWidget(self._inner, 1)
        self.say(title)
        self.fold(False)

    @property
    def folded(self) -> bool:
        """Whether only its heading is shown."""
        return self._inner.isHidden()

    @property
    def title(self) -> str:
        """The words of its heading."""
        return self.head.text()

    def say(self, title: str) -> None:
        """Bear another heading."""
        self.head.setText(title)
        self.head.setAccessibleName(title)

    def fold(self, folded: bool) -> None:
        """Show the heading alone, or all of it."""
        self._inner.setVisible(not folded)
        theme.put_icon(self.head, "chevron-right" if folded else "chevron-down", "muted")
        vertical = QSizePolicy.Policy.Fixed if folded else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)


class ListSection(Section):
    """Sentences under a heading; one that stands for a row leads to it."""

    row_wanted = Signal(object)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.list = WrappedList(self, title)
        self.list.taken.connect(self.row_wanted)
        self.body.addWidget(self.list, 1)

    def put(self, title: str, sentences: Iterable[tuple[str, Any]], hint: str = "") -> None:
        """Show other sentences, unfolded, under another heading; without any, the heading alone."""
        self.say(title)
        self.list.setAccessibleName(title)
        self.list.put(sentences, hint)
        self.list.setVisible(bool(self.list.count()))
        self.fold(False)
        self.show()
