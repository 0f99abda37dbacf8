"""Working days: China's published calendar where it is known, weekends where it is not, the bureau's list above both.

Deadlines skip public holidays; 调休 makes some weekends working days. The published calendar ends with the year last
announced, and its library raises beyond it: there the weekdays answer, until the bureau enters the days themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import chinese_calendar

_DAY = timedelta(days=1)


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
