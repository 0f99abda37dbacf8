"""The navigation rail: six places; settings, help and the lock at the foot; icons only in a narrow window."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from crm_app.ui import theme
from crm_app.ui.places import PLACES, SETTINGS

WIDE, NARROW = 138, 48
NARROW_BELOW = 1000
"""Width of the window, in pixels, below which only the icons are shown."""


class Rail(QFrame):
    """Built from the actions, so that a click and a shortcut are the same thing."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XS, theme.S, theme.XS, theme.S)
        layout.setSpacing(2)
        for place in PLACES:
            layout.addWidget(self._button(place, actions[f"go_{place}"]))
        layout.addStretch(1)
        layout.addWidget(self._button(SETTINGS, actions["go_settings"]))
        layout.addWidget(self._button("help", actions["help"], checkable=False))
        self.lock = self._button("lock", actions["lock"], checkable=False)
        layout.addWidget(self.lock)
        self.set_narrow(False)

    def _button(self, name: str, action: QAction, *, checkable: bool = True) -> QToolButton:
        button = QToolButton(self)
        # Styled buttons put hardly a gap between icon and word.
        button.setText(f"\N{EN SPACE}{action.text()}")
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        button.setIcon(action.icon())
        button.setIconSize(theme.size(20, 20))
        button.clicked.connect(action.trigger)
        # The action changes its icon with the look; the words change by building anew.
        action.changed.connect(lambda: button.setIcon(action.icon()))
        if checkable:
            button.setCheckable(True)
            self._group.addButton(button)
        self._buttons[name] = button
        return button

    def select(self, place: str) -> None:
        """Mark the place the window shows."""
        button = self._buttons.get(place)
        if button is not None:
            button.setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or icons with words."""
        inner = theme.px(NARROW if narrow else WIDE) - 2 * theme.XS - 1
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in self._buttons.values():
            button.setToolButtonStyle(style)
            button.setProperty("narrow", narrow)
            button.style().polish(button)
            button.setFixedWidth(inner)
        self.setFixedWidth(theme.px(NARROW if narrow else WIDE))
