"""Spans of days: a date as precise as it is known, and no more.

A month stays a month: it has a first and a last day, and is never given a made-up day.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How precisely a date is known; PART is any other run of days (a week, the last ten days of a month)."""

    DAY = "day"
    PART = "part"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class FuzzyDay:
    """A date known to lie between ``first`` and ``last``, both included."""

    first: date
    last: date
    precision: Precision

    @classmethod
    def of(cls, day: date) -> FuzzyDay:
        """Return the date known to the day."""
        return cls(day, day, Precision.DAY)

    @property
    def exact(self) -> bool:
        """Tell whether the day itself is known."""
        return self.precision is Precision.DAY

    def within(self, start: date, end: date) -> bool:
        """Tell whether the whole span lies in the window, ends included: only then does it count (counting rule 3)."""
        return start <= self.first and self.last <= end

    def touches(self, start: date, end: date) -> bool:
        """Tell whether it may lie in the window: what touches it and is not within it is 待确认."""
        return self.first <= end and start <= self.last


def last_of_month(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return calendar.monthrange(year, month)[1]


def months(year: int, first: int, last: int, precision: Precision) -> FuzzyDay:
    """Return the span from the first of one month to the end of another of the same year."""
    return FuzzyDay(date(year, first, 1), date(year, last, last_of_month(year, last)), precision)


def month_of(year: int, month: int) -> FuzzyDay:
    """Return a month."""
    return months(year, month, month, Precision.MONTH)


def quarter_of(year: int, quarter: int) -> FuzzyDay:
    """Return a quarter, 1 to 4."""
    return months(year, quarter * 3 - 2, quarter * 3, Precision.QUARTER)


def half_of(year: int, half: int) -> FuzzyDay:
    """Return a half-year, 1 or 2."""
    return months(year, half * 6 - 5, half * 6, Precision.HALF)


def year_of(year: int) -> FuzzyDay:
    """Return a year."""
    return months(year, 1, 12, Precision.YEAR)


def third_of(year: int, month: int, third: int) -> FuzzyDay:
    """Return 上旬 (1–10), 中旬 (11–20) or 下旬 (21 to the end) as third 1, 2 or 3."""
    last = last_of_month(year, month) if third == 3 else third * 10
    return FuzzyDay(date(year, month, third * 10 - 9), date(year, month, last), Precision.PART)


def week_of(day: date) -> FuzzyDay:
    """Return the week, Monday to Sunday, that holds ``day``."""
    monday = day - timedelta(days=day.weekday())
    return FuzzyDay(monday, monday + timedelta(days=6), Precision.PART)
