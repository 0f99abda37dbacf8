"""The window on a book of any size: what is typed, scrolled and switched, with a watchdog in its event loop.

What counts is the longest gap, by the work of the window's own thread; beside it are told the 99th of a hundred, how
many were longer than 50 ms, and what held the loop in the longest. The floor of a job is the same keys, at the same
pace, in a bare Qt window.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from bench import starting
from bench.desk import CTRL, Bare, Desk, Keys
from bench.measure import Measure
from bench.stock import Stock
from bench.watchdog import GOAL_MS
from crm_app.collecting import give_way

_BREATH_MS = 8000
"""What making every place beforehand takes while nobody is at work."""
_OPENED = 50
_QUERIES = ("chongqing", "xny", "dc", "zd", "shanghai")
_PLACES = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6)
_AWAY, _HOME = (Qt.Key.Key_PageDown,) * 30, (Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home)
_PLAIN = Qt.KeyboardModifier.NoModifier
_LISTS = {
    "enterprises": ("enterprises", "list"),
    "contacts": ("enterprises", "contacts"),
    "projects": ("projects", "table"),
    "trips": ("trips", "trips"),
    "visits": ("trips", "visits"),
    "follow-ups": ("trips", "follow_ups"),
    "next steps": ("trips", "tasks"),
}
"""The lists from which records are opened, by what they hold."""


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield the first paint, then each job in the window of a book of ``rows`` enterprises."""
    yield from starting.measures(stock, rows)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # As the window itself does: it starts by other ways here.
    sys.setswitchinterval(0.001)
    give_way()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    bare = Bare()
    places: Keys = [(key, CTRL) for key in _PLACES]
    walked: Keys = [(key, _PLAIN) for key in (*_AWAY, *_HOME)]

    def measure(name: str, desk: Desk, keys: Keys, begin: Callable[[], QWidget], *, each: bool = False) -> Measure:
        return Measure(
            f"window: {name}",
            desk.job(keys, begin, each=each),
            bare.job(keys),
            "the same keys in a bare window",
            rounds=1,
            goal_ms=GOAL_MS,
            counts=(lambda: desk.gaps.longest, lambda: bare.gaps.longest),
            told=lambda: [*desk.told(), f"in a bare window, {bare.gaps.lines()[0]}"],
        )

    def opened() -> Desk:
        return Desk(app, stock.copy(rows, "window"), stock.folder / "window-settings.json")

    desk = opened()
    yield measure("every place for the first time, at once", desk, places, desk.today)
    yield measure("switching places", desk, [*places, *places, *places], desk.today)
    yield measure("typing in Ctrl+K", desk, _typed(_QUERIES), desk.search)
    yield measure("scrolling a list", desk, walked, partial(desk.table, *_LISTS["enterprises"]))
    yield measure("typing in the filter of a list", desk, _typed(_QUERIES), desk.filter)
    for what, (place, view) in _LISTS.items():
        begin = partial(desk.table, place, view)
        yield measure(f"{what} opened and left again", desk, _opened(_OPENED), begin, each=True)
    desk.end()
    desk = opened()
    desk.rest(_BREATH_MS)
    yield measure("every place for the first time, after a breath", desk, places, desk.today)
    desk.end()


def _typed(queries: Sequence[str]) -> Keys:
    keys: list[tuple[Qt.Key, Qt.KeyboardModifier]] = []
    for query in queries:
        keys += [(Qt.Key(ord(letter.upper())), _PLAIN) for letter in query]
        keys.append((Qt.Key.Key_A, CTRL))
    # A filter that stays would leave nothing to be opened.
    return [*keys, (Qt.Key.Key_Delete, _PLAIN)]


def _opened(times: int) -> Keys:
    one = [
        (Qt.Key.Key_Return, _PLAIN),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Down, _PLAIN),
    ]
    return one * times
