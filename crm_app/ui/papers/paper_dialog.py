"""What the dialogs have in common in which one works at a paper: their size, their words, what is said of an error."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.errors import CrmError
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.keeping import WritingDialog

_WIDTH, _HEIGHT = 880, 470


class PaperDialog(WritingDialog):
    """Opened by whoever derives from it, once what it shows is read; ``note`` says what was refused."""

    def __init__(self, session: Session, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self._session, self._latest = session, session.latest()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.note = self._label("error")
        self.note.hide()
        resize_within_screen(self, _WIDTH, _HEIGHT)

    def _column(self) -> QVBoxLayout:
        """Return the layout of the dialog, from its head to its foot."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.S)
        return layout

    def _end(self, layout: QVBoxLayout, foot: QHBoxLayout) -> None:
        """Put the note and the foot under the rest."""
        foot.setSpacing(theme.S)
        layout.addWidget(self.note)
        layout.addLayout(foot)

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label

    def _button(self, text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        # Enter is the list's and the text's: nothing is done by a key that was meant for a line.
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _refuse(self, error: CrmError) -> None:
        self.note.setText(str(error))
        self.note.show()
