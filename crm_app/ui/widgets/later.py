"""A part of a page behind a tab: made when it is first shown, or when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


class Later(QWidget, Generic[W]):
    """Stands in the place of a part until it is made, and holds it then."""

    def __init__(self, make: Callable[[QWidget], W], parent: QWidget) -> None:
        super().__init__(parent)
        self._make = make

    @cached_property
    def part(self) -> W:
        """The part; it is made now where it was not yet."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        made = self._make(self)
        layout.addWidget(made)
        return made

    @property
    def made(self) -> W | None:
        """The part, where it is made."""
        return self.part if "part" in vars(self) else None

    def setVisible(self, visible: bool) -> None:
        """Make the part before it is seen."""
        if visible:
            _made = self.part
        super().setVisible(visible)
