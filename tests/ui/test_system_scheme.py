"""The desktop's light and dark: what a portal says is heard on a real bus, at the start and while the program runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusVariant
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_app.ui import theme
from crm_app.ui.theme import look
from crm_app.ui.theme.dark import DARK
from crm_app.ui.theme.light import LIGHT
from crm_app.ui.theme.system import APPEARANCE, PORTAL_PATH, SCHEME, SETTINGS, SystemScheme
from tests.ui.buses import Bus

EITHER, PREFERS_DARK, PREFERS_LIGHT = 0, 1, 2


@ClassInfo({"D-Bus Interface": SETTINGS})
class Portal(QObject):
    """Answers as xdg-desktop-portal does: a variant in a variant."""

    def __init__(self, scheme: int) -> None:
        super().__init__()
        self._scheme = scheme

    @Slot(str, str, result="QDBusVariant")
    def Read(self, _namespace: str, _key: str) -> QDBusVariant:  # noqa: N802
        return QDBusVariant(QDBusVariant(self._scheme))


@pytest.fixture
def bus(app: QApplication, qtbot: QtBot) -> Iterator[Bus]:
    yield Bus(qtbot)
    QDBusConnection.disconnectFromPeer("program")


@pytest.fixture
def scheme(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[SystemScheme]:
    made = SystemScheme(app)
    monkeypatch.setattr(look, "_desktop", lambda: made)
    made.changed.connect(look._follow_system)
    yield made
    made.deleteLater()
    monkeypatch.undo()
    theme.set_look("light")


def say(bus: Bus, value: int, key: str = SCHEME) -> None:
    bus.say((PORTAL_PATH, SETTINGS, "SettingChanged"), APPEARANCE, key, QDBusVariant(value))


def test_the_program_begins_as_dark_as_the_desktop_is_and_goes_along_with_it(
    bus: Bus, scheme: SystemScheme, qtbot: QtBot
) -> None:
    portal = Portal(PREFERS_DARK)
    bus.system.registerObject(PORTAL_PATH, portal, QDBusConnection.RegisterOption.ExportAllSlots)
    theme.set_look("auto")
    scheme.listen_on(bus.program)
    qtbot.waitUntil(lambda: theme.colours() is DARK)
    say(bus, PREFERS_LIGHT, "accent-color")
    say(bus, PREFERS_LIGHT)
    qtbot.waitUntil(lambda: theme.colours() is LIGHT)
    say(bus, PREFERS_DARK)
    qtbot.waitUntil(lambda: theme.colours() is DARK)
    say(bus, EITHER)
    qtbot.waitUntil(lambda: theme.colours() is LIGHT)


def test_who_chose_a_look_keeps_it(bus: Bus, scheme: SystemScheme, qtbot: QtBot) -> None:
    theme.set_look("light")
    scheme.listen_on(bus.program)
    say(bus, PREFERS_DARK)
    qtbot.waitUntil(lambda: scheme.dark is True)
    assert theme.colours() is LIGHT
    theme.set_look("auto")
    assert theme.colours() is DARK


def test_without_a_bus_or_a_portal_what_qt_says_holds(bus: Bus, scheme: SystemScheme, qtbot: QtBot) -> None:
    theme.set_look("auto")
    scheme.listen_on(QDBusConnection("nobody"))
    scheme.listen_on(bus.program)
    # What is said of another setting comes behind the answer that nobody is there.
    say(bus, PREFERS_DARK, "contrast")
    with qtbot.waitSignal(scheme.changed, timeout=300, raising=False) as heard:
        pass
    assert not heard.signal_triggered
    assert scheme.dark is None
    assert theme.colours() is LIGHT
