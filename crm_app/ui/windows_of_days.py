"""The windows of dates a bureau reports on, wherever figures or papers ask for one, and what they are called."""

from __future__ import annotations

from datetime import date, timedelta

from crm_app.domain import days, spans
from crm_app.domain.counting import Window
from crm_app.i18n import N_, _


def presets(today: date) -> tuple[tuple[str, date, date], ...]:
    """Return the ready windows as (word, first day, last day); those under way end today."""
    week = spans.week_of(today).first
    month = today.replace(day=1)
    quarter = date(today.year, today.month - (today.month - 1) % 3, 1)
    half = date(today.year, 1 if today.month <= 6 else 7, 1)
    last_week, last_month = Window(week - timedelta(days=7), week - timedelta(days=1)), _before(month, 1)
    last_quarter, last_half = _before(quarter, 3), _before(half, 6)
    return (
        (N_("First half of the year"), date(today.year, 1, 1), date(today.year, 6, 30)),
        (N_("This week"), week, today),
        (N_("This month"), month, today),
        (N_("This quarter to date"), quarter, today),
        (N_("This half-year to date"), half, today),
        (N_("Year to date"), date(today.year, 1, 1), today),
        (N_("Last week"), last_week.first, last_week.last),
        (N_("Last month"), last_month.first, last_month.last),
        (N_("Last quarter"), last_quarter.first, last_quarter.last),
        (N_("The half-year before"), last_half.first, last_half.last),
        (N_("Last year"), date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    )


def usual(today: date) -> str:
    """Return the word of the window one asks for first: a half-year or year that is just over, else this year."""
    return {1: N_("Last year"), 7: N_("First half of the year")}.get(today.month, N_("Year to date"))


def _before(first: date, months: int) -> Window:
    """Return the so many whole months before a first of a month."""
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return Window(date(year, month + 1, 1), first - timedelta(days=1))


def words_of(window: Window) -> str:
    """Return what a window is called: 2023年上半年, 2023年6月, else its two days."""
    first, last = window.first, window.last
    known = (
        spans.month_of(first.year, first.month),
        spans.quarter_of(first.year, (first.month + 2) // 3),
        spans.half_of(first.year, 1 if first.month <= 6 else 2),
        spans.year_of(first.year),
    )
    for span in known:
        if (span.first, span.last) == (first, last):
            return days.show_day(span)
    return _("{start} – {end}").format(start=days.show_date(first), end=days.show_date(last))
