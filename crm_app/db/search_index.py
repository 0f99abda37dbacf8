"""Keeping the full-text index: pairs, pinyin and initials of every searched text, by the same transaction as the rows.

Rows are read and written as plain tuples, a block at a time: a ledger of 100,000 rows is indexed within its import.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy.exc import OperationalError

from crm_app.db import tables
from crm_app.db.reader import Reader
from crm_app.db.search_documents import BLOCK, PARAMETERS, Row, blocks, documents, marks, rows
from crm_app.domain import grams
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.search_documents import BrokenEntries, Entries, KnownEntries
from crm_app.domain.search_kinds import Shape, shapes
from crm_app.i18n import _

_PAGES = 300
"""Pages merged at a time: some hundredths of a second, after which others may write."""

Report = Callable[[int, int, str], None]
"""Told how many of how many rows are done, and what is done; may raise Cancelled."""


_NOBODY = bytes(16)
"""Stands for the id of a record that is not made."""

_MANY = 5_000
"""Entries from which on the index merges its pieces later."""


def _select(shape: Shape, alias: str = "") -> str:
    return ", ".join(f'{alias}"{column}"' for column in shape.columns)


def _put(reader: Reader, numbers: Sequence[int], ids: Sequence[bytes], known: Entries, *, fresh: bool) -> None:
    """Write entries, ``numbers`` in their order: out of it, the index would write a piece for each.

    ``fresh``: none has an entry yet; asking costs as much as writing.
    """
    verb = "INSERT" if fresh else "INSERT OR REPLACE"
    reader.connection.exec_driver_sql(
        f'{verb} INTO search_row(n, "row", digest, "key") VALUES (?, ?, ?, ?)',
        list(zip(numbers, ids, known.digests, known.keys, strict=True)),
    )
    reader.connection.exec_driver_sql(
        f"{verb} INTO search_text(rowid, words) VALUES (?, ?)",
        list(zip(numbers, grams.joined(known.names, known.texts), strict=True)),
    )


def _name(reader: Reader, numbers: Sequence[int], others: Sequence[Sequence[str]]) -> None:
    """Write the other names of entries."""
    named = {(n, grams.key(name)) for n, names in zip(numbers, others, strict=True) for name in names}
    if named:
        reader.connection.exec_driver_sql('INSERT INTO search_name(n, "key") VALUES (?, ?)', sorted(named))


def merge_later(reader: Reader) -> bool:
    """Let the index write its pieces and merge none: half the work for many records. False where it does so already."""
    statement = "SELECT v FROM search_text_config WHERE k = 'automerge'"
    if list(rows(reader, statement)) == [(0,)]:
        return False
    reader.connection.exec_driver_sql(tables.search_setting("automerge", 0))
    return True


def merge_again(reader: Reader) -> None:
    """Let the index merge its pieces, bit by bit as it is written to."""
    reader.connection.exec_driver_sql(tables.search_setting("automerge", tables.SEARCH_SETTINGS["automerge"]))


def merge_some(reader: Reader) -> bool:
    """Merge a bit of what was left to be merged later; False where there is nothing."""
    raw: Any = reader.connection.connection.dbapi_connection
    before = raw.total_changes
    reader.connection.exec_driver_sql(tables.search_setting("merge", _PAGES))
    # SQLite: a merge that found nothing to do counts as one change.
    return bool(raw.total_changes - before > 1)


def _drop(reader: Reader, numbers: Iterable[int]) -> None:
    gone = [(n,) for n in numbers]
    if gone:
        reader.connection.exec_driver_sql("DELETE FROM search_text WHERE rowid = ?", gone)
        reader.connection.exec_driver_sql("DELETE FROM search_row WHERE n = ?", gone)
        reader.connection.exec_driver_sql("DELETE FROM search_name WHERE n = ?", gone)


def _newest(reader: Reader, shape: Shape) -> int:
    statement = "SELECT max(n) FROM search_row WHERE n BETWEEN ? AND ?"
    newest: int | None = next(rows(reader, statement, shape.first, shape.last))[0]
    return shape.first if newest is None else newest


def _add(reader: Reader, shape: Shape, found: Iterable[Row]) -> Iterator[int]:
    """Index rows that have no entry, and yield how many are done after each block."""
    n = _newest(reader, shape)
    done = 0
    for block in blocks(found, BLOCK):
        known, others = documents(reader, shape, block)
        numbers = range(n + 1, n + 1 + len(block))
        _put(reader, numbers, [row[0] for row in block], known.cut(), fresh=True)
        _name(reader, numbers, others)
        n += len(block)
        done += len(block)
        yield done


Told = tuple[str, Sequence[bytes], KnownEntries]
"""New records of a table: their ids, and their entries."""


def add(reader: Reader, told: Sequence[Told]) -> None:
    """Index new records whose entries are known, table by table in the order of their numbers; none has other names.

    Raise BrokenEntries where what is packed is none.
    """
    for _packed, block in groupby(told, key=lambda one: id(one[2].packed)):
        _add_packed(reader, list(block))


def _add_packed(reader: Reader, told: Sequence[Told]) -> None:
    """Index records of one packed block: a number is told by the place, so that SQLite reads the block as it is."""
    packed = told[0][2].packed
    _check_readable(packed.marks)
    ids = [_NOBODY] * packed.amount
    cases, numbering = "", list[int]()
    for table, rows_of_table, known in told:
        for place, row in zip(known.places, rows_of_table, strict=True):
            ids[place] = row
        cases += "WHEN key <= ? THEN ? + key "
        numbering += [known.places[-1], _newest(reader, shapes()[table]) + 1 - known.places[0]]
    kept = sum(len(rows_of_table) for _table, rows_of_table, _known in told)
    left_out = json.dumps([place for place, row in enumerate(ids) if row is _NOBODY] if kept < packed.amount else [])
    number = f"CASE {cases} END"
    among = "FROM jsonb_each(CAST(? AS TEXT)) WHERE key < ? AND key NOT IN (SELECT value FROM json_each(?))"
    for statement, values in (
        (
            f'INSERT INTO search_row(n, "row", digest, "key") SELECT {number}, substr(?, 1 + 16 * key, 16), '
            f"coalesce(CAST(value ->> 0 AS INTEGER), 0), value ->> 1 {among}",
            (*numbering, b"".join(ids), packed.marks),
        ),
        (
            f"INSERT INTO search_text(rowid, words) SELECT {number}, value {among} AND type = 'text'",
            (*numbering, packed.words),
        ),
    ):
        try:
            done = reader.connection.exec_driver_sql(statement, (*values, packed.amount, left_out)).rowcount
        except OperationalError as error:
            if "JSON" in str(error.orig):
                raise BrokenEntries from error
            raise
        if done != kept:
            raise BrokenEntries


def _check_readable(marks: bytes) -> None:
    """Raise BrokenEntries where a key could be kept and not be read again: every search that meets it would fail."""
    try:
        marks.decode()
    except UnicodeDecodeError as error:
        raise BrokenEntries from error
    # A key holds letters and digits alone: what is written as an escape may be half a character.
    if b"\\" in marks:
        raise BrokenEntries


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
            f"SELECT {_select(shape)} FROM {shape.table} WHERE deleted_at IS NULL AND id IN ({marks(block)})",
            *block,
        )
    ]
    kept = {row[0] for row in living}
    _drop(reader, sorted(n for row, (n, _digest) in present.items() if row not in kept))
    if not living:
        return
    known, others = documents(reader, shape, living)
    next_n = _newest(reader, shape)
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
        _put(reader, numbers, [living[place][0] for place in places], known.only(places).cut(), fresh=False)
        reader.connection.exec_driver_sql("DELETE FROM search_name WHERE n = ?", [(n,) for n in numbers])
        _name(reader, numbers, [others[place] for place in places])


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
    amounts: dict[tuple[str, str], int] = {
        (table, op): amount
        for table, op, amount in rows(
            reader, f'SELECT c."table", c.op, count(*) {_OF_UNIT} GROUP BY c."table", c.op', after, unit
        )
    }
    renamed = _renamed(reader, unit, after) if any(table == "enterprise_name" for table, _op in amounts) else set()
    written = {table: amounts[table, "U"] for table in shapes() if (table, "U") in amounts}
    if written:
        written = _drop_deleted(reader, written, after, newest, unit)
    for shape in shapes().values():
        if (shape.table, "I") in amounts:
            made = (
                f'SELECT {_select(shape, "t.")} FROM change c CROSS JOIN {shape.table} t ON t.id = c."row" '
                "WHERE c.n > ? AND c.n <= ? AND +c.unit = ? AND c.\"table\" = ? AND c.op = 'I' "
                "AND t.deleted_at IS NULL ORDER BY c.n"
            )
            for more in _add(reader, shape, rows(reader, made, after, newest, unit, shape.table)):
                tell(more)
            done += amounts[shape.table, "I"]
        changed = renamed if shape.table == Enterprise.table else set()
        if shape.table in written:
            span = (after, newest, unit, shape.table)
            changed = changed | {row for (row,) in rows(reader, _written(shape, "t.id", "EXISTS"), *span, after, unit)}
            back = _written(shape, _select(shape, "t."), "NOT EXISTS")
            for more in _add(reader, shape, rows(reader, back, *span, after, unit)):
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
    if sum(written.values()) > BLOCK and not any(_has_living(reader, table) for table in shapes()):
        _empty(reader)
        return {}
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


def _has_living(reader: Reader, table: str) -> bool:
    return next(rows(reader, f"SELECT 1 FROM {table} WHERE deleted_at IS NULL LIMIT 1"), None) is not None


def _empty(reader: Reader) -> None:
    reader.connection.exec_driver_sql("DELETE FROM search_row")
    reader.connection.exec_driver_sql("DELETE FROM search_name")
    reader.connection.exec_driver_sql("INSERT INTO search_text(search_text) VALUES ('delete-all')")
    for name, value in tables.SEARCH_SETTINGS.items():
        reader.connection.exec_driver_sql(tables.search_setting(name, value))


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
    _empty(reader)
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
        statement = f"SELECT {_select(shape)} FROM {shape.table} WHERE deleted_at IS NULL ORDER BY id"
        for more in _add(reader, shape, rows(reader, statement)):
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
            f"SELECT s.n, s.digest, {_select(shape, 't.')} FROM {shape.table} t "
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
