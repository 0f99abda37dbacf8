"""Says where a file was saved, and opens it or its folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.elided import Elided


class SavedBar(QWidget):
    """Hidden until something was saved."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S, 0, theme.S, 0)
        row.setSpacing(theme.XS)
        self.told = Elided("", "muted", self)
        row.addWidget(self.told, 1)
        self.open_file = self._link(_("Open"), self._open)
        row.addWidget(self.open_file)
        self.open_folder = self._link(_("Open the folder"), self._open_folder)
        row.addWidget(self.open_folder)
        away = QToolButton(self)
        theme.put_icon(away, "x")
        away.setAccessibleName(_("Close"))
        away.clicked.connect(lambda _checked=False: self.hide())
        row.addWidget(away)
        self.hide()

    def _link(self, words: str, run: object) -> QPushButton:
        link = QPushButton(words, self)
        link.setProperty("role", "link")
        link.clicked.connect(run)
        return link

    def say(self, path: Path) -> None:
        """Say that this file was written, or that files were written into this folder."""
        self.path = path
        self.told.say(_("Saved as {path}").format(path=path))
        self.open_file.setVisible(path.is_file())
        self.show()

    def _open(self) -> None:
        if self.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path)))

    def _open_folder(self) -> None:
        if self.path is not None:
            folder = self.path if self.path.is_dir() else self.path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
