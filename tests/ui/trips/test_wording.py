from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app import clock, i18n
from crm_app.domain import days
from crm_app.domain.trips import Trip
from crm_app.errors import BadInput
from crm_app.ui.trips.wording import dated_span, length, read_day_of, read_span, span

TODAY = date(2023, 6, 14)
MONDAY, FRIDAY = date(2023, 6, 12), date(2023, 6, 16)


@pytest.fixture(autouse=True)
def that_day() -> None:
    clock.pin_today(TODAY)


def trip(start_on: date = MONDAY, end_on: date = FRIDAY) -> Trip:
    return Trip(id=uuid4(), title="赴深圳招商", start_on=start_on, end_on=end_on)


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("下周一", "", (date(2023, 6, 19), date(2023, 6, 19))),
        ("下周一", "3天", (date(2023, 6, 19), date(2023, 6, 21))),
        ("下周一", "三天", (date(2023, 6, 19), date(2023, 6, 21))),
        ("下周一到下周三", "", (date(2023, 6, 19), date(2023, 6, 21))),
        ("06-12", "06-16", (MONDAY, FRIDAY)),
        ("2021-12-28", "1-3", (date(2021, 12, 28), date(2022, 1, 3))),
        ("next monday", "2 days", (date(2023, 6, 19), date(2023, 6, 20))),
        ("30 Dec 2021", "Mon 3 Jan", (date(2021, 12, 30), date(2022, 1, 3))),
    ],
)
def test_days_are_read_as_they_are_typed(start: str, end: str, wanted: tuple[date, date]) -> None:
    assert read_span(start, end) == wanted


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [("", "3天", "start_on"), ("啊", "", "start_on"), ("2023年6月", "", "start_on"), ("下周一", "啊", "end_on")],
)
def test_what_is_no_day_is_said_of_its_field(start: str, end: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_span(start, end)
    assert refused.value.field == field


@given(st.integers(0, 20))
def test_every_day_of_a_trip_has_its_ordinal_and_its_number(offset: int) -> None:
    long = trip(date(2023, 6, 5), date(2023, 6, 25))
    day = long.start_on + timedelta(days=offset)
    assert read_day_of(long, f"第{offset + 1}天") == day
    assert read_day_of(long, f"D{offset + 1}") == day
    assert read_day_of(long, str(day.day)) == day
    assert read_day_of(long, f"{day:%m-%d}") == day


def test_a_weekday_is_the_one_of_the_trip() -> None:
    later = trip(date(2023, 7, 3), date(2023, 7, 7))
    assert read_day_of(later, "周三") == date(2023, 7, 5)
    assert read_day_of(trip(), "明天") == date(2023, 6, 15)
    assert read_day_of(trip(), "") is None


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@given(start_on=st.dates(date(2019, 1, 1), date(2027, 1, 1)), offset=st.integers(0, 6))
def test_what_is_shown_of_a_trip_of_any_year_can_be_typed(language: str, start_on: date, offset: int) -> None:
    i18n.set_language(language)
    clock.pin_today(TODAY)
    on = trip(start_on, start_on + timedelta(days=6))
    day = start_on + timedelta(days=offset)
    assert read_day_of(on, days.show_with_weekday(day)) == day
    first, _dash, last = dated_span(on).partition(" – ")
    assert read_span(first, last) == (on.start_on, on.end_on)


def test_days_are_shown_short() -> None:
    assert span(trip()) == "6月12日 周一 – 6月16日 周五"
    assert span(trip(MONDAY, MONDAY)) == "6月12日 周一"
    assert length(MONDAY, FRIDAY) == "5天"
