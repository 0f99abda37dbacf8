"""Makes the tables and the picture of docs/performance.md of figures that ``bench --json`` kept.

``python -m bench.report docs/performance.json``: writes docs/pictures/performance.svg, and the tables between the two
marks of docs/performance.md.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_DOCS = Path(__file__).resolve().parents[1] / "docs"
_BEGIN, _END = "<!-- figures: python -m bench.report -->", "<!-- end of figures -->"
_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8c6d31")
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM, _RIGHT = 980, 560, 70, 40, 60, 330

Found = Mapping[int, Mapping[str, Any]]
"""The figures of one measurement by the number of enterprises."""


def main() -> int:
    """Write both."""
    known = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    by_name: dict[tuple[str, str], dict[int, dict[str, Any]]] = defaultdict(dict)
    for one in known["found"]:
        by_name[one["group"], one["name"]][one["rows"]] = one
    page = _DOCS / "performance.md"
    text = page.read_text(encoding="utf-8")
    before, _begin, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2]
    page.write_text(f"{before}{_BEGIN}\n\n{_tables(by_name)}\n{_END}{after}", encoding="utf-8")
    # What does not grow with the book, or was measured at one size alone, makes no line.
    grown = {name: found for name, found in by_name.items() if len(found) > 1}
    (_DOCS / "pictures" / "performance.svg").write_text(_picture(grown), encoding="utf-8")
    return 0


def _tables(by_name: Mapping[tuple[str, str], Found]) -> str:
    heads = " | ".join(f"{size:,}" for size in _SIZES)
    lines = [f"| work | {heads} | floor | goal |", "|-|" + "-:|" * len(_SIZES) + "-|-:|"]
    for (_group, name), found in by_name.items():
        cells = " | ".join(_cell(found.get(size)) for size in _SIZES)
        one = next(iter(found.values()))
        lines.append(f"| {name} | {cells} | {one['floor_is']} | {_goal(one)} |")
    return "\n".join(lines) + "\n"


def _cell(one: Mapping[str, Any] | None) -> str:
    if one is None:
        return ""
    ours, floor = one["seconds"]["ours"], one["seconds"]["floor"]
    ratio = f" · {ours / floor:.2f} ×" if floor > 1e-5 else ""
    memory = f" · {one['peak_mb']:.0f} MB" if one.get("peak_mb") else ""
    few = f" ({one['rounds']} round{'s' if one['rounds'] > 1 else ''})" if one["rounds"] < 5 else ""
    return f"{_seconds(ours)}{ratio}{memory}{few}"


def _seconds(value: float) -> str:
    return f"{value:.1f} s" if value >= 1 else f"{value * 1000:.3g} ms"


def _goal(one: Mapping[str, Any]) -> str:
    goals = []
    if one["goal"]:
        goals.append(f"≤ {one['goal']:g} ×")
    if one["goal_ms"]:
        goals.append(f"≤ {one['goal_ms']:g} ms")
    if one["goal_mb"]:
        goals.append(f"≤ {one['goal_mb']:g} MB")
    return " · ".join(goals)


def _picture(by_name: Mapping[tuple[str, str], Found]) -> str:
    """Return a plot of seconds over enterprises, both by powers of ten: a line that rises as the grey one is linear."""
    times = [one["seconds"]["ours"] for found in by_name.values() for one in found.values()] or [1.0]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]

    def across(rows: float) -> float:
        return _LEFT + (math.log10(rows) - 3) / 3 * (_WIDTH - _LEFT - _RIGHT)

    def up(seconds: float) -> float:
        return _HEIGHT - _BOTTOM - (math.log10(seconds) - low) / max(1, high - low) * (_HEIGHT - _TOP - _BOTTOM)

    for power in range(low, high + 1):
        y = up(10**power)
        words = f"{10**power:g} s" if power >= 0 else f"{10 ** (power + 3):g} ms"
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{words}</text>')
    for rows in _SIZES:
        parts.append(f'<text x="{across(rows):.1f}" y="{_HEIGHT - _BOTTOM + 22}" text-anchor="middle">{rows:,}</text>')
    parts.append(f'<text x="{_LEFT}" y="{_HEIGHT - 12}">enterprises; both axes by powers of ten</text>')
    parts += _lines(by_name, across, up)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _lines(by_name: Mapping[tuple[str, str], Found], across: Any, up: Any) -> Sequence[str]:
    parts = []
    for at, ((_group, name), found) in enumerate(sorted(by_name.items(), key=lambda one: -_largest(one[1]))):
        colour, dash = _COLOURS[at % len(_COLOURS)], ("", "6 3", "2 3")[at // len(_COLOURS) % 3]
        points = [(across(rows), up(one["seconds"]["ours"])) for rows, one in sorted(found.items())]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(
            f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        y = _TOP + at * 17
        x = _WIDTH - _RIGHT + 20
        parts.append(
            f'<line x1="{x}" x2="{x + 26}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="2" '
            f'stroke-dasharray="{dash}"/><text x="{x + 34}" y="{y + 4}">{name}</text>'
        )
    return parts


def _largest(found: Found) -> float:
    return float(found[max(found)]["seconds"]["ours"])


if __name__ == "__main__":
    sys.exit(main())
