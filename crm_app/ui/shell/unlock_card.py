"""All that a locked window shows: whose book it is, and a field for its password."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.shell.cover import Cover
from crm_app.ui.widgets.password import PasswordField, show_box

_CARD_WIDTH = 420


class UnlockCard(Cover):
    """The password or the recovery key, in one field; as many tries as one likes."""

    tried = Signal(str)
    another_wanted = Signal()
    """Another book shall be opened instead."""

    def __init__(self, name: str, parent: QWidget | None = None, *, may_leave: bool = False) -> None:
        super().__init__(parent, _CARD_WIDTH)
        self._column.addWidget(self._picture(), 0, Qt.AlignmentFlag.AlignHCenter)
        title = self._line(name, "title")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._state = self._line("", "muted")
        self._state.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(theme.S)
        self.secret = PasswordField(self, label=_("Password"), placeholder=_("Password or recovery key"))
        self.secret.returnPressed.connect(self._try)
        self._column.addWidget(self.secret)
        self.trouble = self._line("", "error")
        self.trouble.hide()
        self.secret.textEdited.connect(lambda _text: self.trouble.hide())
        self.shown = show_box(self.secret)
        self._column.addWidget(self.shown)
        self._column.addSpacing(theme.S)
        self._column.addLayout(self._buttons(may_leave))
        self._line(_("Forgotten? The recovery key on the printed sheet opens the book too."), "muted")
        self.ready()

    def _picture(self) -> QToolButton:
        picture = QToolButton(self)
        picture.setIconSize(theme.size(40, 40))
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.put_icon(picture, "lock", "accent")
        return picture

    def _buttons(self, may_leave: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.open = QPushButton(_("Unlock"), self)
        self.open.setProperty("role", "primary")
        self.open.clicked.connect(lambda _checked=False: self._try())
        row.addWidget(self.open)
        if may_leave:
            another = QPushButton(_("Another book…"), self)
            another.setProperty("role", "quiet")
            another.clicked.connect(lambda _checked=False: self.another_wanted.emit())
            row.addWidget(another)
        row.addStretch(1)
        return row

    @property
    def is_ready(self) -> bool:
        """Whether a password can be tried now."""
        return self.open.isEnabled()

    def _try(self) -> None:
        if self.is_ready and self.secret.text():
            self.trouble.hide()
            self.wait(_("Opening…"))
            self.tried.emit(self.secret.text())

    def wait(self, words: str) -> None:
        """Take no password for the moment, and say why; the focus stays where it is."""
        self._state.setText(words)
        self.open.setEnabled(False)
        self.secret.setReadOnly(True)

    def ready(self) -> None:
        """Take a password."""
        self._state.setText(_("This book is locked."))
        self.open.setEnabled(True)
        self.secret.setReadOnly(False)

    def refuse(self, error: object) -> None:
        """Say why the book stays locked; what was typed is chosen, so that typing replaces it."""
        self.ready()
        self.trouble.setText(str(error))
        self.trouble.show()
        self.secret.selectAll()
        self.secret.setFocus()
