"""What is not shown is dressed in another look later: with all places made there are thousands of widgets."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QWidget

_DRESSED = Qt.WidgetAttribute.WA_WState_Polished
"""Qt notes here that a widget was dressed, and dresses no other anew when the look changes."""
_KNOWN = Qt.WidgetAttribute.WA_StyleSheet
"""Qt notes here that the style sheet forgets a widget once it is gone; a new sheet has to be told so anew, or what
stands at the same address later takes over the colours of what is gone."""


def put_off(widgets: Iterable[QWidget]) -> None:
    """Have a change of look pass over these, which are hidden, until :func:`dress`."""
    for one in widgets:
        if not one.isVisible():
            one.setAttribute(_DRESSED, False)
            one.setAttribute(_KNOWN, False)


def dress(widgets: Iterable[QWidget]) -> None:
    """Dress those that never were, or not since the look was another."""
    for one in widgets:
        one.ensurePolished()
        if not one.testAttribute(_DRESSED):
            _undress(one)
            one.style().polish(one)
            one.setAttribute(_DRESSED)


def _undress(widget: QWidget) -> None:
    """Take off what a widget wears: the sheet that gave it is gone, and the next would lay its own on top."""
    widget.style().unpolish(widget)
    if widget.testAttribute(Qt.WidgetAttribute.WA_SetPalette):
        widget.setPalette(QPalette())
    if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont):
        widget.setFont(QFont())
