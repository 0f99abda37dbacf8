"""A month on one page: a week to a row, trips as bands over their days, the rest day by day in small type.

What does not fit into a day is counted there, so that nothing is silently left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_app.briefs import fonts
from crm_app.briefs.content import Band, Cell, Column, Month, Table, Week
from crm_app.briefs.flow import Flow
from crm_app.briefs.marks import Ink, Line, Mark, Rect, Role, Text
from crm_app.briefs.structure import Tag
from crm_app.briefs.typeset import clean
from crm_app.i18n import _

_HEAD = 18.0
_NUMBER = 11.0
_SMALL = 8.0
_PITCH = 10.5
_LANE = _PITCH + 2
"""From band to band."""
_PAD = 3.0
_LEAST = 62.0
"""A week's row is at least so high; six of them fit on a lying sheet."""


def draw_month(flow: Flow, month: Month) -> None:
    """Place the month over the rest of the page."""
    wide = flow.width / 7
    high = max((flow.room - _HEAD) / max(len(month.weeks), 1), _LEAST)
    flow.need(_HEAD + high * len(month.weeks))
    with flow.tagged(Tag.FIGURE, _told(month)):
        flow.put(_heads(month.weekdays, wide))
        flow.y += _HEAD
        for week in month.weeks:
            flow.put(_week(week, wide, high))
            flow.y += high


def _heads(names: Sequence[str], wide: float) -> list[Mark]:
    marks: list[Mark] = [Rect(0, 0, 7 * wide, _HEAD, Ink.WASH)]
    for at, name in enumerate(names):
        width = fonts.text_width(name, Role.HEAD, 10)
        marks.append(Text((at + 0.5) * wide - width / 2, _HEAD / 2 + 3.6, name, Role.HEAD, 10))
    return [*marks, Line(0, 0, 7 * wide, 0, 0.9), Line(0, _HEAD, 7 * wide, _HEAD, 0.5)]


def _week(week: Week, wide: float, high: float) -> list[Mark]:
    marks: list[Mark] = []
    top = _NUMBER + 2 * _PAD + _SMALL
    lanes = _lanes(week)
    # Below the bands a line is left: what has no lane is told there, day by day, or counted.
    most = max(int((high - top - _PAD) // _LANE), 1)
    lanes, left_over = lanes[:most], [band for lane in lanes[most:] for band in lane]
    for at, day in enumerate(week.days):
        if day.free or day.outside:
            marks.append(Rect(at * wide, 0, wide, high, Ink.WASH))
    # The ground of a day off lies over half of the rule that the week before drew.
    marks.append(Line(0, 0, 7 * wide, 0, 0.5))
    for at, day in enumerate(week.days):
        left = at * wide
        marks.append(Line(left, 0, left, high, 0.5 if at else 0.9))
        ink = Ink.GREY if day.outside else Ink.BLACK
        marks.append(Text(left + _PAD, _NUMBER + 1, day.number, Role.HEAD, _NUMBER, ink))
        if day.label:
            label = _fitted(day.label, wide - 3 * _PAD - fonts.text_width(day.number, Role.HEAD, _NUMBER))
            x = left + wide - _PAD - fonts.text_width(label, Role.LABEL, _SMALL)
            marks.append(Text(x, _NUMBER, label, Role.LABEL, _SMALL, Ink.GREY))
        below = sum(1 for lane in lanes if any(band.first <= at <= band.last for band in lane))
        told = [Cell(band.text, band.rows) for band in left_over if band.first <= at <= band.last]
        marks += _lines([*told, *day.lines], left, top + below * _LANE, wide, high)
    for number, lane in enumerate(lanes):
        for band in lane:
            x, y = band.first * wide + 1.5, top + number * _LANE - _SMALL - 0.5
            width = (band.last - band.first + 1) * wide - 3
            marks.append(Rect(x, y, width, _PITCH, Ink.PALE, band.rows))
            text = _fitted(band.text, width - 2 * _PAD)
            marks.append(Text(x + _PAD, y + _SMALL, text, Role.LABEL, _SMALL, rows=band.rows))
    marks.append(Line(7 * wide, 0, 7 * wide, high, 0.9))
    return [*marks, Line(0, high, 7 * wide, high, 0.5)]


def _lanes(week: Week) -> list[list[Band]]:
    """Return the bands in lanes in which none touches another."""
    lanes: list[list[Band]] = []
    for band in sorted(week.bands, key=lambda band: (band.first, -band.last)):
        lane = next((lane for lane in lanes if lane[-1].last < band.first), None)
        if lane is None:
            lanes.append([band])
        else:
            lane.append(band)
    return lanes


def _lines(cells: Sequence[Cell], left: float, top: float, wide: float, high: float) -> list[Mark]:
    """Return a day's lines, as many as fit; the last one counts what does not."""
    room = max(int((high - top + _PITCH - _PAD) // _PITCH), 0)
    shown = list(cells)
    if len(shown) > room:
        rest = len(shown) - max(room - 1, 0)
        shown = [*shown[: max(room - 1, 0)], Cell(_("{n} more").format(n=rest))][:room]
    return [
        Text(left + _PAD, top + n * _PITCH, _fitted(cell.text, wide - 2 * _PAD), Role.LABEL, _SMALL, rows=cell.rows)
        for n, cell in enumerate(shown)
    ]


def _fitted(text: str, room: float) -> str:
    """Return a text in one line, cut short with … where it is wider than ``room``."""
    kept = clean(text).replace("\n", " ")
    if fonts.text_width(kept, Role.LABEL, _SMALL) <= room:
        return kept
    while kept and fonts.text_width(kept + "…", Role.LABEL, _SMALL) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def as_table(month: Month, wide: float, high: float) -> Table:
    """Return the month as a table for a document in which it is edited, its days ``wide`` and ``high`` points.

    A day holds as many lines as have room there, each on one line.
    """
    columns = tuple(Column(name, 1) for name in month.weekdays)
    most = max(int((high - 2 * _PAD) // _PITCH), 2)
    return Table(columns, tuple(tuple(_cell(week, at, wide, most) for at in range(7)) for week in month.weeks))


def _cell(week: Week, at: int, wide: float, most: int) -> Cell:
    said = [*_heading(week, at), *(cell.text for cell in week.days[at].lines)]
    if len(said) > most:
        said = [*said[: most - 1], _("{n} more").format(n=len(said) - most + 1)]
    text = "\n".join(_fitted(line, wide - 3 * _PAD) for line in said)
    return Cell(text, tuple(row for cell in week.days[at].lines for row in cell.rows))


def _heading(week: Week, at: int) -> list[str]:
    """Return a day's number with what it is called, then what lasts over it."""
    day = week.days[at]
    lasting = [band.text for band in week.bands if band.first <= at <= band.last]
    return [f"{day.number} {day.label}".strip(), *lasting]


def _told(month: Month) -> str:
    """Return the month in words, day by day, for who has it read aloud."""
    days = [(week, at) for week in month.weeks for at in range(7)]
    said = ([*_heading(week, at), *(cell.text for cell in week.days[at].lines)] for week, at in days)
    return _("; ").join(_(", ").join(day) for day in said)
