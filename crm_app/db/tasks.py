"""Reads of next steps: those still open up to a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from crm_app.db.reader import Reader
from crm_app.db.tables import RECORD_TABLES
from crm_app.domain.tasks import Task

_task = RECORD_TABLES["task"]


def open_until(reader: Reader, last: date) -> list[Task]:
    """Return the open next steps due by a day, those due first on top; what is due later is not looked at."""
    found = reader.rows(
        select(_task)
        .where(_task.c.deleted_at.is_(None), _task.c.done_on.is_(None), _task.c.due <= last.isoformat())
        .order_by(_task.c.due, _task.c.id)
    )
    return [Task.load(row) for row in found]


def first_after(reader: Reader, last: date) -> list[Task]:
    """Return the open next step due first after a day; an empty list where there is none."""
    found = reader.rows(
        select(_task)
        .where(_task.c.deleted_at.is_(None), _task.c.done_on.is_(None), _task.c.due > last.isoformat())
        .order_by(_task.c.due, _task.c.id)
        .limit(1)
    )
    return [Task.load(row) for row in found]
