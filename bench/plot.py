"""The picture of how times grow: a panel for each group, ours in colours and the floors beside in grey."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d31", "#5b3a8c")
_GREYS = ("#777777", "#aaaaaa", "#444444")
_ACROSS = 2
_PANEL, _PLOT_HEIGHT, _LEFT, _TOP, _LINE = 560, 250, 62, 34, 16
_RIGHT = 24

Lines = Mapping[str, Mapping[int, Mapping[str, Any]]]
Curve = tuple[str, list[tuple[int, float]], str, str]
"""A name, its points, its colour and its dashes."""


def picture(groups: Mapping[str, Lines], sizes: Sequence[int]) -> str:
    """Return an SVG: seconds over the number of rows, both by powers of ten, where there is more than one size."""
    curves = {title: found for title, lines in groups.items() if (found := _curves(lines))}
    parts, y = [], 0
    titles = list(curves)
    for start in range(0, len(titles), _ACROSS):
        row = titles[start : start + _ACROSS]
        deepest = max(len(curves[title]) for title in row)
        for at, title in enumerate(row):
            parts.append(f'<g transform="translate({at * _PANEL},{y})">')
            parts += [*_panel(title, curves[title], sizes), "</g>"]
        y += _TOP + _PLOT_HEIGHT + 44 + deepest * _LINE
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_PANEL * _ACROSS} {y + 20}" font-family="sans-serif" '
        f'font-size="12"><rect width="{_PANEL * _ACROSS}" height="{y + 20}" fill="#ffffff"/>'
    )
    said = f'<text x="{_LEFT}" y="{y + 6}">time over enterprises, both by powers of ten; dashed and grey: floors</text>'
    return "\n".join([head, *parts, said, "</svg>"]) + "\n"


def _curves(lines: Lines) -> list[Curve]:
    grown = {name: found for name, found in lines.items() if len(found) > 1}
    ordered = sorted(grown.items(), key=lambda one: -_seconds(one[1], max(one[1]), "ours"))
    curves: list[Curve] = []
    for at, (name, found) in enumerate(ordered):
        dash = "" if at < len(_COLOURS) else "2 3"
        points = [(size, _seconds(found, size, "ours")) for size in sorted(found)]
        curves.append((name, points, _COLOURS[at % len(_COLOURS)], dash))
    floors: dict[str, list[tuple[int, float]]] = {}
    for _name, found in ordered:
        points = [(size, _seconds(found, size, "floor")) for size in sorted(found)]
        if min(seconds for _size, seconds in points) > 1e-5:
            # Of one floor under several lines, the one that reaches farthest.
            floors.setdefault(found[max(found)]["floor_is"], points)
    for at, (name, points) in enumerate(floors.items()):
        curves.append((name, points, _GREYS[at % len(_GREYS)], "6 4"))
    return curves


def _seconds(found: Mapping[int, Mapping[str, Any]], size: int, whose: str) -> float:
    return float(found[size]["seconds"][whose])


def _panel(title: str, curves: Sequence[Curve], sizes: Sequence[int]) -> list[str]:
    values = [seconds for _name, points, _colour, _dash in curves for _size, seconds in points]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(min(sizes)), math.log10(max(sizes))
    right, bottom = _PANEL - _RIGHT, _TOP + _PLOT_HEIGHT

    def across(size: float) -> float:
        return _LEFT + (math.log10(size) - first) / (last - first) * (right - _LEFT)

    def up(seconds: float) -> float:
        return bottom - (math.log10(seconds) - low) / max(1, high - low) * _PLOT_HEIGHT

    parts = [f'<text x="{_LEFT}" y="20" font-size="15" font-weight="bold">{escape(title)}</text>']
    for power in range(low, high + 1):
        y, words = up(10**power), _told(power)
        parts.append(f'<line x1="{_LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{words}</text>')
    for size in sizes:
        x, anchor = across(size), "end" if size == max(sizes) else "middle"
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="{anchor}">{size:,}</text>')
    for at, curve in enumerate(curves):
        parts += _drawn(curve, across, up, bottom + 36 + at * _LINE)
    return parts


def _told(power: int) -> str:
    return f"{10**power:,} s" if power >= 0 else f"{10 ** (power + 3):g} ms"


def _drawn(curve: Curve, across: Callable[[float], float], up: Callable[[float], float], y: float) -> list[str]:
    """Return a curve and its words in the legend."""
    name, points, colour, dash = curve
    stroke = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"'
    places = [(across(size), up(seconds)) for size, seconds in points]
    joined = " ".join(f"{x:.1f},{high:.1f}" for x, high in places)
    parts = [f'<polyline points="{joined}" fill="none" {stroke}/>']
    parts += [f'<circle cx="{x:.1f}" cy="{high:.1f}" r="2.5" fill="{colour}"/>' for x, high in places]
    parts.append(f'<line x1="{_LEFT}" x2="{_LEFT + 26}" y1="{y}" y2="{y}" {stroke}/>')
    parts.append(f'<text x="{_LEFT + 34}" y="{y + 4}">{escape(name)}</text>')
    return parts
