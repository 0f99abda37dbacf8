"""Bars that lie under one another, because Chinese labels are long: a distribution, in the order it is given."""

from __future__ import annotations

from collections.abc import Sequence

from crm_app.briefs.charts.drawing import GAP, NOW, THEN, Drawing, Frame, Measured, Spot, labelled, legend
from crm_app.briefs.marks import Ink, Line, Rect, Role, Text

_LABELS, _MOST = 0.42, 0.6
"""The part of the width that labels may take, and that of longer ones where the bars still have room."""
_BARS = 7.0
"""Widths of a type that bars keep beside long labels."""
_HIGHEST = 42.0
_BETWEEN = 2.0


def least(size: float, lines: int, *, compared: bool) -> float:
    """Return the least height in which so many lines can be read."""
    return lines * (1.9 if compared else 1.7) * size + (size + 2 * GAP if compared else 0)


def ranked(lines: Sequence[Measured], frame: Frame, names: Sequence[str] = ()) -> Drawing:
    """Draw a bar for each line; with two ``names`` what it is compared with is a thinner bar beneath it."""
    if not lines:
        return Drawing()
    compared = len(names) > 1
    marks, top = legend(frame, names)
    pitch = min((frame.height - top) / len(lines), 3.4 * frame.size, _HIGHEST)
    texts = [text for one in lines for text in ((one.shown, one.shown_then) if compared else (one.shown,))]
    values = max(frame.measure(text, frame.size) for text in texts) + GAP
    beside = min(_MOST * frame.width, frame.width - values - 2 * GAP - _BARS * frame.size)
    room = min(max(frame.measure(one.label, frame.size) for one in lines), max(_LABELS * frame.width, beside))
    left, span = room + GAP, max(frame.width - room - 2 * GAP - values, 1.0)
    known = [value for one in lines for value in (one.value, one.then if compared else None) if value is not None]
    low, high = min(0.0, *known), max(0.0, *known)
    scale = span / (high - low) if high > low else 0.0
    nought = left - low * scale
    spots = []
    for number, one in enumerate(lines):
        y = top + number * pitch
        marks += labelled(frame, one.label, room, y + pitch / 2, pitch)
        for series, value, shown, told in _series(one, compared):
            thick, at = _bar(pitch, series, compared)
            other = _bar(pitch, THEN - series, compared)[0]
            x, width = nought + min(value, 0.0) * scale, abs(value) * scale
            rows = () if series else one.rows
            marks.append(Rect(x, y + at, width, thick, Ink.THEN if series else Ink.BAR, rows))
            size = frame.small if series else frame.size
            apart = (thick + other) / 2 + _BETWEEN if compared else pitch
            if not series or (value and apart >= 1.1 * frame.size):
                end = max(x + width, nought) + GAP / 2
                ink = Ink.GREY if series else Ink.BLACK
                marks.append(Text(end, y + at + thick / 2 + 0.36 * size, shown, Role.LABEL, size, ink, rows=rows))
            # The label belongs to what is asked; the other value has the lower part of the bars alone.
            if series:
                spots.append(Spot(left, y + pitch * 0.62, frame.width - left, pitch * 0.38, number, series, told))
            else:
                spots.append(Spot(0, y, frame.width, pitch, number, series, told))
    marks.append(Line(nought, top, nought, top + pitch * len(lines), 0.8, Ink.GREY))
    return Drawing(tuple(marks), tuple(spots))


def _series(one: Measured, compared: bool) -> list[tuple[int, float, str, str]]:
    found = [(NOW, one.value, one.shown, one.told)]
    if compared and one.then is not None:
        found.append((THEN, one.then, one.shown_then, one.told_then))
    return found


def _bar(pitch: float, series: int, compared: bool) -> tuple[float, float]:
    """Return how thick a bar is and how far below the top of its line it begins."""
    if not compared:
        thick = min(0.6 * pitch, 18.0)
        return thick, (pitch - thick) / 2
    thick, thin = min(0.42 * pitch, 14.0), min(0.22 * pitch, 9.0)
    begin = (pitch - thick - thin - _BETWEEN) / 2
    return (thin, begin + thick + _BETWEEN) if series else (thick, begin)
