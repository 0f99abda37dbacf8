"""Tab goes as one reads: Qt goes in the order in which widgets were made, wherever a layout puts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow(parts: Iterable[QWidget]) -> None:
    """Let Tab go through these parts of a window one after the other, through each in the order it was made in."""
    before: QWidget | None = None
    for part in parts:
        for widget in stops(part):
            if before is not None:
                QWidget.setTabOrder(before, widget)
            before = widget


def stops(part: QWidget) -> Iterator[QWidget]:
    """Yield the widgets of a part at which Tab stops while they are shown."""
    for widget in (part, *part.findChildren(QWidget)):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes == Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            yield widget
