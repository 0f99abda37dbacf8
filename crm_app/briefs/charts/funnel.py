"""A funnel: a bar for each step, and between two steps how many moved on and how long it took them."""

from __future__ import annotations

from collections.abc import Sequence

from crm_app.briefs.charts.drawing import GAP, NOW, THEN, Drawing, Frame, Measured, Spot, labelled, right
from crm_app.briefs.marks import Ink, Mark, Rect, Role, Text

_HIGHEST, _THICKEST = 66.0, 22.0
_LABELS = 0.28
_SHOWN = 0.42


def funnel(steps: Sequence[Measured], frame: Frame) -> Drawing:
    """Draw the steps; ``shown_then`` and ``told_then`` of a step say how it was come to from the step before.

    Bars stand in the middle of their column, as wide as their value; the column is what labels and figures leave.
    """
    if not steps:
        return Drawing()
    pitch = min(frame.height / len(steps), _HIGHEST)
    labels = min(max(frame.measure(one.label, frame.size) for one in steps), _LABELS * frame.width)
    values = min(max(frame.measure(one.shown, frame.size) for one in steps), _SHOWN * frame.width)
    left = labels + 2 * GAP
    span = max(frame.width - left - values - 2 * GAP, 1.0)
    most = max(one.value for one in steps)
    thick = min(pitch * 0.52, _THICKEST)
    marks: list[Mark] = []
    spots = []
    for number, one in enumerate(steps):
        begin = number * pitch + pitch * 0.66 - thick / 2
        baseline = begin + thick / 2 + 0.36 * frame.size
        width = max(span * one.value / most, 1.0) if most else 1.0
        marks += labelled(frame, one.label, labels, begin + thick / 2, pitch)
        ink = Ink.BAR if one.value else Ink.PALE
        marks.append(Rect(left + (span - width) / 2, begin, width, thick, ink, one.rows))
        shown = frame.fit(one.shown, values, frame.size)
        marks.append(right(frame, frame.width, baseline, shown, frame.size, rows=one.rows))
        spots.append(Spot(0, begin, frame.width, thick, number, NOW, one.told))
        if number and one.shown_then:
            middle = left + span / 2
            link = frame.fit(one.shown_then, 2 * min(middle, frame.width - middle), frame.small)
            x = middle - frame.measure(link, frame.small) / 2
            at = number * pitch + pitch * 0.16 + 0.36 * frame.small
            marks.append(Text(x, at, link, Role.LABEL, frame.small, Ink.GREY))
            spots.append(Spot(left, number * pitch, span, pitch * 0.38, number, THEN, one.told_then))
    return Drawing(tuple(marks), tuple(spots))
