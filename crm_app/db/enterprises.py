"""Reads of enterprises: the list, likely duplicates, and the timeline of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from crm_app.db.paging import After, Page, Sort, page
from crm_app.db.reader import Reader, living
from crm_app.db.tables import RECORD_TABLES
from crm_app.domain import names
from crm_app.domain.enterprises import Enterprise, EnterpriseName

_enterprise, _visit, _follow_up, _task = (RECORD_TABLES[n] for n in ("enterprise", "visit", "follow_up", "task"))
_lead, _name = RECORD_TABLES["lead"], RECORD_TABLES["enterprise_name"]

SORTS = {
    "name": _enterprise.c.pinyin,
    "new": _enterprise.c.id,
    "region": func.coalesce(_enterprise.c.region, ""),
    "cluster": func.coalesce(_enterprise.c.cluster, ""),
}
"""What the list can be sorted by; none is ever NULL."""


def _rows() -> Select[Any]:
    last_visit = (
        select(func.max(_visit.c.on))
        .where(_visit.c.enterprise_id == _enterprise.c.id, living(_visit))
        .scalar_subquery()
    )
    last_follow_up = (
        select(func.max(_follow_up.c.on))
        .where(_follow_up.c.enterprise_id == _enterprise.c.id, living(_follow_up))
        .scalar_subquery()
    )
    next_due = (
        select(func.min(_task.c.due))
        .where(_task.c.enterprise_id == _enterprise.c.id, living(_task), _task.c.done_on.is_(None))
        .scalar_subquery()
    )
    return select(
        _enterprise.c.id,
        _enterprise.c.name,
        _enterprise.c.uscc,
        _enterprise.c.category,
        _enterprise.c.region,
        _enterprise.c.cluster,
        _enterprise.c.products,
        func.nullif(func.max(func.coalesce(last_visit, ""), func.coalesce(last_follow_up, "")), "").label("last_on"),
        next_due.label("next_due"),
    ).where(_enterprise.c.deleted_at.is_(None))


def list_page(reader: Reader, sort: Sort, after: After | None, limit: int) -> Page:
    """Return one block of the list of enterprises."""
    return page(
        reader, _rows(), SORTS[sort.key], _enterprise.c.id, descending=sort.descending, after=after, limit=limit
    )


def list_of(reader: Reader, ids: Sequence[UUID]) -> Page:
    """Return the list rows of these enterprises, in the order of ``ids``."""
    rows = reader.rows(_rows().where(_enterprise.c.id.in_([one.bytes for one in ids])))
    by_id = {row["id"]: row for row in rows}
    return Page([by_id[one.bytes] for one in ids if one.bytes in by_id], None)


def count(reader: Reader) -> int:
    """Return how many enterprises there are."""
    statement = select(func.count()).select_from(_enterprise).where(_enterprise.c.deleted_at.is_(None))
    return int(reader.connection.execute(statement).scalar_one())


def by_name(reader: Reader, name: str) -> list[Enterprise]:
    """Return the enterprises with this very name, as it is written."""
    wanted = names.clean(name)
    # By the key, which has an index: equal names have equal keys.
    return [one for one in reader.find(Enterprise, name_key=names.match_key(wanted)) if one.name == wanted]


def by_other_name(reader: Reader, name: str) -> list[Enterprise]:
    """Return the enterprises that are, or were, also called this: a former name, a short name, an alias."""
    wanted = names.clean(name)
    found = reader.find(EnterpriseName, name_key=names.match_key(wanted))
    others = {one.enterprise_id for one in found if one.name == wanted}
    return [one for one in reader.get_many(Enterprise, others).values() if one.deleted_at is None]


def by_key(reader: Reader, name: str) -> list[Enterprise]:
    """Return the enterprises whose name, or one of whose other names, has the same matching key."""
    key = names.match_key(name)
    if not key:
        return []
    # Each by its own index: asked together with OR, SQLite looks at every enterprise.
    called = {one.enterprise_id for one in reader.find(EnterpriseName, name_key=key)}
    found = {one.id: one for one in reader.find(Enterprise, name_key=key)}
    found |= {row: one for row, one in reader.get_many(Enterprise, called).items() if one.deleted_at is None}
    return sorted(found.values(), key=lambda one: (one.pinyin or "", one.id))


def by_uscc(reader: Reader, uscc: str) -> list[Enterprise]:
    """Return the enterprises that carry this credit code; two may until merged."""
    return reader.find(Enterprise, uscc=uscc)


@dataclass(frozen=True)
class Dealing:
    """One thing done with an enterprise: ``kind`` is visit, follow_up or reception; a follow-up's title is its way."""

    on: date
    kind: str
    title: str
    text: str
    id: UUID


_DEALINGS = (
    ("visit", "''", "talk"),
    ("follow_up", "mode", "content"),
    ("reception", "''", "coalesce(nullif(result, ''), guests)"),
)


def dealings(reader: Reader, enterprise_id: UUID) -> list[Dealing]:
    """Return what was done with an enterprise, in no order; no more is read of it than a line shows."""
    statement = " UNION ALL ".join(
        f"SELECT '{kind}', \"on\", {title}, {words}, id FROM {kind} WHERE enterprise_id = :of AND deleted_at IS NULL"
        for kind, title, words in _DEALINGS
    )
    rows = reader.rows_of(statement, {"of": enterprise_id.bytes})
    return [
        Dealing(date.fromisoformat(on), kind, title, words or "", UUID(bytes=row))
        for kind, on, title, words, row in rows
    ]
