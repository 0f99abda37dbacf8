"""What a thread was at while its event loop did not come round: another thread looks at its stack now and then."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from types import CodeType, FrameType

import crm_app

_LOOK_S = 0.002
_LONG_S = 0.006
"""A turn that takes no longer is not looked at."""
_MOST = 0.6
"""What so large a part of a turn agrees on is the way to what held the loop."""
_TOLD = 4
_HOME = f"{Path(crm_app.__file__).parent}/"
_QT = "Qt"
Chain = tuple[str, ...]
"""The functions of the program that call one another, the outermost first; none where Qt paints and lays out."""


class Witness:
    """Looks at the thread it is made in, from its making until :meth:`end`."""

    def __init__(self) -> None:
        self._watched = threading.get_ident()
        self._turn = 0, time.perf_counter()
        self._seen: defaultdict[int, Counter[tuple[tuple[CodeType, int], ...]]] = defaultdict(Counter)
        self._ended = threading.Event()
        self._looking = threading.Thread(target=self._look, name="witness", daemon=True)
        self._looking.start()

    def turn(self, number: int) -> None:
        """Note that another turn of the loop begins."""
        self._turn = number, time.perf_counter()

    def end(self) -> None:
        """Look no longer."""
        self._ended.set()
        self._looking.join()

    def told(self, turn: int) -> str:
        """Return in words what was at work in a turn: the way most of it went, then its parts with their shares."""
        seen: Counter[Chain] = Counter()
        for stack, spent in self._seen[turn].items():
            seen[_chain(stack)] += spent
        whole = seen.total()
        way: Chain = ()
        while parts := _next(seen, way):
            name, spent = parts.most_common(1)[0]
            if spent < _MOST * whole:
                break
            way = (*way, name)
        shares = [f"{name} {spent * 100 // whole} %" for name, spent in _next(seen, way).most_common(_TOLD)]
        return " > ".join([*way, ", ".join(shares)] if shares else way) or _QT

    def _look(self) -> None:
        before = time.perf_counter()
        while not self._ended.wait(_LOOK_S):
            turn, began = self._turn
            now = time.perf_counter()
            if now - began > _LONG_S:
                # A thread inside a call into Qt may not be looked at before it comes back.
                self._seen[turn][_stack(sys._current_frames()[self._watched])] += round(
                    (now - max(began, before)) * 1e6
                )
            before = now


def _next(seen: Counter[Chain], way: Chain) -> Counter[str]:
    found: Counter[str] = Counter()
    for chain, spent in seen.items():
        if chain[: len(way)] == way and len(chain) > len(way):
            found[chain[len(way)]] += spent
    return found


def _stack(frame: FrameType | None) -> tuple[tuple[CodeType, int], ...]:
    found: list[tuple[CodeType, int]] = []
    while frame is not None:
        found.append((frame.f_code, frame.f_lineno))
        frame = frame.f_back
    return tuple(reversed(found))


def _chain(stack: tuple[tuple[CodeType, int], ...]) -> Chain:
    ours = [(code, line) for code, line in stack if code.co_filename.startswith(_HOME)]
    found = [f"{code.co_filename.removeprefix(_HOME)}:{line} {code.co_name}" for code, line in ours]
    return tuple(found) or (_QT,)
