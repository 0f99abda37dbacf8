"""Working days (工作日): what the published calendar says of a year, and where the bureau corrects it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.domain import workdays
from crm_app.domain.days import show_date
from crm_app.domain.staff import CalendarDay
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome

_LONGEST = 60
"""Days entered in one go: more is a slip of the pen."""


@dataclass(frozen=True)
class SpecialDay:
    """A day that is not what its weekday says, or has a public holiday; ``own`` is the bureau's entry, if it has one.

    ``holiday`` is its name, untranslated.
    """

    day: date
    works: bool
    holiday: str
    own: CalendarDay | None


def special_days(book: Book, year: int) -> list[SpecialDay]:
    """Return the days of a year that are off or worked otherwise than their weekday says, and the bureau's own."""
    with book.read() as reader:
        own = {one.day: one for one in reader.find(CalendarDay)}
        calendar = writing.calendar(reader)
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    marked = [(day, calendar.mark(day)) for day in days]
    return [
        SpecialDay(day, mark.works, mark.holiday if mark.named else "", own.get(day))
        for day, mark in marked
        if mark.unusual or mark.named or day in own
    ]


def is_published(year: int) -> bool:
    """Say whether the program knows the calendar published for a year; beyond it weekdays answer."""
    return workdays.is_published(year)


def set_days(
    book: Book, *, day: date, until: date | None = None, works: bool | None = None, note: str | None = None
) -> Outcome[None]:
    """Say of a day, or of all to ``until``, whether it is worked; what was said of one before is said anew.

    Raise BadInput where they end before they begin, or are more than two months.
    """
    last = until or day
    if last < day:
        raise BadInput(_("The period ends before it begins; correct one of the days."), field="until")
    if (last - day).days >= _LONGEST:
        raise BadInput(_("That is more than {n} days; enter holidays one by one.").format(n=_LONGEST), field="until")
    with book.unit(_("Correct working days")) as unit:
        unit.about(show_date(day) if last == day else f"{show_date(day)} – {show_date(last)}")
        known = {one.day: one for one in unit.find(CalendarDay)}
        for number in range((last - day).days + 1):
            one = day + timedelta(days=number)
            if one in known:
                unit.update(CalendarDay, known[one].id, works=bool(works), note=note)
            else:
                unit.insert(CalendarDay, day=one, works=bool(works), note=note)
        return Outcome(unit.commit(), None)


def forget_day(book: Book, day_id: UUID) -> Outcome[None]:
    """Take back what the bureau said of a day: the published calendar counts again."""
    with book.unit(_("Take back a day of the calendar")) as unit:
        unit.about(show_date(unit.get(CalendarDay, day_id).day))
        unit.delete(CalendarDay, day_id)
        return Outcome(unit.commit(), None)
