"""A bot that waits as long as a busy machine takes: what comes is waited for no longer than it takes to come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

LONGEST_MS = 30_000


class PatientBot(QtBot):
    """Gives up after half a minute where the bot of pytest-qt does after five seconds."""

    def waitActive(self, widget: QWidget, *, timeout: int = LONGEST_MS) -> Any:  # noqa: N802 -- pytest-qt's name
        """Wait until a window is in front."""
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget: QWidget, *, timeout: int = LONGEST_MS) -> Any:  # noqa: N802 -- pytest-qt's name
        """Wait until a window is on the screen."""
        return super().waitExposed(widget, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = LONGEST_MS, **asked: Any) -> Any:  # noqa: N802 -- pytest-qt's name
        """Wait until a signal was sent."""
        return super().waitSignal(signal, timeout=timeout, **asked)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = LONGEST_MS) -> None:  # noqa: N802 -- pytest-qt's name
        """Wait until something holds."""
        super().waitUntil(callback, timeout=timeout)
