"""Dialogs that lose nothing: closed without saving, they keep what was typed as a draft."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.widgets.parts import button, label, trouble


class KeepingDialog(QDialog):
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

    def __init__(self, parent: QWidget, title: str, save: str, run: Callable[[], object]) -> None:
        super().__init__(parent)
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
        # What is thrown away is settled: closing keeps nothing of it.
        self._autosave.discard()
        self.reject()
