"""Two hands on a keyboard: every key goes to the widget that has the focus, as it would from a person.

Keys are counted for the budgets of DOMAIN.md by the keystroke-level model: 0.28 s a key, 1.35 s a decision. Chinese
costs its pinyin and one key that takes the phrase from the input method.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from crm_app.domain import pinyin
from crm_app.ui.widgets.suggest import SuggestField
from crm_app.ui.widgets.turns import is_waiting

KEY_SECONDS, DECISION_SECONDS = 0.28, 1.35
_LONGEST_MS = 20_000
LONGEST_WALK = 90
T = TypeVar("T")
D = TypeVar("D", bound=QDialog)


def _is_filling() -> bool:
    # Keys of a test go to a widget; a person's go through the window, which is whole before it hears them.
    return any(is_waiting(window) for window in QApplication.topLevelWidgets() if window.isVisible())


class Hands:
    """Presses, types and waits. ``keys`` and ``decisions`` count what a person did since ``begin``."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.keys = self.decisions = 0

    def begin(self) -> None:
        """Start counting anew."""
        self.keys = self.decisions = 0

    @property
    def seconds(self) -> float:
        """How long a person takes for what was done since ``begin``."""
        return self.keys * KEY_SECONDS + self.decisions * DECISION_SECONDS

    @property
    def focus(self) -> QWidget:
        """The widget that hears the keys."""
        focused = QApplication.focusWidget()
        assert focused is not None, "something has the focus"
        return focused

    def until(self, holds: Callable[[], object]) -> None:
        """Wait for what a person would see before going on, all of it painted."""
        self._qtbot.waitUntil(lambda: bool(holds()) and not _is_filling(), timeout=_LONGEST_MS)

    def press(self, keys: str, times: int = 1) -> None:
        """Press a key or a chord, such as “Ctrl+N”; each key held counts."""
        for _time in range(times):
            self.until(QApplication.focusWidget)
            QTest.keySequence(self.focus, QKeySequence(keys))
            self.keys += len(keys.split("+"))

    def write(self, text: str) -> None:
        """Type a text into the focused field: one decision what to write, then its keys."""
        self.decisions += 1
        for phrase in _phrases(text):
            if phrase.isascii():
                QTest.keyClicks(self.focus, phrase)
                self.keys += len(phrase)
            else:
                event = QInputMethodEvent("", [])
                event.setCommitString(phrase)
                QApplication.sendEvent(self.focus, event)
                self.keys += len(pinyin.full(phrase).replace(" ", "")) + 1

    def retype(self, text: str) -> None:
        """Type over what stands in the focused field."""
        self.press("Ctrl+A")
        self.write(text)

    def choose(self, typed: str) -> None:
        """Type, wait for the offers and take the first."""
        field = cast("SuggestField", self.focus)
        self.write(typed)
        self.until(lambda: field.offers)
        self.press("Return")

    def walk_to(self, label: str, *, key: str = "Tab") -> QWidget:
        """Press Tab until the focus stands on what a screen reader would call ``label``, once it is to be seen."""
        self._until_seen(lambda one: label == label_of(one), label)
        walked = []
        for _step in range(LONGEST_WALK):
            if label == label_of(self.focus):
                return self.focus
            walked.append(label_of(self.focus))
            self.press(key)
        raise AssertionError(f"Tab never reaches {label!r}; it walks {walked}")

    def reach(self, widget: QWidget) -> None:
        """Press Tab until a widget has the focus: a table is called what the field above it is called."""
        self._until_seen(lambda one: one is widget, widget)
        for _step in range(LONGEST_WALK):
            if widget.hasFocus():
                return
            self.press("Tab")
        raise AssertionError(f"Tab never reaches {widget}")

    def _until_seen(self, wanted: Callable[[QWidget], bool], called: object) -> None:
        """Wait until the active window shows a widget that takes keys: keys are faster than what it reads."""

        def seen() -> bool:
            window = QApplication.activeWindow()
            return window is not None and any(
                wanted(one) and one.isVisible() and one.isEnabled() for one in (window, *window.findChildren(QWidget))
            )

        try:
            self.until(seen)
        except self._qtbot.TimeoutError as error:
            raise AssertionError(f"{called!r} is never to be seen") from error

    def walk_rows(self, listed: QListWidget, row: str) -> None:
        """Go to a list and press ↓ until a row that says ``row`` is under the cursor."""
        self.reach(listed)
        self.press("Home")
        for _row in range(listed.count()):
            current = listed.currentItem()
            if current is not None and row in current.text():
                return
            self.press("Down")
        raise AssertionError(f"{row!r} is not in {[listed.item(n).text() for n in range(listed.count())]}")

    def fill(self, *answers: tuple[str, str]) -> None:
        """Walk to each field by its label and type what it asks."""
        for label, typed in answers:
            self.walk_to(label)
            self.write(typed)

    def fill_from_offers(self, *answers: tuple[str, str]) -> None:
        """Walk to each field by its label, and take the first offer for what is typed."""
        for label, typed in answers:
            self.walk_to(label)
            self.choose(typed)

    def pick(self, label: str, word: str) -> None:
        """Go to a closed choice and press ↓ until it says ``word``."""
        box = cast("QComboBox", self.walk_to(label))
        self.until(lambda: box.findText(word) >= 0)
        self.press("Down", box.findText(word) - box.currentIndex())
        assert box.currentText() == word

    def dialog(self, kind: type[D]) -> D:
        """Wait for a dialog to stand on top with the focus in it."""

        def ready() -> bool:
            top, focused = QApplication.activeModalWidget(), QApplication.focusWidget()
            return isinstance(top, kind) and focused is not None and focused.window() is top

        self.until(ready)
        return cast("D", QApplication.activeModalWidget())

    def gone(self, dialog: QDialog) -> None:
        """Wait until a dialog closed by itself: what it held is saved."""
        window = known(dialog.parentWidget()).window()
        self.until(lambda: QApplication.activeModalWidget() is not dialog)
        self._back_to(window)

    def _back_to(self, window: QWidget) -> None:
        # Without a screen there is no window manager to give the keyboard back to the window below.
        window.activateWindow()
        self.until(lambda: QApplication.activeWindow() is window and QApplication.focusWidget() is not None)

    def save_file(self, keys: str, path: str) -> None:
        """Press what asks for a file, type its path into the dialog and press Enter."""
        self.press(keys)
        dialog = self.dialog(QFileDialog)
        self.retype(path)
        self.press("Return")
        self.gone(dialog)


def known(value: T | None) -> T:
    """Return what is there by now."""
    assert value is not None
    return value


def label_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or words or type(widget).__name__


def text_of(widget: QWidget) -> str:
    """Return what stands in a field."""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    assert isinstance(widget, QLineEdit)
    return widget.text()


def _phrases(text: str) -> list[str]:
    """Split a text where Chinese begins or ends: an input method hands over a phrase at a time."""
    parts: list[str] = []
    for character in text:
        if parts and parts[-1].isascii() == character.isascii():
            parts[-1] += character
        else:
            parts.append(character)
    return parts
