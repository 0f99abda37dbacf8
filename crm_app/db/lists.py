"""Lists at any length: the first rows at once, the order of all of them as numbers, rows by their numbers.

A number is SQLite's own of the row, four bytes each: it says where a row stands now, and is never kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from crm_app.db.list_columns import columns
from crm_app.db.list_filters import Conditions, conditions
from crm_app.db.list_orders import Piece, first_by_events, pieces, ranked_join, whole
from crm_app.db.reader import Reader
from crm_app.domain.lists import List, Shape
from crm_app.domain.views import Filter, Op, Query, Sort
from crm_app.errors import Cancelled

SMALL = 20_000
"""So many rows are sorted in less time than a walk through the others takes to come by a hundred of them."""

_FEW = 1_000
"""So many rows that fit a filter are sorted before a walk through the others comes by the first."""

_PATIENCE = 15
"""So many milliseconds, about, a walk may take to come by the first rows before everything is looked at at once."""

Numbers = Sequence[int]


@dataclass(frozen=True)
class Group:
    """Rows that follow one another and have one value; None: nothing is known."""

    value: Any
    count: int


@dataclass(frozen=True)
class Order:
    """The numbers of every row that fits, in order, and the groups they stand in, if any."""

    numbers: Numbers
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row of a list: its id and the values of the columns asked for."""

    id: UUID
    number: int
    values: dict[str, Any]


def _alive(wanted: List) -> str:
    return f"{wanted.record.table} t WHERE t.deleted_at IS NULL"


def _narrowest(reader: Reader, wanted: List, found: Conditions, most: int = SMALL) -> str:
    """Return the condition that holds for the fewest rows, ``most`` at most, as what a select begins with."""
    best, fewest = "{table} t", most + 1
    for condition in found.narrow:
        fewest, best = _count(
            reader, found, f"SELECT t.rowid AS i FROM {_alive(wanted)} AND {condition}", "t.rowid", fewest, best
        )
    for others in found.small:
        fewest, best = _count(reader, found, others, "t.id", fewest, best)
    return best.format(table=wanted.record.table)


def _of_a_text(reader: Reader, wanted: List, found: Conditions) -> str:
    """Return what a select of the few rows that can hold a text begins with, empty where they are many."""
    best, fewest = "", _FEW
    for rows in found.texts:
        fewest, best = _count(reader, found, rows, "t.id", fewest, best)
    return best.format(table=wanted.record.table)


def _count(reader: Reader, found: Conditions, rows: str, of: str, fewest: int, best: str) -> tuple[int, str]:
    ((count,),) = reader.rows_of(f"SELECT count(*) FROM (SELECT 1 FROM ({rows}) LIMIT {fewest})", found.parameters)
    if count >= fewest:
        return fewest, best
    return count, f"(SELECT DISTINCT i FROM ({rows})) c CROSS JOIN {{table}} t ON {of} = c.i"


def first(reader: Reader, wanted: List, query: Query, today: date, limit: int) -> Numbers:
    """Return the numbers of the first rows, without looking at the others where an index allows it."""
    found = conditions(wanted, query, today)
    sort = query.sort if query.sort.column else wanted.sort
    sql = columns(wanted).get(sort.column)

    narrowed = any(one != Filter(sort.column, Op.FILLED) for one in query.filters)

    def take(piece: Piece, most: int) -> list[int]:
        statement = f"SELECT t.rowid FROM {piece.sql} LIMIT {most}"
        return [row[0] for row in reader.rows_of(statement, found.parameters | piece.parameters)]

    def walk() -> list[int]:
        rest, numbers = pieces(reader, wanted, sort, found), list[int]()
        if sql is not None and sql.events is not None:
            numbers += first_by_events(reader, wanted, sort, found, limit, take)
            next(rest)
        for tried, piece in enumerate(rest):
            if len(numbers) >= limit:
                break
            if narrowed and tried > _PATIENCE:
                raise Cancelled
            numbers += take(piece, limit - len(numbers))
        return numbers

    begin = _of_a_text(reader, wanted, found)
    if begin:
        return take(_sorted(reader, wanted, sort, found, begin), limit)
    if sql is None or not sql.ranked or sql.indexed or sql.walk:
        if not narrowed:
            return walk()
        begin = _narrowest(reader, wanted, found, _FEW)
        if " JOIN " in begin:
            return take(_sorted(reader, wanted, sort, found, begin), limit)
        try:
            with reader.until(_patience()):
                return walk()
        except Cancelled:
            reader.ask()
    begin = _narrowest(reader, wanted, found)
    return take(_sorted(reader, wanted, sort, found, begin), limit)


def _patience() -> Callable[[], bool]:
    """Return what says that enough was tried."""
    questions = iter(range(_PATIENCE))
    return lambda: next(questions, None) is None


