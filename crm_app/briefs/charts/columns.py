"""Columns beside one another: a row of months, each beside the one it is compared with."""

from __future__ import annotations

from collections.abc import Sequence

from crm_app.briefs.charts.drawing import GAP, NOW, THEN, Drawing, Frame, Measured, Spot, legend, right, step_of
from crm_app.briefs.marks import Ink, Line, Mark, Rect, Role, Text

_WIDEST = 34.0


def columns(
    lines: Sequence[Measured], frame: Frame, names: Sequence[str] = (), *, scale: int = 1, unit: str = ""
) -> Drawing:
    """Draw a column for each line, with two ``names`` one more to its left; the axis is in ``unit`` of ``scale``."""
    if not lines:
        return Drawing()
    compared = len(names) > 1
    marks, top = legend(frame, names)
    top += frame.size + 2 * GAP
    foot = frame.height - frame.size - GAP
    known = [value for one in lines for value in (one.value, one.then if compared else None) if value is not None]
    low, high = min(0.0, *known), max(0.0, *known)
    step = step_of(max(high - low, 1), scale)
    below, above = int(low // step), max(int(-(-high // step)), 1)
    ticks = range(below, above + 1)
    words = {tick: f"{tick * step / scale:g}" for tick in ticks}
    left = max(frame.measure(word, frame.small) for word in words.values()) + GAP
    tall = (foot - top) / max(len(ticks) - 1, 1)
    nought = foot + ticks[0] * tall
    marks += _axis(frame, {foot - (tick - ticks[0]) * tall: word for tick, word in words.items()}, left, unit, top)
    slot = (frame.width - left) / len(lines)
    wide = min(slot * (0.36 if compared else 0.56), _WIDEST)
    spots = []
    shown_all = all(frame.measure(one.shown, frame.small) <= slot - 2 for one in lines)
    for number, one in enumerate(lines):
        middle = left + (number + 0.5) * slot
        for series, value, told in _series(one, compared):
            x = middle - wide / 2 if not compared else middle - (wide + 1 if series else -1)
            height = abs(value) * tall / step
            y = nought - height if value >= 0 else nought
            marks.append(Rect(x, y, wide, height, Ink.THEN if series else Ink.BAR, () if series else one.rows))
            half = slot / 2 if compared else slot
            begin = middle - slot / 2 if series or not compared else middle
            spots.append(Spot(begin, top - frame.size, half, foot - top + frame.size, number, series, told))
        if shown_all and one.value:
            highest = max(one.value, one.then or 0.0 if compared else 0.0, 0.0)
            at = nought - highest * tall / step - 3
            width = frame.measure(one.shown, frame.small)
            over = middle + (wide / 2 + 1 if compared else 0)
            x = min(over - width / 2, middle + slot / 2 - width)
            marks.append(Text(max(x, middle - slot / 2), at, one.shown, Role.LABEL, frame.small, rows=one.rows))
    marks += _labels(frame, [one.label for one in lines], left, slot)
    marks.append(Line(left, nought, frame.width, nought, 0.8, Ink.GREY))
    return Drawing(tuple(marks), tuple(spots), upright=True)


def _series(one: Measured, compared: bool) -> list[tuple[int, float, str]]:
    found = [(NOW, one.value, one.told)]
    if compared and one.then is not None:
        found.append((THEN, one.then, one.told_then))
    return found


def _axis(frame: Frame, words: dict[float, str], left: float, unit: str, top: float) -> list[Mark]:
    marks: list[Mark] = []
    for y, word in words.items():
        marks.append(Line(left, y, frame.width, y, 0.5, Ink.PALE))
        marks.append(right(frame, left - GAP, y + 0.36 * frame.small, word, frame.small, Ink.GREY))
    if unit:
        room = frame.width / 2
        marks.append(Text(0, top - 2 * GAP, frame.fit(unit, room, frame.small), Role.LABEL, frame.small, Ink.GREY))
    return marks


def _labels(frame: Frame, labels: Sequence[str], left: float, slot: float) -> list[Mark]:
    """Return the labels under the columns: every one, or every second, third … so that none touches another."""
    widest = max(frame.measure(label, frame.small) for label in labels)
    every = max(1, int(-(-(widest + GAP) // slot)))
    marks: list[Mark] = []
    free = 0.0
    for number, label in list(enumerate(labels))[::every]:
        shown = frame.fit(label, frame.width, frame.small)
        width = frame.measure(shown, frame.small)
        x = min(max(left + (number + 0.5) * slot - width / 2, 0.0), frame.width - width)
        if x >= free:
            marks.append(Text(x, frame.height - 3, shown, Role.LABEL, frame.small, Ink.GREY))
            free = x + width + GAP
    return marks
