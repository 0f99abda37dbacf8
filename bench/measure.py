"""What a measurement is, and how one is taken: our way and its floor in turn, round by round."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

ROUNDS = 5

Run = Callable[[], object]


def nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Measure:
    """A name, our way, and the least that the same work could cost; ``floor_is`` says in words what that is.

    ``goal``: our time over the floor's is to be at most this; ``goal_ms``: ours is to be at most so long.
    ``prepare`` is done before each round of ours, ``prepare_floor`` before each of the floor, neither is timed.
    ``others``: other programs doing the same, by name. ``calls``: so many calls of either in a round, each timed;
    the 95th percentile of all counts. ``memory``: the arguments of a python that does ours, whose peak is told in MB.
    ``told``: what else the last round of ours found, a line each.
    """

    name: str
    ours: Run
    floor: Run
    floor_is: str
    goal: float | None = None
    goal_ms: float | None = None
    prepare: Run = nothing
    prepare_floor: Run = nothing
    others: Mapping[str, Run] = field(default_factory=dict)
    calls: int = 1
    rounds: int = ROUNDS
    memory: Sequence[str] = ()
    told: Callable[[], Sequence[str]] = tuple
    goal_mb: float | None = None


@dataclass(frozen=True)
class Timed:
    """The seconds of each round, by the clock and of the processors; with many calls, of each call."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]
    calls: int

    @property
    def value(self) -> float:
        """The median of the rounds; the 95th percentile where there are many calls."""
        return statistics.quantiles(self.wall, n=20)[-1] if self.calls > 1 else statistics.median(self.wall)

    @property
    def cpu_value(self) -> float:
        """The median of the processor's seconds, the reader child's too."""
        return statistics.median(self.cpu)


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _timed(run: Run, calls: int) -> list[tuple[float, float]]:
    found = []
    for _call in range(calls):
        start, spent = time.perf_counter(), _cpu()
        run()
        found.append((time.perf_counter() - start, _cpu() - spent))
    return found


def take(measure: Measure, rounds: int) -> dict[str, Timed]:
    """Return what was measured of ours, of the floor and of the others, interleaved."""
    found: dict[str, list[tuple[float, float]]] = {}
    ways: list[tuple[str, Run, Run]] = [
        ("ours", measure.prepare, measure.ours),
        ("floor", measure.prepare_floor, measure.floor),
        *((name, nothing, run) for name, run in measure.others.items()),
    ]
    for _round in range(rounds):
        for name, prepare, run in ways:
            prepare()
            found.setdefault(name, []).extend(_timed(run, measure.calls))
    return {
        name: Timed(tuple(wall for wall, _c in pairs), tuple(cpu for _w, cpu in pairs), measure.calls)
        for name, pairs in found.items()
    }
