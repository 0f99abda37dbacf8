"""The hands and eyes of the tour: waits until the window is at rest, types, presses keys, takes pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QInputMethodEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crm_app.services.book import Book
from crm_app.ui.page import Page
from crm_app.ui.start import Program
from crm_app.ui.widgets.turns import is_waiting

_REST_MS = 15
_LONGEST_MS = 60_000
_PAUSE_MS = 360
"""Longer than any field waits after the last key before it offers something."""


class Walk:
    """One tour under way; ``trouble`` holds the sentences the window told, which none should."""

    def __init__(self, program: Program, out: Path, folder: Path) -> None:
        self.program = program
        self.out = out
        self.folder = folder
        self.pictures = 0
        self.papers = 0
        self.trouble: list[str] = []
        program.session.trouble.connect(self.trouble.append)

    @property
    def book(self) -> Book:
        """The sample book that is open."""
        return self.program.session.book

    @property
    def page(self) -> Page:
        """The page on top."""
        page = self.program.window.page
        assert page is not None, "a book is open"
        return page

    def rest(self, ms: int = _REST_MS) -> None:
        """Let the window work for so long, and on until everything it asked for is answered and painted."""
        self._work(ms)
        for _round in range(_LONGEST_MS // _REST_MS):
            if not (self.program.session.background.busy or is_waiting(self.program.window)):
                break
            self._work(_REST_MS)

    def _work(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds and nothing is under way; give up after a minute."""
        for _round in range(_LONGEST_MS // _REST_MS):
            self.rest()
            if self.trouble or holds():
                return
        self.trouble.append("a minute passed and nothing happened")

    def go(self, place: str, record: UUID | None = None, view: str = "") -> Page:
        """Go to a place and wait for it."""
        self.program.session.go(place, record, view)
        self.until(lambda: self.program.window.page is not None)
        return self.page

    def type(self, field: QWidget, text: str) -> None:
        """Type key by key; what is not Latin comes as an input method hands it over."""
        field.setFocus()
        for character in text:
            if character.isascii():
                QTest.keyClicks(field, character)
            else:
                event = QInputMethodEvent("", [])
                event.setCommitString(character)
                QApplication.sendEvent(field, event)
        self.rest(_PAUSE_MS)

    def press(self, widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press one key."""
        if QApplication.activeWindow() is None:
            # Without a screen there is no window manager to give the keyboard back when a dialog closes.
            widget.activateWindow()
            self.rest()
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.keyClick(widget, key, held)
        self.rest()

    def dialog(self) -> QDialog:
        """Return the dialog on top."""
        found = [one for one in self.program.window.findChildren(QDialog) if one.isVisible()]
        assert found, "a dialog is open"
        return found[-1]

    def shoot(self, name: str) -> None:
        """Take a numbered picture of the window, with the dialog on top of it."""
        window = self.program.window
        self.rest()
        # In memory the mouse rests in the corner, on the first place of the rail, which would look chosen.
        # Only what is there is asked for: PySide keeps what it once answered for, and falls over what is long gone.
        at: QWidget | None = window.childAt(window.mapFromGlobal(QCursor.pos()))
        while at is not None:
            at.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            at.update()
            at = at.parentWidget()
        # A toast of the step before would lie over this one; the tests show it.
        window.toast.hide()
        picture = window.grab()
        for dialog in (one for one in window.findChildren(QDialog) if one.isVisible()):
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
            corner = QPoint((picture.width() - dialog.width()) // 2, (picture.height() - dialog.height()) // 2)
            painter.drawPixmap(corner, dialog.grab())
            painter.end()
        self.pictures += 1
        picture.save(str(self.out / f"{self.pictures:02d}-{name}.png"))

    def keep(self, name: str, content: bytes) -> None:
        """Keep a paper as it was shown."""
        self.papers += 1
        (self.out / f"{name}.pdf").write_bytes(content)
