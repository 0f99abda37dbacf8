"""The geometry of charts, for the PDF painter and the screen painter alike: knows neither.

Bars lie, because Chinese labels are long; the axis begins at 0; each bar prints its value, so that the chart reads in
black-and-white and beside its table. Text widths are reckoned, not measured: a Chinese character is one em.
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_app.briefs.content import BarChart
from crm_app.briefs.linebreak import break_lines
from crm_app.briefs.marks import Ink, Line, Mark, Rect, Role, Text

_SIZE = 10.0
_SMALL = 8.5
_GAP = 6.0
_AXIS = 16.0
_NARROW = 0.58


def chart_height(chart: BarChart) -> float:
    """Return the height in points that ``chart`` wants."""
    return _AXIS + 24.0 * max(len(chart.bars), 1)


def bar_chart(chart: BarChart, width: float, height: float) -> list[Mark]:
    """Return the marks of ``chart`` in a box with its top left corner at (0, 0), in points, y down."""
    if not chart.bars:
        return []
    labels = min(max(_em(bar.label) for bar in chart.bars) * _SIZE, 0.36 * width) + _GAP
    values = max(_em(bar.shown) for bar in chart.bars) * _SIZE + _GAP
    span = width - labels - values
    step = _step(max(bar.value for bar in chart.bars), chart.scale)
    most = max(bar.value for bar in chart.bars)
    ticks = max(-(-most // step), 1)
    pitch = (height - _AXIS) / len(chart.bars)
    foot = height - _AXIS
    marks = _axis(ticks, step, labels, span, foot, chart)
    for number, bar in enumerate(chart.bars):
        middle = (number + 0.5) * pitch
        thick = min(0.62 * pitch, 16.0)
        length = max(bar.value, 0) / (ticks * step) * span
        marks.append(Rect(labels, middle - thick / 2, length, thick, Ink.BAR, bar.rows))
        baseline = middle + 0.36 * _SIZE
        marks.append(Text(labels + length + _GAP / 2, baseline, bar.shown, Role.LABEL, _SIZE, rows=bar.rows))
        marks += _label(bar.label, labels - _GAP, middle)
    return marks


def _axis(ticks: int, step: int, left: float, span: float, foot: float, chart: BarChart) -> list[Mark]:
    marks: list[Mark] = []
    for tick in range(ticks + 1):
        x = left + span * tick / ticks
        text = f"{tick * step / chart.scale:g}" + (chart.unit if tick == ticks else "")
        marks.append(Line(x, 0, x, foot + (3 if tick else 0), 0.8 if tick == 0 else 0.4, _axis_ink(tick)))
        marks.append(Text(x - _em(text) * _SMALL / 2, foot + 12, text, Role.LABEL, _SMALL, Ink.GREY))
    return marks


def _axis_ink(tick: int) -> Ink:
    return Ink.BLACK if tick == 0 else Ink.PALE


def _label(label: str, room: float, middle: float) -> list[Mark]:
    """Return the label's lines, right against the axis, at most two and the second cut short with …."""
    size = _SIZE
    advances = [_em(c) * size for c in label]
    lines = [label[a:b] for a, b in break_lines(label, advances, room, room)]
    if len(lines) > 1:
        size = _SMALL
        lines = [label[a:b] for a, b in break_lines(label, [_em(c) * size for c in label], room, room)]
    if len(lines) > 2:
        lines = [lines[0], lines[1][:-1] + "…"]
    top = middle - (len(lines) - 1) * (size + 1) / 2
    return [
        Text(room - _em(line) * size, top + i * (size + 1) + 0.36 * size, line, Role.LABEL, size)
        for i, line in enumerate(lines)
    ]


def _step(most: int, scale: int) -> int:
    """Return the distance between ticks: 1, 2 or 5 times a power of ten (of ``scale``), at most five of them."""
    steps: Sequence[int] = [scale * 10**power * n for power in range(12) for n in (1, 2, 5)]
    return next((step for step in steps if step * 5 >= most), steps[-1])


def _em(text: str) -> float:
    return sum(1.0 if c >= "\u2e80" or c in "“”‘’—…" else _NARROW for c in text)
