"""Whether the desktop of Linux is dark: Qt knows it of Plasma, and of GNOME sometimes late, of all others not.

The portal tells it on every desktop that has one (org.freedesktop.appearance, color-scheme: 1 dark, 2 light, 0 either).
Where there is no bus, or nobody on it, nothing is heard, and what Qt says holds.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from crm_app.ui import late

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

PORTAL, PORTAL_PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
APPEARANCE, SCHEME = "org.freedesktop.appearance", "color-scheme"
_PATIENCE_MS = 50
_SAID = {1: True, 2: False}
_DESKTOPS = ("xcb", "wayland")
"""The platforms of Qt that stand for a desktop of Linux."""


def _slot(signature: str) -> Any:
    # A text: the stubs of QDBusConnection ask for bytes, which it refuses.
    return SLOT(signature)


class SystemScheme(QObject):
    """``dark`` as the portal said last, None where it said nothing; ``changed`` when it says otherwise."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.dark: bool | None = None
        self._bus: QDBusConnection | None = None

    def listen(self) -> None:
        """Begin to listen to the desktop, where there may be one; once is enough."""
        if sys.platform.startswith("linux") and QGuiApplication.platformName() in _DESKTOPS:
            self.listen_on(late.dbus().QDBusConnection.sessionBus())

    def listen_on(self, desktop: QDBusConnection) -> None:
        """Listen on a bus; one that is not there says nothing."""
        if self._bus is not None or not desktop.isConnected():
            return
        self._bus = desktop
        desktop.connect("", PORTAL_PATH, SETTINGS, "SettingChanged", self, _slot("setting_changed(QDBusMessage)"))
        # The younger ReadOne is not yet on every desktop; Read remains.
        asked = late.dbus().QDBusMessage.createMethodCall(PORTAL, PORTAL_PATH, SETTINGS, "Read")
        asked.setArguments([APPEARANCE, SCHEME])
        # Before the first paint, so that no light window flashes; a portal that has to be started first tells later.
        answer = desktop.call(asked, late.dbus().QDBus.CallMode.Block, _PATIENCE_MS)
        if answer.type() == answer.MessageType.ReplyMessage:
            self.take(answer)
        else:
            desktop.callWithCallback(asked, self, _slot("take(QDBusMessage)"), _slot("no_answer(QDBusError)"))

    @Slot("QDBusMessage")
    def setting_changed(self, message: QDBusMessage) -> None:
        """Hear that a setting of the desktop is another."""
        namespace, key, value = message.arguments()
        if (namespace, key) == (APPEARANCE, SCHEME):
            self._take(value)

    @Slot("QDBusMessage")
    def take(self, answer: QDBusMessage) -> None:
        """Take what the portal says at the beginning."""
        self._take(answer.arguments()[0])

    @Slot("QDBusError")
    def no_answer(self, _error: object) -> None:
        """Leave it to Qt: there is no portal, or it does not know."""

    def _take(self, value: Any) -> None:
        # Read answers with a variant in a variant.
        while hasattr(value, "variant"):
            value = value.variant()
        if self.dark is not _SAID.get(value):
            self.dark = _SAID.get(value)
            self.changed.emit()
