"""Gathering the rows of a damaged book, page by page: by the trees where they hold, and from every page they lost.

A page no tree leads to any more is told by its rows: the journal names the table of every record by its id, and the
book's own tables are told by the shape of their rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlcipher3 import dbapi2

from crm_app.db import leaves, tables
from crm_app.db.leaves import Row
from crm_app.db.pages import Pages
from crm_app.domain.records import RECORDS
from crm_app.progress import Report

OWN = ("unit", "change", "draft", "access_log", "erasure", "backup_copy")
"""The book's own tables that are taken over; its search index is made anew, and it gets an origin of its own."""

WANTED = (*tables.RECORD_TABLES, *OWN)

Columns = Mapping[str, Sequence[tuple[str, str]]]
"""Table → its columns in the order they are stored, each with its type."""

_TYPES: dict[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "BLOB": (bytes,)}


@dataclass
class Gleaned:
    """What could be read: rows by table, each as column → value."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in WANTED})
    unreadable: list[int] = field(default_factory=list)
    """The pages that could not be read."""
    torn: int = 0
    """How many rows on readable pages could not be read."""
    mended: Counter[str] = field(default_factory=Counter)
    """By table, how many rows have marks in place of characters that could not be read."""


_NEVER = (dbapi2.SQLITE_SELECT, dbapi2.SQLITE_ATTACH)
"""What declaring a table has no need of."""


class _Gleaner:
    def __init__(self, pages: Pages, columns: Columns, progress: Report) -> None:
        self._pages, self._expected, self._progress = pages, columns, progress
        self.found = Gleaned()
        self._seen: set[int] = set()
        self._known: dict[str, set[Any]] = {name: set() for name in WANTED}

    def glean(self) -> Gleaned:
        pages = self._pages
        free = _free(pages)
        self.found.unreadable = [n for n in range(1, pages.count + 1) if n not in free and pages[n] is None]
        stored = self._follow_trees()
        self._seen.update(free)
        lost = [n for n in range(1, pages.count + 1) if n not in self._seen and self._is_leaf(n)]
        self._take_up(lost, stored)
        return self.found

    def _is_leaf(self, n: int) -> bool:
        page = self._pages[n]
        return page is not None and leaves.is_leaf(page, n)

    def _follow_trees(self) -> Columns:
        """Read every table its tree leads through; return the columns of the tables as the book has them."""
        columns = dict(self._expected)
        for entry in [row for _n, rows in self._tree(1) for row in rows]:
            kind, name, _table, root, sql = (*entry.values, *(None,) * 5)[:5]
            if kind != "table" or not isinstance(root, int) or not isinstance(sql, str):
                continue
            if name in WANTED:
                columns[name] = _columns_of(sql, str(name)) or columns[name]
            # Others are walked all the same, so that their pages are not taken for lost ones.
            for n, rows in self._tree(root):
                if name not in WANTED:
                    continue
                if rows and not any(_fits(row, columns[name]) for row in rows):
                    # A damaged pointer leads into another table: that page is told by its rows.
                    self._seen.discard(n)
                    continue
                self._keep_fitting(str(name), rows, columns)
        return columns

    def _tree(self, root: int) -> Iterable[tuple[int, list[Row]]]:
        """Yield the leaf pages a root leads to that nobody came by yet, each with its rows."""
        waiting = [root]
        while waiting:
            n = waiting.pop()
            page = self._pages[n]
            if page is None or n in self._seen:
                continue
            self._seen.add(n)
            self._progress(len(self._seen), self._pages.count, "")
            waiting += leaves.children(page, n)
            if leaves.is_leaf(page, n):
                yield n, list(self._rows(n))

    def _rows(self, n: int) -> Iterable[Row]:
        for row in leaves.rows(self._pages, n):
            if row is None:
                self.found.torn += 1
            else:
                yield row

    def _keep_fitting(self, table: str, rows: Iterable[Row], columns: Columns) -> None:
        for row in rows:
            if _fits(row, columns[table]):
                self._keep(table, row, columns)
            else:
                self.found.torn += 1

    def _keep(self, table: str, row: Row, columns: Columns) -> None:
        names = [name for name, _type in columns[table]]
        values = dict(zip(names, row.values, strict=False))
        if table in OWN and names[0] == "n":
            values["n"] = row.rowid
        identity = values.get(names[0])
        if identity in self._known[table]:
            return
        self._known[table].add(identity)
        self.found.rows[table].append(values)
        self.found.mended[table] += row.mended

    def _take_up(self, lost: Sequence[int], columns: Columns) -> None:
        """Read the pages no tree leads to: the journal's first, for it says where the others belong."""
        held = {n: list(self._rows(n)) for n in lost}
        for n, rows in list(held.items()):
            if rows and all(_fits(row, columns["change"]) and _TELLING["change"](row.values) for row in rows):
                self._keep_fitting("change", held.pop(n), columns)
        of_record = {change["row"]: str(change["table"]) for change in self.found.rows["change"]}
        for rows in held.values():
            table = self._table_of(rows, columns, of_record)
            if table is not None:
                self._keep_fitting(table, rows, columns)

    def _table_of(self, rows: Sequence[Row], columns: Columns, of_record: Mapping[bytes, str]) -> str | None:
        named: Counter[str] = Counter()
        for row in rows:
            table = of_record.get(row.values[0]) if row.values and isinstance(row.values[0], bytes) else None
            if table in tables.RECORD_TABLES:
                named[str(table)] += 1
        if named:
            return named.most_common(1)[0][0]
        fitting = [
            name
            for name in WANTED
            if rows and all(_fits(row, columns[name]) and _TELLING.get(name, _any)(row.values) for row in rows)
        ]
        if len(fitting) > 1:
            whole = [name for name in fitting if all(len(row.values) == len(columns[name]) for row in rows)]
            fitting = [name for name in whole or fitting if all(_can_mean(name, row, columns[name]) for row in rows)]
        # Where the journal is silent and two tables have the same shape, nothing is guessed.
        return fitting[0] if len(fitting) == 1 else None


