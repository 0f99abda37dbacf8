"""Dialogs that lose nothing: closed without saving, they keep what was typed as a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.session import Session
from crm_app.ui.widgets.parts import button, label, trouble

if TYPE_CHECKING:
    from crm_app.services.book import Book
    from crm_app.services.outcome import Outcome

T = TypeVar("T")

_TYPED = (QLineEdit, QPlainTextEdit, QComboBox)
"""What is typed or chosen in."""


class WritingDialog(QDialog):
    """Writes what is typed in it once, however often it is told to while the book is busy."""

    _writing = False

    def _write_once(
        self,
        session: Session,
        label: str,
        work: Callable[[Book], Outcome[T]],
        done: Callable[[T], object],
        refused: Callable[[CrmError], object],
        *,
        draft: Autosave | None = None,
    ) -> None:
        """Write what is typed; pressed twice while the book is busy, it would be made twice."""
        if self._writing:
            return
        self._writing = True
        focus = self.focusWidget()
        # What is typed from now on would not be saved.
        fields: list[QWidget] = [one for kind in _TYPED for one in self.findChildren(kind) if one.isEnabled()]
        for one in fields:
            one.setEnabled(False)

        def answered(then: Callable[[], object]) -> None:
            self._writing = False
            for one in filter(shiboken6.isValid, fields):
                one.setEnabled(True)
            if focus is not None and shiboken6.isValid(focus):
                focus.setFocus()
            then()

        session.write(
            label,
            lambda book, _progress: work(book),
            lambda value: answered(lambda: done(value)),
            lambda error: answered(lambda: refused(error)),
            owner=self,
            draft=draft,
        )


class KeepingDialog(WritingDialog):
    """Esc keeps a draft; whoever is one sets ``_autosave`` and lets go of the draft once it is saved."""

    _autosave: Autosave

    def reject(self) -> None:
        """Close and keep what was typed."""
        self._autosave.now()
        super().reject()

    def _close_saved(self) -> None:
        """Let go of the draft and close: all that was typed is in the book."""
        self._autosave.discard()
        self.accept()

    def _saving_row(self, hint: str, run: Callable[[], object]) -> QHBoxLayout:
        """Return the last row: what keys do, and the button that saves; Enter in a field never presses it."""
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(label(hint, "muted", self))
        row.addStretch(1)
        row.addWidget(button(_("Save"), run, self, "primary"))
        return row


class ConfirmingDialog(KeepingDialog):
    """What was read from a text is confirmed beside it: the sentence that stands in the way, and the buttons, below."""

    def __init__(self, session: Session, parent: QWidget, title: str, save: str, run: Callable[[], object]) -> None:
        super().__init__(parent)
        self._session = session
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.error = trouble(self)
        self.discard = button(_("Throw away"), self._discard, self, "quiet")
        self.save_button = button(save, run, self, "primary")

    def _lay_out(self, *beside: QWidget | QVBoxLayout, foot: tuple[QWidget, ...]) -> None:
        """Put parts beside one another, the last with the room that is left; the first of the ``foot`` is a hint."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.S)
        across = QHBoxLayout()
        across.setSpacing(theme.L)
        for part in beside:
            if isinstance(part, QWidget):
                across.addWidget(part, int(part is beside[-1]))
            else:
                across.addLayout(part, int(part is beside[-1]))
        layout.addLayout(across, 1)
        layout.addWidget(self.error)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(foot[0])
        row.addStretch(1)
        for part in (*foot[1:], self.discard, self.save_button):
            row.addWidget(part)
        layout.addLayout(row)

    def _discard(self) -> None:
        self._autosave.now()
        self._session.throw_away(self._autosave.key)
        # What is thrown away is settled: closing keeps nothing of it.
        self._autosave.discard()
        self.reject()
