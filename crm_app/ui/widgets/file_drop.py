"""Files dropped on a widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Lets files of this computer be dropped anywhere on ``over``."""

    def __init__(self, over: QWidget, take: Callable[[Sequence[Path]], object]) -> None:
        super().__init__(over)
        self._take = take
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the drag, and hand over what was dropped."""
        if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            paths = files_in(event.mimeData())
            if not paths:
                return False
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self._take(paths)
            return True
        return super().eventFilter(watched, event)


def files_in(held: QMimeData) -> list[Path]:
    """Return the files of this computer that are dragged or were copied; folders are left out."""
    paths = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]
