"""A trip's days in words: how they are shown, and how they are typed."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

from crm_app import clock
from crm_app.domain import days, numerals
from crm_app.domain.days import FuzzyDay, Precision
from crm_app.domain.trips import Trip
from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext

_LENGTH = re.compile(r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:天|日游|days?)", re.IGNORECASE)
_NTH = re.compile(r"(?:第\s*(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*天|[Dd](?:ay)?\s*(?P<d>\d{1,2}))")
_DATED = re.compile(r"\d|[a-z]{3,9}\.?,? \d", re.IGNORECASE)
_OF_MONTH = re.compile(r"(?P<n>\d{1,2})\s*[日号]?")


def span(trip: Trip) -> str:
    """Return “6月12日 周一 – 6月16日 周五”; one day stands alone."""
    return _to_end(days.show_with_weekday(trip.start_on), trip)


def dated_span(trip: Trip) -> str:
    """Return “2023年6月12日 周一 – 6月16日 周五”."""
    return _to_end(days.show_whole(trip.start_on), trip)


def _to_end(first: str, trip: Trip) -> str:
    return first if trip.start_on == trip.end_on else f"{first} – {days.show_with_weekday(trip.end_on)}"


def length(start_on: date, end_on: date) -> str:
    """Return “5天”."""
    n = (end_on - start_on).days + 1
    return ngettext("{n} day", "{n} days", n).format(n=n)


def _exact(text: str, near: date, field: str) -> FuzzyDay:
    try:
        return days.parse_day(text, near)
    except BadInput as error:
        raise BadInput(str(error), field=field) from error


def read_span(start: str, end: str) -> tuple[date, date]:
    """Return departure and return as they were typed; raise BadInput naming start_on or end_on.

    The departure may hold both (下周一到下周三); the return may be a length (3天) or nothing for a single day.
    """
    if not start.strip():
        raise BadInput(_("When does the trip leave? Type a day, such as 19 June or next Monday."), field="start_on")
    first = _exact(start, clock.today(), "start_on")
    if first.precision is not Precision.DAY:
        if end.strip() or (first.last - first.first).days > 31 or first.precision is not Precision.PART:
            raise BadInput(_("Please give the exact day, such as 2023-06-30."), field="start_on")
        return first.first, first.last
    leaves = first.first
    if not end.strip():
        return leaves, leaves
    counted = _LENGTH.fullmatch(end.strip())
    if counted:
        n = int(numerals.read(counted["n"]) or 0)
        if n < 1:
            raise BadInput(_("A trip lasts at least one day."), field="end_on")
        return leaves, leaves + timedelta(days=n - 1)
    # 5-19 and Fri 19 May are of the year in which the trip leaves; 下周五 is next week's.
    near = leaves if _DATED.match(end.strip()) else max(leaves, clock.today())
    back = _exact(end, near, "end_on")
    if back.precision is not Precision.DAY:
        raise BadInput(_("Please give the exact day, such as 2023-06-30."), field="end_on")
    return leaves, back.first


def read_day_of(trip: Trip, text: str) -> date | None:
    """Return a day of a trip: 14, 第2天, D2, 周三, 明天, 06-14; None for nothing; raise BadInput for what is no day.

    A weekday or a bare number means the one within the trip; whether it lies there is the book's to check.
    """
    body = text.strip()
    if not body:
        return None
    nth = _NTH.fullmatch(body)
    if nth:
        return trip.start_on + timedelta(days=int(numerals.read(nth["n"] or nth["d"]) or 1) - 1)
    bare = _OF_MONTH.fullmatch(body)
    if bare:
        within = [day for day in _days(trip) if day.day == int(bare["n"])]
        if within:
            return within[0]
    # 1月24日 周日 is a day of the trip's year, and of this year there is none.
    for near in (clock.today(), trip.start_on):
        with suppress(BadInput):
            read = _exact(body, near, "on").first
            if trip.start_on <= read <= trip.end_on:
                return read
    return _exact(body, clock.today(), "on").first


def _days(trip: Trip) -> list[date]:
    return [trip.start_on + timedelta(days=n) for n in range((trip.end_on - trip.start_on).days + 1)]
