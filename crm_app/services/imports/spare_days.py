"""Days for next steps that a ledger names without any: not all tomorrow, where a ledger has hundreds of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date

from crm_app import clock
from crm_app.domain.workdays import Calendar

DAYS = 20
"""Working days over which they are spread: four weeks, so that each is looked at while the ledger is still new."""


def spare_days(calendar: Calendar) -> Iterator[date]:
    """Yield the working days after today, one for each step; behind the last the first comes again."""
    day, days = clock.today(), []
    for _day in range(DAYS):
        day = calendar.add_workdays(day, 1)
        days.append(day)
    return itertools.cycle(days)
