"""Rows of a unit that leave the lists or come back into them as sets, in SQLite alone: an import has made very many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from crm_app import clock
from crm_app.db import triggers
from crm_app.db.aside import moving
from crm_app.db.entries import FEW, MADE, MOVED, RETURNS, Entries
from crm_app.db.stretches import stretches
from crm_app.db.unit import Unit
from crm_app.domain.records import RECORDS
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.progress import Report


class Moving:
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
        now, words = clock.now_ms(), _("Taking it back")
        for table, (first, last, amount) in self._known.spans.items():
            made = self._known.made[table]
            if (made if which == MADE else amount - made) == 0:
                continue
            # By the entries, and each row by its id: the plus keeps SQLite from going the other way round.
            moved = (
                f'WHERE +c."row" = "{table}".id AND {which} AND c.unit = :n AND c.n BETWEEN :first AND :last '
                f'AND c."table" = :table AND "{table}".deleted_at IS {"NULL" if which == MADE else f"NOT {where_to}"}'
            )
            move = text(f'UPDATE "{table}" SET deleted_at = {where_to} FROM change c {moved}')
            note = text(self._note(table, where_to, moved, which)) if amount > FEW else None
            values = {"n": self._known.n, "unit": self._unit.n, "table": table, "now": now}
            spans = [{**values, "first": start, "last": end} for start, end in stretches(first, last)]
            with ExitStack() as aside:
                if note is not None:
                    aside.enter_context(triggers.leaving_set_aside(self._unit.connection, table))
                    aside.enter_context(moving(self._unit.connection, table, amount))
                for span in spans:
                    self._report(self.done, self._known.total, words)
                    if note is not None:
                        self._unit.connection.execute(note, span)
                    with its_place_free(table):
                        self.done += self._unit.connection.execute(move, span).rowcount
            self._report(self.done, self._known.total, words)

    def _note(self, table: str, where_to: str, moved: str, which: str) -> str:
        """Return what notes, before rows move, what the triggers would note of each: they take longer than the rows."""
        if which == MADE and not self._some_are_gone(table):
            # Each of them moves, so none need be looked at: half the time.
            was, found = (
                "NULL",
                f'change c WHERE {MADE} AND c.unit = :n AND c.n BETWEEN :first AND :last AND c."table" = :table',
            )
        else:
            was, found = f'"{table}".deleted_at', f'change c CROSS JOIN "{table}" {moved}'
        before, after = (f"""'{{"deleted_at":' || json_quote({value}) || '}}'""" for value in (was, where_to))
        return (
            'INSERT INTO change(unit, "table", "row", op, old, new) '
            f"""SELECT :unit, :table, c."row", 'U', {before}, {after} FROM {found} ORDER BY c.n"""
        )

    def _some_are_gone(self, table: str) -> bool:
        """Say whether rows that the unit made are deleted by now: the few deleted rows of a table are asked."""
        statement = (
            f'SELECT EXISTS (SELECT 1 FROM "{table}" t WHERE t.deleted_at IS NOT NULL '
            'AND EXISTS (SELECT 1 FROM change c WHERE c."row" = t.id AND +c.unit = ?))'
        )
        return bool(self._unit.connection.exec_driver_sql(statement, (self._known.n,)).scalar_one())


@contextmanager
def its_place_free(table: str) -> Iterator[None]:
    """Raise Refused where another living record has taken a row's place."""
    try:
        yield
    except IntegrityError as error:
        words = _("{kind}: another record has taken its place meanwhile. Delete that one first.")
        raise Refused(words.format(kind=_(RECORDS[table].label))) from error
