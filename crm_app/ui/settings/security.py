"""The password of the book: giving it one, changing it, taking it off; when it is locked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.i18n import _, ngettext
from crm_app.settings import IDLE_MINUTES
from crm_app.ui import actions, theme
from crm_app.ui.security import changes, show_recovery_key
from crm_app.ui.security.dialog import SecretDialog
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, heading, muted


class SecurityPart(Part):
    """Offers what fits the book: a plain one cannot be locked."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.protect = self._button(_("Protect this book…"), lambda: self._open(changes.protect, self._protected))
        self.protect.setProperty("role", "primary")
        self.change = self._button(_("Change the password…"), lambda: self._open(changes.change, self._changed))
        self.renew = self._button(_("New recovery key…"), lambda: self._open(changes.renew, self._show_key))
        self.remove = self._button(_("Remove the password…"), lambda: self._open(changes.remove, self._removed))
        self.lock = self._button(_("Lock now"), session.lock_wanted.emit)
        self.lock.setToolTip(actions.spec("lock").shown_keys)
        theme.put_icon(self.lock, "lock")
        self.idle = self._idle()
        self.note = muted("", self)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note.hide()
        self._plain = self._for_a_plain_book()
        self._guarded = self._for_a_protected_book()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(heading(_("Password"), self))
        layout.addWidget(self._plain)
        layout.addWidget(self._guarded)
        layout.addWidget(self.note)
        layout.addStretch(1)
        session.protection_changed.connect(self.load)
        self.load()

    def _button(self, words: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _idle(self) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(_("Lock after"))
        for minutes in IDLE_MINUTES:
            words = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes) if minutes else _("Never")
            combo.addItem(words, minutes)
        combo.setCurrentIndex(combo.findData(self.session.settings.idle_minutes))
        combo.activated.connect(self._keep_idle)
        return combo

    def _keep_idle(self) -> None:
        self.session.settings.idle_minutes = self.idle.currentData()

    def _for_a_plain_book(self) -> QWidget:
        group, column = self._group()
        column.addWidget(
            muted(
                _(
                    "This book has no password: whoever finds the laptop or a backup reads everything in it. "
                    "Only a book with a password can be locked."
                ),
                group,
            )
        )
        column.addLayout(self._row(self.protect))
        return group

    def _for_a_protected_book(self) -> QWidget:
        group, column = self._group()
        column.addWidget(
            muted(_("The book, its drafts, attachments and backups are encrypted. The password opens them."), group)
        )
        column.addLayout(self._row(self.change, self.renew, self.remove))
        column.addSpacing(theme.L)
        column.addWidget(heading(_("Lock"), group))
        column.addWidget(
            muted(
                _(
                    "Locked, the window shows nothing and the key is forgotten; what is being typed stays. The book is "
                    "also locked when the laptop sleeps or its screen is locked, where the system tells the program so."
                ),
                group,
            )
        )
        form = QFormLayout()
        form.setHorizontalSpacing(theme.L)
        label = QLabel(_("Lock after"), group)
        label.setBuddy(self.idle)
        self.idle.setFixedWidth(theme.px(160))
        form.addRow(label, self.idle)
        column.addLayout(form)
        column.addLayout(self._row(self.lock))
        return group

    def _group(self) -> tuple[QWidget, QVBoxLayout]:
        group = QWidget(self)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        return group, column

    def _row(self, *buttons: QPushButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        return row

    def load(self) -> None:
        """Show what fits the book."""
        self._plain.setVisible(not self.session.is_protected)
        self._guarded.setVisible(self.session.is_protected)

    def focus_first(self) -> None:
        """Start at the first button."""
        (self.change if self.session.is_protected else self.protect).setFocus()

    def _open(self, make: Callable[[Session, QWidget], SecretDialog], done: Callable[..., object]) -> None:
        self.note.hide()
        dialog = make(self.session, self.window())
        dialog.changed.connect(done)
        dialog.open()

    def _protected(self, answer: tuple[str, list[Path]]) -> None:
        key, plain = answer
        self.session.note_protection(True)
        self._say(_("The book has a password now."), _("These copies stay without one; delete them:"), plain)
        self._show_key(key)

    def _changed(self, _nothing: object) -> None:
        self._say(_("The password is changed."))

    def _removed(self, encrypted: list[Path]) -> None:
        self.session.note_protection(False)
        words = _("These copies still need the old password:")
        self._say(_("The password is removed."), words, encrypted)

    def _show_key(self, key: str) -> None:
        show_recovery_key(self.session, self.window(), key)

    def _say(self, words: str, list_words: str = "", files: list[Path] | None = None) -> None:
        lines = [words]
        if files:
            lines += [list_words, *map(str, files)]
        self.note.setText("\n".join(lines))
        self.note.show()
