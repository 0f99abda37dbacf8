"""Next steps: what is overdue, due today and in the next seven days; done, postponed, added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from crm_app import clock
from crm_app.db import tasks as reads
from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.domain import days
from crm_app.domain.clock_words import time_in
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.projects import Project
from crm_app.domain.staff import Person
from crm_app.domain.tasks import Task
from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext
from crm_app.services.outcome import Outcome

MOST = 300
"""Steps of one list of the agenda; there are books with tens of thousands overdue, and nobody walks through them."""


@dataclass(frozen=True)
class Due:
    """A next step as Today shows it."""

    task: Task
    enterprise: Enterprise | None
    project: Project | None
    owner: Person | None

    @property
    def at(self) -> time | None:
        """The time of day its words name."""
        return time_in(self.task.what)


@dataclass(frozen=True)
class Agenda:
    """The open next steps up to seven days ahead, each list by day and time; where there are none, what comes next.

    Of a list that is longer the first ``MOST`` are here; ``more`` says how many are not: overdue, today, in the week.
    """

    overdue: list[Due]
    today: list[Due]
    week: list[Due]
    later: Due | None = None
    """The first one after the seven days, where nothing is due before."""
    begun: bool = True
    """Whether the book holds anything yet."""
    more: tuple[int, int, int] = (0, 0, 0)

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many there are of each, those that are not here too."""
        here = (len(self.overdue), len(self.today), len(self.week))
        overdue, today, week = (n + more for n, more in zip(here, self.more, strict=True))
        return overdue, today, week


def agenda(book: Book, also: Collection[UUID] = ()) -> Agenda:
    """Return what is overdue, due today, and due in the seven days after; the open steps of ``also`` in any case."""
    today = clock.today()
    day = timedelta(days=1)
    last = today + 7 * day
    spans = ((None, today - day), (today, today), (today + day, last))
    with book.read() as reader:
        tasks = {task.id: task for span in spans for task in reads.open_between(reader, *span, most=MOST)}
        for task in reader.get_many(Task, [one for one in also if one not in tasks]).values():
            if task.deleted_at is None and task.done_on is None and task.due <= last:
                tasks[task.id] = task
        counts = [reads.count_open(reader, *span) for span in spans]
        rows = _with_names(reader, list(tasks.values()))
        if not rows:
            later = _with_names(reader, reads.first_after(reader, last))
            begun = bool(later or reader.find(Enterprise, limit=1) or reader.find(Task, limit=1))
            return Agenda([], [], [], later[0] if later else None, begun)
    rows.sort(key=lambda row: (row.task.due, row.at or time.min))
    overdue = [row for row in rows if row.task.due < today]
    now = [row for row in rows if row.task.due == today]
    week = [row for row in rows if row.task.due > today]
    late, due, soon = (n - len(here) for n, here in zip(counts, (overdue, now, week), strict=True))
    return Agenda(overdue, now, week, more=(late, due, soon))


def _with_names(reader: Reader, tasks: list[Task]) -> list[Due]:
    enterprises = reader.get_many(Enterprise, [task.enterprise_id for task in tasks if task.enterprise_id])
    projects = reader.get_many(Project, [task.project_id for task in tasks if task.project_id])
    people = reader.get_many(Person, [task.owner_id for task in tasks if task.owner_id])
    return [
        Due(
            task,
            enterprises.get(task.enterprise_id) if task.enterprise_id else None,
            projects.get(task.project_id) if task.project_id else None,
            people.get(task.owner_id) if task.owner_id else None,
        )
        for task in tasks
    ]


def add_task(book: Book, typed: str, **belongs_to: UUID | None) -> Outcome[UUID]:
    """Make a next step of “下周三 回访”; without a day it is due on the next working day."""
    with book.unit(_("Add a next step")) as unit:
        made = writing.next_step(unit, typed, **belongs_to)
        if made is None:
            raise BadInput(_("Please say what is to be done."), field="what")
        return Outcome(unit.commit(), made)


def finish_task(book: Book, task_id: UUID, on: date | None = None) -> Outcome[None]:
    """Tick a next step off."""
    with book.unit(_("Tick off a next step")) as unit:
        unit.update(Task, task_id, done_on=on or clock.today())
        return Outcome(unit.commit(), None)


def finish_tasks(book: Book, ids: Sequence[UUID]) -> Outcome[None]:
    """Tick next steps off today, all in one step; what is done already keeps its day, what is deleted stays so."""
    with book.unit(_done_words(len(ids))) as unit:
        for task in unit.get_many(Task, ids).values():
            if task.done_on is None and task.deleted_at is None:
                unit.update(Task, task.id, done_on=clock.today())
        return Outcome(unit.commit(), None)


def _done_words(count: int) -> str:
    if count == 1:
        return _("Tick off a next step")
    return ngettext("Tick off {n} next step", "Tick off {n} next steps", count).format(n=count)


def postpone_tasks(book: Book, ids: Sequence[UUID], typed: str) -> Outcome[date]:
    """Move next steps to the day typed, all in one step; what is done or deleted meanwhile stays as it is."""
    due = days.parse_day(typed, clock.today(), ahead=True).last
    with book.unit(_postponed_words(len(ids), due)) as unit:
        for task in unit.get_many(Task, ids).values():
            if task.done_on is None and task.deleted_at is None:
                unit.update(Task, task.id, due=due)
        return Outcome(unit.commit(), due)


def _postponed_words(count: int, due: date) -> str:
    day = days.show_with_weekday(due)
    words = ngettext("Postpone a next step to {day}", "Postpone {n} next steps to {day}", count)
    return words.format(n=count, day=day)
