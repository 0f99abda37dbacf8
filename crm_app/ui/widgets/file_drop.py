"""Files dropped on a widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from crm_app.i18n import _
from crm_app.ui.widgets.drop_hint import DropHint

LEDGERS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".et", ".csv", ".tsv", ".txt", ".vcf", ".ics")
"""Endings of what the import reads as rows."""
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif")
"""Endings of what the import reads as business cards."""
_MOST_NAMED = 3


@dataclass(frozen=True)
class Told:
    """What a drop would do, in words, and ``place``, the part of the widget it would do it with.

    Where it does not ``take`` the files the words say what to do instead.
    """

    words: str
    place: QRect | None = None
    takes: bool = True


class FileDrop(QObject):
    """Lets files of this computer be dropped anywhere on ``over``, and says meanwhile what a drop is going to do.

    ``told`` answers for the dragged paths at a spot of ``over``, None leaves them to what is around it; ``take`` gets
    the paths and the spot.
    """

    def __init__(
        self,
        over: QWidget,
        take: Callable[[Sequence[Path], QPoint], object],
        told: Callable[[Sequence[Path], QPoint], Told | None],
    ) -> None:
        super().__init__(over)
        self._take, self._told = take, told
        self.hint = DropHint(over)
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the drag, and hand over what was dropped."""
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Hide):
            self.hint.hide()
        if not isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            return super().eventFilter(watched, event)
        paths = paths_in(event.mimeData())
        if not paths:
            # What is dragged within the window is none of ours.
            return super().eventFilter(watched, event)
        spot = event.position().toPoint()
        told = self._told(paths, spot)
        if told is None:
            self.hint.hide()
            event.ignore()
            return True
        if told.takes:
            event.acceptProposedAction()
        else:
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()
        if event.type() != QEvent.Type.Drop:
            self.hint.tell(told.words, named(paths), told.place, takes=told.takes)
            return True
        self.hint.hide()
        if told.takes:
            self._take(paths, spot)
        return True


def named(paths: Sequence[Path]) -> str:
    """Return the names of files, and how many more there are."""
    shown = _(", ").join(path.name for path in paths[:_MOST_NAMED])
    more = len(paths) - _MOST_NAMED
    return _("{names} and {n} more").format(names=shown, n=more) if more > 0 else shown


def paths_in(held: QMimeData) -> list[Path]:
    """Return the files and folders of this computer that are dragged or were copied."""
    return [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]


def files_in(held: QMimeData) -> list[Path]:
    """Return the files of this computer that are dragged or were copied; folders are left out."""
    return [path for path in paths_in(held) if path.is_file()]
