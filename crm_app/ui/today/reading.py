"""What the list of Today shows: next steps at once, projects that stall a moment later."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from crm_app.domain.reminders import Away, Rules, missed
from crm_app.services import projects, reminders, tasks
from crm_app.services.book import Book
from crm_app.services.projects import ProjectFilter, ProjectRow
from crm_app.services.tasks import Agenda


@dataclass(frozen=True)
class Shown:
    """The next steps, which of them were missed while the program did not run, and the projects that stall."""

    agenda: Agenda
    missed: frozenset[UUID] = frozenset()
    stalled: tuple[ProjectRow, ...] = ()


def read_steps(book: Book, away: Away | None, rules: Rules) -> Shown:
    """Read the next steps."""
    if away is None:
        return Shown(tasks.agenda(book))
    waiting = reminders.waiting(book, away.since.date())
    ids = missed(waiting.steps, away, rules, waiting.calendar)
    return Shown(tasks.agenda(book, ids), ids)


def read_stalled(book: Book) -> tuple[ProjectRow, ...]:
    """Read the projects that stall, the one that stands still longest first: every project is looked at."""
    stalled = projects.list_projects(book, ProjectFilter(stalled_only=True))
    return tuple(sorted(stalled, key=lambda row: -(row.stalled_days or 0)))
