"""The bars of a paper: their geometry, which knows no painter.

Bars lie, because Chinese labels are long; the axis begins at 0; each bar prints its value, so that the chart reads in
black-and-white and beside its table. Text widths are reckoned, not measured: a Chinese character is one em.
"""

from __future__ import annotations

from crm_app.briefs.charts.drawing import em_width, step_of
from crm_app.briefs.content import BarChart
from crm_app.briefs.linebreak import break_lines
from crm_app.briefs.marks import Ink, Line, Mark, Rect, Role, Text

_SIZE = 10.0
_SMALL = 8.5
_GAP = 6.0
_AXIS = 16.0


def chart_height(chart: BarChart) -> float:
    """Return the height in points that ``chart`` wants."""
    return _AXIS + 24.0 * max(len(chart.bars), 1)


def bar_chart(chart: BarChart, width: float, height: float) -> list[Mark]:
    """Return the marks of ``chart`` in a box with its top left corner at (0, 0), in points, y down."""
    if not chart.bars:
        return []
    labels = min(max(em_width(bar.label) for bar in chart.bars) * _SIZE, 0.36 * width) + _GAP
    values = max(em_width(bar.shown) for bar in chart.bars) * _SIZE + _GAP
    span = width - labels - values
    step = step_of(max(bar.value for bar in chart.bars), chart.scale)
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
        marks.append(Text(x - em_width(text) * _SMALL / 2, foot + 12, text, Role.LABEL, _SMALL, Ink.GREY))
    return marks


def _axis_ink(tick: int) -> Ink:
    return Ink.BLACK if tick == 0 else Ink.PALE


def _label(label: str, room: float, middle: float) -> list[Mark]:
    """Return the label's lines, right against the axis, at most two and the second cut short with …."""
    size = _SIZE
    advances = [em_width(c) * size for c in label]
    lines = [label[a:b] for a, b in break_lines(label, advances, room, room)]
    if len(lines) > 1:
        size = _SMALL
        lines = [label[a:b] for a, b in break_lines(label, [em_width(c) * size for c in label], room, room)]
    if len(lines) > 2:
        lines = [lines[0], lines[1][:-1] + "…"]
    top = middle - (len(lines) - 1) * (size + 1) / 2
    return [
        Text(room - em_width(line) * size, top + i * (size + 1) + 0.36 * size, line, Role.LABEL, size)
        for i, line in enumerate(lines)
    ]
