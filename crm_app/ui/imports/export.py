"""导出: every row of one kind to a workbook or a CSV file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_app import clock
from crm_app.errors import CrmError
from crm_app.i18n import N_, _, ngettext
from crm_app.services import exports
from crm_app.ui import actions, theme
from crm_app.ui.imports.ask_file import ask_where
from crm_app.ui.imports.words import KIND_WORDS
from crm_app.ui.session import Session

_FIRST_KIND = "enterprises"
_FORMATS = ((".xlsx", N_("Excel workbook (.xlsx)")), (".csv", N_("Text, separated by commas (.csv)")))
_WIDTH = 420


class ExportDialog(QDialog):
    """Which kind, which format, with or without what is personal; then where."""

    def __init__(self, session: Session, parent: QWidget, kind: str) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(_("Export"))
        self.setFixedWidth(_WIDTH)
        self.kind = QComboBox(self)
        for known in exports.KINDS:
            self.kind.addItem(_(KIND_WORDS[known]), known)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.format = QComboBox(self)
        for suffix, word in _FORMATS:
            self.format.addItem(_(word), suffix)
        self.personal = QCheckBox(_("With whole phone numbers, mail and personal notes"), self)
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.write = QPushButton(_("Export…"), self)
        self.write.setProperty("role", "primary")
        self.write.setDefault(True)
        self.write.clicked.connect(lambda _checked=False: self.ask())
        actions.make("save", self, self.ask)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.setSpacing(theme.S)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(1, 1)
        for row, (word, widget) in enumerate(((_("Every row of"), self.kind), (_("Written as"), self.format))):
            label = QLabel(word, self)
            label.setProperty("role", "muted")
            label.setBuddy(widget)
            widget.setAccessibleName(word)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        layout.addLayout(grid)
        layout.addWidget(self.personal)
        hint = QLabel(_("Otherwise phones are masked, mail and notes left out."), self)
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        layout.addWidget(hint)
        layout.addWidget(self.error)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        close = QPushButton(_("Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(lambda _checked=False: self.reject())
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.write)
        layout.addSpacing(theme.S)
        layout.addLayout(buttons)

    def ask(self) -> None:
        """Ask where the file goes."""
        suffix = self.format.currentData()
        name = f"{self.kind.currentText()} {clock.today().isoformat()}{suffix}"
        ask_where(self._session, self, _("Export"), name, f"{self.format.currentText()} (*{suffix})", self.export)

    def export(self, path: Path) -> None:
        """Write the file beside the window, then say how many rows it holds."""
        book, kind, personal = self._session.book, self.kind.currentData(), self.personal.isChecked()
        self.error.hide()
        self.write.setEnabled(False)
        self._session.background.write(
            _("Exporting: {kind}").format(kind=self.kind.currentText()),
            lambda _progress: exports.export(book, kind, path, personal=personal),
            lambda n: self._finish(n, path),
            self._refuse,
            owner=self,
        )

    def _finish(self, n: int, path: Path) -> None:
        said = ngettext("{n} row written to {path}.", "{n} rows written to {path}.", n)
        self._session.say(said.format(n=n, path=path))
        self.accept()

    def _refuse(self, error: CrmError) -> None:
        self.write.setEnabled(True)
        self.error.setText(str(error))
        self.error.show()
        self.adjustSize()


def open_export(session: Session, window: QWidget, kind: str = "") -> ExportDialog:
    """Open the export; a kind that cannot be exported, such as a place of another name, counts as the first."""
    dialog = ExportDialog(session, window, kind if kind in exports.KINDS else _FIRST_KIND)
    dialog.open()
    return dialog
