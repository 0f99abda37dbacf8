"""How a unit of work would go back as the book is now, or what stands in the way; nothing is written here."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from sqlalchemy import LargeBinary, select

from crm_app.db import entries, tables
from crm_app.db.entries import EDITED, MADE, MOVED, Entries
from crm_app.db.journal import Step, is_derived
from crm_app.db.obstacles import Key, Obstacles, blocks
from crm_app.db.reader import Reader
from crm_app.domain.fields import derived_columns
from crm_app.domain.records import RECORDS
from crm_app.i18n import _
from crm_app.progress import Report, unheard

_BLOCK = 2_000
"""Edited rows looked at together."""


@dataclass(frozen=True)
class WayBack:
    """How a unit of work goes back: the columns to write by edited row, or what stands in the way, in sentences.

    What the unit made leaves, what it did no more than delete or restore returns to where it was; of those
    ``unit_entries`` know. ``first`` are the units that have to be taken back before, newest first.
    """

    unit_entries: Entries
    rows: Mapping[Key, Mapping[str, Any]]
    in_the_way: tuple[str, ...]
    first: tuple[Step, ...]

    def counts(self) -> dict[str, int]:
        """Return how many rows of each table would be written."""
        found: dict[str, int] = defaultdict(int)
        for table, _row in self.rows:
            found[table] += 1
        for table in self.unit_entries.spans:
            sql = (
                f'SELECT count(*) FROM change c CROSS JOIN "{table}" t ON t.id = c."row" WHERE c.unit = :n '
                f'AND c."table" = :table AND ({MADE} AND t.deleted_at IS NULL OR {MOVED})'
            )
            ((amount,),) = self.unit_entries.rows(sql, table=table)
            found[table] += amount
        return {table: amount for table, amount in found.items() if amount}


def way_back(reader: Reader, n: int, report: Report = unheard) -> WayBack:
    """Work out how unit ``n`` goes back; raise what ``report`` raises.

    A field goes back only if it still holds what the unit wrote, a row it made leaves only if nobody changed it or
    refers to it since, a row it deleted comes back only if what it refers to was not deleted since.
    """
    words = _("Looking at what came since")
    known = entries.entries_of(reader, n)
    obstacles = Obstacles(reader, n)
    report(1, 5, words)
    edited = _Edited()
    for block in _edited(known):
        edited.take(reader, block, obstacles)
    report(2, 5, words)
    for table in known.spans:
        if known.edits(table) and known.is_busy(table):
            for row in entries.moved_since(known, table):
                obstacles.changed_since((table, row), "deleted_at")
    for key, column in _changed_after_making(known):
        obstacles.changed_since(key, column)
    report(3, 5, words)
    for key, target in entries.leaning(known):
        if edited.wanted.get(target, {"deleted_at": True}).get("deleted_at"):
            obstacles.leans(key)
    report(4, 5, words)
    for target, key in _missing(known, edited):
        obstacles.lacks(key, target)
    return WayBack(known, edited.wanted, obstacles.sentences(), obstacles.steps())


_Edit = tuple[Key, list[tuple[dict[str, Any], dict[str, Any]]]]
"""A row and its entries as (old, new), the newest first."""


def _edited(known: Entries) -> Iterator[list[_Edit]]:
    if not any(known.edits(table) for table in known.spans):
        return
    sql = (
        f'SELECT c."table", c."row", c.old, c.new FROM change c WHERE c.unit = :n AND {EDITED} ORDER BY 1, 2, c.n DESC'
    )
    edits = (
        (key, [(json.loads(old), json.loads(new)) for _table, _row, old, new in group])
        for key, group in groupby(known.rows(sql), key=lambda one: (one[0], one[1]))
    )
    while block := list(islice(edits, _BLOCK)):
        yield block


class _Edited:
    """The edited rows: what is wanted of each, and of those that move or refer elsewhere how they then stand."""

    def __init__(self) -> None:
        self.wanted: dict[Key, dict[str, Any]] = {}
        self.then: dict[Key, Mapping[str, Any]] = {}

    def take(self, reader: Reader, block: Sequence[_Edit], obstacles: Obstacles) -> None:
        """Walk each row of a block back, field by field."""
        present = _present(reader, [key for key, _entries in block])
        for key, changes in block:
            held = present[key]
            wanted: dict[str, Any] = {}
            for old, new in changes:
                for column, written in new.items():
                    if held[column] != _stored(key[0], column, written):
                        obstacles.changed_since(key, column)
                    else:
                        wanted[column] = held[column] = _stored(key[0], column, old[column])
            if not _READ.isdisjoint(wanted):
                wanted |= _derived(key[0], held)
            if wanted:
                self.wanted[key] = wanted
            structural = [name for name in wanted if name == "deleted_at" or _target_of(key[0], name)]
            if structural:
                self.then[key] = {name: held[name] for name in ("deleted_at", *_referring(key[0]))}


_READ = frozenset(("name", "surname_pinyin"))
"""What readings and keys follow from."""


def _derived(table: str, held: Mapping[str, Any]) -> dict[str, Any]:
    """Return what follows from a name, or its reading, that comes back, beside what the journal told at its time."""
    columns = derived_columns(RECORDS[table], held)
    return {column: value for column, value in columns.items() if held[column] != value}


def _missing(known: Entries, edited: _Edited) -> Iterator[tuple[Key, Key]]:
    """Yield (deleted row, row) for what would refer again to a record that is deleted and does not come back too."""
    needs: dict[Key, Key] = {}
    for key, then in edited.then.items():
        columns = edited.wanted[key]
        if then["deleted_at"] is None:
            for name in _referring(key[0]):
                if then[name] is not None and ("deleted_at" in columns or name in columns):
                    needs.setdefault((_target_of(key[0], name), then[name]), key)
    gone = _present(known.reader, list(needs), ("deleted_at",))
    for target, held in gone.items():
        then_deleted = edited.wanted.get(target, {}).get("deleted_at", held["deleted_at"])
        if then_deleted is not None and not (target not in edited.wanted and entries.returns(known, target)):
            yield target, needs[target]
    seen = set(needs)
    for key, target in entries.lacking(known):
        if target not in seen:
            seen.add(target)
            yield target, key


def _changed_after_making(known: Entries) -> Iterator[tuple[Key, str]]:
    """Yield the fields of rows the unit made that are no longer as it left them."""
    change = tables.change
    by_table: dict[str, list[bytes]] = defaultdict(list)
    for table, row in entries.made_and_changed(known):
        by_table[table].append(row)
    for table, rows in by_table.items():
        for block in blocks(rows):
            present = _present(known.reader, [(table, row) for row in block])
            left: dict[bytes, dict[str, Any]] = defaultdict(dict)
            later = select(change).where(change.c.row.in_(block), change.c.unit > known.n, change.c.op == "U")
            for one in known.reader.rows(later.order_by(change.c.n)):
                first = left[one["row"]]
                first |= {column: old for column, old in json.loads(one["old"]).items() if column not in first}
            for row, columns in left.items():
                for column, value in columns.items():
                    # What is derived follows from the others; an entry older than its column told nothing of it.
                    if present[table, row][column] != _stored(table, column, value) and not is_derived(table, column):
                        yield (table, row), column


def _present(reader: Reader, keys: Sequence[Key], names: Sequence[str] = ()) -> dict[Key, dict[str, Any]]:
    by_table: dict[str, list[bytes]] = defaultdict(list)
    for table, row in keys:
        by_table[table].append(row)
    found: dict[Key, dict[str, Any]] = {}
    for table, ids in by_table.items():
        known = tables.RECORD_TABLES[table]
        wanted = select(known.c.id, *(known.c[name] for name in names)) if names else select(known)
        for block in blocks(ids):
            for held in reader.rows(wanted.where(known.c.id.in_(block))):
                found[(table, held["id"])] = dict(held)
    return found


def _referring(table: str) -> list[str]:
    return [key.parent.name for key in tables.RECORD_TABLES[table].foreign_keys]


def _target_of(table: str, column: str) -> str:
    keys = tables.RECORD_TABLES[table].c[column].foreign_keys
    return next((key.column.table.name for key in keys), "")


def _stored(table: str, column: str, value: Any) -> Any:
    is_blob = isinstance(tables.RECORD_TABLES[table].c[column].type, LargeBinary)
    return bytes.fromhex(value) if is_blob and value is not None else value
