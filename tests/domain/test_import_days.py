"""Days whose day and month could be swapped are asked about, never guessed; one value tells a whole column."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app import clock
from crm_app.domain import import_days
from crm_app.domain.import_days import ColumnOfDays, DayOrder, readings

DMY, MDY, YMD = DayOrder
DAYS = st.dates(date(2001, 1, 1), date(2023, 6, 14))
MARKS = st.sampled_from("/-.")


@pytest.fixture(autouse=True)
def that_day() -> None:
    # No day of a ledger lies years ahead: what 23.06.30 may mean is another matter in 2029.
    clock.pin_today(date(2023, 6, 14))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("03/04/2023", {DMY: date(2023, 4, 3), MDY: date(2023, 3, 4)}),
        ("3-4-2023", {DMY: date(2023, 4, 3), MDY: date(2023, 3, 4)}),
        ("03.04.23", {DMY: date(2023, 4, 3), MDY: date(2023, 3, 4), YMD: date(2003, 4, 23)}),
        ("13/04/2023", {DMY: date(2023, 4, 13)}),
        ("23.06.30", {YMD: date(2023, 6, 30)}),
        ("23/6/5", {YMD: date(2023, 6, 5)}),
        ("3/6/5", {}),
        ("03/04/2023 10:30", {DMY: date(2023, 4, 3), MDY: date(2023, 3, 4)}),
        ("2023-03-04", {}),
        ("2023.3.4", {}),
        ("1.5", {}),
        ("13800000001", {}),
    ],
)
def test_a_day_is_read_in_every_order_it_may_be_written_in(text: str, read: dict[DayOrder, date]) -> None:
    assert readings(text) == read


@given(st.lists(DAYS, min_size=1, max_size=8), st.sampled_from([DMY, MDY]), MARKS)
def test_a_column_is_known_as_soon_as_one_value_can_be_read_one_way_alone(
    days: list[date], order: DayOrder, mark: str
) -> None:
    form = f"%d{mark}%m{mark}%Y" if order is DMY else f"%m{mark}%d{mark}%Y"
    column = ColumnOfDays(3)
    for day in days:
        column.see(day.strftime(form))
    told = any(day.day > 12 for day in days)
    assert column.order is (order if told else None)
    open_days = any(day.day != day.month for day in days)
    assert (column.question is not None) is (not told and open_days)
    if column.question is not None:
        assert column.question.column == 3
        assert all(day[order] in days for _text, day in column.question.examples)


def test_a_column_that_contradicts_itself_is_asked_about() -> None:
    column = ColumnOfDays(0)
    for text in ("13/04/2023", "04/13/2023", "03/04/2023"):
        column.see(text)
    assert column.order is None
    assert column.question is not None
    assert column.question.orders == (DMY, MDY)


@pytest.mark.parametrize(
    ("cells", "told", "expected"),
    [
        (["5月16日", "5.17"], 2023, 2023),
        (["2022年5月1日", "5月16日"], None, 2022),
        ([date(2022, 5, 1), "5月16日", "20220601"], None, 2022),
        (["2022-05-01", "2021.5.1", "5月16日"], None, None),
        (["5月16日"], None, None),
    ],
)
def test_days_without_a_year_are_of_that_of_their_sheet_or_column(
    cells: list[object], told: int | None, expected: int | None
) -> None:
    year, how = import_days.year_of(cells, told)
    assert (year, "5月16日" in how) == (expected, True)
    assert expected is None or str(expected) in how


def test_a_year_is_given_only_to_what_names_a_month_and_none() -> None:
    written = ("5月16日", "5.17", "5/18", "5-19", "2022.5.1", "03/04/2023", "下周三", None)
    given = [import_days.with_year(one, 2023) for one in written]
    assert given == ["2023年5月16日", "2023.5.17", "2023/5/18", "2023-5-19", "2022.5.1", "03/04/2023", "下周三", None]
