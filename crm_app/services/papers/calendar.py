"""Gathers a calendar page: the month of a window's first day, as the calendar of the window shows it."""

from __future__ import annotations

from datetime import timedelta

from crm_app import clock
from crm_app.briefs import calendar as briefs
from crm_app.briefs.calendar import CalendarData, OnDay, OnDays
from crm_app.briefs.content import Paper
from crm_app.db import calendar as reads
from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.calendar import FOLLOW_UP, NEED, PLAN, RECEPTION, TASK, TRIP, VISIT, Item
from crm_app.i18n import N_, _
from crm_app.services.papers import asked as common
from crm_app.services.papers.asked import Asked

_PER_DAY = 30
"""Rows of a kind that are read of a day; the page has room for fewer, and counts the others."""

_KINDS = {
    VISIT: N_("V {words}"),
    RECEPTION: N_("R {words}"),
    PLAN: N_("A {words}"),
    TASK: N_("N {words}"),
    NEED: N_("D {words}"),
    FOLLOW_UP: N_("F {words}"),
}


def compose(book: Book, asked: Asked) -> Paper:
    """Return the month that holds the window's first day."""
    start, _end = asked.window()
    mondays = briefs.weeks_of(start)
    first, last = mondays[0], mondays[-1] + timedelta(days=6)
    with book.read() as reader:
        found = reads.between(reader, first, last, reads.KINDS, _PER_DAY)
        calendar = writing.calendar(reader)
        bureau = common.bureau(reader)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return briefs.compose(
        CalendarData(
            month=start.replace(day=1),
            marks={day: calendar.mark(day) for day in every},
            items=tuple(
                OnDay(on=one.on, words=_words(one), id=one.id)
                for one in found.items
                if one.kind != TRIP and not (one.kind == TASK and one.done_on is not None)
            ),
            trips=tuple(
                OnDays(first=one.on, last=one.until, words=one.title, id=one.id)
                for one in found.items
                if one.kind == TRIP and not one.resident
            ),
            postings=tuple(one.title for one in found.items if one.kind == TRIP and one.resident),
            bureau=bureau,
            day=clock.today(),
        )
    )


def _words(item: Item) -> str:
    """Return an item in a line: what it is, when, whom, what."""
    title = "" if item.title == item.enterprise else item.title
    words = " ".join(part for part in (item.time, item.enterprise, title) if part)
    return _(_KINDS[item.kind]).format(words=words)
