"""A field with its label above it and, when something is wrong, a sentence under it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from crm_app.ui import theme
from crm_app.ui.widgets.parts import trouble

_ANY_HEIGHT = 0xFFFFFF
"""Qt's QWIDGETSIZE_MAX: a field of so many lines was fixed to their height."""


class Labelled(QVBoxLayout):
    """Label, field, and the line for its error; ``grows`` gives the field all room there is."""

    def __init__(self, label: str, field: QWidget, *, hint: str = "", grows: bool = False) -> None:
        super().__init__()
        self.setSpacing(2)
        self.field = field
        words = QLabel(f"{label}  {hint}" if hint else label)
        words.setProperty("role", "muted")
        words.setBuddy(field)
        self.addWidget(words)
        self.addWidget(field, 1 if grows else 0)
        if grows:
            field.setMaximumHeight(_ANY_HEIGHT)
        self.error = trouble()
        self.addWidget(self.error)
        if not grows:
            # Beside a neighbour whose error needs room, label and field stay at the top.
            self.addStretch(1)

    def complain(self, sentence: str) -> None:
        """Show what is wrong with the field and go there; an empty sentence takes it back."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if isinstance(self.field, (QLineEdit, QPlainTextEdit)):
            self.field.setProperty("wrong", bool(sentence))
            self.field.style().polish(self.field)
        self.field.setAccessibleDescription(sentence)
        if sentence:
            self.field.setFocus()


def let_grow(area: QPlainTextEdit) -> None:
    """Let an area that grows ask for no more than its lines: a form scrolls only where it must."""
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)


def heading(text: str, role: str = "strong") -> QLabel:
    """Return a label of a role that breaks its lines."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label


def column(spacing: int = theme.S) -> QVBoxLayout:
    """Return an empty column without margins."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made
