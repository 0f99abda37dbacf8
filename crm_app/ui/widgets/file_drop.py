"""A file dropped on a widget."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Lets one file of this computer be dropped anywhere on ``over``; several at once are not taken."""

    def __init__(self, over: QWidget, take: Callable[[Path], object]) -> None:
        super().__init__(over)
        self._take = take
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the drag, and hand over what was dropped."""
        if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            path = one_file(event.mimeData())
            if path is None:
                return False
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self._take(path)
            return True
        return super().eventFilter(watched, event)


def one_file(dragged: QMimeData) -> Path | None:
    """Return the one file that is dragged; None where it is none, several, or not on this computer."""
    urls = dragged.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_file() else None
