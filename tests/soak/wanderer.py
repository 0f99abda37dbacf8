"""One who does at random whatever a window lets hands do, quickly and in an odd order; a seed does it again."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QDialog, QMenu, QWidget

from crm_app.ui import actions
from crm_app.ui.start import Program
from crm_app.ui.widgets.turns import is_waiting
from tests.ui.dialogs import DIALOGS
from tests.ui.hasty import Hasty
from tests.ui.kit import enter
from tests.ui.pictures import SCENES, Studio

_NEVER = {"quit"}
_TEXTS = ("新能源", "下周三 回访", "1.2亿", "2023-07-14", "王", "abc", "5万㎡厂房", "138 0013 8000", "？", "-")
_KEYS = (
    *("Tab", "Shift+Tab", "Up", "Down", "Left", "Right", "Return", "Esc", "Space", "Delete", "Home", "End", "F2"),
    *("PgUp", "PgDown", "Ctrl+A", "Shift+Down", "Ctrl+Down", "Backspace", "F10", "Menu", "Ctrl+Return", "Ctrl+Z"),
)
_STUCK_MS = 250
"""So long nothing was done: a menu or a dialog is open that waits for an answer before it lets go of the loop."""
_LARGEST_GAP_MS = 120
_TURN_MS = 10
_LONGEST_S = 60


class Wanderer(QObject):
    """Hands that choose by chance; ``done`` is what they did last, the newest at the end."""

    def __init__(self, studio: Studio, seed: int) -> None:
        super().__init__()
        self._studio = studio
        self._hasty = Hasty.at(studio)
        self._chance = random.Random(seed)
        self._steps = 0
        self._seen = -1
        self.done: deque[str] = deque(maxlen=80)
        self._rescue = QTimer(self, interval=_STUCK_MS)
        self._rescue.timeout.connect(self._let_go)
        self._rescue.start()

    @property
    def _program(self) -> Program:
        return self._studio.program

    def walk(self, steps: int) -> None:
        """Do so many things, most of them before the one before has come to rest."""
        ways: tuple[tuple[int, Callable[[], object]], ...] = (
            (30, self._press),
            (18, self._shortcut),
            (30, self._click),
            (8, self._type),
            (8, self._go),
            (6, self._open),
            (5, self._command),
            (5, self._right_click),
            (4, self._drag),
            (3, self._wheel),
            (4, self._undo),
            (2, self._close),
            (2, self._resize),
        )
        weights, does = [weight for weight, _do in ways], [do for _weight, do in ways]
        for _step in range(steps):
            self._steps += 1
            if QApplication.activePopupWidget() is not None and self._chance.random() < 0.4:
                self._leave_menu()
            (do,) = self._chance.choices(does, weights)
            do()
            self._pause()
        self._rescue.stop()

    def rest(self) -> None:
        """Close what is open, and let everything arrive."""
        self._note("rest")
        for _more in range(20):
            self._settle()
            top = self._dialog()
            if top is None:
                break
            top.reject()
        self._settle()

    def _settle(self) -> None:
        """Let everything arrive; nothing may wait for ever."""
        until = time.monotonic() + _LONGEST_S
        while True:
            QTest.qWait(_TURN_MS)
            window, background = self._program.window, self._program.session.background
            if not (background.busy or is_waiting(window)):
                return
            assert time.monotonic() < until, f"busy: {background.busy}, waiting: {is_waiting(window)}"

    def _note(self, *what: object) -> None:
        self.done.append(f"{self._steps}: {' '.join(map(str, what))}")

    def _pause(self) -> None:
        how = self._chance.random()
        if how < 0.3:
            QApplication.processEvents()
        elif how < 0.5:
            QTest.qWait(self._chance.randrange(1, _LARGEST_GAP_MS))
        elif how < 0.8:
            self._settle()

    def _dialog(self) -> QDialog | None:
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        active = QApplication.activeModalWidget()
        return active if isinstance(active, QDialog) else (shown[-1] if shown else None)

    def _top(self) -> QWidget:
        return QApplication.activePopupWidget() or self._dialog() or self._program.window

    def _focus(self) -> QWidget:
        top = self._top()
        focused = QApplication.focusWidget()
        if focused is not None and (focused is top or top.isAncestorOf(focused)):
            return focused
        top.activateWindow()
        return top.focusWidget() or top

    def _key(self, keys: str) -> None:
        pressed = QKeySequence(keys)[0]
        widget = self._focus()
        self._note("key", keys, _called(widget))
        QTest.keyClick(widget, pressed.key(), pressed.keyboardModifiers())

    def _press(self) -> None:
        self._key(self._chance.choice(_KEYS))

    def _shortcut(self) -> None:
        spec = self._chance.choice([one for one in actions.SPECS if one.keys and one.id not in _NEVER])
        self._key(self._chance.choice(spec.keys))

    def _undo(self) -> None:
        again = self._chance.random() < 0.3
        self._note("redo" if again else "undo")
        session = self._program.session
        (session.redo if again else session.undo)()

    def _type(self) -> None:
        text = self._chance.choice(_TEXTS)
        widget = self._focus()
        self._note("type", text, _called(widget))
        for character in text:
            if not shiboken6.isValid(widget):
                break
            # An input method speaks to what is written in alone; Qt would let it write over a page that is read.
            if character.isascii() or widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
                enter(widget, character)

    def _target(self) -> QWidget | None:
        """Return something in what is on top that a mouse would go for."""
        top = self._top()
        inside = [one for one in top.findChildren(QWidget) if one.isVisible() and one.window() is top]
        wanted = [
            one
            for one in inside
            if isinstance(one, QAbstractButton | QAbstractItemView) or one.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]
        found = wanted if wanted and self._chance.random() < 0.85 else inside
        return self._chance.choice(found) if found else None

    def _spot(self) -> tuple[QWidget, QPoint] | None:
        """Return where the mouse is pressed: what it hits there, as a person's does, not what was aimed at."""
        target = self._target()
        if target is None:
            return None
        if isinstance(target, QAbstractItemView):
            target = target.viewport()
        if not shiboken6.isValid(target):
            # PySide keeps what it once answered for.
            return None
        top = target.window()
        seen = target.visibleRegion().boundingRect()
        if seen.isEmpty():
            return None
        x = self._chance.randrange(seen.left(), seen.right() + 1)
        y = self._chance.randrange(seen.top(), seen.bottom() + 1)
        at = target.mapTo(top, QPoint(x, y)) if target is not top else QPoint(x, y)
        hit = top.childAt(at) or top
        return hit, hit.mapFrom(top, at) if hit is not top else at

    def _click(self) -> None:
        found = self._spot()
        if found is None:
            return
        widget, at = found
        how = self._chance.random()
        held = Qt.KeyboardModifier.NoModifier
        if how > 0.9:
            held = self._chance.choice((Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier))
        twice = how < 0.15
        self._note("double-click" if twice else "click", _called(widget), at.toTuple())
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, held, at)
        if twice and shiboken6.isValid(widget):
            QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, held, at)

    def _right_click(self) -> None:
        found = self._spot()
        if found is None:
            return
        widget, at = found
        self._note("right-click", _called(widget), at.toTuple())
        QTest.mouseClick(widget, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
        if not shiboken6.isValid(widget):
            return
        where = widget.mapToGlobal(at)
        QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, where))

    def _drag(self) -> None:
        found = self._spot()
        if found is None:
            return
        widget, at = found
        self._note("drag", _called(widget), at.toTuple())
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        for _move in range(3):
            if not shiboken6.isValid(widget):
                return
            at += QPoint(self._chance.randrange(-60, 61), self._chance.randrange(-40, 41))
            QTest.mouseMove(widget, at)
            if self._chance.random() < 0.3:
                QApplication.processEvents()
        if shiboken6.isValid(widget):
            QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def _wheel(self) -> None:
        found = self._spot()
        if found is None:
            return
        widget, at = found
        self._note("wheel", _called(widget))
        turned = QPoint(0, self._chance.choice((-360, -120, 120)))
        event = QWheelEvent(
            *(at.toPointF(), widget.mapToGlobal(at).toPointF(), QPoint(), turned, Qt.MouseButton.NoButton),
            *(Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(widget, event)

    def _go(self) -> None:
        if self._dialog() is not None:
            return
        name = self._chance.choice([one for one in SCENES if not one.startswith(("dialog-", "empty-"))])
        self._note("go", name)
        try:
            SCENES[name](self._hasty)
        except StopIteration:
            self._note("no such record")

    def _open(self) -> None:
        if self._dialog() is not None:
            return
        name = self._chance.choice(list(DIALOGS))
        self._note("open", name)
        try:
            DIALOGS[name](self._program.session, self._program.window)
        except StopIteration:
            self._note("no such record")

    def _command(self) -> None:
        if self._dialog() is not None:
            return
        spec = self._chance.choice([one for one in actions.SPECS if one.id not in _NEVER])
        self._note("command", spec.id)
        self._key("Ctrl+K")
        for character in self._chance.choice(spec.names)[: self._chance.randrange(2, 9)]:
            enter(self._focus(), character)
        if self._chance.random() < 0.5:
            self._settle()
        self._key("Return")

    def _close(self) -> None:
        top = self._dialog()
        if top is not None:
            self._note("close", type(top).__name__)
            top.close()

    def _resize(self) -> None:
        self._note("resize")
        self._program.window.resize(*self._chance.choice(((1366, 768), (911, 512), (1100, 700))))

    def _let_go(self) -> None:
        """Answer what waits within a loop of its own: a menu by one of its lines or Esc, a dialog by Esc."""
        if self._seen != self._steps:
            self._seen = self._steps
            return
        if QApplication.activePopupWidget() is not None:
            self._leave_menu()
            return
        top = QApplication.activeModalWidget()
        if isinstance(top, QDialog):
            self._note("let go", type(top).__name__)
            top.reject()

    def _leave_menu(self) -> None:
        menu = QApplication.activePopupWidget()
        assert menu is not None
        lines = [one for one in menu.actions() if one.isEnabled() and not one.isSeparator() and one.menu() is None]
        line: QAction | None = None
        if isinstance(menu, QMenu) and lines and self._chance.random() < 0.6:
            line = self._chance.choice(lines)
        self._note("menu", line.text() if line else "away")
        menu.close()
        if line is not None and shiboken6.isValid(line):
            line.trigger()


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()}".strip()
