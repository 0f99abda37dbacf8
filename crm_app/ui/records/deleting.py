"""Deleting a record from its page: first it is said how many records go along, then all go as one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.i18n import _, ngettext
from crm_app.services import recycle_bin
from crm_app.services.recycle_bin import Going
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.steps_words import counts
from crm_app.ui.widgets.fitting import fit_height

_WIDTH = 440


class DeleteDialog(QDialog):
    """Enter deletes, Esc does not. Nothing is lost either way: the recycle bin and Ctrl+Z bring everything back."""

    def __init__(self, parent: QWidget, going: Going, table: str, agreed: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Delete"))
        self.setFixedWidth(theme.px(_WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.S)
        self.question = self._label(_("Delete “{name}”?").format(name=going.title), "heading")
        self.along = self._label(_what_goes(going, table), "")
        layout.addWidget(self.question)
        layout.addWidget(self.along)
        comfort = _("It goes to the recycle bin and comes back from there, or with Ctrl+Z.")
        layout.addWidget(self._label(comfort, "muted"))
        layout.addSpacing(theme.S)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(_("Cancel"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(lambda _checked=False: self.reject())
        self.delete_button = QPushButton(_("Delete"), self)
        self.delete_button.setProperty("role", "primary")
        self.delete_button.setDefault(True)
        self.delete_button.clicked.connect(lambda _checked=False: self._agree(agreed))
        row.addWidget(cancel)
        row.addWidget(self.delete_button)
        layout.addLayout(row)
        self.delete_button.setFocus()
        fit_height(self)

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setVisible(bool(text))
        if role:
            label.setProperty("role", role)
        return label

    def _agree(self, agreed: Callable[[], object]) -> None:
        self.accept()
        agreed()


def _what_goes(going: Going, table: str) -> str:
    along = Counter(going.counts) - Counter({table: 1})
    total = along.total()
    if not total:
        return ""
    words = ngettext("{n} record goes along: {kinds}.", "{n} records go along: {kinds}.", total)
    return words.format(n=total, kinds=counts(along))


def ask_delete(
    session: Session, parent: QWidget, table: str, row: UUID, leave: Callable[[], object] | None = None
) -> None:
    """Say what deleting a record takes along, and delete it where the user agrees; the toast offers to undo.

    ``leave`` takes the record off the screen before it is gone. What keeps a record is said in the bar instead.
    """

    def agreed() -> None:
        if leave is not None:
            leave()
        session.write(_("Delete"), lambda book, _progress: recycle_bin.delete(book, table, row))

    def ask(going: Going) -> None:
        DeleteDialog(parent.window(), going, table, agreed).open()

    session.read(lambda book: recycle_bin.would_go(book, table, row), ask, owner=parent)
