"""Keeping the full-text index: pairs, pinyin and initials of every searched text, by the same transaction as the rows.

Rows are read and written as plain tuples, a block at a time: a ledger of 100,000 rows is indexed within its import.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from crm_app.db import stretches
from crm_app.db.reader import Reader
from crm_app.db.search_documents import BLOCK, PARAMETERS, blocks, documents, marks, rows
from crm_app.db.search_entries import (
    add,
    columns_of,
    drop,
    empty,
    merge_again,
    merge_later,
    newest_of,
    put,
    put_other_names,
)
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.search_kinds import Shape, shapes
from crm_app.i18n import _
from crm_app.progress import Report

_MANY = 5_000
"""Entries from which on the index merges its pieces later."""

_SOONER = 10
"""So many entries are let go of while one is made."""


def _renew(reader: Reader, shape: Shape, ids: Sequence[bytes]) -> None:
    """Bring the entries of these rows in step; what is as it was is not written again."""
    present = {
        row: (n, digest)
        for block in blocks(ids, PARAMETERS)
        for n, row, digest in rows(
            reader, f'SELECT n, "row", digest FROM search_row WHERE "row" IN ({marks(block)})', *block
        )
    }
    living = [
        row
        for block in blocks(ids, PARAMETERS)
        for row in rows(
            reader,
            f"SELECT {columns_of(shape)} FROM {shape.table} WHERE deleted_at IS NULL AND id IN ({marks(block)})",
            *block,
        )
    ]
    kept = {row[0] for row in living}
    drop(reader, sorted(n for row, (n, _digest) in present.items() if row not in kept))
    if not living:
        return
    known, others = documents(reader, shape, living)
    next_n = newest_of(reader, shape)
    wanted = []
    for place, (row, digest) in enumerate(zip(living, known.digests, strict=True)):
        n, before = present.get(row[0], (0, None))
        if not n:
            next_n += 1
        if digest != before:
            wanted.append((n or next_n, place))
    if wanted:
        wanted.sort()
        numbers, places = [n for n, _place in wanted], [place for _n, place in wanted]
        put(reader, numbers, [living[place][0] for place in places], known.only(places).cut(), fresh=False)
        reader.connection.exec_driver_sql("DELETE FROM search_name WHERE n = ?", [(n,) for n in numbers])
        put_other_names(reader, numbers, [others[place] for place in places])


# CROSS JOIN: from the few entries of a unit, not from all rows of a table of a million.
_CHANGED = 'c."row"'
_OF_UNIT = "FROM change c WHERE c.n > ? AND +c.unit = ?"
_MADE_HERE = "SELECT 1 FROM change i WHERE i.\"row\" = {row} AND i.n > ? AND +i.unit = ? AND i.op = 'I'"


def bring_in_step(reader: Reader, unit: int, after: int = 0, report: Report | None = None) -> int:
    """Bring the index in step with what a unit wrote after change ``after``, and return its newest change.

    Rows the unit made are indexed without looking for older entries. ``report`` hears how far it is.
    """
    begun = "SELECT min(n), max(n), count(*) FROM change WHERE unit = ? AND n > ?"
    first, newest, total = next(rows(reader, begun, unit, after))
    if newest is None:
        return after
    # Below, a unit is a stretch of the journal: what was written before it need not be read.
    after = first - 1
    many = total > _MANY and merge_later(reader)
    done = 0

    def tell(more: int) -> None:
        if report is not None:
            report(min(done + more, total), total, _("Bringing the search index in step"))

    tell(0)
    amounts = {key: known.amount for key, known in stretches.tallies(reader, unit, after).items()}
    renamed = _renamed(reader, unit, after) if any(table == "enterprise_name" for table, _op in amounts) else set()
    written = {table: amounts[table, "U"] for table in shapes() if (table, "U") in amounts}
    made_some = any((table, "I") in amounts for table in shapes())
    if not made_some and _begin_anew(reader, sum(written.values())):
        written = {}
    elif written:
        written = _drop_deleted(reader, written, after, newest, unit)
    for shape in shapes().values():
        if (shape.table, "I") in amounts:
            made = (
                f'SELECT {columns_of(shape, "t.")} FROM change c CROSS JOIN {shape.table} t ON t.id = c."row" '
                "WHERE c.n > ? AND c.n <= ? AND +c.unit = ? AND c.\"table\" = ? AND c.op = 'I' "
                "AND t.deleted_at IS NULL ORDER BY c.n"
            )
            for more in add(reader, shape, rows(reader, made, after, newest, unit, shape.table)):
                tell(more)
            done += amounts[shape.table, "I"]
        changed = renamed if shape.table == Enterprise.table else set()
        if shape.table in written:
            span = (after, newest, unit, shape.table)
            changed = changed | {row for (row,) in rows(reader, _written(shape, "t.id", "EXISTS"), *span, after, unit)}
            back = _written(shape, columns_of(shape, "t."), "NOT EXISTS")
            for more in add(reader, shape, rows(reader, back, *span, after, unit)):
                tell(more)
        for block in blocks(sorted(changed), BLOCK):
            _renew(reader, shape, block)
            done += len(block)
            tell(0)
    if many:
        merge_again(reader)
    return int(newest)


_WRITTEN = "c.n > ? AND c.n <= ? AND +c.unit = ? AND c.\"table\" = ? AND c.op = 'U'"


def _written(shape: Shape, columns: str, indexed: str) -> str:
    """Return the select of living rows that were there before and written here; ``indexed``: whether in the index."""
    return (
        f'SELECT {columns} FROM (SELECT DISTINCT t.id FROM change c CROSS JOIN {shape.table} t ON t.id = c."row" '
        f"WHERE {_WRITTEN} AND t.deleted_at IS NULL AND NOT EXISTS ({_MADE_HERE.format(row=_CHANGED)})) w "
        f"CROSS JOIN {shape.table} t ON t.id = w.id "
        f'WHERE {indexed} (SELECT 1 FROM search_row s WHERE s."row" = t.id)'
    )


def _drop_deleted(reader: Reader, written: Mapping[str, int], after: int, newest: int, unit: int) -> dict[str, int]:
    """Let go of what was deleted, of all kinds at once: an import that is undone deletes its whole ledger.

    ``written``: by table how many entries of the journal; returned without the tables of which they tell nothing else.
    """
    reader.connection.exec_driver_sql("CREATE TEMP TABLE gone(n INTEGER PRIMARY KEY)")
    left = dict(written)
    for table, amount in written.items():
        dropped = reader.connection.exec_driver_sql(
            f'INSERT OR IGNORE INTO gone SELECT s.n FROM change c CROSS JOIN {table} t ON t.id = c."row" '
            f'CROSS JOIN search_row s ON s."row" = t.id WHERE {_WRITTEN} AND t.deleted_at IS NOT NULL',
            (after, newest, unit, table),
        ).rowcount
        if dropped == amount:
            del left[table]
    for table, number in (("search_text", "rowid"), ("search_name", "n"), ("search_row", "n")):
        reader.connection.exec_driver_sql(f"DELETE FROM {table} WHERE {number} IN (SELECT n FROM gone)")
    reader.connection.exec_driver_sql("DROP TABLE gone")
    return left


def _begin_anew(reader: Reader, written: int) -> bool:
    """Make the index anew where few records are left beside very many that were ``written``; say whether it was.

    So it is when the import of a ledger is undone: what is left is indexed sooner than all the others are let go of.
    """
    if written <= BLOCK:
        return False
    deleted = "(SELECT count(*) FROM {0} WHERE deleted_at IS NOT NULL)"
    living = {
        shape: next(rows(reader, f"SELECT count(*) - {deleted.format(shape.table)} FROM {shape.table}"))[0]
        for shape in shapes().values()
    }
    if sum(living.values()) * _SOONER > written:
        return False
    empty(reader)
    for shape, amount in living.items():
        if amount:
            for _done in add(reader, shape, rows(reader, _living(shape))):
                pass
    return True


def _living(shape: Shape) -> str:
    return f"SELECT {columns_of(shape)} FROM {shape.table} WHERE deleted_at IS NULL ORDER BY id"


def _renamed(reader: Reader, unit: int, after: int) -> set[bytes]:
    """Return the enterprises, not made here, that got, lost or changed another name."""
    now = (
        f'SELECT o.enterprise_id, c.old FROM change c CROSS JOIN enterprise_name o ON o.id = c."row" '
        "WHERE c.n > ? AND +c.unit = ? AND c.\"table\" = 'enterprise_name' "
        f"AND NOT EXISTS ({_MADE_HERE.format(row='o.enterprise_id')})"
    )
    found = set()
    for enterprise, old in rows(reader, now, after, unit, after, unit):
        before = json.loads(old).get("enterprise_id") if old else None
        found |= {enterprise, bytes.fromhex(before)} if before else {enterprise}
    return found


def rebuild(reader: Reader, report: Report | None = None) -> int:
    """Make the index anew from the living records, and return how many entries it has.

    ``report`` hears how far it is and may raise Cancelled; the transaction is then to be rolled back.
    """
    empty(reader)
    merge_later(reader)
    living: dict[Shape, int] = {
        shape: next(rows(reader, f"SELECT count(*) FROM {shape.table} WHERE deleted_at IS NULL"))[0]
        for shape in shapes().values()
    }
    total, done = sum(living.values()), 0

    def tell(sofar: int) -> None:
        if report is not None:
            report(sofar, total, _("Making the search index anew"))

    tell(0)
    for shape, amount in living.items():
        for more in add(reader, shape, rows(reader, _living(shape))):
            tell(done + more)
        done += amount
    merge_again(reader)
    return total


@dataclass(frozen=True)
class OutOfStep:
    """The records the index does not know as they are, and how many of its entries have no record, or no text."""

    records: list[tuple[str, UUID]]
    leftovers: int


def out_of_step(reader: Reader) -> OutOfStep:
    """Compare the index with the records, both ways, a block at a time."""
    wrong: list[tuple[str, UUID]] = []
    right = 0
    for shape in shapes().values():
        statement = (
            f"SELECT s.n, s.digest, {columns_of(shape, 't.')} FROM {shape.table} t "
            'LEFT JOIN search_row s ON s."row" = t.id WHERE t.deleted_at IS NULL'
        )
        for block in blocks(rows(reader, statement), BLOCK):
            wanted = documents(reader, shape, [row[2:] for row in block])[0].digests
            for row, now in zip(block, wanted, strict=True):
                n, digest = row[:2]
                right += n is not None
                if n is None or not shape.first < n <= shape.last or digest != now:
                    wrong.append((shape.table, UUID(bytes=row[2])))
    ((entries, without_text, without_entry),) = rows(
        reader,
        "SELECT (SELECT count(*) FROM search_row), "
        "(SELECT count(*) FROM search_row WHERE n NOT IN (SELECT id FROM search_text_docsize)), "
        "(SELECT count(*) FROM search_text_docsize WHERE id NOT IN (SELECT n FROM search_row))",
    )
    return OutOfStep(wrong, entries - right + without_text + without_entry)
