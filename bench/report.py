"""Makes the tables and the picture of docs/performance.md of figures that ``bench --json`` kept.

``python -m bench.report docs/performance.json``: writes docs/pictures/performance.svg, and the tables between the two
marks of docs/performance.md. Each figure that has a goal says whether it is met: ✓ or ✗.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import plot

_DOCS = Path(__file__).resolve().parents[1] / "docs"
_BEGIN, _END = "<!-- figures: python -m bench.report -->", "<!-- end of figures -->"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
_GROWING = {
    "importing": "Import",
    "undoing": "Undo of an import",
    "finding": "Search",
    "listing": "Lists and pages",
    "reading": "First page and calendar",
    "exporting": "Export",
    "duplicates": "Duplicates",
    "backups": "Backups and the check",
    "figures": "Figures",
    "window": "The window: the longest gap by its own work",
}
_FIXED = {
    "starting": "Starting",
    "writing": "Saving",
    "guarding": "A password",
    "papers": "Papers",
}
"""What does not depend on how many enterprises a book has, or was taken at one number of them."""
_QUICK = 0.1
"""From a tenth of the floor on, it is told how many times quicker."""

One = Mapping[str, Any]
Found = Mapping[int, One]
"""The figures of one line by the number of enterprises."""
Lines = Mapping[str, Found]


def main() -> int:
    """Write both."""
    known = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["found"]
    groups = {name: _lines(one for one in known if one["group"] == name) for name in (*_GROWING, *_FIXED)}
    page = _DOCS / "performance.md"
    text = page.read_text(encoding="utf-8")
    before, _begin, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2]
    tables = [_growing(title, groups[name]) for name, title in _GROWING.items() if groups[name]]
    tables += [_fixed(title, groups[name]) for name, title in _FIXED.items() if groups[name]]
    page.write_text("\n".join([f"{before}{_BEGIN}\n", *tables, f"{_END}{after}"]), encoding="utf-8")
    drawn = {title: groups[name] for name, title in _GROWING.items() if name != "window"}
    (_DOCS / "pictures" / "performance.svg").write_text(plot.picture(drawn, SIZES), encoding="utf-8")
    return 0


def _lines(known: Iterable[One]) -> Lines:
    """Return what was found by line and size; of a family the slowest, with how many it stands for."""
    by_line: dict[str, dict[int, list[One]]] = defaultdict(lambda: defaultdict(list))
    for one in known:
        by_line[one.get("family") or one["name"]][one["rows"]].append(one)
    return {
        name: {size: _slowest(of_size) for size, of_size in sorted(by_size.items())}
        for name, by_size in by_line.items()
    }


def _slowest(several: Sequence[One]) -> One:
    ordered = sorted(several, key=lambda one: -_ours(one))
    missed = [one for one in ordered if not all(met for _words, met in _judged(one))]
    return {**ordered[0], "of": len(ordered), "missed": missed}


def _ours(one: One) -> float:
    return float(one["seconds"]["ours"])


def _growing(title: str, lines: Lines) -> str:
    heads = " | ".join(f"{size:,}" for size in SIZES)
    table = [
        f"### {title}",
        "",
        f"| work | {heads} | × for ten times | floor | goal |",
        "|-|" + "-:|" * len(SIZES) + "-:|-|-:|",
    ]
    for name, found in lines.items():
        cells = " | ".join(_cell(found[size]) if size in found else "" for size in SIZES)
        table.append(f"| {name} | {cells} | {_growth(found)} | {_any(found)['floor_is']} | {_goal(found)} |")
    return "\n".join([*table, "", *_told(lines)])


def _fixed(title: str, lines: Lines) -> str:
    table = [f"### {title}", "", "| work | time and ratio | floor | goal |", "|-|-:|-|-:|"]
    for name, found in lines.items():
        table.append(f"| {name} | {_cell(_any(found))} | {_any(found)['floor_is']} | {_goal(found)} |")
    return "\n".join([*table, ""])


def _any(found: Found) -> One:
    return found[max(found)]


def _cell(one: One) -> str:
    several = f" (slowest of {one['of']})" if one["of"] > 1 else ""
    few = f" ({one['rounds']} round{'s' if one['rounds'] > 1 else ''})" if one["rounds"] < 5 else ""
    parts = [words + {True: " ✓", False: " ✗", None: ""}[met] for words, met in _judged(one, all_of_it=True)]
    return " · ".join(parts) + several + few


def _judged(one: One, *, all_of_it: bool = False) -> list[tuple[str, bool | None]]:
    """Return each figure in words and whether its goal is met, None where it has none."""
    ours, floor = _ours(one), float(one["seconds"]["floor"])
    found = [(_seconds(ours), ours * 1000 <= one["goal_ms"] if one["goal_ms"] else None)]
    # By the clock alone: its floor is a time of no work.
    if floor > 1e-5:
        found.append((_ratio(ours / floor), ours / floor <= one["goal"] if one["goal"] else None))
    if one.get("peak_mb"):
        found.append((f"{one['peak_mb']:.0f} MB", one["peak_mb"] <= one["goal_mb"] if one["goal_mb"] else None))
    return found if all_of_it else [(words, met) for words, met in found if met is not None]


def _ratio(value: float) -> str:
    return f"{value:.2f} ×" if value > _QUICK else f"{1 / value:.0f} × quicker"


def _seconds(value: float) -> str:
    return f"{value:.1f} s" if value >= 1 else f"{value * 1000:.3g} ms"


def _growth(found: Found) -> str:
    """Return how many times as long ten times as many take, from each size to the next."""
    told = []
    for size in SIZES[1:]:
        if size in found and size // 10 in found:
            times = _ours(found[size]) / _ours(found[size // 10])
            goal = _any(found).get("goal_growth")
            mark = f" {'✓' if times <= goal else '✗'}" if goal and size == 100_000 else ""
            told.append(f"{times:.1f}{mark}")
    return " · ".join(told)


def _goal(found: Found) -> str:
    one = _any(found)
    goals = []
    if one["goal"]:
        words = f"≤ {one['goal']:g} ×" if one["goal"] > _QUICK else f"≥ {1 / one['goal']:.0f} × quicker"
        first = min(size for size, other in found.items() if other["goal"])
        goals.append(words + (f" from {first:,} on" if first > min(found) else ""))
    by_size = {size: other["goal_ms"] for size, other in found.items() if other["goal_ms"]}
    for goal in sorted(set(by_size.values())):
        first = min(size for size, other in by_size.items() if other == goal)
        goals.append(f"≤ {_seconds(goal / 1000)}" + (f" from {first:,} on" if first > min(by_size) else ""))
    memory = {other["goal_mb"] for other in found.values() if other["goal_mb"]}
    goals += [f"≤ {goal:g} MB" for goal in memory]
    if one.get("goal_growth"):
        goals.append(f"10,000 → 100,000 ≤ {one['goal_growth']:g} × as long")
    return " · ".join(goals)


def _told(lines: Lines) -> list[str]:
    """Return what the slowest of each family was, and those that missed their goal."""
    told = []
    for name, found in lines.items():
        for size, one in found.items():
            if one["of"] > 1 and one["missed"]:
                which = ", ".join(f"{other['name']} {_seconds(_ours(other))}" for other in one["missed"])
                told.append(f"- {name}, {size:,}: over the goal are {which}.")
    return [*told, ""] if told else []


if __name__ == "__main__":
    sys.exit(main())
