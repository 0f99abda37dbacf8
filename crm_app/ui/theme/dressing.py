"""What is not shown is dressed in another look later: with all places made there are thousands of widgets."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_DRESSED = Qt.WidgetAttribute.WA_WState_Polished
"""Qt notes here that a widget was dressed, and dresses no other anew when the look changes."""


def put_off(widgets: Iterable[QWidget]) -> None:
    """Have a change of look pass over these, which are hidden, until :func:`dress`."""
    for one in widgets:
        if not one.isVisible():
            one.setAttribute(_DRESSED, False)


def dress(widgets: Iterable[QWidget]) -> None:
    """Dress those that never were, or not since the look was another."""
    for one in widgets:
        one.ensurePolished()
        if not one.testAttribute(_DRESSED):
            one.style().polish(one)
            one.setAttribute(_DRESSED)
