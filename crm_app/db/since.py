"""How a row stood when a paper was issued, and what changed of it since: read back from the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from crm_app.db import tables
from crm_app.db.journal import fields_between, overlaid
from crm_app.db.reader import Reader
from crm_app.domain.fields import Record
from crm_app.domain.records import RECORDS


@dataclass(frozen=True)
class Since:
    """A row then and now. ``then`` is None where it was made later; ``changes`` are (field, old, new) in words."""

    then: Record | None
    now: Record
    deleted: bool
    changes: tuple[tuple[str, str, str], ...]


def issued_in(reader: Reader, paper: UUID) -> int:
    """Return the unit in which a final paper was issued: its instant tells no order where the clock was set back."""
    change = tables.change
    issued = func.json_extract(change.c.new, "$.issued_at").is_not(None)
    found = select(func.max(change.c.unit)).where(change.c.row == paper.bytes, or_(change.c.op == "I", issued))
    return int(reader.connection.execute(found).scalar_one() or 0)


def since(reader: Reader, table: str, row_id: UUID, unit: int) -> Since | None:
    """Return what became of a row after a unit; None for a row that is not in the book."""
    known = tables.RECORD_TABLES[table]
    present = reader.rows(select(known).where(known.c.id == row_id.bytes))
    if not present:
        return None
    now: Mapping[str, Any] = present[0]
    then: Mapping[str, Any] | None = now
    entries = reader.rows(
        select(tables.change)
        .where(tables.change.c.row == row_id.bytes, tables.change.c.unit > unit)
        .order_by(tables.change.c.n.desc())
    )
    for entry in entries:
        then = None if entry["op"] == "I" else overlaid(table, then or now, entry["old"])
    deleted = now["deleted_at"] is not None and (then is None or then["deleted_at"] is None)
    told = () if then is None else tuple(fields_between(reader, table, then, now))
    load = RECORDS[table].load
    return Since(None if then is None else load(then), load(now), deleted, told)
