"""Tab walks in the order in which one reads, whatever was built first: top to bottom, left to right, part by part.

Places build cards anew and forms grow rows, and Qt appends what is made later to the end of the walk. So the order is
brought up to date before a step of it, from the layouts: the order of a layout is that of reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QTabBar, QWidget


def in_reading_order(dialog: QWidget) -> None:
    """Let Tab walk what can be seen in a dialog in the order in which it is laid out; with a tab bar as it was made.

    Qt's own dialogs (printing, files) keep their order: their parts live and die without our knowing.
    """
    if type(dialog).__module__.startswith("PySide6."):
        return
    wanted = list(walk(dialog))
    if any(isinstance(one, QTabBar) for one in wanted):
        return
    if wanted and wanted != _from(wanted[0], set(wanted)):
        for before, after in pairwise(wanted):
            QWidget.setTabOrder(before, after)


def go_on(window: QWidget, *, following: bool) -> bool:
    """Go to what comes next, or before, in the order of reading; answer False where the focus is outside of it.

    Qt's own chain is not asked: where a tab bar is among the widgets, setting its order can close a part of it to a
    ring that Tab does not leave.
    """
    wanted = [one for one in walk(window) if one.isEnabled()]
    focus = QApplication.focusWidget()
    if focus not in wanted:
        return False
    step = 1 if following else -1
    reason = Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason
    wanted[(wanted.index(focus) + step) % len(wanted)].setFocus(reason)
    return True


def walk(widget: QWidget) -> Iterator[QWidget]:
    """Yield what Tab goes to in a widget, in the order of reading."""
    if not widget.isVisible():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    for inner in _laid_out(widget):
        yield from walk(inner)


def _laid_out(widget: QWidget) -> list[QWidget]:
    """Return the children of a widget: those of its layout in its order, then the others as they stand."""
    layout = widget.layout()
    # children() would name every object: the first time that took a good part of a turn of the loop.
    inner = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    found = _in_order(layout, inner) if layout is not None else []
    known = set(found)
    others = [one for one in inner if one not in known and not one.isWindow()]
    return [*found, *sorted(others, key=lambda one: (one.y(), one.x()))]


def _in_order(layout: QLayout, inner: list[QWidget]) -> list[QWidget]:
    """Return those of these widgets that a layout holds, in its order.

    It is asked where each stands, never for its items: PySide keeps what it once answered for, an item is gone when its
    card is, and whatever widget comes to stand at its address is then taken for the item.
    """
    placed: list[tuple[tuple[int, ...], list[QWidget]]] = []
    for one in inner:
        number = layout.indexOf(one)
        if number >= 0:
            placed.append((_place(layout, number), [one]))
    for part in layout.findChildren(QLayout, options=Qt.FindChildOption.FindDirectChildrenOnly):
        placed.append((_place(layout, layout.indexOf(part)), _in_order(part, inner)))
    return [one for _place_of_it, widgets in sorted(placed, key=lambda pair: pair[0]) for one in widgets]


def _place(layout: QLayout, number: int) -> tuple[int, ...]:
    return layout.getItemPosition(number)[:2] if isinstance(layout, QGridLayout) else (number,)  # type: ignore[index]


def _from(first: QWidget, wanted: set[QWidget]) -> list[QWidget]:
    """Return in which order Tab walks these, from the first on, as far as it can be told."""
    found = [first]
    at = first.nextInFocusChain()
    # PySide answers with the wrapper of what stood at a widget's address before, such as a layout's item that is gone.
    while isinstance(at, QWidget) and at is not first:
        if at in wanted:
            found.append(at)
        at = at.nextInFocusChain()
    return found
