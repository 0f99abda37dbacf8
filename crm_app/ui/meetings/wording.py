"""What comes of a meeting in words, as several pages say it."""

from __future__ import annotations

from collections.abc import Sequence

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.staff import Person
from crm_app.domain.tasks import Task
from crm_app.i18n import _


def step(task: Task, owner: Person | None) -> str:
    """Return a next step with its day and owner: 12月2日 周三 回访（王磊）."""
    whose = _(" ({owner})").format(owner=owner.name) if owner else ""
    return f"{days.show_near_with_weekday(task.due, clock.today())} {task.what}{whose}"


def steps_in_words(tasks: Sequence[tuple[Task, Person | None]]) -> str:
    """Return next steps, one a line, and which of them are done; where there is none, that."""
    lines = (f"{step(task, owner)} {_('done') if task.done_on else ''}".rstrip() for task, owner in tasks)
    return "\n".join(lines) or _("none")