_UUID_LETTERS = 36


def _any(_values: Sequence[Any]) -> bool:
    return True


_TELLING: dict[str, Callable[[Sequence[Any]], bool]] = {
    "change": lambda values: values[4] in ("I", "U"),
    # An origin stands where the access log has its act.
    "unit": lambda values: len(str(values[3])) == _UUID_LETTERS,
    "access_log": lambda values: len(str(values[3])) < _UUID_LETTERS,
}
"""What tells the book's own tables apart where their rows have the same shape."""


def _fits(row: Row, columns: Sequence[tuple[str, str]]) -> bool:
    """Say whether a row has the shape of a table; columns a later program added may be missing at its end."""
    if not 3 <= len(row.values) <= len(columns):
        return False
    first, first_type = columns[0]
    head = row.values[0]
    if first == "id" and not (isinstance(head, bytes) and len(head) == 16):
        return False
    if first == "n" and head is not None:
        return False
    if first not in ("id", "n") and not isinstance(head, _TYPES[first_type]):
        return False
    return all(
        value is None or isinstance(value, _TYPES[kind])
        for value, (_name, kind) in zip(row.values[1:], columns[1:], strict=False)
    )


def _can_mean(table: str, row: Row, columns: Sequence[tuple[str, str]]) -> bool:
    """Say whether the days and choices of a row are some that the table's fields know."""
    if table not in RECORDS:
        return True
    values = dict.fromkeys((name for name, _type in columns), None) | {
        name: value for (name, _type), value in zip(columns, row.values, strict=False)
    }
    try:
        for field in RECORDS[table].fields:
            field.kind.load(values, field.name)
    except (ValueError, TypeError, KeyError):
        return False
    return True


def _columns_of(sql: str, name: str) -> list[tuple[str, str]]:
    """Return the columns a CREATE TABLE statement of the damaged book declares; empty where it is damaged itself.

    Somebody may have put another statement there: one that runs for ever, or makes a file elsewhere, is not obeyed.
    """
    memory = dbapi2.connect(":memory:")
    memory.set_authorizer(lambda action, *_about: dbapi2.SQLITE_DENY if action in _NEVER else dbapi2.SQLITE_OK)
    try:
        memory.execute(sql)
        return columns_in(memory, name)
    except dbapi2.Error:
        return []
    finally:
        memory.close()


def columns_in(connection: Any, name: str) -> list[tuple[str, str]]:
    """Return the columns of a table, in the order they are stored, each with its type."""
    return [(row[1], row[2].upper()) for row in connection.execute(f'PRAGMA table_info("{name}")')]


def _free(pages: Pages) -> set[int]:
    """Return the pages the file does not use: what stands on them was moved elsewhere long ago."""
    head = pages[1]
    found: set[int] = set()
    trunk = int.from_bytes(head[32:36], "big") if head is not None else 0
    while 0 < trunk <= pages.count and trunk not in found:
        found.add(trunk)
        page = pages[trunk]
        if page is None:
            break
        amount = min(int.from_bytes(page[4:8], "big"), pages.usable // 4 - 2)
        found.update(int.from_bytes(page[at : at + 4], "big") for at in range(8, 8 + 4 * amount, 4))
        trunk = int.from_bytes(page[:4], "big")
    return found


def glean(pages: Pages, columns: Columns, progress: Report) -> Gleaned:
    """Read every row of a book that can be read; ``columns`` are those of a sound book of today."""
    return _Gleaner(pages, columns, progress).glean()
