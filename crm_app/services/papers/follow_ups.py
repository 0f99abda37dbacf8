"""Gathers the list of next steps, promises and asks: what is open and due by a window's end, and all overdue."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from crm_app import clock
from crm_app.briefs import follow_ups as briefs
from crm_app.briefs.content import Paper
from crm_app.briefs.follow_ups import FollowUpsData, OpenStep
from crm_app.db import due as reads
from crm_app.db.book import Book
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.projects import Need, Project
from crm_app.domain.staff import Person
from crm_app.domain.tasks import Task
from crm_app.services.papers import asked as common
from crm_app.services.papers.asked import Asked

_MOST = 5_000
"""Steps of a list on paper; what is printed beyond is read by nobody."""


def compose(book: Book, asked: Asked) -> Paper:
    """Return what is open and due until the window's end; of the people asked for their next steps, else all."""
    _start, end = asked.window()
    today = clock.today()
    with book.read() as reader:
        tasks = reads.open_between(reader, Task, None, end, most=_MOST)
        more = reads.count_open(reader, Task, None, end) - len(tasks)
        tasks = [one for one in tasks if not asked.ids or one.owner_id in asked.ids]
        # Departments keep promises, not people: a list of somebody's own has none.
        needs = [] if asked.ids else reads.open_between(reader, Need, None, end, most=_MOST)
        more += 0 if asked.ids else reads.count_open(reader, Need, None, end) - len(needs)
        due: list[Task | Need] = [*tasks, *needs]
        people = reader.get_many(Person, [one.owner_id for one in tasks if one.owner_id])
        enterprises = reader.get_many(Enterprise, [one.enterprise_id for one in due if one.enterprise_id])
        projects = reader.get_many(Project, [one.project_id for one in due if one.project_id])
        bureau = common.bureau(reader)
    steps = tuple(
        OpenStep(
            id=one.id,
            owner=_whose(one, people),
            due=one.due,
            what=one.what if isinstance(one, Task) else one.marked,
            overdue=one.due < today,
            enterprise=enterprises[one.enterprise_id].name if one.enterprise_id in enterprises else "",
            project=projects[one.project_id].name if one.project_id in projects else "",
        )
        for one in due
        if one.due is not None
    )
    return briefs.compose(FollowUpsData(until=end, steps=steps, more=more, bureau=bureau, day=today))


def _whose(one: Task | Need, people: Mapping[UUID, Person]) -> str:
    """Return who sees to it: the owner of a next step, the department of a promise."""
    if isinstance(one, Need):
        return one.dept or ""
    owner = people.get(one.owner_id) if one.owner_id else None
    return owner.name if owner is not None else ""
