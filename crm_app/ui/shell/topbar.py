"""The top bar: back and forward, the place's name, the search field, and the button that logs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from crm_app.i18n import _
from crm_app.ui import actions as declared
from crm_app.ui import theme
from crm_app.ui.widgets.suggest import Ask, SuggestField

_ROOM, _MOST = 640, 16
"""Pixels and rows: what was found shows the words around the match, and whose it is."""


class TopBar(QFrame):
    """One row, 48 pixels high."""

    def __init__(self, actions: Mapping[str, QAction], ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setFixedHeight(theme.px(48))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.S, 0, theme.M, 0)
        layout.setSpacing(theme.XS)
        for name in ("back", "forward"):
            button = QToolButton(self)
            button.setDefaultAction(actions[name])
            button.setAccessibleName(actions[name].text())
            layout.addWidget(button)
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        layout.addSpacing(theme.XS)
        layout.addWidget(self._title)
        layout.addStretch(1)
        keys = declared.spec("search").shown_keys
        hint = _("Search everything  {keys}").format(keys=keys)
        self.search = SuggestField(
            ask, self, placeholder=hint, label=_("Search"), on_click=True, room=theme.px(_ROOM), most=_MOST
        )
        self.search.setProperty("role", "quiet")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(200))
        self.search.setMaximumWidth(theme.px(360))
        layout.addWidget(self.search, 2)
        layout.addSpacing(theme.S)
        log = QPushButton(actions["log"].text(), self)
        log.setProperty("role", "primary")
        log.setToolTip(actions["log"].toolTip())
        log.clicked.connect(actions["log"].trigger)
        theme.put_icon(log, "plus", "on_accent")
        layout.addWidget(log)

    def set_title(self, title: str) -> None:
        """Show the name of the place."""
        self._title.setText(title)
