"""Indexing new records whose entries are packed as JSON, as the reader child made them: SQLite reads them itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

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
    """Index new records whose entries are known; none has other names.

    They are written in the order of their numbers, and so those of several blocks make one piece of the index. A number
    is told by the place in a packed block, so that SQLite reads the block as it is. Raise BrokenEntries where what is
    packed is none.
    """
    rows, words = list[_Part](), list[_Part]()
    known = shapes()
    for table, of_table in groupby(sorted(told, key=lambda one: known[one[0]].first), key=lambda one: one[0]):
        newest = newest_of(reader, known[table])
        for _table, ids, entries in of_table:
            _check_readable(entries.packed.marks)
            first, last = entries.places[0], entries.places[-1]
            number = newest + 1 - first
            chosen = _among(entries)
            rows.append((_ROWS, (number, _by_place(ids, entries), entries.packed.marks, *chosen)))
            words.append((_WORDS, (number, entries.packed.words, *chosen)))
            newest += last - first + 1
    made = sum(len(ids) for _table, ids, _entries in told)
    _insert(reader, 'search_row(n, "row", digest, "key")', rows, made)
    _insert(reader, "search_text(rowid, words)", words, made)


_Part = tuple[str, tuple[Any, ...]]
"""A select over a packed block, and its values."""

_FROM = "FROM jsonb_each(CAST(? AS TEXT)) WHERE key < ? AND key NOT IN (SELECT value FROM json_each(?))"
_ROWS = "SELECT ? + key, substr(?, 1 + 16 * key, 16), coalesce(CAST(value ->> 0 AS INTEGER), 0), value ->> 1 " + _FROM
_WORDS = f"SELECT ? + key, value {_FROM} AND type = 'text'"


def _among(entries: KnownEntries) -> tuple[int, str]:
    """Return how many entries a packed block has, and as JSON the places of those that are not taken."""
    amount, kept = entries.packed.amount, entries.places
    left_out = set(range(amount)).difference(kept) if len(kept) < amount else ()
    return amount, json.dumps(sorted(left_out))


def _by_place(ids: Sequence[bytes], entries: KnownEntries) -> bytes:
    """Return the ids of the records at their places in the packed block."""
    if len(ids) == entries.packed.amount:
        return b"".join(ids)
    found = [_NOBODY] * entries.packed.amount
    for place, row in zip(entries.places, ids, strict=True):
        found[place] = row
    return b"".join(found)


def _insert(reader: Reader, into: str, parts: Sequence[_Part], made: int) -> None:
    statement = f"INSERT INTO {into} " + " UNION ALL ".join([select for select, _values in parts])
    # As they are: bytes alone would be copied once more on their way (engine.py).
    values = [memoryview(one) if type(one) is bytes else one for _select, said in parts for one in said]
    try:
        done = reader.connection.exec_driver_sql(statement, tuple(values)).rowcount
    except OperationalError as error:
        if "JSON" in str(error.orig):
            raise BrokenEntries from error
        raise
    if done != made:
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
