"""Indexing new records whose entries are packed as JSON, as the reader child made them: SQLite reads them itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy.exc import OperationalError

from crm_app.db.reader import Reader
from crm_app.db.search_entries import newest_of
from crm_app.domain.search_documents import BrokenEntries, KnownEntries
from crm_app.domain.search_kinds import shapes

_NOBODY = bytes(16)
"""Stands for the id of a record that is not made."""

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
        numbering += [known.places[-1], newest_of(reader, shapes()[table]) + 1 - known.places[0]]
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
