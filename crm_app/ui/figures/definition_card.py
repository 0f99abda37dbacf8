"""How a section is counted, shown in its place: what, the rule, and where it comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.figures.section import Definition
from crm_app.ui.widgets.parts import label


class DefinitionCard(QFrame):
    """Three lines of words, each under its head; hidden until it is asked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(1, 1)
        self._texts: list[QLabel] = []
        for row, words in enumerate((_("What is counted"), _("The rule"), _("From where"))):
            grid.addWidget(label(words, "muted", self), row, 0, Qt.AlignmentFlag.AlignTop)
            text = label("", "", self, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._texts.append(text)
            grid.addWidget(text, row, 1)
        self.hide()

    def put(self, definition: Definition) -> None:
        """Show another definition."""
        words = (definition.counted, definition.rule, definition.source)
        for text, shown in zip(self._texts, words, strict=True):
            text.setText(shown)
        self.setAccessibleDescription("\n".join(words))

    def text(self) -> str:
        """Return everything it says."""
        return "\n".join(text.text() for text in self._texts)
