"""The window on a book of any size: what is typed, scrolled and switched, with a watchdog in its event loop.

Beside each the gaps are told: the longest, the 99th of a hundred, how many were longer than 50 ms. The floor of a job
is the same keys, at the same pace, in a bare Qt window; their pace is most of the time, so the gaps are what counts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from bench import starting
from bench.measure import Measure
from bench.stock import Stock
from bench.watchdog import Gaps, Watchdog
from crm_app.collecting import give_way
from crm_app.settings import Settings
from crm_app.ui.start import Program
from crm_app.ui.widgets.list_table import ListTable

_PACE_MS = 90
"""Between two keys: faster than most people type."""
_BREATH_MS = 8000
"""What making every place beforehand takes while nobody is at work."""
_SIZE = (1366, 768)
_CTRL = Qt.KeyboardModifier.ControlModifier
_QUERIES = ("chongqing", "xny", "dc", "zd", "shanghai")
_PLACES = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6)
_AWAY, _HOME = (Qt.Key.Key_PageDown,) * 30, (Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home)
Keys = Sequence[tuple[Qt.Key, Qt.KeyboardModifier]]


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield the first paint, then each job in the window of a book of ``rows`` enterprises."""
    yield from starting.measures(stock, rows)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # As the window itself does: it starts by other ways here.
    sys.setswitchinterval(0.001)
    give_way()
    desk = Desk(stock.copy(rows, "window"), stock.folder / "window-settings.json")
    bare = Bare()
    plain = Qt.KeyboardModifier.NoModifier
    places: Keys = [(key, _CTRL) for key in _PLACES]
    walked: Keys = [(key, plain) for key in (*_AWAY, *_HOME)]
    jobs: tuple[tuple[str, Keys, Callable[[], QWidget]], ...] = (
        ("every place for the first time, at once", places, desk.today),
        ("switching places", [*places, *places, *places], desk.today),
        ("typing in Ctrl+K", _typed(_QUERIES), desk.search),
        ("typing in the filter of a list", _typed(_QUERIES), desk.filter),
        ("scrolling a list", walked, desk.table),
        ("opening records and coming back", _opened(20), desk.table),
    )
    for name, keys, begin in jobs:
        yield Measure(
            f"window: {name}",
            desk.job(keys, begin),
            bare.job(keys),
            "the same keys in a bare window",
            rounds=1,
            told=lambda: [*desk.gaps.lines(), f"in a bare window, {bare.gaps.lines()[0]}"],
        )
    desk.end()
    desk = Desk(stock.copy(rows, "window"), stock.folder / "window-settings.json")
    desk.rest(_BREATH_MS)
    yield Measure(
        "window: every place for the first time, after a breath",
        desk.job(places, desk.today),
        bare.job(places),
        "the same keys in a bare window",
        rounds=1,
        told=lambda: [*desk.gaps.lines(), f"in a bare window, {bare.gaps.lines()[0]}"],
    )
    desk.end()


def _typed(queries: Sequence[str]) -> Keys:
    letters = [Qt.Key(ord(letter.upper())) for query in queries for letter in f"{query}\b"]
    plain = Qt.KeyboardModifier.NoModifier
    return [(Qt.Key.Key_A, _CTRL) if key == 8 else (key, plain) for key in letters]


def _opened(times: int) -> Keys:
    plain, alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
    one = [(Qt.Key.Key_Return, plain), (Qt.Key.Key_Left, alt), (Qt.Key.Key_Down, plain)]
    return one * times


class _Typist:
    """Presses keys at a pace while a watchdog counts."""

    def __init__(self) -> None:
        self.gaps = Gaps((0.0,), (0.0,))

    def rest(self, ms: int) -> None:
        """Let the window work for so long."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def press(self, keys: Keys, first: QWidget, settled: Callable[[], bool]) -> None:
        """Press them one after the other wherever the focus is, then wait until nothing is under way."""
        watchdog = Watchdog()
        for key, held in keys:
            QTest.keyClick(QApplication.focusWidget() or first, key, held)
            self.rest(_PACE_MS)
        while not settled():
            self.rest(_PACE_MS)
        self.gaps = watchdog.stop()


class Bare(_Typist):
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
            self._window.activateWindow()
            self._field.setFocus()
            self.press(keys, self._field, lambda: True)
            self._window.hide()

        return run


class Desk(_Typist):
    """The program on a book."""

    def __init__(self, book: Path, settings: Path) -> None:
        super().__init__()
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        self._program = Program(app, Settings(settings))
        self._window = self._program.window
        self._window.resize(*_SIZE)
        self._window.show()
        self._program.open(book)
        while not self._program.session.has_book or not self._settled():
            self.rest(_PACE_MS)

    def _settled(self) -> bool:
        return not self._program.session.background.busy

    def job(self, keys: Keys, begin: Callable[[], QWidget]) -> Callable[[], object]:
        """Return what presses these keys where ``begin`` leads."""

        def run() -> None:
            self._window.activateWindow()
            first = begin()
            while not self._settled():
                self.rest(_PACE_MS)
            first.setFocus()
            self.press(keys, first, self._settled)

        return run

    def today(self) -> QWidget:
        """Stand on the first place."""
        self._program.session.go("today")
        return self._window

    def search(self) -> QWidget:
        """Stand in the search of everything."""
        return self._window.topbar.search

    def table(self) -> QWidget:
        """Stand in the rows of the list of enterprises."""
        self._program.session.go("enterprises", None, "list")
        shown: list[ListTable] = []
        while not shown:
            self.rest(_PACE_MS)
            shown = [table for table in self._window.findChildren(ListTable) if table.isVisible()]
        return shown[0]

    def filter(self) -> QWidget:
        """Stand in the first filter of the list of enterprises."""
        self.table()
        QTest.keyClick(self._window.focusWidget() or self._window, Qt.Key.Key_F, _CTRL)
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit), "Ctrl+F leads to a filter"
        return field

    def end(self) -> None:
        """Close the window and its book."""
        self._window.close()
        self._program.end()
