"""Follow-ups: one contact by phone, WeChat or mail, logged in one go with the next step."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.unit import Unit
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.leads import Lead
from crm_app.domain.projects import Investor
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Visit
from crm_app.i18n import _
from crm_app.services.outcome import Outcome


def log_follow_up(
    book: Book,
    *,
    content: str,
    mode: str,
    on: date | None = None,
    next_step: str = "",
    done_task: UUID | None = None,
    **belongs_to: UUID | None,
) -> Outcome[UUID]:
    """Log a follow-up; tick off the task it answers (whose records it inherits) and set the next step.

    ``belongs_to`` names enterprise_id, contact_id, lead_id, project_id or visit_id.
    """
    with book.unit(_("Log a follow-up")) as unit:
        if done_task is not None:
            task = unit.get(Task, done_task)
            inherited = ("enterprise_id", "lead_id", "project_id", "visit_id")
            given = {name: value for name, value in belongs_to.items() if value is not None}
            belongs_to = {name: getattr(task, name) for name in inherited} | given
            unit.update(Task, done_task, done_on=on or clock.today())
        values: dict[str, Any] = belongs_to | {"enterprise_id": _enterprise(unit, belongs_to)}
        writing.about(unit, Enterprise, values["enterprise_id"])
        made = unit.insert(
            FollowUp, on=on or clock.today(), mode=mode, content=content, person_id=writing.my_id(unit), **values
        )
        values.pop("contact_id", None)
        writing.next_step(unit, next_step, follow_up_id=made, **values)
        return Outcome(unit.commit(), made)


def _enterprise(unit: Unit, belongs_to: dict[str, UUID | None]) -> UUID | None:
    """Return the enterprise spoken to: as given, else the lead's, the visit's or the project's first investor."""
    if belongs_to.get("enterprise_id"):
        return belongs_to["enterprise_id"]
    source = unit.look_up(Lead, belongs_to.get("lead_id")) or unit.look_up(Visit, belongs_to.get("visit_id"))
    if source is not None:
        return source.enterprise_id
    project = belongs_to.get("project_id")
    parties = unit.find(Investor, project_id=project, limit=1) if project else []
    return parties[0].enterprise_id if parties else None


def last_mode(book: Book) -> str | None:
    """Return how the last follow-up was made: the proposal for the next."""
    with book.read() as reader:
        found = reader.find(FollowUp, order_by=("-id",), limit=1)
    return found[0].mode if found else None
