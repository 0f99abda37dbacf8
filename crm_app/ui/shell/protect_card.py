"""The second step of a first start: a password for the new book, or none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.shell.cover import Cover
from crm_app.ui.widgets.password import NewPassword

_CARD_WIDTH = 560


class ProtectCard(Cover):
    """Proposes a password; declining is one click and says what it means."""

    chosen = Signal(str)
    declined = Signal()
    back_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, _CARD_WIDTH)
        # Lower than the other cards: it holds the most, and shows whole on a small screen at 150 %.
        self._column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        self._line(_("A password for the book"), "display")
        self._line(
            _(
                "Records, phone numbers, drafts, attachments and backups are encrypted with it: a lost laptop or stick "
                "gives nothing away. You type it when the program starts, and after a break."
            ),
            "muted",
        )
        self._column.addSpacing(theme.S)
        self.password = NewPassword(session, _("Password"), self)
        self.password.entered.connect(self._choose)
        self._column.addWidget(self.password)
        self._column.addSpacing(theme.S)
        self.make = self._button(_("Make the book with this password"), "primary", self._choose)
        back = self._button(_("Previous step"), "quiet", self.back_wanted.emit)
        self._row(self.make, back)
        self._column.addSpacing(theme.S)
        line = QFrame(self)
        line.setProperty("role", "line")
        self._column.addWidget(line)
        self._line(_("Without one, whoever finds the laptop or a backup reads everything in the book."), "muted")
        self.without = self._button(_("Go on without a password"), "", self.declined.emit)
        self._row(self.without)

    def _button(self, words: str, role: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("role", role)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _row(self, *buttons: QPushButton) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)

    def _choose(self) -> None:
        password = self.password.taken()
        if password is not None:
            self.chosen.emit(password)
