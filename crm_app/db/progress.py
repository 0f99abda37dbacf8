"""Reads of what happened to projects in some days: each part by the index of its days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Table, select

from crm_app.db.reader import Reader
from crm_app.db.tables import RECORD_TABLES
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.projects import Fund, Milestone, Signing, StageEntry
from crm_app.domain.visits import Visit

R = TypeVar("R", bound=Record)


def entries(reader: Reader, first: date, last: date) -> list[StageEntry]:
    """Return the progress entries of some days."""
    return _between(reader, StageEntry, first, last)


def milestones(reader: Reader, first: date, last: date) -> list[Milestone]:
    """Return the milestones of some days."""
    return _between(reader, Milestone, first, last)


def funds(reader: Reader, first: date, last: date) -> list[Fund]:
    """Return the funds that came in some days."""
    return _between(reader, Fund, first, last)


def follow_ups(reader: Reader, first: date, last: date) -> list[FollowUp]:
    """Return the follow-ups of some days."""
    return _between(reader, FollowUp, first, last)


def visits(reader: Reader, first: date, last: date) -> Mapping[UUID, list[Visit]]:
    """Return the visits of some days by the enterprise that was met."""
    met: dict[UUID, list[Visit]] = defaultdict(list)
    for visit in _between(reader, Visit, first, last):
        met[visit.enterprise_id].append(visit)
    return met


def signings(reader: Reader, first: date, last: date) -> list[Signing]:
    """Return the agreements that were surely made in some days."""
    return [one for one in reader.find(Signing) if one.signed_on.within(first, last)]


def _between(reader: Reader, kind: type[R], first: date, last: date) -> list[R]:
    table: Table = RECORD_TABLES[kind.table]
    inside = table.c.on.between(first.isoformat(), last.isoformat())
    rows = reader.rows(select(table).where(table.c.deleted_at.is_(None), inside).order_by(table.c.on, table.c.id))
    return [kind.load(row) for row in rows]
