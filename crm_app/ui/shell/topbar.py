"""The top bar: back and forward, the place's name, the search field, and the button that logs with its menu."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from crm_app.i18n import _
from crm_app.ui import actions as declared
from crm_app.ui import theme
from crm_app.ui.widgets.suggest import Ask, SuggestField

_ROOM, _MOST = 640, 16
"""Pixels and rows: what was found shows the words around the match, and whose it is."""


class TopBar(QFrame):
    """One row, 48 pixels high. ``left`` says that Esc was pressed in the search, with nothing offered."""

    left = Signal()

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
        halves = QHBoxLayout()
        halves.setSpacing(0)
        self.log = QPushButton(actions["log"].text(), self)
        self.log.setProperty("half", "left")
        self.log.setToolTip(actions["log"].toolTip())
        self.log.clicked.connect(actions["log"].trigger)
        theme.put_icon(self.log, "plus", "on_accent")
        self.more = QPushButton(self)
        self.more.setProperty("half", "right")
        self.more.setAccessibleName(_("What to log"))
        self.more.setToolTip(_("Lead, visit, reception or follow-up"))
        theme.put_icon(self.more, "chevron-down", "on_accent")
        self.more.setMenu(self._menu(actions))
        for half in (self.log, self.more):
            half.setProperty("role", "primary")
            halves.addWidget(half)
        layout.addLayout(halves)

    def _menu(self, actions: Mapping[str, QAction]) -> QMenu:
        """Return what can be logged from anywhere, the lead first, which a click on the button logs."""
        menu = QMenu(self)
        for name, words, icon in (
            ("log", _("Lead"), "briefcase"),
            ("new_visit", _("Visit"), "map-pin"),
            ("new_reception", _("Reception"), "users"),
            ("new_follow_up", _("Follow-up"), "note"),
        ):
            entry = menu.addAction(f"{words}\t{declared.spec(name).shown_keys}", actions[name].trigger)
            theme.put_icon(entry, icon)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the search with Esc: the field lets go of it once it offers nothing."""
        if event.key() == Qt.Key.Key_Escape and self.search.hasFocus():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def set_title(self, title: str) -> None:
        """Show the name of the place."""
        self._title.setText(title)
