"""Sleep and screen lock: what the system says is heard on a real bus, and in the form Windows says it."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from ctypes import wintypes

import pytest
from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusUnixFileDescriptor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_app.ui.shell.asleep import LOGIND, LOGIND_PATH, Asleep, WindowsMessages
from tests.ui.buses import Bus

SLEEPS = (LOGIND_PATH, f"{LOGIND}.Manager", "PrepareForSleep")
SESSION = (f"{LOGIND_PATH}/session/_31", f"{LOGIND}.Session", "Lock")
SCREEN = ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged")
POWER, SESSION_CHANGE = 0x0218, 0x02B1


@ClassInfo({"D-Bus Interface": f"{LOGIND}.Manager"})
class Logind(QObject):
    """Grants a delay as logind does: by a pipe that stays open as long as it is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []
        self.told, self.handed = os.pipe()
        os.set_blocking(self.told, False)

    @Slot(str, str, str, str, result="QDBusUnixFileDescriptor")
    def Inhibit(self, what: str, _who: str, _why: str, mode: str) -> QDBusUnixFileDescriptor:  # noqa: N802
        self.asked.append((what, mode))
        return QDBusUnixFileDescriptor(self.handed)

    def is_let_go(self) -> bool:
        """Say whether nobody but this service holds the pipe."""
        try:
            return os.read(self.told, 1) == b""
        except BlockingIOError:
            return False


@pytest.fixture
def bus(app: QApplication, qtbot: QtBot) -> Iterator[Bus]:
    yield Bus(qtbot)
    QDBusConnection.disconnectFromPeer("program")


@pytest.fixture
def heard(app: QApplication) -> Iterator[tuple[Asleep, list[str]]]:
    asleep, heard = Asleep(app), list[str]()
    asleep.going.connect(lambda: heard.append("going"))
    yield asleep, heard
    asleep.deleteLater()


@pytest.mark.parametrize(("where", "values"), [(SLEEPS, (True,)), (SESSION, ()), (SCREEN, (True,))])
def test_the_desktop_is_heard(
    bus: Bus, heard: tuple[Asleep, list[str]], qtbot: QtBot, where: tuple[str, str, str], values: tuple[object, ...]
) -> None:
    asleep, told = heard
    asleep.listen_on(bus.program, bus.program)
    bus.say(SCREEN, False)
    bus.say(SLEEPS, False)
    bus.say(where, *values)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["going"]


def test_sleep_waits_until_the_window_is_locked(bus: Bus, heard: tuple[Asleep, list[str]], qtbot: QtBot) -> None:
    asleep, told = heard
    logind = Logind()
    bus.system.registerObject(LOGIND_PATH, logind, QDBusConnection.RegisterOption.ExportAllSlots)
    asleep.listen_on(bus.program, bus.program)
    qtbot.waitUntil(lambda: asleep.has_a_moment)
    assert logind.asked == [("sleep", "delay")]
    os.close(logind.handed)
    bus.say(SLEEPS, True)
    qtbot.waitUntil(lambda: bool(told))
    assert not logind.is_let_go()
    asleep.ready()
    assert logind.is_let_go()


def test_without_a_bus_nothing_is_heard_and_nothing_goes_wrong(
    app: QApplication, heard: tuple[Asleep, list[str]]
) -> None:
    asleep, told = heard
    nobody = QDBusConnection("nobody")
    asleep.listen_on(nobody, nobody)
    asleep.ready()
    assert told == []


@pytest.mark.parametrize(
    ("message", "word", "going"),
    [(POWER, 4, True), (POWER, 7, False), (SESSION_CHANGE, 7, True), (SESSION_CHANGE, 8, False), (0x000F, 4, False)],
)
def test_windows_is_understood(
    app: QApplication, heard: tuple[Asleep, list[str]], message: int, word: int, going: bool
) -> None:
    asleep, told = heard
    sent = wintypes.MSG(message=message, wParam=word)
    WindowsMessages(asleep).nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(sent))
    assert told == ["going"] * going


def test_listening_twice_is_listening_once(bus: Bus, heard: tuple[Asleep, list[str]], qtbot: QtBot) -> None:
    asleep, told = heard
    for _time in range(2):
        asleep.listen_on(bus.program, bus.program)
    bus.say(SESSION)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(50)
    assert told == ["going"]
