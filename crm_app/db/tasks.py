"""Reads of next steps: those still open, by their days."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select

from crm_app.db.reader import Reader
from crm_app.db.tables import RECORD_TABLES
from crm_app.domain.tasks import Task

_task = RECORD_TABLES["task"]


def _open(first: date | None, last: date) -> ColumnElement[bool]:
    whole = and_(_task.c.deleted_at.is_(None), _task.c.done_on.is_(None), _task.c.due <= last.isoformat())
    return whole if first is None else and_(whole, _task.c.due >= first.isoformat())


def count_open(reader: Reader, first: date | None, last: date) -> int:
    """Return how many open next steps are due from a day (None: from ever) to another."""
    return int(reader.rows(select(func.count().label("n")).select_from(_task).where(_open(first, last)))[0]["n"])


def open_between(reader: Reader, first: date | None, last: date, *, most: int) -> list[Task]:
    """Return the first open next steps due from a day (None: from ever) to another, at most so many."""
    found = reader.rows(select(_task).where(_open(first, last)).order_by(_task.c.due, _task.c.id).limit(most))
    return [Task.load(row) for row in found]


def open_words(reader: Reader, first: date, last: date) -> list[tuple[UUID, date, str]]:
    """Return id, day and words of the open next steps due from a day to another, those due first on top.

    They are looked at once a minute: no records are made of them.
    """
    wanted = select(_task.c.id, _task.c.due, _task.c.what).where(_open(first, last)).order_by(_task.c.due, _task.c.id)
    return [(UUID(bytes=row["id"]), date.fromisoformat(row["due"]), row["what"]) for row in reader.rows(wanted)]


def first_after(reader: Reader, last: date) -> list[Task]:
    """Return the open next step due first after a day; an empty list where there is none."""
    found = reader.rows(
        select(_task)
        .where(_task.c.deleted_at.is_(None), _task.c.done_on.is_(None), _task.c.due > last.isoformat())
        .order_by(_task.c.due, _task.c.id)
        .limit(1)
    )
    return [Task.load(row) for row in found]
