"""The editor of a field that takes several of a fixed set: a line that names them, a menu in which they are ticked."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from crm_app.domain.fields import Field
from crm_app.domain.kinds import Several
from crm_app.i18n import _
from crm_app.ui.widgets.editors import Editor
from crm_app.ui.widgets.filter_row import StayingMenu
from crm_app.ui.widgets.list_menus import below
from crm_app.ui.widgets.text_field import TextField


class _Line(TextField):
    """A line that is not typed in: a click, Space or ↓ opens what is chosen from."""

    asked = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the menu."""
        super().mousePressEvent(event)
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu by Space or ↓."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Down):
            self.asked.emit()
        else:
            super().keyPressEvent(event)


class SeveralEditor(Editor):
    """In the order in which they were ticked; what is ticked anew comes last."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        assert isinstance(field.kind, Several)
        self._kind = field.kind
        self.chosen: list[StrEnum] = []
        self.line = _Line(self, placeholder=_("Click to choose"))
        self.line.setReadOnly(True)
        self.line.asked.connect(self._offer)
        self._hold(self.line)
        self._show()

    def _offer(self) -> None:
        menu = StayingMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        others = [option for option in self._kind.options if option not in self.chosen]
        for option in (*self.chosen, *others):
            action = menu.addAction(_(self._kind.labels[option]))
            action.setCheckable(True)
            action.setChecked(option in self.chosen)
            action.toggled.connect(partial(self._tick, option))
        menu.popup(below(self.line))

    def _tick(self, option: StrEnum, ticked: bool) -> None:
        self.chosen = [one for one in self.chosen if one != option] + ([option] if ticked else [])
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        self.line.setText(self.typed())
        self.line.setCursorPosition(0)
        self.line.setToolTip(self.typed())

    def typed(self) -> str:
        """Return the words of what is chosen, in their order."""
        return self._kind.show(tuple(self.chosen)) if self.chosen else ""

    def set_typed(self, text: str) -> None:
        """Put a choice back."""
        self.chosen = list(self._kind.parse(text) or ())
        self._show()

    def echo(self, value: object) -> str:
        """Return nothing: the line says it."""
        return ""
