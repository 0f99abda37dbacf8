"""A watchdog in a window: how long its event loop did not come round, and keys and the mouse went unheard."""

from __future__ import annotations

import bisect
import time
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

from bench.witness import Witness

_TICK_MS = 2
_EDGES_MS = (5, 10, 20, 50, 100, 200)
_TOLD = 3
"""So many of the longest gaps are told with what held the loop."""
GOAL_MS = 50
"""No gap is to be longer: what answers within it is felt to be at once."""


@dataclass(frozen=True)
class Gaps:
    """The gaps between two turns of the loop, beyond the tick of the watchdog, in milliseconds, by the clock.

    ``own`` are the same by the time the window's thread was at work: without what other programs took. ``held`` says
    of the longest of these what was at work in them.
    """

    wall: Sequence[float]
    own: Sequence[float]
    held: Sequence[str] = ()

    @property
    def longest(self) -> float:
        """The longest by its own work, in seconds."""
        return max(self.own) / 1000

    def lines(self) -> list[str]:
        """Return the longest, the 99th of a hundred, how many were longer than the goal, and the histogram."""
        told = [f"{name}: {_told(found)}" for name, found in (("by the clock", self.wall), ("own work", self.own))]
        return [*told, *self.held]


class Watchdog(QObject):
    """Counts from its making until :meth:`stop`."""

    def __init__(self) -> None:
        super().__init__()
        self._wall: list[float] = []
        self._own: list[float] = []
        self._before = time.perf_counter(), time.thread_time()
        self._witness = Witness()
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self._wall.append(max(0.0, (now[0] - self._before[0]) * 1000 - _TICK_MS))
        self._own.append((now[1] - self._before[1]) * 1000)
        self._before = now
        self._witness.turn(len(self._own))

    def stop(self) -> Gaps:
        """Return what was found."""
        self._timer.stop()
        self._witness.end()
        longest = sorted(range(len(self._own)), key=self._own.__getitem__, reverse=True)[:_TOLD]
        held = tuple(f"{self._own[turn]:.0f} ms: {self._witness.told(turn)}" for turn in longest)
        return Gaps(tuple(self._wall), tuple(self._own), held)


def _told(gaps: Sequence[float]) -> str:
    ordered = sorted(gaps)
    p99 = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    long = len(ordered) - bisect.bisect_right(ordered, GOAL_MS)
    counts = [bisect.bisect_right(ordered, edge) for edge in _EDGES_MS]
    below = [after - before for before, after in zip([0, *counts], [*counts, len(ordered)], strict=True)]
    names = [*(f"≤{edge}" for edge in _EDGES_MS), f">{_EDGES_MS[-1]}"]
    histogram = " ".join(f"{name}:{count}" for name, count in zip(names, below, strict=True) if count)
    return f"max {ordered[-1]:.0f} ms, p99 {p99:.1f} ms, {long} over {GOAL_MS} ms of {len(ordered)}   {histogram}"
