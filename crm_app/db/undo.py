"""Taking a unit of work back: every field returns to what it was, or nothing does and what stands in the way is listed.

way_back.py finds out which, moving.py takes out of the lists or back what the unit made, deleted or restored; here is
written what else it changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update

from crm_app import clock
from crm_app.db import families, tables
from crm_app.db.entries import FEW
from crm_app.db.journal import Step, record_title
from crm_app.db.moving import Moving, its_place_free
from crm_app.db.obstacles import Key
from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.db.way_back import WayBack, way_back
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.progress import Report, unheard

__all__ = ["WayBack", "refuse_final", "take_back", "way_back", "write"]

_AT_ONCE = 1_000


def take_back(unit: Unit, n: int, report: Report = unheard) -> None:
    """Write the way back of unit ``n`` into ``unit``; raise Refused listing what stands in the way.

    Raise what ``report`` raises; nothing is written then.
    """
    refuse_final(unit, n)
    way = way_back(unit, n, report)
    if way.in_the_way:
        raise Refused("\n".join((_("This cannot be undone, because:"), *way.in_the_way, *map(_undo_first, way.first))))
    leaving = {key: columns for key, columns in way.rows.items() if columns.get("deleted_at")}
    staying = {key: columns for key, columns in way.rows.items() if key not in leaving}
    if way.unit_entries.total > FEW:
        unit.expect_many()
    moving = Moving(unit, way.unit_entries, report)
    # What leaves the lists goes first, for it may make room for what comes back.
    moving.leave()
    write(unit, leaving, report)
    moving.come_back()
    write(unit, staying, report)
    _refuse_circles(unit, way)
    if not moving.done and not way.rows:
        raise Refused(_("Nothing is left of this step that could be undone."))


def refuse_final(reader: Reader, n: int) -> None:
    """Raise Refused for a unit that stands, whatever else is undone."""
    stands = reader.rows(select(tables.unit.c.label).where(tables.unit.c.n == n, tables.unit.c.final == 1))
    if stands:
        raise Refused(_("“{label}” stands and is never undone.").format(label=stands[0]["label"]))


def _refuse_circles(unit: Unit, way: WayBack) -> None:
    """Raise Refused where an enterprise would stand above itself, because parents were changed since."""
    for (table, row), columns in way.rows.items():
        parent = columns.get("parent_id") if table == "enterprise" else None
        if parent is not None and families.leads_to(unit, UUID(bytes=parent), [UUID(bytes=row)]):
            words = _("{record} would then belong to itself. Change the parent or group of those above it first.")
            raise Refused(words.format(record=record_title(unit, table, UUID(bytes=row))))


def _undo_first(step: Step) -> str:
    words = _("Undo first: step {n}, {when}, “{label}”.")
    return words.format(n=step.n, when=f"{clock.local(step.at):%Y-%m-%d %H:%M}", label=step.label)


def write(unit: Unit, wanted: Mapping[Key, Mapping[str, Any]], report: Report = unheard) -> None:
    """Write columns by row, alike ones together; raise Refused where another living record has taken a row's place.

    What leaves the lists goes first. Raise what ``report`` raises.
    """
    alike: dict[tuple[bool, str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for (table, row), columns in wanted.items():
        values = {"row_id": row, **{f"to_{name}": value for name, value in columns.items()}}
        alike[not columns.get("deleted_at"), table, tuple(sorted(columns))].append(values)
    done = 0
    for _stays, table, names in sorted(alike, key=lambda one: one[0]):
        known = tables.RECORD_TABLES[table]
        columns = {name: bindparam(f"to_{name}", type_=known.c[name].type) for name in names}
        statement = update(known).where(known.c.id == bindparam("row_id")).values(columns)
        rows = alike[_stays, table, names]
        for start in range(0, len(rows), _AT_ONCE):
            report(done, len(wanted), _("Taking it back"))
            done += len(rows[start : start + _AT_ONCE])
            with its_place_free(table):
                unit.connection.execute(statement, rows[start : start + _AT_ONCE])
