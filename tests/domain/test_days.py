"""Dates are read in every form people write, and keep the precision they were written with."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app import i18n
from crm_app.domain import days, spans
from crm_app.domain.days import FuzzyDay, Precision
from crm_app.errors import BadInput

TODAY = date(2023, 11, 22)
"""A Wednesday."""
languages = st.sampled_from(i18n.LANGUAGES)
any_day = st.dates(date(1950, 1, 1), date(2150, 12, 31))
spans_of_time = st.one_of(
    any_day.map(FuzzyDay.of),
    any_day.map(lambda d: spans.month_of(d.year, d.month)),
    any_day.map(lambda d: spans.quarter_of(d.year, (d.month + 2) // 3)),
    any_day.map(lambda d: spans.half_of(d.year, 1 if d.month < 7 else 2)),
    any_day.map(lambda d: spans.year_of(d.year)),
    any_day.map(spans.week_of),
    st.tuples(any_day, st.integers(1, 3)).map(lambda p: spans.third_of(p[0].year, p[0].month, p[1])),
)


def day(month: int, of: int, year: int = 2023) -> FuzzyDay:
    return FuzzyDay.of(date(year, month, of))


@pytest.mark.parametrize(
    "typed",
    [
        "2023年6月30日",
        "2023.6.30",
        "2023-06-30",
        "2023/6/30",
        "20230630",
        "6月30日",
        "6月30号",
        "6.30",
        "6-30",
        "6/30",
        "2023 年 6 月 30 日",
        "２０２３年６月３０日",
        "六月三十日",
        "二〇二三年六月三十日",
        "23年6月30日",
        "23.6.30",
        "今年6月30日",
        "2023-06-30 00:00:00",
        "6/30/2023",
        "30/6/2023",
        "2023年6月30日(周五)",
        "06-30 周五",
        "6月30日 周五",
        "Fri 30 Jun",
        "Friday, 30 June 2023",
        "30 June 2023",
        "June 30, 2023",
    ],
)
def test_one_day_in_many_forms(typed: str) -> None:
    assert days.parse_day(typed, TODAY) == day(6, 30)


@pytest.mark.parametrize(
    ("typed", "first", "last", "precision"),
    [
        ("2023年6月", date(2023, 6, 1), date(2023, 6, 30), Precision.MONTH),
        ("2023.6", date(2023, 6, 1), date(2023, 6, 30), Precision.MONTH),
        ("202306", date(2023, 6, 1), date(2023, 6, 30), Precision.MONTH),
        ("去年2月份", date(2022, 2, 1), date(2022, 2, 28), Precision.MONTH),
        ("6月底", date(2023, 6, 21), date(2023, 6, 30), Precision.PART),
        ("6月上旬", date(2023, 6, 1), date(2023, 6, 10), Precision.PART),
        ("月底", date(2023, 11, 21), date(2023, 11, 30), Precision.PART),
        ("下月初", date(2023, 12, 1), date(2023, 12, 10), Precision.PART),
        ("下个月", date(2023, 12, 1), date(2023, 12, 31), Precision.MONTH),
        ("年底", date(2023, 12, 1), date(2023, 12, 31), Precision.MONTH),
        ("三季度", date(2023, 7, 1), date(2023, 9, 30), Precision.QUARTER),
        ("明年一季度", date(2024, 1, 1), date(2024, 3, 31), Precision.QUARTER),
        ("2023Q3", date(2023, 7, 1), date(2023, 9, 30), Precision.QUARTER),
        ("上季度", date(2023, 7, 1), date(2023, 9, 30), Precision.QUARTER),
        ("上半年", date(2023, 1, 1), date(2023, 6, 30), Precision.HALF),
        ("2023年下半年", date(2023, 7, 1), date(2023, 12, 31), Precision.HALF),
        ("2023年", date(2023, 1, 1), date(2023, 12, 31), Precision.YEAR),
        ("2023", date(2023, 1, 1), date(2023, 12, 31), Precision.YEAR),
        ("下周", date(2023, 11, 27), date(2023, 12, 3), Precision.PART),
        ("周末", date(2023, 11, 25), date(2023, 11, 26), Precision.PART),
        ("2023年6月26日至7月2日", date(2023, 6, 26), date(2023, 7, 2), Precision.PART),
        ("2023年6月5日-9日", date(2023, 6, 5), date(2023, 6, 9), Precision.PART),
        ("6月5-9日", date(2023, 6, 5), date(2023, 6, 9), Precision.PART),
        ("2023.12.28-1.3", date(2023, 12, 28), date(2024, 1, 3), Precision.PART),
        ("2023.5.4-6", date(2023, 5, 4), date(2023, 5, 6), Precision.PART),
        ("2023.6-30", date(2023, 6, 30), date(2023, 6, 30), Precision.DAY),
        ("2023-06-05 - 2023-06-09", date(2023, 6, 5), date(2023, 6, 9), Precision.PART),
    ],
)
def test_what_is_not_a_day_stays_a_span(typed: str, first: date, last: date, precision: Precision) -> None:
    assert days.parse_day(typed, TODAY) == FuzzyDay(first, last, precision)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("今天", day(11, 22)),
        ("明天", day(11, 23)),
        ("后天", day(11, 24)),
        ("大后天", day(11, 25)),
        ("昨天", day(11, 21)),
        ("周三", day(11, 22)),
        ("本周五", day(11, 24)),
        ("下周三", day(11, 29)),
        ("下週三", day(11, 29)),
        ("下下周一", day(12, 4)),
        ("上周五", day(11, 17)),
        ("星期天", day(11, 26)),
        ("3天后", day(11, 25)),
        ("两周后", day(12, 6)),
        ("一个月后", day(12, 22)),
        ("下月5日", day(12, 5)),
        ("tomorrow", day(11, 23)),
        ("next Wednesday", day(11, 29)),
        ("周二", day(11, 21)),
    ],
)
def test_days_told_from_today(typed: str, expected: FuzzyDay) -> None:
    assert days.parse_day(typed, TODAY) == expected


def test_a_day_without_a_year_is_the_near_one() -> None:
    assert days.parse_day("1月5日", date(2023, 12, 20)) == day(1, 5, 2024)
    assert days.parse_day("12月28日", date(2024, 1, 3)) == day(12, 28)
    assert days.parse_day("6月30日", date(2023, 12, 31)) == day(6, 30)


def test_a_deadline_lies_ahead() -> None:
    assert days.parse_day("3月1日", TODAY, ahead=True) == day(3, 1, 2024)
    assert days.parse_day("周二", TODAY, ahead=True) == day(11, 28)
    assert days.parse_day("11月25日前", TODAY, ahead=True) == day(11, 25)
    assert days.parse_day("2024年2月前", TODAY, ahead=True) == day(1, 31, 2024)
    assert days.parse_day("2024年2月底前", TODAY, ahead=True).last == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("03/04/2023", "两种读法.*2023-03-04"),
        ("2023-02-30", "没有"),
        ("2月29日", "没有"),
        ("20231301", "看不懂"),
        ("12-02 周三", "星期"),
        ("Wed 2 Dec", "星期"),
        ("13月", "看不懂"),
        ("2023.5-6", "看不懂"),
        ("2023.6.28-7", "看不懂"),
        ("abc", "看不懂"),
        ("", "看不懂"),
        ("8888年", "看不懂"),
    ],
)
def test_what_is_no_date_or_two_is_refused_in_words(typed: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        days.parse_day(typed, TODAY)


@given(spans_of_time, any_day, languages)
def test_what_is_shown_can_be_typed_again(value: FuzzyDay, today: date, language: str) -> None:
    i18n.set_language(language)
    assert days.parse_day(days.show_day(value), today) == value


@given(spans_of_time, any_day, any_day)
def test_only_a_whole_span_lies_within_a_window(value: FuzzyDay, one: date, two: date) -> None:
    start, end = sorted((one, two))
    inside = [start <= edge <= end for edge in (value.first, value.last)]
    assert value.within(start, end) == all(inside)
    assert value.touches(start, end) >= any(inside)
    assert value.exact == (value.precision is Precision.DAY)


@given(st.text(max_size=20) | st.text("0123456789年月日周季上下底前后天一二三十.-/ ", max_size=12), any_day)
def test_any_text_gives_a_span_or_a_sentence(text: str, today: date) -> None:
    for read in (days.parse_day, days.parse_next_step):
        with contextlib.suppress(BadInput):
            read(text, today)


def test_shown_as_colleagues_write() -> None:
    assert days.show_date(date(2023, 6, 30)) == "2023年6月30日"
    assert days.show_with_weekday(date(2023, 12, 2)) == "12月2日 周六"
    assert days.show_whole(date(2023, 12, 2)) == "2023年12月2日 周六"
    assert [days.show_day(days.parse_day(t, TODAY)) for t in ("6月底", "2023.6", "Q3 2023", "下半年")] == [
        "2023年6月下旬",
        "2023年6月",
        "2023年第三季度",
        "2023年下半年",
    ]
    i18n.set_language("en")
    assert days.show_date(date(2023, 6, 30)) == "30 June 2023"


def test_a_day_without_a_year_is_of_this_year() -> None:
    new_year = date(2024, 1, 3)
    assert days.show_near(date(2024, 5, 25), new_year) == "5月25日"
    # Who reads it in January could take it for the one to come.
    assert days.show_near(date(2023, 12, 28), new_year) == "2023年12月28日"
    assert days.show_near(date(2024, 1, 3), date(2023, 12, 28)) == "2024年1月3日"
    assert days.show_near(date(2024, 12, 28), new_year) == "2024年12月28日"
    assert days.show_near_with_weekday(date(2024, 5, 25), new_year) == "5月25日 周六"
    assert days.show_near_with_weekday(date(2024, 1, 3), date(2023, 12, 28)) == "2024年1月3日 周三"
    i18n.set_language("en")
    assert days.show_near(date(2024, 5, 25), new_year) == "25 May"
    assert days.show_near_with_weekday(date(2023, 12, 28), new_year) == "Thu 28 Dec 2023"
    assert days.show_near(date(2023, 9, 28), new_year) == days.show_short(date(2023, 9, 28)) == "28 Sep 2023"


@pytest.mark.parametrize(
    ("due", "words"), [((11, 20), "逾2天"), ((11, 22), "今天"), ((11, 23), "明天"), ((11, 25), "3天后")]
)
def test_how_far_off(due: tuple[int, int], words: str) -> None:
    assert days.relative(date(2023, *due), TODAY) == words


@pytest.mark.parametrize(
    ("language", "examples"),
    [
        ("zh_CN", ("2023年6月30日", "2023年6月", "6月底", "下周三")),
        ("en", ("30 June 2023", "June 2023", "late June", "next Wed")),
    ],
)
def test_what_is_no_day_is_told_with_days_of_the_language(language: str, examples: tuple[str, ...]) -> None:
    i18n.set_language(language)
    with pytest.raises(BadInput) as refused:
        days.parse_day("somewhen", TODAY)
    for one in examples:
        assert one in str(refused.value)
        assert days.parse_day(one, TODAY).first.year == 2023
