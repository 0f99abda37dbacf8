"""Hears from the system that the laptop goes to sleep or its screen is locked.

Linux: systemd-logind, which also grants a moment to get ready, and the desktops' screen savers. Windows: messages to
the window. macOS tells nothing through Qt; there the idle minutes remain, which count the time asleep. Where there is
no bus, or nobody on it, nothing is heard and nothing goes wrong.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from crm_app import platform
from crm_app.i18n import _
from crm_app.ui import late

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

LOGIND, LOGIND_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
)
"""Each says ActiveChanged(true) when the screen is locked or blanked; Plasma speaks by the first name."""


def _slot(signature: str) -> Any:
    # A text: the stubs of QDBusConnection ask for bytes, which it refuses.
    return SLOT(signature)


class Asleep(QObject):
    """``going``: hide what is to be hidden now, and call :meth:`ready` when done."""

    going = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pause: int | None = None
        self._system: QDBusConnection | None = None
        self._messages: WindowsMessages | None = None

    def listen(self, window: QWidget) -> None:
        """Begin to listen to the system; once is enough."""
        if sys.platform == "win32":
            self._listen_to_messages(window)
        elif sys.platform != "darwin":
            buses = late.dbus().QDBusConnection
            self.listen_on(buses.systemBus(), buses.sessionBus())

    def listen_on(self, system: QDBusConnection, desktop: QDBusConnection) -> None:
        """Listen on two buses; one that is not there says nothing."""
        if self._system is not None:
            return
        self._system = system
        manager = f"{LOGIND}.Manager"
        system.connect("", LOGIND_PATH, manager, "PrepareForSleep", self, _slot("prepare_for_sleep(bool)"))
        # Whichever session it is: a laptop has one user at a time.
        system.connect("", "", f"{LOGIND}.Session", "Lock", self, _slot("lock_session()"))
        for name in SCREEN_SAVERS:
            desktop.connect("", "", name, "ActiveChanged", self, _slot("screen_saver(bool)"))
        self._ask_for_a_moment()

    def _ask_for_a_moment(self) -> None:
        """Have the next sleep wait until :meth:`ready` (logind's inhibitors: the lock is a pipe, closed to let go)."""
        if self._system is None or not self._system.isConnected() or self._pause is not None:
            return
        bus = late.dbus()
        asked = bus.QDBusMessage.createMethodCall(LOGIND, LOGIND_PATH, f"{LOGIND}.Manager", "Inhibit")
        asked.setArguments(["sleep", _("Outreach CRM"), _("Lock"), "delay"])
        self._system.callWithCallback(asked, self, _slot("take_moment(QDBusMessage)"), _slot("no_moment(QDBusError)"))

    @Slot("QDBusMessage")
    def take_moment(self, answer: QDBusMessage) -> None:
        """Keep the lock that logind hands over."""
        granted = answer.arguments()[0]
        self._pause = os.dup(granted.fileDescriptor())

    @Slot("QDBusError")
    def no_moment(self, _error: object) -> None:
        """Go without: the window is hidden at the signal all the same."""

    @Slot(bool)
    def prepare_for_sleep(self, going: bool) -> None:
        """Hear that the laptop goes to sleep, or has woken."""
        if going:
            self.going.emit()
        else:
            self._ask_for_a_moment()

    @Slot()
    def lock_session(self) -> None:
        """Hear that the session is locked."""
        self.going.emit()

    @Slot(bool)
    def screen_saver(self, active: bool) -> None:
        """Hear that the screen is locked or blanked, or shown again."""
        if active:
            self.going.emit()

    @property
    def has_a_moment(self) -> bool:
        """Whether the next sleep waits for :meth:`ready`."""
        return self._pause is not None

    def ready(self) -> None:
        """Let the laptop sleep."""
        if self._pause is not None:
            os.close(self._pause)
            self._pause = None

    def _listen_to_messages(self, window: QWidget) -> None:
        if self._messages is None:
            self._messages = WindowsMessages(self)
            QCoreApplication.instance().installNativeEventFilter(self._messages)  # type: ignore[union-attr]
            platform.tell_of_screen_lock(int(window.winId()))


class WindowsMessages(QAbstractNativeEventFilter):
    """Watches the messages Windows sends to the window."""

    def __init__(self, asleep: Asleep) -> None:
        super().__init__()
        self._asleep = asleep

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Look at a message and let it pass."""
        if bytes(QByteArray(kind).data()) == b"windows_generic_MSG" and platform.says_sleep_or_lock(int(message)):
            self._asleep.going.emit()
        return False, 0
