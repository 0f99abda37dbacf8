"""Small parts: labels of plain text, buttons that Enter elsewhere never presses, a combo box that names itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from crm_app.ui import theme


def label(text: str, role: str, parent: QWidget, *, wrap: bool = False) -> QLabel:
    """Return a label; what comes from a file is never markup."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
    return made


def trouble(parent: QWidget | None = None) -> QLabel:
    """Return the label of what stands in the way, hidden until something does; it may quote what was typed or read."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("role", "error")
    made.hide()
    return made


def button(text: str, run: Callable[[], object], parent: QWidget, role: str = "") -> QPushButton:
    """Return a button that Enter in another field never presses."""
    made = QPushButton(text, parent)
    made.setAutoDefault(False)
    made.setProperty("role", role)
    made.clicked.connect(lambda _checked=False: run())
    return made


def back_button(text: str, run: Callable[[], object], parent: QWidget) -> QPushButton:
    """Return the button at the top left of a record's page that leads to the list of its kind."""
    made = button(text, run, parent, "back")
    theme.put_icon(made, "arrow-left", "accent")
    return made


def literal(text: str) -> str:
    """Return a text as a button or a line of a menu shows it whole: a single “&” is there the mark of a key."""
    return text.replace("&", "&&")


def combo(name: str, entries: Iterable[tuple[str, object]], run: Callable[[], object], parent: QWidget) -> QComboBox:
    """Return a choice among (words, value); ``run`` is called when the user chooses."""
    made = QComboBox(parent)
    made.setAccessibleName(name)
    for words, value in entries:
        made.addItem(words, value)
    made.activated.connect(lambda _place: run())
    return made


def choose(box: QComboBox, value: object) -> None:
    """Show the entry of a value, without telling."""
    box.setCurrentIndex(max(0, box.findData(value)))


def set_role(widget: QWidget, role: str) -> None:
    """Let a widget look by another role."""
    widget.setProperty("role", role)
    widget.style().polish(widget)
