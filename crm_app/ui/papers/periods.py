"""The windows a kind of paper is made of, the likeliest first: a weekly report offers weeks, a calendar months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from crm_app.domain import spans
from crm_app.domain.counting import Window
from crm_app.domain.papers import PaperKind
from crm_app.i18n import _
from crm_app.ui.windows_of_days import presets, words_of

Offer = tuple[str, date, date]
UNTIL = (PaperKind.FOLLOW_UPS, PaperKind.OBSTACLES)
"""Kinds that list what is due until a day, however long ago it was due."""
_WEEKS, _MONTHS, _HALVES, _YEARS, _AHEAD = 8, 13, 5, 4, 6


def offered(kind: PaperKind, today: date) -> Sequence[Offer]:
    """Return what a kind is offered, as (words, first day, last day); what is under way ends today."""
    make = _BY_KIND.get(kind)
    return make(today) if make else [(_(word), first, last) for word, first, last in presets(today)]


def _weeks(today: date) -> list[Offer]:
    monday = spans.week_of(today).first
    weeks = [Window(monday - timedelta(7 * n), monday - timedelta(7 * n - 6)) for n in range(_WEEKS)]
    words = [_("This week"), _("Last week"), *(_("{n} weeks ago").format(n=n) for n in range(2, _WEEKS))]
    return [(word, week.first, min(week.last, today)) for word, week in zip(words, weeks, strict=True)]


def _fortnights(today: date) -> list[Offer]:
    lately = Window(today - timedelta(13), today)
    monday = spans.week_of(today).first
    before = Window(monday - timedelta(14), monday - timedelta(1))
    offers = ((_("Two weeks up to today"), lately), (_("The two weeks before this one"), before))
    return [(words, window.first, window.last) for words, window in offers]


def _due(today: date) -> list[Offer]:
    """Windows for what is due until their end; whatever is overdue is listed with it."""
    week, month = spans.week_of(today), _month(today, 0)
    ends = (
        (_("Until today"), today),
        (_("Until the end of the week"), week.last),
        (_("Until the end of next week"), week.last + timedelta(7)),
        (_("Until the end of the month"), month.last),
        (_("Until the end of next month"), _month(today, 1).last),
    )
    return [(words, min(week.first, today), end) for words, end in ends]


def _months(today: date) -> list[Offer]:
    months = [_month(today, -n) for n in range(_MONTHS)]
    return _told(months, (_("This month"), _("Last month")), today)


def _halves(today: date) -> list[Offer]:
    here = today.year * 2 + (today.month > 6)
    halves = [spans.half_of((here - n) // 2, (here - n) % 2 + 1) for n in range(_HALVES)]
    return _told([Window(one.first, one.last) for one in halves], (), today)


def _years(today: date) -> list[Offer]:
    years = [Window(date(today.year - n, 1, 1), date(today.year - n, 12, 31)) for n in range(_YEARS)]
    return _told(years, (_("Year to date"), _("Last year")), today)


def _ahead(today: date) -> list[Offer]:
    """Months for a calendar: this one, those to come, then the last; whole, since what is planned is still to come."""
    months = [_month(today, n) for n in (*range(_AHEAD), -1, -2)]
    return [(words_of(one), one.first, one.last) for one in months]


def _month(today: date, by: int) -> Window:
    year, month = divmod(today.year * 12 + today.month - 1 + by, 12)
    span = spans.month_of(year, month + 1)
    return Window(span.first, span.last)


def _told(windows: Sequence[Window], words: Sequence[str], today: date) -> list[Offer]:
    """Name the first windows by ``words``, with their days or name behind, and the others by that alone."""
    found = []
    for number, one in enumerate(windows):
        name = words_of(one)
        word = _("{window}: {name}").format(window=words[number], name=name) if number < len(words) else name
        found.append((word, one.first, min(one.last, today)))
    return found


_BY_KIND: dict[PaperKind, Callable[[date], list[Offer]]] = {
    PaperKind.WEEKLY: _weeks,
    PaperKind.MONTHLY: _months,
    PaperKind.HALF_YEAR: _halves,
    PaperKind.ANNUAL: _years,
    PaperKind.PROGRESS: _fortnights,
    **dict.fromkeys(UNTIL, _due),
    PaperKind.CALENDAR: _ahead,
}
