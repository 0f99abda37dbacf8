"""The recycle bin: what was deleted, newest first, and how it comes back whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from crm_app.db import recycling, units
from crm_app.db.book import Book
from crm_app.db.deleting import Tree, delete_tree, refuse_what_is_held, tree_of
from crm_app.db.journal import record_title
from crm_app.db.reader import Reader
from crm_app.db.units import Deletion, UnitLine
from crm_app.domain.records import RECORDS
from crm_app.i18n import _
from crm_app.services.outcome import Changes, Outcome

_FIRST = ("enterprise", "project", "trip", "visit", "reception", "lead", "contact", "follow_up", "task", "event")
"""What a deletion is called after, where it took several records along."""


@dataclass(frozen=True)
class Binned:
    """One deletion: the step, what it is called after, and how many records of each kind went with it."""

    line: UnitLine
    table: str
    row: UUID
    title: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Returning:
    """What restoring brings back: of the deletion itself, and what that needs which was deleted otherwise, by name."""

    counts: Mapping[str, int]
    needed: tuple[str, ...]


@dataclass(frozen=True)
class Going:
    """What deleting a record takes away: its name, and how many records of each kind, itself among them."""

    title: str
    counts: Mapping[str, int]


def list_deleted(book: Book, *, table: str = "", before: int | None = None, limit: int = 50) -> list[Binned]:
    """Return the deletions that stand, newest first; ``table`` asks for those that took a record of one kind."""
    with book.read() as reader:
        wanted = (table,) if table else tuple(RECORDS)
        return [_binned(reader, one) for one in units.deletions(reader, wanted, before=before, limit=limit)]


def _binned(reader: Reader, one: Deletion) -> Binned:
    table, row = _head(one.rows)
    counts = {name: len(rows) for name, rows in one.rows.items()}
    return Binned(one.line, table, row, record_title(reader, table, row), counts)


def _head(rows: Tree) -> tuple[str, UUID]:
    table = next((name for name in _FIRST if name in rows), next(iter(rows)))
    return table, rows[table][0]


def preview_restore(book: Book, n: int) -> Returning:
    """Return what restoring the deletion ``n`` brings back; raise Refused where nothing of it is deleted any more."""
    with book.read() as reader:
        found = recycling.what_returns(reader, n)
        needed = [record_title(reader, table, row) for table, rows in found.needed.items() for row in rows]
    return Returning({name: len(rows) for name, rows in found.own.items()}, tuple(needed))


def restore(book: Book, n: int) -> Changes:
    """Bring back everything the step ``n`` deleted, together with what it needs, as one step that can be undone.

    Raise Refused where another record has taken the place of one that would come back.
    """
    with book.read() as reader:
        title = record_title(reader, *_head(recycling.what_returns(reader, n).own))
    with book.unit(_("Restore: {name}").format(name=title)) as unit:
        recycling.bring_back(unit, n)
        return unit.commit()


def would_go(book: Book, table: str, row: UUID) -> Going:
    """Return what deleting a record takes along, itself among it; raise Refused where something keeps it."""
    with book.read() as reader:
        tree = tree_of(reader, table, row)
        refuse_what_is_held(reader, tree)
        return Going(record_title(reader, table, row), {name: len(rows) for name, rows in tree.items()})


def delete(book: Book, table: str, row: UUID) -> Outcome[None]:
    """Delete a record with everything that is part of it, as one step; raise NotFound, or Refused where it is kept."""
    with book.read() as reader:
        title = record_title(reader, table, row)
    with book.unit(_("Delete: {name}").format(name=title)) as unit:
        delete_tree(unit, table, row)
        return Outcome(unit.commit(), None)
