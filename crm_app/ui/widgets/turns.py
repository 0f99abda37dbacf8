"""Work in several turns of the window's loop, so that no key waits for all of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

_NEXT_MS = 1
"""What waits no time at all Qt does in the same turn."""


_NAME = "next turn"


def next_turn(owner: QObject, run: Callable[[], object]) -> None:
    """Do something once the loop came round, unless its owner is gone by then."""
    turn = QTimer(owner, singleShot=True, interval=_NEXT_MS)
    turn.setObjectName(_NAME)
    turn.timeout.connect(run)
    turn.timeout.connect(turn.deleteLater)
    turn.start()


def paint_next_turn(widget: QWidget) -> None:
    """Leave on the screen what stands there while a widget is made, filled and laid out; then paint all of it."""
    if widget.isVisible() and widget.updatesEnabled():
        widget.setUpdatesEnabled(False)
        next_turn(widget, lambda: widget.setUpdatesEnabled(True))


def is_waiting(window: QWidget) -> bool:
    """Say whether something of a window waits for the next turn."""
    return window.findChild(QTimer, _NAME) is not None
