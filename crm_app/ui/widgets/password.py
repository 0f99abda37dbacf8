"""Typing a password: one field, or the two of a new one with plain words on its strength.

While a password is hidden most systems switch the input method off, so it is shown before Chinese is typed.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.ui import late, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.text_field import TextField

_STRONG = 18
"""Letters, a Chinese character counting as two."""


class PasswordField(TextField):
    """A text field that shows dots."""

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", label: str = "") -> None:
        super().__init__(parent, placeholder=placeholder, label=label)
        self.set_shown(False)

    def set_shown(self, shown: bool) -> None:
        """Show what is typed, or dots."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


def show_box(*fields: PasswordField) -> QCheckBox:
    """Return the box that shows what is typed in ``fields``."""
    box = QCheckBox(_("Show what is typed (to type Chinese)"))

    def show(shown: bool) -> None:
        for field in fields:
            field.set_shown(shown)

    box.toggled.connect(show)
    return box


def _strength(text: str) -> tuple[str, str]:
    """Return what to say of a password, and the role of its label."""
    if not text:
        return _(
            "Ten letters and digits or more, or five Chinese characters. A sentence only you say is best."
        ), "muted"
    try:
        late.service("protection").check_passphrase(text)
    except BadInput as weak:
        return str(weak), "error"
    weight = sum(2 if unicodedata.category(one) == "Lo" else 1 for one in text)
    return (_("Strong.") if weight >= _STRONG else _("Good. A longer sentence is even better.")), "echo"


class NewPassword(QWidget):
    """A password typed twice."""

    entered = Signal()
    """Enter was pressed in the last field."""

    def __init__(self, session: Session, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._latest = session.latest()
        self.first = PasswordField(self, label=label, placeholder=_("a sentence only you say"))
        self.again = PasswordField(self, label=_("Once more"), placeholder=_("the same again"))
        self.shown = show_box(self.first, self.again)
        self.strength = QLabel(self)
        self.strength.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        for words, field in ((label, self.first), (_("Once more"), self.again)):
            name = QLabel(words, self)
            name.setBuddy(field)
            layout.addWidget(name)
            layout.addWidget(field)
            if field is self.first:
                layout.addWidget(self.strength)
        layout.addWidget(self.shown)
        self._say(_strength(""))
        self.first.committed.connect(self._weigh)
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.entered)

    def _weigh(self, text: str) -> None:
        # Beside the window: the first time loads the services.
        self._latest.read(lambda: _strength(text), self._say, owner=self)

    def _say(self, said: tuple[str, str]) -> None:
        words, role = said
        self.strength.setText(words)
        self.strength.setProperty("role", role)
        self.strength.style().polish(self.strength)

    def taken(self) -> str | None:
        """Return the password where it is good and typed twice alike; else say what is wrong, with the focus there."""
        text = self.first.text()
        said = _strength(text) if text else (_("Type a password first."), "error")
        if said[1] == "error":
            self._latest.drop()
            self._say(said)
            self.first.setFocus()
            return None
        if text != self.again.text():
            self._say((_("The two are not the same. Type the second one again."), "error"))
            self.again.selectAll()
            self.again.setFocus()
            return None
        # What was wrong at the last try is right now.
        self._say(said)
        return text
