"""When a next step or a promise is to be reminded of, and what is to be said now: rules over a clock that is handed in.

A step whose words name a time of day is reminded of then, on whichever day that is: somebody made the appointment. One
with only a day waits until the working day begins; falls it on a day off, until the next working day does. What falls
into the quiet hours is said when they end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from crm_app.domain.workdays import Calendar

REMEMBERED = timedelta(days=30)
"""How long a step that is due is news: what is overdue for longer stands on Today, and is said no more.

As long it is remembered that a step was said: undo may bring back what is no longer open.
"""


@dataclass(frozen=True)
class Rules:
    """What is chosen in the settings; equal ends of the quiet hours mean that there are none."""

    on: bool = True
    begins: time = time(9)
    quiet_from: time = time(21)
    quiet_to: time = time(8)


@dataclass(frozen=True)
class Step:
    """A next step, or a promise or need (``owed``), without its words: what may be kept in mind while locked."""

    id: UUID
    due: date
    at: time | None = None
    owed: bool = False


@dataclass(frozen=True)
class Away:
    """A while in which the program did not run, or the laptop slept."""

    since: datetime
    until: datetime


def is_quiet(at: time, rules: Rules) -> bool:
    """Tell whether a time of day lies in the quiet hours, which may reach over midnight; their end is not quiet."""
    start, end = rules.quiet_from, rules.quiet_to
    return start <= at < end if start <= end else at >= start or at < end


def moment(step: Step, rules: Rules, calendar: Calendar) -> datetime:
    """Return the wall time from which on a step is to be reminded of."""
    if step.at is None:
        wanted = datetime.combine(calendar.next_workday(step.due), rules.begins)
    else:
        wanted = datetime.combine(step.due, step.at)
    if not is_quiet(wanted.time(), rules):
        return wanted
    end = datetime.combine(wanted.date(), rules.quiet_to)
    return end if end > wanted else end + timedelta(days=1)


def due_now(
    steps: Iterable[Step], now: datetime, rules: Rules, calendar: Calendar, told: Mapping[str, str]
) -> list[Step]:
    """Return the steps to be said now, the earliest first.

    ``told``: the id of each step that was said before, with the day it was due then. On a day off nothing is said but
    the appointments of that day.
    """
    if not rules.on or is_quiet(now.time(), rules):
        return []
    works, oldest = calendar.is_workday(now.date()), now.date() - REMEMBERED
    waiting = [
        step
        for step in steps
        if step.due >= oldest
        and told.get(str(step.id)) != step.due.isoformat()
        and (works or (step.at is not None and step.due == now.date()))
        and moment(step, rules, calendar) <= now
    ]
    return sorted(waiting, key=lambda step: (step.due, step.at or time.min, step.id))


def missed(steps: Iterable[Step], away: Away, rules: Rules, calendar: Calendar) -> frozenset[UUID]:
    """Return the steps whose moment passed while nobody could be reminded."""
    return frozenset(step.id for step in steps if away.since < moment(step, rules, calendar) <= away.until)


def remember(told: Mapping[str, str], said: Iterable[Step], today: date) -> dict[str, str]:
    """Return what was said, with what is said now; what would not be said again anyway is forgotten."""
    oldest = (today - REMEMBERED).isoformat()
    kept = {step: due for step, due in told.items() if due >= oldest}
    return kept | {str(step.id): step.due.isoformat() for step in said}