def _sorted(reader: Reader, wanted: List, sort: Sort, found: Conditions, begin: str) -> Piece:
    """Return every row that fits in one piece, sorted at once."""
    ordered = whole(reader, wanted, sort)
    sql = f"{begin}{ordered.joins} WHERE +t.deleted_at IS NULL{found.sql()} ORDER BY {', '.join(ordered.order)}"
    return Piece(sql, ordered.parameters)


def order(reader: Reader, wanted: List, query: Query, today: date) -> Order:
    """Return the order of every row that fits, the groups first."""
    found = conditions(wanted, query, today, whole=True)
    sort = query.sort if query.sort.column else wanted.sort
    begin = _narrowest(reader, wanted, found)
    if query.group:
        return _grouped(reader, wanted, query.group, sort, found, begin)
    sql = columns(wanted).get(sort.column)
    by_index = sql is None or sql.events is not None or bool(sql.walk)
    # What an index of the order does not know would have to be looked up row by row, here and there.
    by_index = by_index or (sql is not None and sql.listed and 't."' not in found.sql())
    if " JOIN " in begin or not by_index:
        return Order(_numbers(reader, found, _sorted(reader, wanted, sort, found, begin)))
    numbers = array("I")
    for piece in pieces(reader, wanted, sort, found):
        numbers.extend(_numbers(reader, found, piece))
    return Order(numbers)


def _numbers(reader: Reader, found: Conditions, piece: Piece) -> array[int]:
    """Return the numbers of a piece, written by SQLite in one go: a million objects would hold up every thread."""
    digits = f"SELECT group_concat(printf('%08x', n), '') FROM (SELECT t.rowid AS n FROM {piece.sql})"
    ((written,),) = reader.rows_of(digits, found.parameters | piece.parameters)
    numbers = array("I", bytes.fromhex(written or ""))
    numbers.byteswap()
    return numbers


def _grouped(reader: Reader, wanted: List, by: str, sort: Sort, found: Conditions, begin: str) -> Order:
    column, sql = wanted.column(by), columns(wanted)[by]
    ordered = whole(reader, wanted, sort)
    if column.shape is Shape.DAY:
        joins, place, parameters = "", f"substr({sql.key}, 1, 7)", dict[str, Any]()
        value, way = place, "DESC"
    else:
        joins, place, parameters = ranked_join(reader, wanted, by, "g")
        value, way = sql.key, "ASC"
    fits = f"WHERE +t.deleted_at IS NULL{found.sql()}"
    everything = found.parameters | parameters | ordered.parameters
    keys = ", ".join((f"{place} IS NULL", f"{place} {way}", *ordered.order))
    numbers = _numbers(reader, found, Piece(f"{begin}{joins}{ordered.joins} {fits} ORDER BY {keys}", everything))
    counted = reader.rows_of(
        f"SELECT {value}, count(*) FROM {begin}{joins} {fits} GROUP BY {value} ORDER BY {place} IS NULL, {place} {way}",
        found.parameters | parameters,
    )
    return Order(numbers, tuple(Group(*row) for row in counted))


def rows(reader: Reader, wanted: List, names: Sequence[str], numbers: Numbers, today: date) -> list[Row]:
    """Return the rows of these numbers in their order, with the values of the columns named."""
    keys, parts = list[str](), ["t.rowid", "t.id"]
    for name in names:
        sql = columns(wanted)[name]
        for suffix, part in sql.parts or (("", sql.key),):
            keys.append(name + suffix)
            parts.append(part)
    listed = ", ".join(map(str, numbers))
    found = reader.rows_of(
        f"SELECT {', '.join(parts)} FROM {wanted.record.table} t WHERE t.rowid IN ({listed})",
        {"today": today.isoformat()},
    )
    loads = [(name, wanted.column(name).kind.load) for name in names]
    by_number = {number: (record, dict(zip(keys, stored, strict=True))) for number, record, *stored in found}
    return [
        Row(UUID(bytes=record), number, {name: load(stored, name) for name, load in loads})
        for number in numbers
        if number in by_number
        for record, stored in (by_number[number],)
    ]


def ids(reader: Reader, wanted: List, numbers: Numbers) -> list[UUID]:
    """Return the ids of the rows of these numbers, in their order."""
    by_number: dict[int, bytes] = {}
    for start in range(0, len(numbers), 10_000):
        listed = ", ".join(map(str, numbers[start : start + 10_000]))
        by_number |= dict(reader.rows_of(f"SELECT rowid, id FROM {wanted.record.table} WHERE rowid IN ({listed})"))
    return [UUID(bytes=by_number[number]) for number in numbers if number in by_number]


def numbers_of(reader: Reader, wanted: List, ids_wanted: Sequence[UUID]) -> list[int]:
    """Return the numbers of the rows with these ids, in their order."""
    listed = ", ".join(f"x'{one.hex}'" for one in ids_wanted)
    by_id = dict(reader.rows_of(f"SELECT id, rowid FROM {wanted.record.table} WHERE id IN ({listed})"))
    return [by_id[one.bytes] for one in ids_wanted if one.bytes in by_id]
