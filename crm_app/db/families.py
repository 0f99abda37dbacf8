"""Parents of enterprises: whose group each belongs to; none may stand above itself, by way of however many others."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from crm_app.db import tables
from crm_app.db.reader import Reader

_enterprise = tables.RECORD_TABLES["enterprise"]


def leads_to(reader: Reader, parent: UUID | None, below: Collection[UUID]) -> bool:
    """Say whether a parent, or one above it, is among these enterprises; deleted ones count, for they may come back."""
    seen: set[UUID] = set()
    while parent is not None and parent not in seen:
        if parent in below:
            return True
        seen.add(parent)
        above = select(_enterprise.c.parent_id).where(_enterprise.c.id == parent.bytes)
        stored = reader.connection.execute(above).scalar_one_or_none()
        parent = UUID(bytes=stored) if stored else None
    return False


def circles(reader: Reader) -> list[list[str]]:
    """Return the names of the living enterprises that stand above one another in a circle, each circle once."""
    having = select(_enterprise.c.id, _enterprise.c.parent_id, _enterprise.c.name).where(
        _enterprise.c.parent_id.is_not(None), _enterprise.c.deleted_at.is_(None)
    )
    rows = {row["id"]: (row["parent_id"], row["name"]) for row in reader.rows(having)}
    found: list[list[str]] = []
    done: set[bytes] = set()
    for start in rows:
        path: dict[bytes, None] = {}
        at = start
        while at in rows and at not in done and at not in path:
            path[at] = None
            at = rows[at][0]
        if at in path:
            members = list(path)
            found.append([rows[one][1] for one in members[members.index(at) :]])
        done.update(path)
    return found
