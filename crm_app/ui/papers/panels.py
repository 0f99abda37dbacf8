"""The columns left and right of the preview: put away and brought back, by themselves where room is little."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from crm_app.ui import actions, theme

_ROOM_FOR_BOTH = 940
_ROOM_FOR_ONE = 600
"""Widths of the place, in pixels of the design, from which so many columns leave the preview enough."""


class Panels(QObject):
    """Watches ``page``; its two buttons stand at the ends of the preview's tools, once there is a preview."""

    def __init__(self, page: QWidget, choice: QWidget, side: QWidget) -> None:
        super().__init__(page)
        self._page, self._choice, self._side = page, choice, side
        self._open = False
        self._wanted: dict[QWidget, bool] = {}
        self._actions = {choice: self._action("panel_choice"), side: self._action("panel_side")}
        page.installEventFilter(self)
        self._arrange()

    def _action(self, name: str) -> QAction:
        action = actions.make(name, self._page, lambda: self._switch(name))
        action.setCheckable(True)
        return action

    def stand_on(self, row: QHBoxLayout) -> None:
        """Put the buttons at the ends of a row."""
        for at, panel in ((0, self._choice), (-1, self._side)):
            button = QToolButton()
            button.setDefaultAction(self._actions[panel])
            button.setAccessibleName(self._actions[panel].text())
            row.insertWidget(at, button)

    @property
    def paper_open(self) -> bool:
        """Whether a paper is open; before that, what can be made is all there is."""
        return self._open

    @paper_open.setter
    def paper_open(self, value: bool) -> None:
        self._open = value
        self._arrange()

    def _switch(self, name: str) -> None:
        panel = self._choice if name == "panel_choice" else self._side
        self._wanted[panel] = panel.isHidden()
        if self._wanted[panel] and self._page.width() < theme.px(_ROOM_FOR_BOTH):
            self._wanted[self._side if panel is self._choice else self._choice] = False
        self._arrange()

    def _arrange(self) -> None:
        width = self._page.width()
        by_itself = {
            self._choice: not self._open or width >= theme.px(_ROOM_FOR_BOTH),
            self._side: self._open and width >= theme.px(_ROOM_FOR_ONE),
        }
        for panel, action in self._actions.items():
            shown = self._wanted.get(panel, by_itself[panel])
            panel.setVisible(shown or (panel is self._choice and not self._open))
            action.setChecked(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrange anew where the place is given another width."""
        if event.type() is QEvent.Type.Resize and watched is self._page:
            # What was chosen for another width is asked anew.
            self._wanted = {panel: wanted for panel, wanted in self._wanted.items() if not wanted}
            self._arrange()
        return super().eventFilter(watched, event)
