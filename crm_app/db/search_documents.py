"""What the search index knows of a block of rows, column by column: a record made of each takes ten times as long."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from crm_app.db.reader import Reader
from crm_app.db.search_kinds import PEOPLE, Shape
from crm_app.domain import pinyin
from crm_app.domain.enterprises import Enterprise

BLOCK = 2_000
"""Rows read and written at a time."""

PARAMETERS = 500
"""Ids asked for in one statement."""

Row = tuple[Any, ...]
T = TypeVar("T")


def blocks(values: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the values, so many at a time."""
    rest = iter(values)
    while block := list(islice(rest, size)):
        yield block


def marks(values: Sequence[object]) -> str:
    """Return a question mark for each value, for a statement."""
    return ", ".join("?" * len(values))


def rows(reader: Reader, statement: str, *values: object) -> Iterator[Row]:
    """Yield the rows of a statement as the driver answers them; damage met on the way is told as by every read."""
    cursor = reader.connection.exec_driver_sql(statement, values).cursor
    assert cursor is not None
    while block := _fetched(cursor, statement):
        yield from block


def _fetched(cursor: Any, statement: str) -> Sequence[Row]:
    try:
        block: Sequence[Row] = cursor.fetchmany(BLOCK)
    except dbapi2.DatabaseError as error:
        # SQLAlchemy is not asked for each row, so it does not wrap what the driver raises.
        raise DBAPIError.instance(statement, None, error, dbapi2.Error) from error
    return block


def other_names(reader: Reader, ids: Sequence[bytes]) -> dict[bytes, list[str]]:
    """Return the other names of these enterprises."""
    found: dict[bytes, list[str]] = defaultdict(list)
    for block in blocks(ids, PARAMETERS):
        statement = (
            "SELECT enterprise_id, name FROM enterprise_name WHERE deleted_at IS NULL "
            f"AND enterprise_id IN ({marks(block)}) ORDER BY id"
        )
        for enterprise, name in rows(reader, statement, *block):
            found[enterprise].append(name)
    return found


@dataclass(frozen=True)
class Documents:
    """What the index knows of a block of records, column by column, before it is cut."""

    ids: Sequence[bytes]
    names: Sequence[str]
    """The name alone: what a search for the whole of it finds."""
    titles: Sequence[str]
    initials: Sequence[str]
    pinyin: Sequence[str]
    codes: Sequence[str]
    body: Sequence[str]
    others: Sequence[Sequence[str]]
    """The other names of each."""

    @cached_property
    def digests(self) -> list[int]:
        """The checksums by which ``check`` tells an index out of step."""
        columns = zip(self.titles, self.initials, self.pinyin, self.codes, self.body, strict=True)
        return [zlib.crc32("\x1f".join(words).encode()) for words in columns]

    def only(self, places: Sequence[int]) -> Documents:
        """Return the records at these places."""
        columns = (self.ids, self.names, self.titles, self.initials, self.pinyin, self.codes, self.body, self.others)
        return Documents(*([column[place] for place in places] for column in columns))  # type: ignore[arg-type]


def _joined(columns: Sequence[Sequence[str | None]], amount: int) -> list[str]:
    """Return the texts of each row in one."""
    if not columns:
        return [""] * amount
    if len(columns) == 1:
        return [text or "" for text in columns[0]]
    return ["\n".join(filter(None, texts)) for texts in zip(*columns, strict=True)]


def _initials(name: str, full: str, surname_pinyin: str | None, *, person: bool) -> str:
    syllables = full.split()
    if len(syllables) == len(name) and not name.isascii():
        return "".join([syllable[0] for syllable in syllables])
    return pinyin.person_initials(name, surname_pinyin) if person else pinyin.initials(name)


def documents(reader: Reader, shape: Shape, rows: Sequence[Row]) -> Documents:
    """Return what the index knows of these rows of ``shape.columns``."""
    amount = len(rows)
    nothing: Sequence[Any] = (None,) * amount
    columns: dict[str, Sequence[Any]] = dict(zip(shape.columns, zip(*rows, strict=True), strict=True))
    ids = columns["id"]
    names = [name or "" for name in columns.get(shape.title, nothing)]
    full = [
        reading or (pinyin.full(name) if name else "")
        for reading, name in zip(columns.get("pinyin", nothing), names, strict=True)
    ]
    if "initials" in columns:
        initials = [letters or "" for letters in columns["initials"]]
    else:
        person = shape.table in PEOPLE
        surnames = columns.get("surname_pinyin", nothing)
        initials = [
            _initials(*read, person=person) if read[0] else "" for read in zip(names, full, surnames, strict=True)
        ]
    titles = names
    others = other_names(reader, ids) if shape.table == Enterprise.table else {}
    named: list[Sequence[str]] = [()] * amount
    if others:
        titles = list(names)
        for place, row in enumerate(ids):
            if more := others.get(row):
                named[place] = more
                titles[place] = "\n".join((names[place], *more))
                initials[place] = " ".join((initials[place], *map(pinyin.initials, more)))
                full[place] = " ".join((full[place], *map(pinyin.full, more)))
    codes = _joined([columns[column] for column in shape.codes], amount)
    body = _joined([columns[column] for column in shape.body], amount)
    return Documents(ids, names, titles, initials, full, codes, body, named)
