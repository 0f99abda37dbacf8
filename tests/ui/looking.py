"""What is wrong with what stands in a window: for ears, for hands on the keyboard, and for eyes that read.

Each function returns sentences, none where all is well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

from crm_app.ui import actions
from crm_app.ui.shell.tabbing import in_reading_order, walk

_NO_ROLE = (QAccessible.Role.NoRole, QAccessible.Role.Client)
_OF_ROWS = (QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Tree)


def unheard(top: QWidget) -> list[str]:
    """Return what can have the focus and does not say what it is called or what it is, or says so twice in one row."""
    found = []
    named: dict[tuple[str, QAccessible.Role], list[QWidget]] = defaultdict(list)
    for one in _interfaces(QAccessible.queryAccessibleInterface(top)):
        widget = one.object()
        if not isinstance(widget, QWidget) or not _takes_focus(widget):
            continue
        name, role = one.text(QAccessible.Text.Name).strip(), one.role()
        if not name:
            found.append(f"no name: {_told(widget)}")
        # What is painted has no role of Qt's; it says what it shows instead.
        if role in _NO_ROLE and not one.text(QAccessible.Text.Description):
            found.append(f"no role: {_told(widget)}")
        for other in named[name, role]:
            if other.parentWidget() is widget.parentWidget() and _one_row(_rect(other, top), _rect(widget, top)):
                found.append(f"twice in one row: {_told(widget)}")
        named[name, role].append(widget)
    return found


def out_of_order(top: QWidget) -> list[str]:
    """Return where Tab goes back: to what stands above, or at the left in the same row, within one part."""
    walked = _tab_chain(top)
    found: list[tuple[int, str]] = []
    for a, b in pairwise([*walked, *walked[:1]]):
        shared, one, other = _branches(a, b, top)
        before, after = _rect(one, shared), _rect(other, shared)
        above = after.bottom() <= before.top() and after.left() < before.right()
        left = _one_row(before, after) and after.right() <= before.left()
        if above or left:
            up = _rect(a, top).top() - _rect(b, top).top()
            found.append((up, f"Tab goes back from {_told(a)} to {_told(b)}"))
    # The walk is a ring: from the end it goes back to the beginning, once.
    return [sentence for _up, sentence in sorted(found)[:-1]]


def out_of_reach(top: QWidget) -> list[str]:
    """Return the buttons that no Tab reaches, and nothing beside them or above them that can have the focus does."""
    found = []
    for one in top.findChildren(QAbstractButton):
        alone = one.isVisible() and one.isEnabled() and one.focusPolicy() is Qt.FocusPolicy.NoFocus
        above = one.parentWidget()
        reached = above is None or _takes_focus(above) or above.focusProxy() is not None
        if alone and not reached and not _by_keys(one, top) and not _is_picture(one):
            found.append(f"by mouse alone: {_told(one)}")
    return found


def _is_picture(button: QAbstractButton) -> bool:
    return not button.text() and not button.toolTip() and not button.receivers("2clicked(bool)")


def _by_keys(button: QAbstractButton, top: QWidget) -> bool:
    """Say whether a declared action with keys does what a button does: it is named, or told, as the action is."""
    words = f"{button.text()} {button.accessibleName()} {button.toolTip()}"
    named = [action for widget in (top, *top.findChildren(QWidget)) for action in widget.actions()]
    return any(
        action.text() in words or keys.toString(QKeySequence.SequenceFormat.NativeText) in button.toolTip()
        for action in named
        for keys in action.shortcuts()
    )


def ambiguous(top: QWidget) -> list[str]:
    """Return the keys that two actions hear at once, and so neither: wherever the focus can be in this window."""
    found = set()
    whole = [
        (keys.toString(), action)
        for one in (top.window(), *top.window().findChildren(QWidget))
        if one.isVisible()
        for action in one.actions()
        if action.isEnabled() and action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
        for keys in action.shortcuts()
    ]
    for widget in [one for one in (top, *top.findChildren(QWidget)) if _takes_focus(one)]:
        heard: dict[str, list[QAction]] = defaultdict(list)
        for keys, action in (*whole, *_heard(widget)):
            if action not in heard[keys]:
                heard[keys].append(action)
        for keys, several in heard.items():
            if len(several) > 1:
                names = " and ".join(sorted(action.objectName() or action.text() for action in several))
                found.add(f"{keys} is {names} at {type(widget).__name__}")
    return sorted(found)


def undeclared(top: QWidget) -> list[str]:
    """Return the actions with keys of their own that ui/actions.py does not declare."""
    return [
        f"not in ui/actions.py: {action.objectName() or action.text()} ({keys.toString()})"
        for widget in (top, *top.findChildren(QWidget))
        for action in widget.actions()
        for keys in action.shortcuts()
        if not actions.is_declared(action.objectName())
    ]


def deaf(top: QWidget, known: set[str]) -> list[str]:
    """Press the keys of every action that can be heard here and is not ``known`` yet; return those nothing heard.

    What an action does is taken from it: what is left of the window can be looked at, not worked with.
    """
    found = []
    for widget in (top, *top.findChildren(QWidget)):
        for action in widget.actions() if widget.isVisible() else ():
            if action.objectName() in known or not action.isEnabled() or not action.shortcuts():
                continue
            place = _place_to_press(widget)
            if place is None:
                continue
            known.add(action.objectName())
            heard: list[bool] = []
            action.triggered.disconnect()
            action.triggered.connect(lambda _checked=False, heard=heard: heard.append(True))
            place.setFocus()
            QTest.keySequence(place.window().windowHandle(), action.shortcut())
            if not heard:
                found.append(f"deaf: {action.objectName()} ({action.shortcut().toString()}) at {_told(place)}")
    return found


def _place_to_press(widget: QWidget) -> QWidget | None:
    """Return what can have the focus and types no letters: the widget, or something in it."""
    fields = (QLineEdit, QPlainTextEdit)
    inside = [one for one in (widget, *widget.findChildren(QWidget)) if _takes_focus(one)]
    return next((one for one in inside if not isinstance(one, fields)), None)


def cut_off(top: QWidget) -> list[str]:
    """Return words that have no room, and are neither shortened with “…” nor told by a tooltip."""
    found = []
    for widget in top.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty() and not widget.toolTip():
            found += [f"cut off: {text!r} in {_told(widget)}" for text in _without_room(widget)]
    return found


def shown_texts(top: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Yield the words of the program that stand in a window: of labels, buttons, tabs and heads, not of rows."""
    for widget in (top, *top.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield widget, widget.text()
        elif isinstance(widget, QTabBar):
            yield from ((widget, widget.tabText(n)) for n in range(widget.count()) if widget.isTabVisible(n))
        if isinstance(widget, QLineEdit):
            yield widget, widget.placeholderText()
        if widget.isWindow():
            yield widget, widget.windowTitle()


def _without_room(widget: QWidget) -> list[str]:
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel) and widget.text() and not widget.pixmap():
        needs = widget.sizeHint().width() if not widget.wordWrap() else 0
        high = widget.heightForWidth(widget.width()) if widget.wordWrap() else metrics.height()
        squeezed = widget.height() < high - metrics.descent() and not _scrolls(widget)
        return [widget.text()] if widget.width() < needs - 1 or squeezed else []
    if isinstance(widget, QAbstractButton) and widget.text() and not widget.text().endswith("…"):
        room = widget.width() - (20 if not widget.icon().isNull() else 0)
        return [widget.text()] if room < metrics.horizontalAdvance(widget.text().replace("&", "")) else []
    if isinstance(widget, QTabBar):
        return [
            widget.tabText(n)
            for n in range(widget.count())
            if widget.isTabVisible(n) and _room_of_tab(widget, n) < metrics.horizontalAdvance(widget.tabText(n))
        ]
    if isinstance(widget, QComboBox):
        return [widget.currentText()] if widget.width() - 24 < metrics.horizontalAdvance(widget.currentText()) else []
    return []


