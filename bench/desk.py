"""A window that keys are pressed in while a watchdog counts: the program on a book, and a bare one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTableView, QWidget

from bench.watchdog import Gaps, Watchdog
from crm_app.settings import Settings
from crm_app.ui.session import Location
from crm_app.ui.start import Program

_PACE_MS = 90
"""Between two keys: faster than most people type."""
_TURN_MS = 5
_SIZE = (1366, 768)
CTRL = Qt.KeyboardModifier.ControlModifier
Keys = Sequence[tuple[Qt.Key, Qt.KeyboardModifier]]


class Typist:
    """Presses keys at a pace, as the window's system hands them over, while a watchdog counts."""

    def __init__(self) -> None:
        self.gaps = Gaps((0.0,), (0.0,))

    def rest(self, ms: int) -> None:
        """Let the window work for so long."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def stand_in(self, window: QWidget) -> None:
        """Let a window have the keys: one that was asked to gets them some turns later."""
        window.activateWindow()
        while QGuiApplication.focusWindow() is not window.windowHandle():
            self.rest(_TURN_MS)

    def press(self, keys: Keys, window: QWidget, settled: Callable[[], bool] | None) -> None:
        """Press them one after the other wherever the focus is; ``settled``: each waits until nothing is under way."""
        watchdog = Watchdog()
        for key, held in keys:
            QTest.keyClick(QGuiApplication.focusWindow() or window.windowHandle(), key, held)
            self.rest(_PACE_MS)
            while settled is not None and not settled():
                self.rest(_PACE_MS)
        self.gaps = watchdog.stop()


class Bare(Typist):
    """A bare Qt window with a field."""

    def __init__(self) -> None:
        super().__init__()
        self._window = QMainWindow()
        self._field = QLineEdit(self._window)
        self._window.setCentralWidget(self._field)
        self._window.resize(*_SIZE)

    def job(self, keys: Keys) -> Callable[[], object]:
        """Return what types these keys into the field."""

        def run() -> None:
            self._window.show()
            self.stand_in(self._window)
            self._field.setFocus()
            self.press(keys, self._window, None)
            self._window.hide()

        return run


class Desk(Typist):
    """The program on a book. ``shown`` is the records that were shown, each as often as it was."""

    def __init__(self, app: QApplication, book: Path, settings: Path) -> None:
        super().__init__()
        self.shown: list[Location] = []
        self._program = Program(app, Settings(settings))
        self._window = self._program.window
        self._window.resize(*_SIZE)
        self._window.show()
        self._program.open(book)
        self._program.session.wanted.connect(self._note)
        while not self._program.session.has_book or not self._settled():
            self.rest(_PACE_MS)

    def _note(self, location: Location) -> None:
        if location.record is not None:
            self.shown.append(location)

    def _settled(self) -> bool:
        return not self._program.session.background.busy

    def job(self, keys: Keys, begin: Callable[[], QWidget], *, each: bool = False) -> Callable[[], object]:
        """Return what presses these keys where ``begin`` leads; ``each``: the next once the last was answered."""

        def run() -> None:
            self.stand_in(self._window)
            first = begin()
            while not self._settled():
                self.rest(_PACE_MS)
            first.setFocus()
            self.shown.clear()
            self.press(keys, self._window, self._settled if each else None)
            while not self._settled():
                self.rest(_PACE_MS)

        return run

    def told(self) -> list[str]:
        """Return what the last job found, a line each."""
        shown = [f"{len(self.shown)} times a record was shown"] if self.shown else []
        return [*shown, *self.gaps.lines()]

    def today(self) -> QWidget:
        """Stand on the first place."""
        self._program.session.go("today")
        return self._window

    def search(self) -> QWidget:
        """Stand in the search of everything."""
        return self._window.topbar.search

    def table(self, place: str, view: str) -> QWidget:
        """Stand in the rows of a list."""
        self._program.session.go(place, None, view)
        shown: list[QTableView] = []
        while not shown:
            self.rest(_PACE_MS)
            shown = [table for table in self._window.findChildren(QTableView) if table.isVisible()]
        while not self._settled():
            self.rest(_PACE_MS)
        shown[0].setCurrentIndex(shown[0].model().index(0, 0))
        return shown[0]

    def filter(self) -> QWidget:
        """Stand in the first filter of the list of enterprises."""
        self.table("enterprises", "list").setFocus()
        QTest.keyClick(self._window.windowHandle(), Qt.Key.Key_F, CTRL)
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit), "Ctrl+F leads to a filter"
        return field

    def end(self) -> None:
        """Close the window and its book."""
        self._window.close()
        self._program.end()
