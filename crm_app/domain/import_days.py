"""Days whose day and month could be swapped (03/04/2023, 3-4-2023, 03.04.23): asked once a column, never guessed.

One value that can be read only one way (13/04/2023) tells how its whole column is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm_app import clock
from crm_app.i18n import N_, _


class DayOrder(StrEnum):
    """How a column writes its days where the order cannot be told from them: 03/04/2023."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


DAY_ORDER_LABELS = {
    DayOrder.DAY_FIRST: N_("day, month, year"),
    DayOrder.MONTH_FIRST: N_("month, day, year"),
    DayOrder.YEAR_FIRST: N_("year, month, day"),
}

_FORM = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{1,2})(?:[\sT]+\d{1,2}[:：]\d{2}.*)?")
_PARTS = {DayOrder.DAY_FIRST: (2, 1, 0), DayOrder.MONTH_FIRST: (2, 0, 1), DayOrder.YEAR_FIRST: (0, 1, 2)}
_EXAMPLES = 2
_REMEMBERED = 4096
"""Days of a column that are looked at but once."""
_FIRST_YEAR, _YEARS_AHEAD = 1990, 1
"""Years that a ledger of this field may mean."""


_YEARLESS = re.compile(
    r"\d{1,2}\s*(?:月|[./-]\s*\d{1,2}(?![\d./-])|([./])\s*\d{1,2}\s*[-—–~～至到]+\s*(?:\d{1,2}\s*\1\s*)?\d{1,2}(?![\d./-]))"
)
"""3月5日, 3.5, and what lasted: 3.6-3.7, 3/6至8."""
_WITH_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*[年./-]|\d{4}(?!\d))")


def with_year(cell: object, year: int | None) -> object:
    """Return a cell of a day that names no year with the one that is known of its column: 5月16日, 5.16."""
    if year is None or not isinstance(cell, str) or not _YEARLESS.match(cell.strip()):
        return cell
    mark = next(char for char in cell if char in "月/-.")
    return f"{year}{'年' if mark == '月' else mark}{cell.strip()}"


def year_of(cells: Sequence[object], told: int | None, *, beside: bool = False) -> tuple[int | None, str]:
    """Return the year of the days of a column that name none, and the sentence that says it where some do so.

    ``told`` is what title or file say. Else it is the only year the other days of the column are of; else, where
    another day of the row stands ``beside`` it, that day tells it row by row.
    """
    years = {cell.year for cell in cells if isinstance(cell, date)}
    years |= {int(found[1]) for cell in cells if isinstance(cell, str) and (found := _WITH_YEAR.search(cell))}
    year = told or (years.pop() if len(years) == 1 else None)
    bare = next((cell for cell in cells if isinstance(cell, str) and _YEARLESS.match(cell.strip())), None)
    if bare is None:
        return year, ""
    if year is None and beside:
        words = _("Days without a year, such as “{day}”, are taken for the nearest to their row's other day.")
        return None, words.format(day=bare)
    if year is None:
        return None, _("Days without a year, such as “{day}”, are taken for the nearest.").format(day=bare)
    return year, _("Days without a year, such as “{day}”, are taken as of {year}.").format(day=bare, year=year)


@dataclass(frozen=True)
class DayQuestion:
    """A column (from 0) whose days could be read in several orders, with examples: the text, and the day by order."""

    column: int
    orders: tuple[DayOrder, ...]
    examples: tuple[tuple[str, Mapping[DayOrder, date]], ...]


def readings(text: str) -> dict[DayOrder, date]:
    """Return the days a text of three short numbers may mean, by order; empty where it is written in another form."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return {}
    numbers = (found[1], found[3], found[4])
    days: dict[DayOrder, date] = {}
    for order, (year, month, day) in _PARTS.items():
        if len(numbers[year]) == 1 or (len(found[4]) == 4 and year != 2):
            continue
        read = _day(int(numbers[year]), int(numbers[month]), int(numbers[day]))
        if read is not None:
            days[order] = read
    return days


def _day(year: int, month: int, day: int) -> date | None:
    whole = year if year > 99 else 2000 + year
    if not _FIRST_YEAR <= whole <= clock.today().year + _YEARS_AHEAD:
        return None
    try:
        return date(whole, month, day)
    except ValueError:
        return None


class ColumnOfDays:
    """What the values of one column, seen one after the other, say about the order they are written in."""

    def __init__(self, column: int) -> None:
        self._column = column
        self._common: set[DayOrder] | None = None
        self._every: set[DayOrder] = set()
        self._examples: dict[str, dict[DayOrder, date]] = {}
        self._seen: set[str] = set()
        self.decided_by = ""

    def see(self, cell: object) -> None:
        """Look at one cell."""
        if not isinstance(cell, str) or cell in self._seen:
            return
        if len(self._seen) < _REMEMBERED:
            self._seen.add(cell)
        read = readings(cell)
        if not read:
            return
        text = str(cell).strip()
        self._every |= read.keys()
        open_before = self._common is None or len(self._common) > 1
        self._common = set(read) if self._common is None else self._common & read.keys()
        if open_before and len(self._common) == 1:
            self.decided_by = text
        if len(self._examples) < _EXAMPLES and len(set(read.values())) > 1:
            self._examples.setdefault(text, read)

    @property
    def order(self) -> DayOrder | None:
        """The one order in which every value seen can be read; None where there are several, or none fits all."""
        return next(iter(self._common)) if self._common is not None and len(self._common) == 1 else None

    @property
    def question(self) -> DayQuestion | None:
        """What has to be asked; None where nothing is open."""
        if self.order is not None or not self._examples:
            return None
        possible = self._common or self._every
        orders = tuple(order for order in DayOrder if order in possible)
        examples = [(text, {one: read[one] for one in orders if one in read}) for text, read in self._examples.items()]
        return DayQuestion(self._column, orders, tuple(examples))
