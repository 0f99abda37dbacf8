"""日程页: one month on one page: trips over their days, visits, next steps and follow-ups, days off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from crm_app.briefs.composer import join, lying
from crm_app.briefs.content import Band, Cell, DayBox, Month, Paper, Paragraph, Run, Week
from crm_app.domain import days
from crm_app.domain.papers import PaperKind
from crm_app.domain.spans import month_of
from crm_app.domain.workdays import DayMark
from crm_app.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDay:
    """Something on a day, in the order the day has it."""

    on: date
    words: str
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDays:
    """A trip."""

    first: date
    last: date
    words: str
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarData:
    """A month: ``marks`` say of each day of its weeks what it is; ``postings`` of months stand above it."""

    month: date
    marks: dict[date, DayMark]
    items: Sequence[OnDay] = ()
    trips: Sequence[OnDays] = ()
    postings: Sequence[str] = ()
    bureau: str = ""
    day: date | None = None


def weeks_of(month: date) -> list[date]:
    """Return the Mondays of the weeks that hold a day of the month."""
    first = month.replace(day=1)
    last = month_of(first.year, first.month).last
    monday = first - timedelta(days=first.weekday())
    return [monday + timedelta(days=7 * n) for n in range((last - monday).days // 7 + 1)]


def compose(data: CalendarData) -> Paper:
    """Return the page."""
    lines: dict[date, list[Cell]] = {}
    for item in data.items:
        lines.setdefault(item.on, []).append(Cell(item.words, (item.id,)))
    weeks = tuple(
        Week(
            tuple(_box(data, monday + timedelta(days=n), lines) for n in range(7)),
            tuple(band for trip in data.trips for band in _bands(trip, monday)),
        )
        for monday in weeks_of(data.month)
    )
    key = _(
        "A band is a trip; V a visit, R a reception, A a visit agreed, N a next step, D a promise or an ask that is "
        "due, F a follow-up, each with what is written of it."
    )
    if data.postings:
        key = _("{key} Resident postings: {names}.").format(key=key, names=join(dict.fromkeys(data.postings)))
    return lying(
        PaperKind.CALENDAR,
        _("Calendar of {month}").format(month=days.show_day(month_of(data.month.year, data.month.month))),
        (
            Paragraph((Run(key),), indent=False, note=True),
            Month(tuple(_(name) for name in days.WEEKDAYS), weeks),
        ),
        author=data.bureau,
        day=data.day,
    )


def _box(data: CalendarData, day: date, lines: dict[date, list[Cell]]) -> DayBox:
    mark = data.marks.get(day)
    outside = day.month != data.month.month
    return DayBox(
        str(day.day),
        _label(mark) if mark else "",
        free=mark is not None and not mark.works,
        outside=outside,
        lines=() if outside else tuple(lines.get(day, ())),
    )


def _label(mark: DayMark) -> str:
    if mark.named:
        return _(mark.holiday)
    return _("working day") if mark.unusual and mark.works else _("day off") if mark.unusual else ""


def _bands(trip: OnDays, monday: date) -> list[Band]:
    first, last = max((trip.first - monday).days, 0), min((trip.last - monday).days, 6)
    return [Band(first, last, trip.words, (trip.id,))] if first <= last and last >= 0 and first <= 6 else []
