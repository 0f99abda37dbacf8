"""Deadlines skip public holidays, follow 调休, and the bureau's own list goes before all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain.workdays import Calendar

PLAIN = Calendar({})
any_day = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 9, 29), False),
        (date(2023, 10, 7), True),
        (date(2023, 10, 8), True),
        (date(2023, 10, 9), True),
        (date(2023, 7, 1), False),
        (date(2055, 1, 4), True),
        (date(2055, 1, 2), False),
    ],
)
def test_holidays_and_days_made_up_for_them(day: date, works: bool) -> None:
    assert PLAIN.is_workday(day) == works


def test_the_own_list_goes_before_the_published_calendar() -> None:
    own = Calendar({date(2023, 10, 9): False, date(2055, 1, 2): True})
    assert not own.is_workday(date(2023, 10, 9))
    assert own.is_workday(date(2055, 1, 2))
    assert own.next_workday(date(2023, 10, 9)) == date(2023, 10, 10)


def test_five_working_days_over_a_holiday() -> None:
    assert PLAIN.add_workdays(date(2023, 9, 27), 5) == date(2023, 10, 10)
    assert PLAIN.add_workdays(date(2023, 10, 7), -1) == date(2023, 9, 28)


@given(any_day)
def test_the_next_working_day_is_the_first_one_not_before(day: date) -> None:
    found = PLAIN.next_workday(day)
    assert PLAIN.is_workday(found)
    assert not any(PLAIN.is_workday(day + timedelta(days=n)) for n in range((found - day).days))


@given(any_day, st.integers(-30, 30))
def test_as_many_working_days_lie_between_as_were_added(day: date, n: int) -> None:
    end = PLAIN.add_workdays(day, n)
    first, last = sorted((day, end))
    inside = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    assert sum(PLAIN.is_workday(d) for d in inside if d != day) == abs(n)
