"""What a measurement is, and how one is taken: our way and its floor in turn, round by round."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

ROUNDS = 5

GOALS_FROM = 100_000
"""Enterprises from which on goals of ratios hold: beside a few, what a floor does takes a millisecond or none."""

Run = Callable[[], object]


def nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Measure:
    """A name, our way, and the least that the same work could cost; ``floor_is`` says in words what that is.

    ``goal``: our time over the floor's is to be at most this; ``goal_ms``: ours is to be at most so long;
    ``goal_growth``: with ten times as many rows it is to take at most so many times as long.
    ``family``: what it is one of, where there are very many quick ones that are told together, the slowest of them.
    ``counts``: what counts in seconds instead of the time either took, ours and the floor's.
    ``prepare`` is done before each round of ours, ``prepare_floor`` before each of the floor, neither is timed.
    ``others``: other programs doing the same, by name. ``calls``: so many calls of either in a round, each timed;
    the 95th percentile of all counts; ``floor_calls``: fewer of the floor, where each takes long. ``memory``: the
    arguments of a python that does ours, whose peak is told in MB. ``told``: what else the last round of ours found,
    a line each.
    """

    name: str
    ours: Run
    floor: Run
    floor_is: str
    goal: float | None = None
    goal_ms: float | None = None
    goal_growth: float | None = None
    family: str = ""
    counts: tuple[Callable[[], float], Callable[[], float]] | None = None
    prepare: Run = nothing
    prepare_floor: Run = nothing
    others: Mapping[str, Run] = field(default_factory=dict)
    calls: int = 1
    floor_calls: int = 0
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
    # Of children the system tells whole hundredths of a second.
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


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
    calls = {"floor": measure.floor_calls or measure.calls}
    counts = dict(zip(("ours", "floor"), measure.counts or (), strict=False))
    for _round in range(rounds):
        for name, prepare, run in ways:
            prepare()
            taken = _timed(run, calls.get(name, measure.calls))
            if name in counts:
                taken = [(counts[name](), cpu) for _wall, cpu in taken]
            found.setdefault(name, []).extend(taken)
    return {
        name: Timed(tuple(wall for wall, _c in pairs), tuple(cpu for _w, cpu in pairs), calls.get(name, measure.calls))
        for name, pairs in found.items()
    }
