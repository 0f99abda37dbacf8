"""Takes everything docs/performance.md tells, at every size, in order: what matters most first.

``python -m bench.growth --keep FOLDER``: the figures go into docs/performance.json one by one, so that it can be
stopped at any time and gone on with (``--sizes``, ``--groups``); then the tables and the picture are made anew. Each
group is a process of its own. A million enterprises want 30 GB in FOLDER, which keeps ledgers and books for the next
run; ``--prepare`` makes these and measures nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.report import SIZES
from bench.stock import Stock

_FIGURES = Path(__file__).resolve().parents[1] / "docs" / "performance.json"
_QUICK = ("listing", "reading", "finding", "figures")
_HEAVY = ("exporting", "duplicates", "backups")
_LEDGERS = ("importing", "undoing")
_FIXED = ("starting", "writing", "guarding", "papers")
"""These are taken beside a thousand enterprises, whatever the sizes asked for."""

GROUPS: Mapping[int, Sequence[str]] = {
    100_000: (*_QUICK, *_HEAVY, *_LEDGERS, "window"),
    1_000_000: (*_QUICK, *_HEAVY, *_LEDGERS),
    10_000: (*_QUICK, *_HEAVY, *_LEDGERS),
    1_000: (*_QUICK, *_HEAVY, *_LEDGERS, *_FIXED),
}
"""What is taken at each size, the sizes in this order."""


def main() -> int:
    """Take what was asked for; return how many groups did not come to their end."""
    asked = _asked()
    sizes = [size for size in GROUPS if size in asked.sizes]
    if asked.prepare:
        for size in sizes:
            _prepare(Stock(asked.keep), size)
        return 0
    failed = 0
    for size in sizes:
        for group in GROUPS[size]:
            if not asked.groups or group in asked.groups:
                failed += _take(group, size, asked.keep)
    subprocess.run([sys.executable, "-m", "bench.report", str(_FIGURES)], check=True)
    return failed


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.growth", description=__doc__)
    parser.add_argument("--keep", type=Path, required=True, help="a folder that keeps files and books for the next run")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="the numbers of enterprises")
    parser.add_argument("--groups", nargs="*", default=(), help="these groups alone")
    parser.add_argument("--prepare", action="store_true", help="make files and books, measure nothing")
    return parser.parse_args()


def _prepare(stock: Stock, size: int) -> None:
    for make in (stock.book, stock.imported, stock.xlsx) if "importing" in GROUPS[size] else (stock.book,):
        began = time.perf_counter()
        print(f"{make(size).name}: {time.perf_counter() - began:.0f} s", flush=True)


def _take(group: str, size: int, keep: Path) -> int:
    began = time.perf_counter()
    arguments = ["-m", "bench", group, "--rows", str(size), "--keep", str(keep), "--json", str(_FIGURES)]
    ended = subprocess.run([sys.executable, *arguments], check=False).returncode
    print(f"{group} at {size:,}: {time.perf_counter() - began:.0f} s", flush=True)
    return int(ended != 0)


if __name__ == "__main__":
    sys.exit(main())
