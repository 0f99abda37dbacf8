"""Taking a unit of work back: every field returns to what it was, or nothing does and what stands in the way is listed.

way_back.py finds out which; here it is written. What the unit made, deleted or restored goes back as sets, in SQLite
alone, because the unit of an import holds hundreds of thousands of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.exc import IntegrityError

from crm_app import clock
from crm_app.db import tables
from crm_app.db.entries import MADE, MOVED, RETURNS, Entries
from crm_app.db.journal import Step
from crm_app.db.obstacles import Key
from crm_app.db.unit import Unit
from crm_app.db.way_back import Report, WayBack, nobody_waits, way_back
from crm_app.domain.records import RECORDS
from crm_app.errors import Refused
from crm_app.i18n import _

__all__ = ["Report", "WayBack", "nobody_waits", "take_back", "way_back", "write"]

_AT_ONCE = 1_000
_SPAN = 20_000
"""Entries that go back as one set: a moment between two looks whether somebody wants to stop."""


def take_back(unit: Unit, n: int, report: Report = nobody_waits) -> None:
    """Write the way back of unit ``n`` into ``unit``; raise Refused listing what stands in the way.

    Raise what ``report`` raises; nothing is written then.
    """
    stands = unit.rows(select(tables.unit.c.label).where(tables.unit.c.n == n, tables.unit.c.final == 1))
    if stands:
        raise Refused(_("“{label}” stands and is never undone.").format(label=stands[0]["label"]))
    way = way_back(unit, n, report)
    if way.in_the_way:
        raise Refused("\n".join((_("This cannot be undone, because:"), *way.in_the_way, *map(_undo_first, way.first))))
    leaving = {key: columns for key, columns in way.rows.items() if columns.get("deleted_at")}
    staying = {key: columns for key, columns in way.rows.items() if key not in leaving}
    moving = _Moving(unit, way.unit_entries, report)
    # What leaves the lists goes first, for it may make room for what comes back.
    moving.leave()
    write(unit, leaving, report)
    moving.come_back()
    write(unit, staying, report)
    if not moving.done and not way.rows:
        raise Refused(_("Nothing is left of this step that could be undone."))


def _undo_first(step: Step) -> str:
    words = _("Undo first: step {n}, {when}, “{label}”.")
    return words.format(n=step.n, when=f"{clock.local(step.at):%Y-%m-%d %H:%M}", label=step.label)


class _Moving:
    """Takes what a unit made, deleted or restored out of the lists or back into them, some entries at a time."""

    def __init__(self, unit: Unit, known: Entries, report: Report) -> None:
        self._unit, self._known, self._report = unit, known, report
        self.done = 0

    def leave(self) -> None:
        """Take out what the unit made, and what it restored."""
        self._move(":now", MADE)
        self._move("json_extract(c.old, '$.deleted_at')", f"{MOVED} AND NOT {RETURNS}")

    def come_back(self) -> None:
        """Bring back what the unit deleted."""
        self._move("NULL", f"{MOVED} AND {RETURNS}")

    def _move(self, where_to: str, which: str) -> None:
        now = clock.now_ms()
        for table, (first, last, _amount) in self._known.spans.items():
            # By the entries, and each row by its id: the plus keeps SQLite from going the other way round.
            sql = text(
                f'UPDATE "{table}" SET deleted_at = {where_to} FROM change c WHERE +c."row" = "{table}".id AND {which} '
                f'AND c.unit = :n AND c.n BETWEEN :first AND :last AND c."table" = :table '
                f'AND "{table}".deleted_at IS {"NULL" if which == MADE else f"NOT {where_to}"}'
            )
            for start in range(first, last + 1, _SPAN):
                self._report(self.done, self._known.total, _("Taking it back"))
                span = {"first": start, "last": min(last, start + _SPAN - 1)}
                with _its_place_free(table):
                    self.done += self._unit.connection.execute(
                        sql, {"n": self._known.n, "table": table, "now": now, **span}
                    ).rowcount


@contextmanager
def _its_place_free(table: str) -> Iterator[None]:
    """Raise Refused where another living record has taken a row's place."""
    try:
        yield
    except IntegrityError as error:
        words = _("{kind}: another record has taken its place meanwhile. Delete that one first.")
        raise Refused(words.format(kind=_(RECORDS[table].label))) from error


def write(unit: Unit, wanted: Mapping[Key, Mapping[str, Any]], report: Report = nobody_waits) -> None:
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
            with _its_place_free(table):
                unit.connection.execute(statement, rows[start : start + _AT_ONCE])
