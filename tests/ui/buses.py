"""A bus of the desktop with one program at its other end, for what the system tells through it."""

from __future__ import annotations

from typing import Any

from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusServer
from pytestqt.qtbot import QtBot


class Bus:
    """A bus with one program at its other end, in this process and over a real socket."""

    def __init__(self, qtbot: QtBot) -> None:
        self._server = QDBusServer("unix:tmpdir=/tmp")
        ends: list[QDBusConnection] = []
        self._server.newConnection.connect(lambda end: ends.append(QDBusConnection(end)))
        self.program = QDBusConnection.connectToPeer(self._server.address(), "program")
        qtbot.waitUntil(lambda: bool(ends))
        self.system = ends[0]

    def say(self, where: tuple[str, str, str], *values: Any) -> None:
        message = QDBusMessage.createSignal(*where)
        message.setArguments(list(values))
        assert self.system.send(message)
