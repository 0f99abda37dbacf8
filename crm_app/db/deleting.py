"""Deleting a record with everything that is part of it, as one tree; the recycle bin brings the tree back."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select, update

from crm_app import clock
from crm_app.db import tables
from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.domain.records import RECORDS
from crm_app.domain.trees import HELD_BY, PARTS
from crm_app.domain.trips import PlanState, TripPlan
from crm_app.errors import Refused
from crm_app.i18n import _

Tree = Mapping[str, tuple[UUID, ...]]
"""The rows that go, by table, the record itself among them."""


def tree_of(reader: Reader, table: str, row: UUID) -> Tree:
    """Return the living rows that go with a record; raise NotFound for one that is not there."""
    reader.get(RECORDS[table], row)
    found: dict[str, dict[UUID, None]] = {}
    waiting = [(table, row)]
    while waiting:
        name, one = waiting.pop()
        if one in found.setdefault(name, {}):
            continue
        found[name][one] = None
        for part, column in PARTS.get(name, ()):
            waiting += [(part, child) for child in _living(reader, part, column, one)]
    return {name: tuple(rows) for name, rows in found.items()}


def delete_tree(unit: Unit, table: str, row: UUID) -> None:
    """Delete a record with its parts; raise Refused where something that stays leans on one of them."""
    tree = tree_of(unit, table, row)
    refuse_what_is_held(unit, tree)
    for visit in tree.get("visit", ()):
        # A plan that the visit ticked off is open again.
        for plan in unit.find(TripPlan, visit_id=visit):
            if plan.id not in tree.get("trip_plan", ()):
                unit.update(TripPlan, plan.id, state=PlanState.AGREED, visit_id=None)
    now = clock.now_ms()
    for name, rows in tree.items():
        known = tables.RECORD_TABLES[name]
        for one in rows:
            unit.connection.execute(update(known).where(known.c.id == one.bytes).values(deleted_at=now))


def refuse_what_is_held(reader: Reader, tree: Tree) -> None:
    """Raise Refused where something that stays leans on a row of the tree."""
    for name, rows in tree.items():
        for holder, column, sentence in HELD_BY.get(name, ()):
            for row in rows:
                if set(_living(reader, holder, column, row)) - set(tree.get(holder, ())):
                    raise Refused(_(sentence))


def _living(reader: Reader, table: str, column: str, row: UUID) -> list[UUID]:
    known = tables.RECORD_TABLES[table]
    living = select(known.c.id).where(known.c[column] == row.bytes, known.c.deleted_at.is_(None))
    return [UUID(bytes=found["id"]) for found in reader.rows(living)]
