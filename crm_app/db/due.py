"""Reads of what is due: the next steps still open, and the needs and promises that have a deadline, by their days."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select

from crm_app.db.reader import Reader
from crm_app.db.tables import RECORD_TABLES
from crm_app.domain.projects import Need
from crm_app.domain.tasks import Task

R = TypeVar("R", Task, Need)

_WORDS, _SETTLED = {Task: "what", Need: "text"}, {Task: "done_on", Need: "solved_on"}


def _open(of: type[R], first: date | None, last: date | None) -> ColumnElement[bool]:
    row = RECORD_TABLES[of.table].c
    whole = and_(row.deleted_at.is_(None), row[_SETTLED[of]].is_(None), row.due.is_not(None))
    whole = whole if last is None else and_(whole, row.due <= last.isoformat())
    return whole if first is None else and_(whole, row.due >= first.isoformat())


def count_open(reader: Reader, of: type[R], first: date | None, last: date) -> int:
    """Return how many of one kind are open and due from a day (None: from ever) to another."""
    counted = select(func.count().label("n")).select_from(RECORD_TABLES[of.table])
    return int(reader.rows(counted.where(_open(of, first, last)))[0]["n"])


def open_between(reader: Reader, of: type[R], first: date | None, last: date | None, *, most: int) -> list[R]:
    """Return the first that are open and due from a day to another (None: for ever), at most so many."""
    table = RECORD_TABLES[of.table]
    found = reader.rows(select(table).where(_open(of, first, last)).order_by(table.c.due, table.c.id).limit(most))
    return [of.load(row) for row in found]


def open_words(reader: Reader, of: type[R], first: date, last: date) -> list[tuple[UUID, date, str]]:
    """Return id, day and words of what is open and due from a day to another, what is due first on top.

    They are looked at once a minute: no records are made of them.
    """
    row = RECORD_TABLES[of.table].c
    wanted = select(row.id, row.due, row[_WORDS[of]].label("words")).where(_open(of, first, last))
    found = reader.rows(wanted.order_by(row.due, row.id))
    return [(UUID(bytes=one["id"]), date.fromisoformat(one["due"]), one["words"] or "") for one in found]
