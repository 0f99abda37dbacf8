"""The thin face of the system's tray: says a sentence outside the window, and hears that it was clicked."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from crm_app.i18n import _


class Tray(QObject):
    """Its icon stands in the tray only while there is something to see: from a note until the window is looked at."""

    clicked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None

    def say(self, title: str, text: str) -> bool:
        """Show a note; False where there is no tray that could."""
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return False
        if self._icon is None:
            # Made with the first note: on Linux it loads the bus.
            self._icon = QSystemTrayIcon(self._window.windowIcon(), self)
            self._icon.setToolTip(_("Outreach CRM"))
            self._icon.messageClicked.connect(self.clicked)
            self._icon.activated.connect(lambda _reason: self.clicked.emit())
        self._icon.show()
        self._icon.showMessage(title, text, self._window.windowIcon())
        return True

    def rest(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.hide()
