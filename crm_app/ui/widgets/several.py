"""The editor of a field that takes several of a fixed set: a button names them, and they are ticked in its menu."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from crm_app.domain.fields import Field
from crm_app.domain.kinds import Several
from crm_app.i18n import _
from crm_app.ui.widgets.editors import Editor
from crm_app.ui.widgets.filter_row import StayingMenu
from crm_app.ui.widgets.list_menus import below


class SeveralEditor(Editor):
    """In the order in which they were ticked; what is ticked anew comes last."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        assert isinstance(field.kind, Several)
        self._kind = field.kind
        self.chosen: list[StrEnum] = []
        self.button = QToolButton(self)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(lambda _checked=False: self._offer())
        self._hold(self.button)
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
        menu.popup(below(self.button))

    def _tick(self, option: StrEnum, ticked: bool) -> None:
        self.chosen = [one for one in self.chosen if one != option] + ([option] if ticked else [])
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        words = self.typed()
        self.button.setText(words or _("None chosen"))
        self.button.setToolTip(words)

    def typed(self) -> str:
        """Return the words of what is chosen, in their order."""
        return self._kind.show(tuple(self.chosen)) if self.chosen else ""

    def set_typed(self, text: str) -> None:
        """Put a choice back."""
        self.chosen = list(self._kind.parse(text) or ())
        self._show()

    def echo(self, value: object) -> str:
        """Return nothing: the button says it."""
        return ""
