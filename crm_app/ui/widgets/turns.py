"""Work in several turns of the window's loop, so that no key waits for all of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget

_NEXT_MS = 1
"""What waits no time at all Qt does in the same turn."""
_NAME = "next turn"
AT_WORK = frozenset(
    {
        # A key that is a shortcut is heard as this alone.
        QEvent.Type.ShortcutOverride,
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
    }
)
"""What a window hears while somebody types or clicks in it."""
_INPUT = AT_WORK | {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}


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
    return any(turn.isActive() for turn in window.findChildren(QTimer, _NAME))


def steady(scrolled: QWidget, steps: Iterable[Callable[[], object]]) -> Iterator[Callable[[], object]]:
    """Yield steps that empty a widget and fill it anew; meanwhile it keeps its height: one reads on where one was."""
    yield lambda: scrolled.setMinimumHeight(scrolled.height())
    yield from steps
    yield lambda: scrolled.setMinimumHeight(0)


class Turns(QObject):
    """Fills a widget, a step a turn; until all of them are done there stands on the screen what stood there before.

    No key, no click and no file that is dropped meets a page half of which shows another record: what is left is done
    before they are heard. But keys that lead to another record or place do not wait for the one that is left.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._left: deque[Callable[[], object]] = deque()
        self._window: QWindow | None = None
        self._turn = QTimer(self, singleShot=True, interval=_NEXT_MS)
        self._turn.setObjectName(_NAME)
        self._turn.timeout.connect(self._go_on)

    def begin(self, steps: Iterable[Callable[[], object]]) -> None:
        """Do these steps from the next turn on, in place of what is left of those before."""
        self._left = deque(steps)
        self._over.setUpdatesEnabled(False)
        if self._window is None:
            self._window = self._over.window().windowHandle()
            if self._window is not None:
                self._window.installEventFilter(self)
        self._turn.start()

    @property
    def busy(self) -> bool:
        """Whether anything is left to be done."""
        return bool(self._left)

    def finish(self) -> None:
        """Do now what is left."""
        while self._left:
            self._left.popleft()()
        if self._turn.isActive():
            self._end()

    def drop(self) -> None:
        """Do nothing of what is left: something else is shown."""
        self._left.clear()
        self.finish()

    def _go_on(self) -> None:
        if self._left:
            self._turn.start()
            self._left.popleft()()
        else:
            self._end()

    def _end(self) -> None:
        self._turn.stop()
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None
        self._over.setUpdatesEnabled(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the widget whole before anybody types or clicks on it."""
        if event.type() in _INPUT and not (isinstance(event, QKeyEvent) and _leads_away(event)):
            self.finish()
        return False


def _leads_away(key: QKeyEvent) -> bool:
    """Say whether a key goes back or forward (Alt), to the record before or after, or to a place (Ctrl)."""
    at = key.key()
    with_ctrl = at in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) or Qt.Key.Key_1 <= at <= Qt.Key.Key_9
    return bool(
        key.modifiers() & (Qt.KeyboardModifier.ControlModifier if with_ctrl else Qt.KeyboardModifier.AltModifier)
    )
