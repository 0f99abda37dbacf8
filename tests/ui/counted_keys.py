"""A keyboard as a person has it: keys go to the window that is in front, and what arrives there is counted.

The count is what an event filter saw at the windows, with every key that was held: a chord of three keys counts three.
Chinese comes through an input method: each letter of the pinyin changes the word being composed, and one key takes it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_app.domain import pinyin

_HELD = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)
_NONE = Qt.KeyboardModifier.NoModifier


class CountedKeys(QObject):
    """Presses keys; ``keys`` is how many arrived, ``decisions`` what the person had to make up their mind about."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.keys = 0
        self.decisions: list[str] = []
        app.installEventFilter(self)

    @property
    def seconds(self) -> float:
        """What it takes a practised person, by the keystroke-level model: 0.28 s a key, 1.35 s a decision."""
        return self.keys * 0.28 + len(self.decisions) * 1.35

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """Count a key when it is let go at a window, whether a shortcut or a field took it, and what is composed."""
        if isinstance(watched, QWindow) and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyRelease:
            self.keys += 1 + sum(bool(event.modifiers() & held) for held in _HELD)
        elif event.type() is QEvent.Type.InputMethod and watched is QApplication.focusWidget():
            self.keys += 1
        return False

    def decide(self, what: str) -> None:
        """Note what the person thinks about before going on."""
        self.decisions.append(what)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Press and let go of a key in the window in front."""
        window = QApplication.focusWindow()
        assert window is not None, "a window is in front"
        QTest.keyClick(window, key, modifiers)

    def write(self, text: str) -> None:
        """Type a text, word by word where it is Chinese; words are separated by “|”."""
        for word in text.split("|"):
            if word.isascii():
                for character in word:
                    self._type(character)
            else:
                self._compose(word)

    def _type(self, character: str) -> None:
        window = QApplication.focusWindow()
        assert window is not None, "a window is in front"
        QTest.keyClick(window, character)

    def _compose(self, word: str) -> None:
        letters = pinyin.full(word).replace(" ", "")
        for typed in range(1, len(letters) + 1):
            self._send(QInputMethodEvent(letters[:typed], []))
        taken = QInputMethodEvent("", [])
        taken.setCommitString(word)
        self._send(taken)

    def _send(self, event: QInputMethodEvent) -> None:
        QApplication.sendEvent(QApplication.focusWidget(), event)
