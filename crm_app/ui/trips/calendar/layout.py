"""Where everything of a calendar stands: cells of days, bars of trips over them, lines in them. Nothing is painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect

from crm_app.services.calendar import TRIP, Item, Span
from crm_app.ui import theme

WEEK = 7
_MOST_LANES, _MOST_RESIDENT = 3, 2
"""Bars over a day of a month; postings of months leave room for what lies on it."""
_MOST_OF_A_WEEK = 8
"""In the week there is room for all of them: it is where “+1” leads."""
_EDGE = 4
_LEAST_LINES = 2


@dataclass(frozen=True)
class Measures:
    """Pixels of a view: the head of a day, a bar, a line, a line with one row of text, the width of “+5”.

    ``lanes`` and ``resident_lanes`` are how many bars lie over a day, and under how many a posting is left out.
    """

    head: int
    bar: int
    line: int
    row: int
    more: int
    lanes: int = _MOST_LANES
    resident_lanes: int = _MOST_RESIDENT

    @property
    def least(self) -> int:
        """The height in which a day shows enough to be worth looking at: a trip and two lines."""
        return self.head + self.bar + _LEAST_LINES * self.line + _EDGE


def measures_of(*, weekly: bool) -> Measures:
    """Return the measures of a month or a week at the font size in use; a line of the week has two rows of text."""
    head, bar, line = (30, 24, 38) if weekly else (22, 18, 17)
    known = Measures(theme.px(head), theme.px(bar), theme.px(line), theme.px(17), theme.px(40))
    return replace(known, lanes=_MOST_OF_A_WEEK, resident_lanes=_MOST_OF_A_WEEK) if weekly else known


@dataclass(frozen=True)
class Box:
    """An item where it stands; ``first`` and ``last``: whether a trip's bar begins and ends in this week."""

    item: Item
    rect: QRect
    day: date
    first: bool = True
    last: bool = True


@dataclass(frozen=True)
class More:
    """So many more of a day than there is room for."""

    n: int
    rect: QRect
    day: date


@dataclass
class Cell:
    """A day: its place, and what of it is shown, in the order in which keys walk it."""

    day: date
    rect: QRect
    boxes: list[Box] = field(default_factory=list)
    more: More | None = None


@dataclass
class Laid:
    """A whole view laid out."""

    cells: dict[date, Cell]
    bars: list[Box]

    def day_at(self, at: QPoint) -> date | None:
        """Return the day at a point."""
        return next((cell.day for cell in self.cells.values() if cell.rect.contains(at)), None)

    def box_at(self, at: QPoint) -> Box | None:
        """Return the item at a point; of a trip any of its bars."""
        of_days = (box for cell in self.cells.values() for box in cell.boxes)
        return next((box for box in (*self.bars, *of_days) if box.rect.contains(at)), None)

    def more_at(self, at: QPoint) -> More | None:
        """Return the “+5” at a point."""
        return next((c.more for c in self.cells.values() if c.more is not None and c.more.rect.contains(at)), None)

    def walk(self, day: date) -> list[Item]:
        """Return what keys walk on a day: the trips over it, then its lines."""
        cell = self.cells[day]
        over = [
            box.item for box in self.bars if box.item.on <= day <= box.item.until and cell.rect.intersects(box.rect)
        ]
        return [*over, *(box.item for box in cell.boxes)]


def lay_out(span: Span, area: QRect, measures: Measures) -> Laid:
    """Lay the weeks of a span out in an area."""
    weeks = ((span.last - span.first).days + 1) // WEEK
    trips = sorted((item for item in span.items if item.kind == TRIP), key=lambda trip: trip.resident)
    lines: dict[date, list[Item]] = {}
    for item in span.items:
        if item.kind != TRIP:
            lines.setdefault(item.on, []).append(item)
    laid = Laid({}, [])
    for number in range(weeks):
        top = area.top() + area.height() * number // weeks
        bottom = area.top() + area.height() * (number + 1) // weeks
        days = [span.first + timedelta(days=number * WEEK + n) for n in range(WEEK)]
        cells = [
            Cell(day, QRect(_x(area, n), top, _x(area, n + 1) - _x(area, n), bottom - top))
            for n, day in enumerate(days)
        ]
        used, hidden = _lay_bars(laid, trips, cells, measures)
        for cell in cells:
            laid.cells[cell.day] = cell
            known = lines.get(cell.day, [])
            total = max(span.counts.get(cell.day, 0), len(known)) + hidden[cell.day]
            _lay_lines(cell, sorted(known, key=_order), total, used[cell.day], measures)
    return laid


def _x(area: QRect, column: int) -> int:
    return area.left() + area.width() * column // WEEK


def _order(item: Item) -> tuple[bool, bool, str]:
    """Let what has an hour come first, then what is open, then what is done."""
    return (item.done_on is not None, not item.time, item.time)


def _lay_bars(
    laid: Laid, trips: Sequence[Item], cells: Sequence[Cell], measures: Measures
) -> tuple[dict[date, int], dict[date, int]]:
    """Put the trips of a week into lanes; return how many lanes each day uses and how many trips found none."""
    days = [cell.day for cell in cells]
    room = max(0, (cells[0].rect.height() - measures.head - 2) // measures.bar)
    lanes: list[date] = []
    used, hidden = dict.fromkeys(days, 0), dict.fromkeys(days, 0)
    for trip in trips:
        if trip.on > days[-1] or trip.until < days[0]:
            continue
        first, last = max(trip.on, days[0]), min(trip.until, days[-1])
        lane = next((n for n, taken in enumerate(lanes) if taken < first), len(lanes))
        over = [day for day in days if first <= day <= last]
        if lane >= min(room, measures.resident_lanes if trip.resident else measures.lanes):
            for day in over:
                hidden[day] += 1
            continue
        lanes[lane : lane + 1] = [last]
        for day in over:
            used[day] = max(used[day], lane + 1)
        left, right = cells[days.index(first)].rect, cells[days.index(last)].rect
        top = left.top() + measures.head + lane * measures.bar
        begins, ends = trip.on >= days[0], trip.until <= days[-1]
        start = left.left() + (_EDGE if begins else 0)
        end = right.right() - (_EDGE if ends else 0)
        laid.bars.append(Box(trip, QRect(start, top, end - start, measures.bar - 2), first, begins, ends))
    return used, hidden


def _lay_lines(cell: Cell, items: Sequence[Item], total: int, lanes: int, measures: Measures) -> None:
    top = cell.rect.top() + measures.head + lanes * measures.bar
    room = max(0, (cell.rect.bottom() - 2 - top) // measures.line)
    for number, item in enumerate(items[:room]):
        rect = QRect(
            cell.rect.left() + _EDGE, top + number * measures.line, cell.rect.width() - 2 * _EDGE, measures.line
        )
        cell.boxes.append(Box(item, rect.adjusted(0, 0, 0, -1), cell.day))
    left = total - len(cell.boxes)
    if left > 0:
        # In the head, so that no line is lost to it.
        rect = QRect(cell.rect.right() - measures.more, cell.rect.top(), measures.more, measures.head)
        cell.more = More(left, rect, cell.day)
