"""The recovery key, shown once: printed, saved or written down, and confirmed before one goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import recovery
from crm_app.ui import theme
from crm_app.ui.background import Progress
from crm_app.ui.session import Session
from crm_app.ui.widgets.ask_file import ask_where
from crm_app.ui.widgets.fitting import fit_height
from crm_app.ui.widgets.parts import label
from crm_app.ui.widgets.print_dialog import PrintDialog, known_printers
from crm_app.ui.widgets.printing import Printing, print_pdf, save_bytes
from crm_app.ui.words import book_name

_WIDTH = 520
_GROUPS_A_LINE = 3


class RecoveryDialog(QDialog):
    """Closes only once the user has said that the key is kept somewhere."""

    def __init__(self, session: Session, parent: QWidget, key: str) -> None:
        super().__init__(parent)
        self._session, self._key = session, key
        self._name = book_name(session.book.path)
        self.setWindowTitle(_("Recovery key"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(theme.px(_WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.setSpacing(theme.S)
        alone = _("If the password is forgotten, this key alone opens the book. It is shown only now.")
        layout.addWidget(label(alone, "", self, wrap=True))
        layout.addWidget(self._shown_key())
        whoever = _("Whoever has it can open the book: keep it in a safe place, not with the laptop.")
        layout.addWidget(label(whoever, "muted", self, wrap=True))
        layout.addLayout(self._ways())
        self.note = label("", "echo", self, wrap=True)
        self.note.hide()
        layout.addWidget(self.note)
        layout.addSpacing(theme.S)
        self.kept = QCheckBox(_("I have printed it or written it down"), self)
        self.kept.toggled.connect(self._let_go_on)
        layout.addWidget(self.kept)
        self.go_on = QPushButton(_("Go on"), self)
        self.go_on.setProperty("role", "primary")
        self.go_on.setEnabled(False)
        self.go_on.clicked.connect(lambda _checked=False: self.accept())
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        layout.addLayout(foot)
        fit_height(self)

    def _shown_key(self) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("role", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        groups = self._key.split("-")
        lines = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
        shown = label("\n".join("   ".join(line) for line in lines), "secret", self, wrap=True)
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setAccessibleName(self._key)
        column.addWidget(shown)
        return frame

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        ways: tuple[tuple[str, str, Callable[[], object]], ...] = (
            (_("Print…"), "printer", self._ask_printer),
            (_("Save as PDF…"), "download", self._ask_where),
        )
        for words, icon, run in ways:
            button = QPushButton(words, self)
            # Enter in this dialog prints nothing by accident.
            button.setAutoDefault(False)
            theme.put_icon(button, icon)
            button.clicked.connect(lambda _checked=False, run=run: run())
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _let_go_on(self, kept: bool) -> None:
        self.go_on.setEnabled(kept)
        self.go_on.setDefault(kept)

    def reject(self) -> None:
        """Stay: closed by accident, the key would be gone for good."""
        self.kept.setFocus()
        self._say(_("Tick that you have kept it; it cannot be shown again."), "error")

    def _say(self, words: str, role: str) -> None:
        self.note.setProperty("role", role)
        self.note.style().polish(self.note)
        self.note.setText(words)
        self.note.show()
        fit_height(self)

    def _refuse(self, error: CrmError) -> None:
        self._say(str(error), "error")

    def _ask_printer(self) -> None:
        asked = Printing(_("Recovery key"))
        dialog = PrintDialog(self, self._session.settings, known_printers(), asked, 1, pdf=False)
        dialog.chosen.connect(self.print_on)
        dialog.open()

    def print_on(self, printer: str | QPrinter, asked: Printing) -> None:
        """Print the sheet on a chosen printer."""

        def work(progress: Progress) -> None:
            print_pdf(self._sheet(), printer, asked, progress)

        self._session.background.write(
            _("Printing {name}").format(name=_("Recovery key")),
            work,
            lambda _nothing: self._say(_("Sent to the printer. Look at the sheet before you go on."), "echo"),
            self._refuse,
            owner=self,
        )

    def _ask_where(self) -> None:
        name = _("{book} recovery key.pdf").format(book=self._name)
        ask_where(self._session, self, _("Save as PDF"), name, "PDF (*.pdf)", self.save_to)

    def save_to(self, path: Path) -> None:
        """Save the sheet."""
        self._session.background.write(
            _("Saving {name}").format(name=path.name),
            lambda _progress: save_bytes(self._sheet(), path),
            lambda saved: self._say(
                _("Saved as {path}. Move it to a stick; do not leave it here.").format(path=saved), "echo"
            ),
            self._refuse,
            owner=self,
        )

    def _sheet(self) -> bytes:
        return recovery.sheet(self._name, self._key, clock.today())
