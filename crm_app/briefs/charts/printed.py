"""The charts of a paper: the geometry of the screen's, measured by the paper's own face, for black-and-white print.

Every value is printed beside what is drawn of it; what a window is compared with is hatched, not coloured.
"""

from __future__ import annotations

from collections.abc import Iterator

from crm_app.briefs import fonts
from crm_app.briefs.charts.columns import columns
from crm_app.briefs.charts.drawing import GAP, Drawing, Frame, Measured
from crm_app.briefs.charts.funnel import funnel
from crm_app.briefs.charts.progress import progress
from crm_app.briefs.charts.ranked import ranked
from crm_app.briefs.content import Bar, Chart, ChartForm
from crm_app.briefs.marks import Ink, Line, Mark, Rect, Role
from crm_app.briefs.typeset import clean

_SIZE = 10.0
_PITCHES = {ChartForm.RANKED: 19.0, ChartForm.PROGRESS: 34.0, ChartForm.FUNNEL: 34.0}
_COMPARED = 32.0
_COLUMNS = 150.0
_HATCH = 3.2
_THIN = 0.5


def chart_height(chart: Chart) -> float:
    """Return the height in points that ``chart`` wants."""
    if chart.form is ChartForm.COLUMNS:
        return _COLUMNS
    compared = len(chart.names) > 1
    pitch = _COMPARED if compared and chart.form is ChartForm.RANKED else _PITCHES[chart.form]
    return pitch * max(len(chart.bars), 1) + (_SIZE + 2 * GAP if compared else 0.0)


def chart_marks(chart: Chart, width: float) -> list[Mark]:
    """Return the marks of ``chart`` in a box of its height with its top left corner at (0, 0), in points, y down."""
    frame = Frame(width, chart_height(chart), _SIZE, measure=_measure)
    return [part for mark in _drawn(chart, frame).marks for part in _printed(mark)]


def _measure(text: str, size: float) -> float:
    return fonts.text_width(text, Role.LABEL, size)


def _drawn(chart: Chart, frame: Frame) -> Drawing:
    lines = [_measured(bar, chart.scale if chart.form is ChartForm.PROGRESS else 1) for bar in chart.bars]
    match chart.form:
        case ChartForm.RANKED:
            return ranked(lines, frame, chart.names)
        case ChartForm.COLUMNS:
            return columns(lines, frame, chart.names, scale=chart.scale, unit=chart.unit.strip())
        case ChartForm.PROGRESS:
            return progress(lines, frame)
        case ChartForm.FUNNEL:
            return funnel(lines, frame)


def _measured(bar: Bar, scale: int) -> Measured:
    """Return a bar as the geometry takes it; the spots one could point at are for a screen."""
    then = None if bar.then is None else bar.then / scale
    shown_then = _one_line(bar.shown_then)
    return Measured(
        _one_line(bar.label), bar.value / scale, _one_line(bar.shown), "", then, shown_then, "", rows=bar.rows
    )


def _one_line(text: str) -> str:
    return clean(text).replace("\n", " ")


def _printed(mark: Mark) -> Iterator[Mark]:
    """Yield a mark as it is printed: a bar that is compared with is hatched, a track has an edge."""
    if not isinstance(mark, Rect) or mark.ink not in (Ink.THEN, Ink.TRACK):
        yield mark
        return
    ink = Ink.GREY if mark.ink is Ink.THEN else Ink.THEN
    right, foot = mark.x + mark.width, mark.y + mark.height
    if mark.ink is Ink.THEN:
        yield from _hatching(mark)
    for x1, y1, x2, y2 in (
        (mark.x, mark.y, right, mark.y),
        (mark.x, foot, right, foot),
        (mark.x, mark.y, mark.x, foot),
        (right, mark.y, right, foot),
    ):
        yield Line(x1, y1, x2, y2, _THIN, ink)


def _hatching(mark: Rect) -> Iterator[Mark]:
    """Yield the slanting lines of a rectangle, each cut to it."""
    reach = mark.width + mark.height
    for number in range(1, int(reach / _HATCH) + 1):
        along = number * _HATCH
        if along >= reach:
            return
        x1, y1 = min(along, mark.width), max(along - mark.width, 0.0)
        x2, y2 = max(along - mark.height, 0.0), min(along, mark.height)
        yield Line(mark.x + x1, mark.y + y1, mark.x + x2, mark.y + y2, _THIN, Ink.GREY)
