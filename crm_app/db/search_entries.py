"""The entries of the full-text index: written, let go of, and merged in bits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from crm_app.db import tables
from crm_app.db.reader import Reader
from crm_app.db.search_documents import BLOCK, Row, blocks, documents, rows
from crm_app.domain import grams
from crm_app.domain.search_documents import Entries
from crm_app.domain.search_kinds import Shape

_LATER = {"automerge": 0, "hashsize": 16 << 20}
"""How the index writes very many records: the words of three blocks of a ledger are one piece."""

_PAGES = 300
"""Pages merged at a time: some hundredths of a second, after which others may write."""


def columns_of(shape: Shape, alias: str = "") -> str:
    """Return the columns the index reads of a kind, for a statement."""
    return ", ".join(f'{alias}"{column}"' for column in shape.columns)


def put(reader: Reader, numbers: Sequence[int], ids: Sequence[bytes], known: Entries, *, fresh: bool) -> None:
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


def put_other_names(reader: Reader, numbers: Sequence[int], others: Sequence[Sequence[str]]) -> None:
    """Write the other names of entries."""
    named = {(n, grams.key(name)) for n, names in zip(numbers, others, strict=True) for name in names}
    if named:
        reader.connection.exec_driver_sql('INSERT INTO search_name(n, "key") VALUES (?, ?)', sorted(named))


def merge_later(reader: Reader) -> bool:
    """Let the index write large pieces and merge none: half the work for many records. False where it does already."""
    statement = "SELECT v FROM search_text_config WHERE k = 'automerge'"
    if list(rows(reader, statement)) == [(0,)]:
        return False
    for name, value in _LATER.items():
        reader.connection.exec_driver_sql(tables.search_setting(name, value))
    return True


def merge_again(reader: Reader) -> None:
    """Let the index merge its pieces, bit by bit as it is written to."""
    for name in _LATER:
        reader.connection.exec_driver_sql(tables.search_setting(name, tables.SEARCH_SETTINGS[name]))


def merge_some(reader: Reader) -> bool:
    """Merge a bit of what was left to be merged later; False where there is nothing."""
    raw: Any = reader.connection.connection.dbapi_connection
    before = raw.total_changes
    reader.connection.exec_driver_sql(tables.search_setting("merge", _PAGES))
    # SQLite: a merge that found nothing to do counts as one change.
    return bool(raw.total_changes - before > 1)


def drop(reader: Reader, numbers: Iterable[int]) -> None:
    """Let go of entries."""
    gone = [(n,) for n in numbers]
    if gone:
        reader.connection.exec_driver_sql("DELETE FROM search_text WHERE rowid = ?", gone)
        reader.connection.exec_driver_sql("DELETE FROM search_row WHERE n = ?", gone)
        reader.connection.exec_driver_sql("DELETE FROM search_name WHERE n = ?", gone)


def newest_of(reader: Reader, shape: Shape) -> int:
    """Return the greatest number an entry of a kind has, and where it has none, the one before its first."""
    statement = "SELECT max(n) FROM search_row WHERE n BETWEEN ? AND ?"
    newest: int | None = next(rows(reader, statement, shape.first, shape.last))[0]
    return shape.first if newest is None else newest


def add(reader: Reader, shape: Shape, found: Iterable[Row]) -> Iterator[int]:
    """Index rows that have no entry, and yield how many are done after each block."""
    n = newest_of(reader, shape)
    done = 0
    for block in blocks(found, BLOCK):
        known, others = documents(reader, shape, block)
        numbers = range(n + 1, n + 1 + len(block))
        put(reader, numbers, [row[0] for row in block], known.cut(), fresh=True)
        put_other_names(reader, numbers, others)
        n += len(block)
        done += len(block)
        yield done


def empty(reader: Reader) -> None:
    """Let go of every entry at once."""
    reader.connection.exec_driver_sql("DELETE FROM search_row")
    reader.connection.exec_driver_sql("DELETE FROM search_name")
    reader.connection.exec_driver_sql("INSERT INTO search_text(search_text) VALUES ('delete-all')")
    for name, value in tables.SEARCH_SETTINGS.items():
        reader.connection.exec_driver_sql(tables.search_setting(name, value))
