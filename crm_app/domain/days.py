"""Dates as precise as they are known: how they are shown. Reading them is in daywords and dayforms, the spans in spans.

This is the one module to import; the others are its parts.
"""

from __future__ import annotations

from datetime import date

from crm_app.domain.daywords import YEARS, due_by, parse_day, parse_next_step, without_by
from crm_app.domain.spans import FuzzyDay, Precision, month_of, third_of, year_of
from crm_app.i18n import N_, _

__all__ = [
    "YEARS",
    "FuzzyDay",
    "Precision",
    "due_by",
    "is_near",
    "month_of",
    "parse_day",
    "parse_next_step",
    "relative",
    "show_date",
    "show_day",
    "show_near",
    "show_near_with_weekday",
    "show_of_year",
    "show_short",
    "show_whole",
    "show_with_weekday",
    "without_by",
    "year_of",
]

MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_QUARTERS = (N_("Q1 {year}"), N_("Q2 {year}"), N_("Q3 {year}"), N_("Q4 {year}"))
_THIRDS = (N_("early {month} {year}"), N_("mid {month} {year}"), N_("late {month} {year}"))


def _fill(pattern: str, day: date) -> str:
    return pattern.format(year=day.year, month=_(MONTHS[day.month - 1]), day=day.day)


def show_date(day: date) -> str:
    """Return “2023年6月30日” or “30 June 2023”."""
    return _fill(_("{day} {month} {year}"), day)


_NEAR = 183
"""Days: within half a year one counts how far off a day is."""


def is_near(day: date, today: date) -> bool:
    """Say whether a day is less than half a year off."""
    return abs((day - today).days) <= _NEAR


def show_short(day: date) -> str:
    """Return “2023年6月30日” or “30 Jun 2023”, where there is little room."""
    return _shortened(_("{day} {month} {year}"), day)


def show_near(day: date, today: date) -> str:
    """Return “6月30日” or “30 Jun” for a day of this year that is near, as one says it; any other with its year.

    A day without a year is taken for one of this year: the 28th of December is told with its own in January.
    """
    return show_of_year(day) if is_near(day, today) and day.year == today.year else show_short(day)


def show_of_year(day: date) -> str:
    """Return “6月30日” or “30 Jun”, where the year is told beside it."""
    return _shortened(_("{day} {month}"), day)


def _shortened(pattern: str, day: date) -> str:
    # Three letters are an English month, and a Chinese one whole.
    return pattern.format(year=day.year, month=_(MONTHS[day.month - 1])[:3], day=day.day)


def show_with_weekday(day: date) -> str:
    """Return “12月2日 周六” or “Sat 2 Dec”: a day as one speaks of it."""
    return _with_weekday(show_of_year(day), day)


def show_whole(day: date) -> str:
    """Return “2023年12月2日 周六” or “Sat 2 Dec 2023”, where the day may be one of any year."""
    return _with_weekday(show_short(day), day)


def show_near_with_weekday(day: date, today: date) -> str:
    """Return “12月2日 周六” or “Sat 2 Dec”; with its year, as show_near tells it, where today leaves open which one."""
    return _with_weekday(show_near(day, today), day)


def _with_weekday(shown: str, day: date) -> str:
    return _("{weekday} {day}").format(day=shown, weekday=_(WEEKDAYS[day.weekday()]))


def _show_part(value: FuzzyDay) -> str:
    first = value.first
    for third, pattern in enumerate(_THIRDS, start=1):
        if value == third_of(first.year, first.month, third):
            return _fill(_(pattern), first)
    return _("{first} to {last}").format(first=show_date(first), last=show_date(value.last))


def show_day(value: FuzzyDay) -> str:
    """Return the date as precise as it is: 2023年6月30日, 2023年6月, 2023年上半年…; all can be typed again."""
    first = value.first
    match value.precision:
        case Precision.DAY:
            return show_date(first)
        case Precision.PART:
            return _show_part(value)
        case Precision.MONTH:
            return _fill(_("{month} {year}"), first)
        case Precision.QUARTER:
            return _fill(_(_QUARTERS[first.month // 3]), first)
        case Precision.HALF if first.month == 1:
            return _fill(_("first half of {year}"), first)
        case Precision.HALF:
            return _fill(_("second half of {year}"), first)
        case Precision.YEAR:
            return _fill(_("year {year}"), first)


def relative(day: date, today: date) -> str:
    """Return how far off a due day is: 逾2天, 今天, 明天, 3天后."""
    ahead = (day - today).days
    if ahead < 0:
        return _("{n} d overdue").format(n=-ahead)
    if ahead <= 1:
        return _("tomorrow") if ahead else _("today")
    return _("in {n} d").format(n=ahead)


_RECENT = 60


def ago(day: date, today: date) -> str:
    """Return how long ago something happened: 今天, 昨天, 3天前, 2周前; empty for what is older than two months."""
    past = (today - day).days
    if past < 0 or past > _RECENT:
        return ""
    if past <= 1:
        return _("yesterday") if past else _("today")
    if past < 14:
        return _("{n} d ago").format(n=past)
    return _("{n} weeks ago").format(n=past // 7)
