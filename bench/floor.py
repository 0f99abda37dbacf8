"""The floor of an import: read the file, store its rows with one index over all text, and nothing else.

One process, no checks, no journal: one table of twelve columns with three indexes and one contentless bigram index,
in one transaction, by the same SQLite and with the same durability as the book. ``python -m bench.floor FILE OUT.db``
does it in a process of its own. Beside it what a careful script would use, sqlite-utils.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlite_utils
from python_calamine import CalamineWorkbook
from sqlcipher3 import dbapi2

from bench.enterprises import AMOUNT

_COLUMNS = ("name", "uscc", "province", "city", "trade", "person", "phone", "mail", "amount", "source", "day", "note")


def encoding_of(path: Path) -> str:
    """Return the encoding a file of the stock carries in its name."""
    return "gb18030" if "gb18030" in path.name else "utf-8"


def _read(path: Path) -> Sequence[Sequence[Any]]:
    if path.suffix == ".xlsx":
        return list(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:])
    with path.open(encoding=encoding_of(path), newline="") as file:
        return list(csv.reader(file))[1:]


def _bigrams(row: Sequence[Any]) -> str:
    words = "\n".join(str(value) for at, value in enumerate(row) if at != AMOUNT)
    return " ".join([words[at : at + 2] for at in range(len(words) - 1)])


def import_file(path: Path, target: Path) -> None:
    """Read the file and store it in a new database."""
    rows = _read(path)
    connection = dbapi2.connect(str(target), isolation_level=None)
    for statement in (
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        f"CREATE TABLE held(id INTEGER PRIMARY KEY, {', '.join(_COLUMNS)})",
        *(f"CREATE INDEX by_{name} ON held({name})" for name in ("uscc", "name", "day")),
        "CREATE VIRTUAL TABLE found USING fts5(words, content='')",
        "BEGIN IMMEDIATE",
    ):
        connection.execute(statement)
    marks = ", ".join("?" * len(_COLUMNS))
    connection.executemany(f"INSERT INTO held({', '.join(_COLUMNS)}) VALUES ({marks})", rows)
    connection.executemany(
        "INSERT INTO found(rowid, words) VALUES (?, ?)", ((n, _bigrams(row)) for n, row in enumerate(rows, 1))
    )
    connection.execute("COMMIT")
    connection.close()


def sqlite_utils_import(path: Path, target: Path) -> None:
    """Do the same with sqlite-utils: insert all, three indexes, full-text over every text."""

    def documents() -> Iterator[dict[str, Any]]:
        return (dict(zip(_COLUMNS, row, strict=True)) for row in _read(path))

    database = sqlite_utils.Database(sqlite3.connect(str(target)))
    table = database.table("held")
    assert isinstance(table, sqlite_utils.db.Table)
    table.insert_all(documents())
    for name in ("uscc", "name", "day"):
        table.create_index([name])
    table.enable_fts([name for name in _COLUMNS if name != "amount"], tokenize="trigram")
    database.close()


if __name__ == "__main__":
    import_file(Path(sys.argv[1]), Path(sys.argv[2]))
