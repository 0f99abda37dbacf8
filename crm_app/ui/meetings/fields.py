"""A form's fields as texts, whichever kind of field each is: what is kept of them, shown in them, heard of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from crm_app.ui.widgets.people_field import PeopleField


class Spoken(Protocol):
    """A field of our own that is one text: a next step, a degree of interest."""

    edited: SignalInstance

    def text(self) -> str:
        """Return what stands in it."""

    def set_text(self, text: str) -> None:
        """Show a text that it answered."""


def text_of(field: QWidget) -> str:
    """Return what stands in a field; several people are one a line, a tick is “1”."""
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, PeopleField):
        return field.keys()
    if isinstance(field, QCheckBox):
        return "1" if field.isChecked() else ""
    if isinstance(field, QComboBox):
        return field.currentData() or ""
    return cast(Spoken, field).text()


def show_text(field: QWidget, text: str) -> None:
    """Show in a field what :func:`text_of` answered."""
    if isinstance(field, QLineEdit):
        field.setText(text)
        field.setCursorPosition(0)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
    elif isinstance(field, PeopleField):
        field.set_keys(text)
    elif isinstance(field, QCheckBox):
        field.setChecked(bool(text))
    elif isinstance(field, QComboBox):
        field.setCurrentIndex(max(0, field.findData(text)))
    else:
        cast(Spoken, field).set_text(text)


def on_change(field: QWidget, run: Callable[[], object]) -> None:
    """Call ``run`` whenever something else stands in a field."""
    if isinstance(field, (QLineEdit, QPlainTextEdit)):
        changed = field.textChanged
    elif isinstance(field, QCheckBox):
        changed = field.toggled
    elif isinstance(field, QComboBox):
        changed = field.currentIndexChanged
    else:
        changed = cast(Spoken, field).edited
    changed.connect(lambda *_now: run())
