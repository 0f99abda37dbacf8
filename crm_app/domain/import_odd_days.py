"""Cells of a column of days that are no day as the column wants it, and mean something all the same.

A lead that was registered in a month, a visit of several days, and words: 已开工, 办理中, 预计2025年底.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from crm_app import clock
from crm_app.domain import days, import_day_words
from crm_app.domain.days import FuzzyDay, Precision
from crm_app.domain.import_cells import text_of
from crm_app.domain.import_day_words import Words
from crm_app.domain.import_kinds import AHEAD, STAGE_DAYS, TIMED
from crm_app.errors import BadInput
from crm_app.i18n import N_, _

REGISTERED, REGISTERED_IN = "lead.registered_on", "lead.registered_in"
"""The day a lead was registered, and the span of days of which no more is known."""
_FEW_DAYS = 7
"""What is said to have been on so many days is noted on the first; more is a part of a month (4月上旬)."""

_REMARKS = {
    Words.NO_DAY: N_("{header}: “{text}” names no day; it was left blank."),
    Words.DONE: N_("{header}: “{text}” does not say on which day; it was left out. Note it with its day."),
}


class OddDay(NamedTuple):
    """What such a cell means: a value (None: nothing) of a target, and the remark that says so."""

    target: str
    value: Any
    remark: str = ""


Read = Callable[[Any], Any]


def read(target: str, header: str, cell: object, exactly: Read, loosely: Read) -> OddDay:
    """Return what a cell means that ``exactly`` has refused; raise BadInput where nobody knows.

    ``loosely`` reads spans of days.
    """
    text = text_of(cell)
    words = import_day_words.meant(text)
    if isinstance(words, Words):
        return OddDay(target, None, _(_REMARKS[words]).format(header=header, text=text))
    if words is None:
        return _span(target, header, text, loosely(cell))
    try:
        found = OddDay(target, exactly(words.text))
    except BadInput:
        found = _span(target, header, text, loosely(words.text))
    if words.expected and not _may_be_expected(target, found.value):
        remark = _("{header}: “{text}” is only planned; it was left out.")
        return OddDay(target, None, remark.format(header=header, text=text))
    return found


def _may_be_expected(target: str, value: Any) -> bool:
    """Say whether a day that is only expected is what a column means: a deadline, or a stage that lies ahead."""
    ahead = isinstance(value, FuzzyDay) and value.first > clock.today()
    return target in AHEAD or (target in STAGE_DAYS and ahead)


def _span(target: str, header: str, text: str, span: FuzzyDay) -> OddDay:
    """Return what a span of days means where a column wants one day."""
    if target == REGISTERED:
        return OddDay(REGISTERED_IN, span)
    days_long = (span.last - span.first).days + 1
    if target in TIMED and span.precision is Precision.PART and days_long <= _FEW_DAYS:
        return OddDay(target, span.first, lasted(header, span.last))
    raise BadInput(_("Please give the exact day, such as 2023-06-30."))


def lasted(header: str, last: date) -> str:
    """Return the remark on what lasted several days, of which the first is noted."""
    return _("{header}: it lasted until {day}; noted is its first day.").format(header=header, day=days.show_date(last))
