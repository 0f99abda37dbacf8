"""Indexing new records whose entries are packed as JSON, as the reader child made them: SQLite reads them itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy.exc import OperationalError

from crm_app.db.reader import Reader
from crm_app.db.search_beside import Beside, Insert
from crm_app.db.search_entries import newest_of
from crm_app.domain.search_documents import BrokenEntries, KnownEntries
from crm_app.domain.search_kinds import shapes

_NOBODY = bytes(16)
"""Stands for the id of a record that is not made."""

_MARKS = "substr(?, 1 + 16 * key, 16), coalesce(CAST(value ->> 0 AS INTEGER), 0), value ->> 1"

Told = tuple[str, Sequence[bytes], KnownEntries]
"""New records of a table: their ids, and their entries."""


def add(reader: Reader, told: Sequence[Told], beside: Beside | None = None) -> None:
    """Index new records whose entries are known, ``beside`` the other work where it can be; none has other names.

    They are written table by table, in the order of their numbers: wherever one is no greater than the one before it,
    or a statement begins, the index writes a piece. Raise BrokenEntries where what is packed is none.
    """
    blocks = list(_numbered(reader, told))
    of_marks = [one.select(_MARKS, [one.ids], one.known.packed.marks) for one in blocks]
    _insert(reader, _insert_of('search_row(n, "row", digest, "key")', of_marks, blocks))
    of_words = [one.select("value", [], one.known.packed.words, " AND type = 'text'") for one in blocks]
    insert = _insert_of("search_text(rowid, words)", of_words, blocks)
    if beside is None or not beside.add(insert):
        _insert(reader, insert)


class _Block(NamedTuple):
    """A packed block, the number of its first entry, and the ids of its records, one behind the other."""

    known: KnownEntries
    first: int
    ids: bytes

    def select(self, columns: str, values: Sequence[Any], packed: bytes, asked: str = "") -> tuple[str, Sequence[Any]]:
        """Return the statement that reads numbers and these columns of what is packed, and its values."""
        statement = f"SELECT ? + key, {columns} FROM jsonb_each(CAST(? AS TEXT)) WHERE key < ?{asked}"
        amount, kept = self.known.packed.amount, self.known.places
        values = [self.first, *values, packed, amount]
        if len(kept) == amount:
            return statement, values
        left_out = sorted({*range(amount)}.difference(kept))
        return f"{statement} AND key NOT IN (SELECT value FROM json_each(?))", [*values, json.dumps(left_out)]


def _numbered(reader: Reader, told: Sequence[Told]) -> Iterator[_Block]:
    newest: dict[str, int] = {}
    for table, rows, known in sorted(told, key=lambda one: shapes()[one[0]].first):
        _check_readable(known.packed.marks)
        if table not in newest:
            newest[table] = newest_of(reader, shapes()[table])
        first = newest[table] + 1 - known.places[0]
        newest[table] = first + known.places[-1]
        ids = rows
        if len(rows) < known.packed.amount:
            of = dict(zip(known.places, rows, strict=True))
            ids = [of.get(place, _NOBODY) for place in range(known.packed.amount)]
        yield _Block(known, first, b"".join(ids))


def _insert_of(into: str, selects: Sequence[tuple[str, Sequence[Any]]], blocks: Sequence[_Block]) -> Insert:
    statement = f"INSERT INTO {into} " + " UNION ALL ".join([select for select, _values in selects])
    values = tuple(chain.from_iterable(values for _select, values in selects))
    return Insert(statement, values, sum(len(one.known.places) for one in blocks))


def _insert(reader: Reader, insert: Insert) -> None:
    try:
        done = reader.connection.exec_driver_sql(insert.statement, tuple(insert.values)).rowcount
    except OperationalError as error:
        if "JSON" in str(error.orig):
            raise BrokenEntries from error
        raise
    if done != insert.amount:
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
