"""Gathers the list of next steps: what is open and due by the end of a window, with all that is overdue."""

from __future__ import annotations

from crm_app import clock
from crm_app.briefs import follow_ups as briefs
from crm_app.briefs.content import Paper
from crm_app.briefs.follow_ups import FollowUpsData, OpenStep
from crm_app.db import due as reads
from crm_app.db.book import Book
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.projects import Project
from crm_app.domain.staff import Person
from crm_app.domain.tasks import Task
from crm_app.services.papers import asked as common
from crm_app.services.papers.asked import Asked

_MOST = 5_000
"""Steps of a list on paper; what is printed beyond is read by nobody."""


def compose(book: Book, asked: Asked) -> Paper:
    """Return the open next steps due until the window's end; of the people asked for, else of everybody."""
    _start, end = asked.window()
    today = clock.today()
    with book.read() as reader:
        tasks = reads.open_between(reader, Task, None, end, most=_MOST)
        more = reads.count_open(reader, Task, None, end) - len(tasks)
        tasks = [one for one in tasks if not asked.ids or one.owner_id in asked.ids]
        people = reader.get_many(Person, [one.owner_id for one in tasks if one.owner_id])
        enterprises = reader.get_many(Enterprise, [one.enterprise_id for one in tasks if one.enterprise_id])
        projects = reader.get_many(Project, [one.project_id for one in tasks if one.project_id])
        bureau = common.bureau(reader)
    steps = tuple(
        OpenStep(
            id=one.id,
            owner=people[one.owner_id].name if one.owner_id in people else "",
            due=one.due,
            what=one.what,
            overdue=one.due < today,
            enterprise=enterprises[one.enterprise_id].name if one.enterprise_id in enterprises else "",
            project=projects[one.project_id].name if one.project_id in projects else "",
        )
        for one in tasks
    )
    return briefs.compose(FollowUpsData(until=end, steps=steps, more=more, bureau=bureau, day=today))
