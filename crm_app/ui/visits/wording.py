"""A visit in words, as several pages say it."""

from __future__ import annotations

from crm_app.domain import days, people
from crm_app.domain.contacts import Contact
from crm_app.domain.staff import Person
from crm_app.domain.tasks import Task
from crm_app.domain.trip_reports import visit_gaps
from crm_app.i18n import _
from crm_app.services.visits import VisitSheet


def met(contact: Contact, title: str) -> str:
    """Return one of theirs: name and title that day, 张总 总经理."""
    return f"{contact.name} {title}".strip()


def addressed(contact: Contact, title: str) -> str:
    """Return one of theirs as they are addressed: 张总."""
    return people.salutation(contact.name, title, contact.salutation)


def their_names(sheet: VisitSheet) -> str:
    """Return whom we met, as they are addressed."""
    return _(", ").join(addressed(contact, title) for contact, title in sheet.their_people)


def our_names(sheet: VisitSheet) -> str:
    """Return who of us was there."""
    return _(", ").join(person.name for person in sheet.our_people)


def step(task: Task, owner: Person | None) -> str:
    """Return a next step with its day and owner: 12-02 周三 回访（王磊）."""
    whose = _(" ({owner})").format(owner=owner.name) if owner else ""
    return f"{days.show_with_weekday(task.due)} {task.what}{whose}"


def tasks_of(sheet: VisitSheet) -> list[str]:
    """Return the open next steps of a visit."""
    return [step(task, owner) for task, owner in sheet.tasks if task.done_on is None]


def missing(sheet: VisitSheet) -> list[str]:
    """Return what the report of this visit lacks."""
    gaps = visit_gaps(sheet.visit, sheet.enterprise, has_their_people=bool(sheet.their_people))
    return [gap.title for gap in gaps]
