"""Working days: China's published calendar where it is known, weekends where it is not, the bureau's list above both.

Deadlines skip public holidays; 调休 makes some weekends working days. The published calendar ends with the year last
announced, and its library raises beyond it: there the weekdays answer, until the bureau enters the days themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from crm_app.i18n import N_

_DAY = timedelta(days=1)

HOLIDAY_LABELS = {
    "New Year's Day": N_("New Year's Day"),
    "Spring Festival": N_("Spring Festival"),
    "Tomb-sweeping Day": N_("Tomb-sweeping Day"),
    "Labour Day": N_("Labour Day"),
    "Dragon Boat Festival": N_("Dragon Boat Festival"),
    "National Day": N_("National Day"),
    "Mid-autumn Festival": N_("Mid-autumn Festival"),
}
"""The public holidays, as the published calendar calls them, with their words."""


def is_published(year: int) -> bool:
    """Tell whether the published calendar of a year is known."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


@dataclass(frozen=True)
class DayMark:
    """What a day is in the calendar: worked or not, its public holiday (untranslated, or empty).

    ``unusual``: free though no weekend, or worked though one; ``named``: free, and the holiday's name says why.
    """

    works: bool
    holiday: str
    unusual: bool

    @property
    def named(self) -> bool:
        """Whether the day is free because of the holiday."""
        return bool(self.holiday) and not self.works


class Calendar:
    """A calendar with the bureau's own days: ``overrides`` tells for a day whether it is worked."""

    def __init__(self, overrides: Mapping[date, bool]) -> None:
        self._overrides = dict(overrides)

    def is_workday(self, day: date) -> bool:
        """Tell whether ``day`` is worked."""
        own = self._overrides.get(day)
        if own is not None:
            return own
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < 5

    def mark(self, day: date) -> DayMark:
        """Return what a day is: for marking it where days are shown."""
        works = self.is_workday(day)
        try:
            _free, name = chinese_calendar.get_holiday_detail(day)
        except NotImplementedError:
            name = None
        return DayMark(works, HOLIDAY_LABELS.get(name or "", ""), works != (day.weekday() < 5))

    def next_workday(self, day: date) -> date:
        """Return ``day`` if it is worked, else the first working day after it."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def add_workdays(self, day: date, n: int) -> date:
        """Return the ``n``-th working day after ``day``, itself not counted; before it for a negative ``n``."""
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_workday(day)
        return day
