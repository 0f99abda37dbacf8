"""Asking for an enterprise before a form that needs one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.lines import plain
from crm_app.ui.widgets.pickers import Sources
from crm_app.ui.widgets.suggest import SuggestField, Suggestion

_SIZE = (440, 300)


class WhichEnterprise(QDialog):
    """Type, ↓, Enter: ``then`` is called with the id and the name."""

    def __init__(self, session: Session, parent: QWidget, title: str, then: Callable[[UUID, str], object]) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.size(*_SIZE))
        hint = _("Initials, two characters, a credit code or a phone")
        self.field = SuggestField(Sources(session).records("enterprise"), self, placeholder=hint, label=_("Enterprise"))
        self.field.chosen.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.S)
        layout.addWidget(plain(_("For which enterprise?")))
        layout.addWidget(self.field)
        layout.addStretch(1)

    def _take(self, taken: Suggestion) -> None:
        self.accept()
        self._then(taken.value, taken.text)


def ask_enterprise(
    session: Session, parent: QWidget, title: str, then: Callable[[UUID, str], object]
) -> WhichEnterprise:
    """Ask for an enterprise; ``title`` says what for."""
    dialog = WhichEnterprise(session, parent, title, then)
    dialog.open()
    dialog.field.setFocus()
    return dialog
