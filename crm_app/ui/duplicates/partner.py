"""Merge with…: which other enterprise is the same as the one that is shown."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.duplicates.merging import open_merge
from crm_app.ui.session import Session
from crm_app.ui.widgets.lines import plain
from crm_app.ui.widgets.pickers import Sources
from crm_app.ui.widgets.suggest import Answer, SuggestField, Suggestion

_SIZE = (440, 300)


class PartnerDialog(QDialog):
    """Type, ↓, Enter: the preview of the merge opens."""

    def __init__(self, session: Session, parent: QWidget, enterprise: UUID, name: str) -> None:
        super().__init__(parent)
        self._session, self._enterprise, self._window = session, enterprise, parent
        self.setWindowTitle(_("Merge with another enterprise"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.size(*_SIZE))
        self._records = Sources(session).records("enterprise")
        hint = _("Initials, two characters, a credit code or a phone")
        self.other = SuggestField(self._ask, self, placeholder=hint, label=_("The other enterprise"))
        self.other.chosen.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.S)
        layout.addWidget(plain(_("Which enterprise is the same as “{name}”?").format(name=name)))
        layout.addWidget(self.other)
        layout.addWidget(plain(_("Nothing is merged yet: a preview follows."), "muted"))
        layout.addStretch(1)

    def _ask(self, text: str, answer: Answer) -> None:
        own = self._enterprise
        self._records(text, lambda found: answer([one for one in found if one.value != own]))

    def _take(self, taken: Suggestion) -> None:
        self.accept()
        open_merge(self._session, self._window, [self._enterprise, taken.value])


def open_merge_with(session: Session, parent: QWidget, enterprise: UUID, name: str) -> PartnerDialog:
    """Ask which other enterprise is the same."""
    dialog = PartnerDialog(session, parent, enterprise, name)
    dialog.open()
    dialog.other.setFocus()
    return dialog
