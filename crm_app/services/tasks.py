"""Next steps, and with them promises and needs: overdue, due today, in the next seven days; done, postponed, added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from crm_app import clock
from crm_app.db import due as reads
from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.domain import days
from crm_app.domain.clock_words import time_in
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.projects import Need, Project
from crm_app.domain.staff import Person
from crm_app.domain.tasks import Task
from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext
from crm_app.services.outcome import Outcome

MOST = 300
"""Lines of one list of the agenda; there are books with tens of thousands overdue, and nobody walks through them."""


@dataclass(frozen=True)
class Due:
    """What Today shows: a next step, or what was promised to an enterprise or a project, or needed by it, by a day."""

    record: Task | Need
    enterprise: Enterprise | None
    project: Project | None
    owner: Person | None

    @property
    def id(self) -> UUID:
        """The id of the record."""
        return self.record.id

    @property
    def due(self) -> date:
        """Its day."""
        assert self.record.due is not None, "what has no day is never asked for"
        return self.record.due

    @property
    def what(self) -> str:
        """What is to be done."""
        return self.record.what if isinstance(self.record, Task) else self.record.words

    @property
    def mark(self) -> str:
        """What tells a promise and a need from a next step, which has none."""
        return "" if isinstance(self.record, Task) else self.record.mark

    @property
    def whose(self) -> str:
        """Who sees to it: the owner of a next step, the department of a promise."""
        if isinstance(self.record, Need):
            return self.record.dept or ""
        return self.owner.name if self.owner is not None else ""

    @property
    def at(self) -> time | None:
        """The time of day its words name."""
        return time_in(self.what)


@dataclass(frozen=True)
class Agenda:
    """What is open up to seven days ahead, each list by day and time; where there is nothing, what comes next.

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
    """Return what is overdue, due today, and due in the seven days after; what is open of ``also`` in any case."""
    today = clock.today()
    day = timedelta(days=1)
    last = today + 7 * day
    spans = ((None, today - day), (today, today), (today + day, last))
    with book.read() as reader:
        found = {one.id: one for span in spans for one in _first_of(reader, *span)}
        for one in _records(reader, [one for one in also if one not in found]):
            if one.due is not None and one.due <= last:
                found[one.id] = one
        counts = [reads.count_open(reader, Task, *span) + reads.count_open(reader, Need, *span) for span in spans]
        rows = _with_names(reader, list(found.values()))
        if not rows:
            later = _with_names(reader, _first_of(reader, last + day, None, most=1))
            begun = bool(later or reader.find(Enterprise, limit=1) or reader.find(Task, limit=1))
            return Agenda([], [], [], later[0] if later else None, begun)
    rows.sort(key=lambda row: (row.due, row.at or time.min))
    overdue = [row for row in rows if row.due < today]
    now = [row for row in rows if row.due == today]
    week = [row for row in rows if row.due > today]
    late, due, soon = (n - len(here) for n, here in zip(counts, (overdue, now, week), strict=True))
    return Agenda(overdue, now, week, more=(late, due, soon))


def _first_of(reader: Reader, first: date | None, last: date | None, most: int | None = None) -> list[Task | Need]:
    most = MOST if most is None else most
    steps = reads.open_between(reader, Task, first, last, most=most)
    found: list[Task | Need] = [*steps, *reads.open_between(reader, Need, first, last, most=most)]
    return sorted(found, key=lambda one: (one.due or date.max, one.id))[:most]


def _records(reader: Reader, ids: Sequence[UUID]) -> list[Task | Need]:
    """Return the records of these ids that are open still."""
    found: list[Task | Need] = [*reader.get_many(Task, ids).values(), *reader.get_many(Need, ids).values()]
    return [one for one in found if one.deleted_at is None and not _is_settled(one)]


def _is_settled(one: Task | Need) -> bool:
    return (one.done_on if isinstance(one, Task) else one.solved_on) is not None


