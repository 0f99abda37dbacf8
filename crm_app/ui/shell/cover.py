"""What fills the window before a book is shown, or instead of it: one card in its middle."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from crm_app.ui import theme
from crm_app.ui.widgets.fitting import centre
from crm_app.ui.widgets.parts import label


class Cover(QWidget):
    """A card of a fixed width, whose lines stand under one another."""

    def __init__(self, parent: QWidget | None, width: int) -> None:
        super().__init__(parent)
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        self._card.setFixedWidth(theme.px(width))
        centre(self, self._card)
        self._column = QVBoxLayout(self._card)
        self._column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        self._column.setSpacing(theme.S)

    def _line(self, text: str, role: str) -> QLabel:
        made = label(text, role, self, wrap=True)
        self._column.addWidget(made)
        return made
