"""The report of a crash as it was written: read, copied, found in its folder; sent by nobody but the user."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.fitting import HIGHEST, WIDEST


class ReportDialog(QDialog):
    """Shows the file at ``path``, which holds places of the program and no data."""

    def __init__(self, parent: QWidget, path: Path) -> None:
        super().__init__(parent)
        self._path = path
        self.setWindowTitle(_("Report of the crash"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.size(WIDEST, HIGHEST))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.S)
        hint = QLabel(
            _(
                "This is all the report holds: where in the program it went wrong, and on which system. Nothing of "
                "your book is in it. It stays on this laptop; send it only if you like to."
            ),
            self,
        )
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        layout.addWidget(hint)
        self.text = QPlainTextEdit(path.read_text(encoding="utf-8"), self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.windowTitle())
        layout.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.copy_button = QPushButton(_("Copy"), self)
        self.copy_button.clicked.connect(lambda _checked=False: self.copy())
        folder = QPushButton(_("Open its folder"), self)
        folder.clicked.connect(lambda _checked=False: self._show_folder())
        close = QPushButton(_("Close"), self)
        close.setDefault(True)
        close.clicked.connect(lambda _checked=False: self.reject())
        for button in (self.copy_button, folder):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        layout.addLayout(row)

    def copy(self) -> None:
        """Put the text into the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))


def open_report(parent: QWidget, path: Path) -> ReportDialog:
    """Open a report."""
    dialog = ReportDialog(parent, path)
    dialog.open()
    return dialog
