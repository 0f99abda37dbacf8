"""Figures as papers print them: windows, amounts, counts and shares. Rounded here and nowhere before (rule 4)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from crm_app.domain import amounts, days
from crm_app.domain.amounts import YI, Currency
from crm_app.domain.counting import Window
from crm_app.domain.days import FuzzyDay, Precision
from crm_app.domain.figures import TargetLine
from crm_app.domain.spans import half_of, month_of, quarter_of, year_of
from crm_app.domain.targets import CURRENCY_OF, Metric
from crm_app.i18n import _, ngettext

_FINE = 10**6
"""Yuan in the last place of two decimals of 亿."""


def window_words(window: Window) -> str:
    """Return a window by its name where it has one (2023年上半年), else its two days."""
    first = window.first
    named = (
        month_of(first.year, first.month),
        quarter_of(first.year, (first.month + 2) // 3),
        half_of(first.year, 1 if first.month < 7 else 2),
        year_of(first.year),
    )
    span = next((n for n in named if (n.first, n.last) == (window.first, window.last)), None)
    if span or first == window.last or first.year != window.last.year:
        return days.show_day(span or FuzzyDay(first, window.last, Precision.PART))
    last = window.last
    pattern = _("{first} {first_month} to {last} {last_month} {year}")
    if first.month == last.month:
        pattern = _("{first} to {last} {last_month} {year}")
    return pattern.format(
        first=first.day,
        first_month=_(days.MONTHS[first.month - 1]),
        last=last.day,
        last_month=_(days.MONTHS[last.month - 1]),
        year=first.year,
    )


def short_window(window: Window) -> str:
    """Return a window in words as a table's narrow column has it."""
    whole = year_of(window.first.year)
    if (whole.first, whole.last) == (window.first, window.last):
        return _("{year:04}").format(year=window.first.year)
    return window_words(window)


def opening(window: Window) -> str:
    """Return a window in words as a sentence begins with it."""
    words = window_words(window)
    return words[:1].upper() + words[1:]


def short(day: FuzzyDay) -> str:
    """Return a day, or the month it is known to, as a table's narrow column has it: 2023.6.30."""
    if day.precision is Precision.DAY:
        return short_date(day.first)
    if day.precision is Precision.MONTH:
        return _("{year}-{month:02}").format(year=day.first.year, month=day.first.month)
    return days.show_day(day)


def short_date(day: date) -> str:
    """Return a date as a table's narrow column has it."""
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)


def short_span(first: date, last: date) -> str:
    """Return some days as a table has them: 2023.6.5—6.9."""
    if first == last:
        return short_date(first)
    if first.year != last.year:
        return _("{first} to {last}").format(first=short_date(first), last=short_date(last))
    until = _("{month:02}-{day:02}").format(month=last.month, day=last.day)
    return _("{first} – {until}").format(first=short_date(first), until=until)


def day_of_month(on: date) -> str:
    """Return “5月15日” or “15 May”, where the year is told beside it."""
    return _("{day} {month}").format(day=on.day, month=month_name(on))


def month_name(day: date) -> str:
    """Return the name of a day's month as short as it is understood: Jun, 6月."""
    # No Chinese name is longer, and English ones are cut there.
    return _(days.MONTHS[day.month - 1])[:3]


def short_month(day: date) -> str:
    """Return the month of a day with its year as a table's narrow column has it: Jun 2023, 2023年6月."""
    return _("{month} {year}").format(month=month_name(day), year=day.year)


def month(window: Window, *, dated: bool) -> str:
    """Return a month, or a year, as the axis of a chart names it; ``dated`` with its year."""
    first = window.first
    if (first.month, first.year) != (window.last.month, window.last.year):
        return str(first.year)
    if not dated:
        return month_name(first)
    return _("{month}/{year:02}").format(month=first.month, year=first.year % 100)


def time_gone(line: TargetLine, day: date) -> Decimal:
    """Return the part of a target's period that is over where counting ends (时序进度), on ``day`` at the latest."""
    period = (line.target.to_on - line.target.from_on).days + 1
    gone = min(max((min(line.window.last, day) - line.target.from_on).days + 1, 0), period)
    return Decimal(gone) / period


def money(yuan: int) -> str:
    """Return yuan for a sentence: 534亿元, 141.4亿元; small sums in 万元, to the nearest 万."""
    step = _FINE if abs(yuan) >= YI else amounts.WAN
    return amounts.show_money(int((Decimal(yuan) / step).quantize(Decimal(1), ROUND_HALF_UP)) * step)


def yi(yuan: int) -> str:
    """Return yuan as a table's number in 亿元, two decimals."""
    return f"{(Decimal(yuan) / YI).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def dollars(cents: int) -> str:
    """Return US cents in words; never added to yuan (rule 4)."""
    return amounts.show_money(cents, Currency.USD)


def percent(part: Decimal | None) -> str:
    """Return a ratio as a percentage to one decimal, and a dash where there is none (rule 5)."""
    return "—" if part is None else f"{(part * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def share(part: int, whole: int) -> str:
    """Return a part of a whole as a percentage."""
    return percent(Decimal(part) / Decimal(whole) if whole else None)


def projects(count: int) -> str:
    """Return a number of projects: 70个."""
    return ngettext("{n} project", "{n} projects", count).format(n=count)


def bare(metric: Metric, value: int) -> str:
    """Return a metric's value for a column that tells its unit: yuan in 亿元, what is counted as a number."""
    if metric in CURRENCY_OF:
        return yi(value) if CURRENCY_OF[metric] is Currency.CNY else dollars(value)
    return str(value)


def metric_value(metric: Metric, value: int) -> str:
    """Return a target's or a forecast's value in the unit of its metric."""
    match metric:
        case Metric.SIGNED_YUAN | Metric.FUNDS_YUAN:
            return money(value)
        case Metric.FDI_USD:
            return dollars(value)
        case Metric.TRIPS:
            return ngettext("{n} trip", "{n} trips", value).format(n=value)
        case Metric.ENTERPRISES_VISITED:
            return ngettext("{n} enterprise", "{n} enterprises", value).format(n=value)
        case Metric.RECEPTIONS:
            return ngettext("{n} reception", "{n} receptions", value).format(n=value)
        case Metric.LEADS:
            return ngettext("{n} lead", "{n} leads", value).format(n=value)
        case _:
            return projects(value)
