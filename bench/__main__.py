"""``make bench``: runs every measurement, interleaved with its floor, and prints medians and their ratio."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import guarding, reading, starting, writing
from bench.measure import Measure

ROUNDS = 5


def all_measures(folder: Path) -> Iterator[Measure]:
    """Yield every measurement; each prepares what it needs in ``folder``."""
    yield from writing.measures(folder)
    yield from reading.measures(folder)
    yield from guarding.measures(folder)
    yield from starting.measures()


def seconds(run: Callable[[], object]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> int:
    """Run the measurements whose name holds the first argument, or all of them."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    print(f"{'measurement':<44}{'ours':>10}{'floor':>10}{'ratio':>8}   floor is")
    with tempfile.TemporaryDirectory() as folder:
        for measure in all_measures(Path(folder)):
            if wanted not in measure.name:
                continue
            pairs = [(seconds(measure.ours), seconds(measure.floor)) for _round in range(ROUNDS)]
            ours, floor = (statistics.median(column) for column in zip(*pairs, strict=True))
            times = f"{ours * 1000:>8.1f}ms{floor * 1000:>8.1f}ms{ours / floor:>8.2f}"
            print(f"{measure.name:<44}{times}   {measure.floor_is}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
