"""Asks where a file is or shall be, and remembers the folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_app.paths import file_name
from crm_app.ui.session import Session

_LAST_FOLDER = "import_folder"


def ask_for_file(
    session: Session,
    parent: QWidget,
    title: str,
    pattern: str,
    take: Callable[[Path], object],
    *,
    folder: str = _LAST_FOLDER,
) -> None:
    """Let the user choose a file that is there; ``pattern`` is Qt's, such as ``Tables (*.xlsx *.csv)``."""
    asked = _asked(session, parent, title, pattern, take, folder)
    asked.setFileMode(QFileDialog.FileMode.ExistingFile)
    asked.open()


def ask_for_files(
    session: Session, parent: QWidget, title: str, pattern: str, take: Callable[[Sequence[Path]], object]
) -> None:
    """Let the user choose files that are there, several at once."""
    asked = _asked(session, parent, title, pattern, lambda _path: None)
    asked.setFileMode(QFileDialog.FileMode.ExistingFiles)
    asked.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    asked.open()


def ask_where(
    session: Session,
    parent: QWidget,
    title: str,
    name: str,
    pattern: str,
    take: Callable[[Path], object],
    *,
    folder: str = _LAST_FOLDER,
) -> None:
    """Let the user choose where to write a file; ``name`` is offered, and its ending added where none is typed.

    ``folder`` names the setting that remembers where such files went last.
    """
    asked = _asked(session, parent, title, pattern, take, folder)
    asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    words, dot, suffix = name.rpartition(".")
    asked.setDefaultSuffix(suffix)
    asked.selectFile(file_name(words, f"{dot}{suffix}"))
    asked.open()


def ask_for_folder(
    session: Session, parent: QWidget, title: str, take: Callable[[Path], object], *, folder: str = _LAST_FOLDER
) -> None:
    """Let the user choose a folder to write several files into."""

    def chosen(path: Path) -> None:
        session.settings.set_last(folder, str(path))
        take(path)

    asked = _asked(session, parent, title, "", chosen, folder)
    asked.setFileMode(QFileDialog.FileMode.Directory)
    asked.setOption(QFileDialog.Option.ShowDirsOnly)
    asked.open()


def _asked(
    session: Session,
    parent: QWidget,
    title: str,
    pattern: str,
    take: Callable[[Path], object],
    folder: str = _LAST_FOLDER,
) -> QFileDialog:
    def chosen(name: str) -> None:
        path = Path(name)
        session.settings.set_last(folder, str(path.parent))
        take(path)

    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    asked = QFileDialog(parent, title, session.settings.last(folder) or documents, pattern)
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asked.fileSelected.connect(chosen)
    return asked