def _with_names(reader: Reader, found: list[Task | Need]) -> list[Due]:
    enterprises = reader.get_many(Enterprise, [one.enterprise_id for one in found if one.enterprise_id])
    projects = reader.get_many(Project, [one.project_id for one in found if one.project_id])
    people = reader.get_many(Person, [one.owner_id for one in found if isinstance(one, Task) and one.owner_id])
    return [
        Due(
            one,
            enterprises.get(one.enterprise_id) if one.enterprise_id else None,
            projects.get(one.project_id) if one.project_id else None,
            people.get(one.owner_id) if isinstance(one, Task) and one.owner_id else None,
        )
        for one in found
    ]


def add_task(book: Book, typed: str, **belongs_to: UUID | None) -> Outcome[UUID]:
    """Make a next step of “下周三 回访”; without a day it is due on the next working day."""
    with book.unit(_("Add a next step")) as unit:
        made = writing.next_step(unit, typed, **belongs_to)
        if made is None:
            raise BadInput(_("Please say what is to be done."), field="what")
        unit.about(unit.get(Task, made).what)
        return Outcome(unit.commit(), made)


def finish_task(book: Book, task_id: UUID) -> Outcome[None]:
    """Tick a next step off."""
    with book.unit(_("Tick off a next step")) as unit:
        unit.about(unit.get(Task, task_id).what)
        unit.update(Task, task_id, done_on=clock.today())
        return Outcome(unit.commit(), None)


def finish_tasks(book: Book, ids: Sequence[UUID]) -> Outcome[None]:
    """Tick off next steps, promises and needs today, all in one step; what is done or deleted stays as it is."""
    with book.unit(_("Tick off a next step")) as unit:
        found = _records(unit, ids)
        unit.rename(_done_words(found))
        _tell_of_one(unit, found)
        for one in found:
            if isinstance(one, Task):
                unit.update(Task, one.id, done_on=clock.today())
            else:
                unit.update(Need, one.id, solved_on=clock.today())
        return Outcome(unit.commit(), None)


def _tell_of_one(unit: Unit, found: Sequence[Task | Need]) -> None:
    if len(found) == 1:
        one = found[0]
        unit.about(one.what if isinstance(one, Task) else one.words)


def _done_words(found: Sequence[Task | Need]) -> str:
    count = len(found)
    if all(isinstance(one, Task) for one in found):
        one_step = _("Tick off a next step")
        many = ngettext("Tick off {n} next step", "Tick off {n} next steps", count).format(n=count)
        return one_step if count < 2 else many
    if count > 1:
        return ngettext("Tick off {n} item", "Tick off {n} items", count).format(n=count)
    return _("Keep a promise") if _is_promise(found[0]) else _("Solve a need")


def _is_promise(one: Task | Need) -> bool:
    return isinstance(one, Need) and one.promised_on is not None


def postpone_tasks(book: Book, ids: Sequence[UUID], typed: str) -> Outcome[date]:
    """Move next steps, promises and needs to the day typed, all in one step; what is done or deleted stays."""
    due = days.parse_day(typed, clock.today(), ahead=True).last
    with book.unit(_("Postpone a next step")) as unit:
        found = _records(unit, ids)
        unit.rename(_postponed_words(found, due))
        _tell_of_one(unit, found)
        for one in found:
            unit.update(type(one), one.id, due=due)
        return Outcome(unit.commit(), due)


def _postponed_words(found: Sequence[Task | Need], due: date) -> str:
    count, day = len(found), days.show_near_with_weekday(due, clock.today())
    if all(isinstance(one, Task) for one in found):
        words = ngettext("Postpone a next step to {day}", "Postpone {n} next steps to {day}", count)
    elif count > 1:
        words = ngettext("Postpone {n} item to {day}", "Postpone {n} items to {day}", count)
    else:
        words = _("Postpone a promise to {day}") if _is_promise(found[0]) else _("Postpone a need to {day}")
    return words.format(n=count, day=day)
