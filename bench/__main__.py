"""``make bench``: runs the measurements asked for, each interleaved with its floor, and prints medians and ratios."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import (
    backups,
    duplicates,
    exporting,
    figures,
    finding,
    guarding,
    importing,
    listing,
    papers,
    reading,
    starting,
    undoing,
    window,
    writing,
)
from bench.measure import Measure, Timed, take
from bench.memory import peak_mb
from bench.stock import Stock

GROUPS: dict[str, Callable[[Stock, int], Iterator[Measure]]] = {
    "writing": writing.measures,
    "finding": finding.measures,
    "reading": reading.measures,
    "importing": importing.measures,
    "listing": listing.measures,
    "guarding": guarding.measures,
    "undoing": undoing.measures,
    "backups": backups.measures,
    "duplicates": duplicates.measures,
    "figures": figures.measures,
    "exporting": exporting.measures,
    "papers": papers.measures,
    "starting": starting.measures,
    "window": window.measures,
}
"""Each group by its name; those of a fixed size take no heed of the number of rows."""

_HEAD = f"{'measurement':<46}{'rows':>10}{'ours':>11}{'floor':>11}{'ratio':>8}{'cpu':>8}{'goal':>7}   floor is"


def main() -> int:
    """Run the groups named, or all."""
    asked = _asked()
    rows = [int(one.replace(",", "").replace("_", "")) for one in asked.rows.split(",")]
    print(_HEAD)
    with tempfile.TemporaryDirectory() as folder:
        stock = Stock(asked.keep or Path(folder))
        for name in asked.groups or GROUPS:
            for size in rows:
                for measure in GROUPS[name](stock, size):
                    if asked.only in measure.name:
                        _one(name, size, measure, asked)
                stock.tidy()
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="group", choices=[[], *GROUPS], help=", ".join(GROUPS))
    parser.add_argument("--rows", default="10000", help="enterprises, several sizes with commas between")
    parser.add_argument("--only", default="", help="only measurements whose name holds this")
    parser.add_argument("--rounds", type=int, help="rounds instead of five, the same for all")
    parser.add_argument("--json", type=Path, help="keep the figures in this file, beside what it has of other works")
    parser.add_argument("--keep", type=Path, help="a folder that keeps files and books for the next run")
    return parser.parse_args()


def _one(group: str, rows: int, measure: Measure, asked: argparse.Namespace) -> None:
    found = take(measure, asked.rounds or measure.rounds)
    peak = peak_mb(measure.memory) if measure.memory else None
    ours, floor = found["ours"].value, found["floor"].value
    goal = f"{measure.goal:.3g}" if measure.goal else f"{measure.goal_ms:g}ms" if measure.goal_ms else ""
    cpu = _ratio(found["ours"].cpu_value, found["floor"].cpu_value)
    times = f"{_shown(ours):>11}{_shown(floor):>11}{_ratio(ours, floor):>8}{cpu:>8}{goal:>7}"
    print(f"{measure.name:<46}{rows:>10,}{times}   {measure.floor_is}")
    for name, other in found.items():
        if name not in ("ours", "floor"):
            print(f"{'':<56}{_shown(other.value):>11}   {name}")
    if peak is not None:
        goal = f", goal {measure.goal_mb:g} MB" if measure.goal_mb else ""
        print(f"{'':<56}{peak:>8.0f} MB   most memory{goal}")
    for line in measure.told():
        print(f"{'':<10}{line}")
    sys.stdout.flush()
    if asked.json:
        _keep(asked.json, _told(group, rows, measure, found, peak))


def _ratio(ours: float, floor: float) -> str:
    # A short call takes less than the processors' clocks tell apart.
    return f"{ours / floor:.2f}" if floor > 1e-4 else ""


def _shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def _told(group: str, rows: int, measure: Measure, found: dict[str, Timed], peak: float | None) -> dict[str, Any]:
    return {
        "group": group,
        "name": measure.name,
        "family": measure.family,
        "rows": rows,
        "floor_is": measure.floor_is,
        "goal": measure.goal,
        "goal_ms": measure.goal_ms,
        "goal_growth": measure.goal_growth,
        "goal_mb": measure.goal_mb,
        "calls": measure.calls,
        "rounds": len(found["ours"].wall) // measure.calls,
        "seconds": {name: one.value for name, one in found.items()},
        "cpu": {name: one.cpu_value for name, one in found.items()},
        "peak_mb": peak,
        "told": list(measure.told()),
    }


def _keep(path: Path, one: dict[str, Any]) -> None:
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"found": []}
    known["on"] = {"system": platform.system(), "python": platform.python_version(), "cores": os.cpu_count()}
    key = (one["group"], one["name"], one["rows"])
    others = [other for other in known["found"] if (other["group"], other["name"], other["rows"]) != key]
    known["found"] = sorted([*others, one], key=lambda other: (other["group"], other["name"], other["rows"]))
    path.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
