"""Keys pressed wherever the focus is, and answers waited for: what the hands of every place have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from crm_app.domain import pinyin
from crm_app.services.book import Book
from crm_app.ui.main_window import MainWindow
from crm_app.ui.session import Session
from crm_app.ui.widgets.turns import is_waiting
from tests.ui.kit import enter, settle

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
D = TypeVar("D", bound=QDialog)


@dataclass
class Keyboard:
    """One at a window; ``told`` are the errors it was told."""

    window: MainWindow
    session: Session
    book: Book
    qtbot: QtBot
    told: list[str] = field(default_factory=list)

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds, and what is filled in several turns is filled."""
        self.qtbot.waitUntil(lambda: bool(holds()) and not is_waiting(self.window), timeout=20_000)

    def settle(self) -> None:
        """Let everything that is being written and read arrive."""
        settle(self.qtbot, self.session.background)

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        # A person's keys go through the window, which is whole before it hears them.
        self.until(lambda: True)
        QTest.keyClick(self.focus(), key, modifiers)

    def tab_to(self, wanted: QWidget) -> None:
        # Keys are faster than what a window reads before a field takes any.
        self.until(lambda: wanted.isVisible() and wanted.isEnabled())
        for _step in range(80):
            if self.focus() is wanted:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {wanted.accessibleName()}")

    def dialog(self, kind: type[D]) -> D:
        """Return the dialog of a kind, once it is there and has the focus."""

        def found() -> D | None:
            shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
            return shown[0] if shown else None

        self.until(found)
        dialog = found()
        assert dialog is not None
        dialog.activateWindow()
        self.until(lambda: QApplication.focusWidget() and dialog.isAncestorOf(self.focus()))
        return dialog

    def closed(self, dialog: QDialog) -> None:
        """Do what a window manager does when a dialog is gone; the screen of the tests has none."""
        self.until(lambda: not shiboken6.isValid(dialog) or not dialog.isVisible())
        self.window.activateWindow()
        self.settle()


@dataclass
class CountedKeys(Keyboard):
    """One whose keys are counted."""

    keys: int = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1 + bin(modifiers.value).count("1")
        super().press(key, modifiers)

    def write(self, text: str) -> None:
        """Type, counting Chinese as the letters of its pinyin and one more key for each word of two characters."""
        chinese = [character for character in text if not character.isascii()]
        self.keys += len(text) - len(chinese) + len(pinyin.full("".join(chinese)).replace(" ", "")) + len(chinese) // 2
        enter(self.focus(), text)
