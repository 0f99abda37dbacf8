"""A visit in words, as several pages say it."""

from __future__ import annotations

from crm_app.domain import people
from crm_app.domain.contacts import Contact
from crm_app.domain.trip_reports import visit_gaps
from crm_app.i18n import _
from crm_app.services.visits import VisitSheet
from crm_app.ui.meetings.wording import step


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


def tasks_of(sheet: VisitSheet) -> list[str]:
    """Return the open next steps of a visit."""
    return [step(task, owner) for task, owner in sheet.tasks if task.done_on is None]


def missing(sheet: VisitSheet) -> list[str]:
    """Return what the report of this visit lacks."""
    gaps = visit_gaps(sheet.visit, sheet.enterprise, has_their_people=bool(sheet.their_people))
    return [gap.title for gap in gaps]
