"""Bars of what is reached of a target, each with a line where the time of its period stands."""

from __future__ import annotations

from collections.abc import Sequence

from crm_app.briefs.charts.drawing import GAP, NOW, Drawing, Frame, Measured, Spot, right
from crm_app.briefs.marks import Ink, Line, Mark, Rect, Role, Text

_HIGHEST = 64.0


def progress(lines: Sequence[Measured], frame: Frame) -> Drawing:
    """Draw a track for each line: ``value`` of 1 fills it, ``then`` is the part of the time that is gone.

    What is reached beyond the target fills the track; its figure says how far. ``shown_then`` names the line of time.
    """
    if not lines:
        return Drawing()
    pitch = min(frame.height / len(lines), _HIGHEST)
    thick = min(pitch * 0.3, 14.0)
    marks: list[Mark] = []
    spots = []
    for number, one in enumerate(lines):
        top = number * pitch + max(pitch - thick - frame.size - 2 * GAP, 0) / 2
        baseline, track = top + frame.size, top + frame.size + GAP
        shown = frame.fit(one.shown, frame.width * 0.6, frame.size)
        room = frame.width - frame.measure(shown, frame.size) - 2 * GAP
        marks.append(Text(0, baseline, frame.fit(one.label, room, frame.size), Role.LABEL, frame.size))
        marks.append(right(frame, frame.width, baseline, shown, frame.size, rows=one.rows))
        marks.append(Rect(0, track, frame.width, thick, Ink.TRACK))
        reached = frame.width * min(max(one.value, 0.0), 1.0)
        marks.append(Rect(0, track, reached, thick, Ink.BAR, one.rows))
        if one.then is not None:
            x = min(max(frame.width * one.then, 1.0), frame.width - 1.0)
            marks.append(Line(x, track - 3, x, track + thick + 3, 2.0, Ink.BLACK))
            if pitch >= thick + 2.2 * frame.size + 3 * GAP:
                marks += _time(frame, one.shown_then, x, track + thick + frame.small + 3)
        spots.append(Spot(0, number * pitch, frame.width, pitch, number, NOW, one.told))
    return Drawing(tuple(marks), tuple(spots))


def _time(frame: Frame, words: str, x: float, baseline: float) -> list[Mark]:
    width = frame.measure(words, frame.small)
    if not words or width > frame.width:
        return []
    begin = min(max(x - width / 2, 0.0), frame.width - width)
    return [Text(begin, baseline, words, Role.LABEL, frame.small, Ink.GREY)]