def _room_of_tab(bar: QTabBar, number: int) -> int:
    """Return how much of a tab is seen; beyond the end of its bar it is reached by the bar's buttons, if any."""
    tab = bar.tabRect(number)
    return tab.width() if bar.usesScrollButtons() else tab.intersected(bar.rect()).width()


def _scrolls(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea) and above.verticalScrollBar().maximum() > 0:
            return True
        above = above.parentWidget()
    return False


def _interfaces(one: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield one
    if one.role() in _OF_ROWS:
        return
    for number in range(one.childCount()):
        child = one.child(number)
        if child is not None and child.isValid():
            yield from _interfaces(child)


def _takes_focus(widget: QWidget) -> bool:
    return (
        widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not isinstance(widget, (QScrollArea, QScrollBar))
    )


def _tab_chain(top: QWidget) -> list[QWidget]:
    """Return what Tab walks: where a window steps by itself the order of reading, else Qt's chain."""
    window = top.window()
    if "focusNextPrevChild" in vars(type(window)):
        chain = list(walk(window))
    else:
        in_reading_order(window)
        chain, at = [], window.nextInFocusChain()
        while at is not window:
            chain.append(at)
            at = at.nextInFocusChain()
    return [
        one
        for one in chain
        if _takes_focus(one) and one.focusPolicy() & Qt.FocusPolicy.TabFocus and (one is top or top.isAncestorOf(one))
    ]


def _branches(a: QWidget, b: QWidget, top: QWidget) -> tuple[QWidget, QWidget, QWidget]:
    """Return the nearest widget that holds both, and its child towards each."""
    above = [a, *_above(a, top)]
    at: QWidget = b
    for parent in _above(b, top):
        if parent in above:
            mine = above[above.index(parent) - 1] if parent is not a else a
            return parent, mine, at
        at = parent
    return top, a, b


def _above(widget: QWidget, top: QWidget) -> list[QWidget]:
    found = []
    at: QObject | None = widget
    while isinstance(at, QWidget) and at is not top:
        at = at.parentWidget()
        if at is not None:
            found.append(at)
    return found


def _heard(widget: QWidget) -> Iterator[tuple[str, QAction]]:
    """Yield the actions, with their keys, that are heard while the focus is on a widget or in it."""
    inside, alone = Qt.ShortcutContext.WidgetWithChildrenShortcut, Qt.ShortcutContext.WidgetShortcut
    for one in (widget, *_above(widget, widget.window())):
        for action in one.actions():
            context = action.shortcutContext()
            if action.isEnabled() and (context is inside or (context is alone and one is widget)):
                yield from ((keys.toString(), action) for keys in action.shortcuts())


def _rect(widget: QWidget, top: QWidget) -> QRect:
    return QRect(widget.mapTo(top, QPoint(0, 0)) if widget is not top else QPoint(0, 0), widget.size())


def _one_row(a: QRect, b: QRect) -> bool:
    shared = min(a.bottom(), b.bottom()) - max(a.top(), b.top())
    return shared > min(a.height(), b.height()) / 2


def _told(widget: QWidget) -> str:
    parents = [type(one).__name__ for one in _above(widget, widget.window())[:2]]
    words = widget.accessibleName() or (widget.text() if isinstance(widget, (QAbstractButton, QLabel)) else "")
    return " in ".join([f"{type(widget).__name__}({words})", *parents])
