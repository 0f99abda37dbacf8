"""What there is to be reminded of: next steps, promises and needs by their times, and the calendar they go by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app import clock
from crm_app.db import due as reads
from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.domain.clock_words import time_in
from crm_app.domain.projects import Need
from crm_app.domain.reminders import REMEMBERED, Step
from crm_app.domain.tasks import Task
from crm_app.domain.workdays import Calendar


@dataclass(frozen=True)
class Waiting:
    """What is open and due by today, that of the last weeks, without its words, and the bureau's working days."""

    steps: tuple[Step, ...]
    calendar: Calendar


def waiting(book: Book, since: date | None = None) -> Waiting:
    """Return what may be reminded of today; with ``since``, what was to be said from that day on, too."""
    today = clock.today()
    first = min(today, since or today) - REMEMBERED
    with book.read() as reader:
        steps = [Step(one, due, time_in(what)) for one, due, what in reads.open_words(reader, Task, first, today)]
        owed = reads.open_words(reader, Need, first, today)
        steps += [Step(one, due, time_in(what), owed=True) for one, due, what in owed]
        return Waiting(tuple(steps), writing.calendar(reader))


def words(book: Book, ids: Sequence[UUID]) -> list[str]:
    """Return what the steps, promises and needs are, in the order asked for."""
    with book.read() as reader:
        found = {one.id: one.what for one in reader.get_many(Task, ids).values()}
        found |= {one.id: one.marked for one in reader.get_many(Need, ids).values()}
    return [found[one] for one in ids if one in found]
