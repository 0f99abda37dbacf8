"""In which order a list's rows come: as pieces that an index walks, and as one statement that sorts everything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from crm_app import clock
from crm_app.db.list_columns import columns
from crm_app.db.list_filters import Conditions
from crm_app.db.list_sql import Events, Sql
from crm_app.db.reader import Reader
from crm_app.domain import pinyin, regions
from crm_app.domain.kinds import Option, Region
from crm_app.domain.lists import Column, List
from crm_app.domain.views import Sort


@dataclass(frozen=True)
class Piece:
    """The part of a select behind FROM, and the parameters it has beside those of the conditions."""

    sql: str
    parameters: dict[str, Any] = field(default_factory=dict)


def direction(sort: Sort) -> str:
    """Return the SQL word."""
    return "DESC" if sort.descending else "ASC"


def loose(conditions: str) -> str:
    """Return conditions that lead SQLite to no index of theirs: the order shall be the index's."""
    return conditions.replace('t."', '+t."')


def ranks(reader: Reader, wanted: List, column: Column, sql: Sql) -> list[Any]:
    """Return the values a column holds, in the order of what they mean."""
    table = wanted.record.table
    if isinstance(column.kind, Option):
        return [one.value for one in column.kind.options]
    if column.person:
        rows = reader.rows_of("SELECT id, name FROM person")
        return [row[0] for row in sorted(rows, key=lambda row: (pinyin.person_full(row[1]), row[0]))]
    if sql.values:
        rows = reader.rows_of(sql.values)
    elif sql.indexed:
        rows = reader.rows_of(_SKIP.format(table=table, key=sql.key.removeprefix("t.")))
    else:
        rows = reader.rows_of(
            f"SELECT DISTINCT {sql.key} FROM {table} t WHERE t.deleted_at IS NULL AND {sql.key} IS NOT NULL",
            {"today": clock.today().isoformat()},
        )
    return sorted((row[0] for row in rows), key=_place if isinstance(column.kind, Region) else _spoken)


_SKIP = (
    "WITH RECURSIVE d(v) AS (SELECT min({key}) FROM {table} WHERE deleted_at IS NULL AND {key} >= ''"
    " UNION ALL SELECT (SELECT min({key}) FROM {table} WHERE deleted_at IS NULL AND {key} > d.v)"
    " FROM d WHERE d.v IS NOT NULL) SELECT v FROM d WHERE v IS NOT NULL"
)


def _spoken(value: str) -> tuple[str, str]:
    return pinyin.sort_key(value), value


def _place(value: str) -> tuple[str, str, str]:
    """Known regions by their code, others behind them."""
    code = regions.code_of(value)
    return (code, "", "") if code else ("~", *_spoken(value))


def pieces(reader: Reader, wanted: List, sort: Sort, found: Conditions) -> Iterator[Piece]:
    """Yield the pieces of the order; together they hold every row that fits, once."""
    table, way, fits = wanted.record.table, direction(sort), loose(found.sql())
    # The sign keeps SQLite from an index that begins with the mark of what is deleted, and would have to be sorted.
    alive, listed = (f"{table} t WHERE {sign}t.deleted_at IS NULL" for sign in ("+", ""))
    if not sort.column:
        yield Piece(f"{alive}{fits} ORDER BY t.rowid DESC")
        return
    sql = columns(wanted)[sort.column]
    if sql.enterprise:
        # Rows that are few are sooner sorted than met with on a walk through all enterprises.
        few = _count(reader, f"SELECT 1 FROM {table}", _FEW) < _FEW
        joined = f"{table} t CROSS JOIN enterprise e ON e.id = {sql.enterprise}" if few else ""
        joined = joined or f"enterprise e{sql.through.format(table=table)}"
        yield Piece(
            f"{joined} WHERE e.deleted_at IS NULL AND +t.deleted_at IS NULL{fits}"
            f" ORDER BY e.pinyin {way}, e.id {way}, t.rowid {way}"
        )
        gone = "SELECT e.id FROM enterprise e WHERE e.deleted_at IS NOT NULL"
        unknown = f"({sql.enterprise} IS NULL OR {sql.enterprise} IN ({gone}))"
        yield Piece(f"{alive} AND {unknown}{fits} ORDER BY t.rowid {way}")
        return
    if sql.events is not None and sql.events.floor is None:
        rows = " UNION ALL ".join(source.ids() for source in sql.events.sources)
        yield Piece(
            f"(SELECT DISTINCT i FROM ({rows})) c CROSS JOIN {table} t ON t.id = c.i"
            f" WHERE t.deleted_at IS NULL{fits} ORDER BY {sql.key} {way}, t.id {way}"
        )
    elif sql.ranked:
        values = ranks(reader, wanted, wanted.column(sort.column), sql)
        for value in reversed(values) if sort.descending else values:
            yield _of_value(reader, sql, table, way, fits, value)
    else:
        known = "" if sql.never_null else f"{sql.only} AND {sql.known(sql.order)}"
        own = listed if sql.listed else alive
        if sql.among and sql.among in found.sql():
            # Loosed, the condition would not lead to the index of those rows alone.
            own, fits = listed, fits.replace(f"+{sql.among}", sql.among)
        yield Piece(f"{own}{known}{fits} ORDER BY {sql.order} {_day_way(sql, sort)}, {sql.tie} {way}")
    if not sql.never_null and sort.column not in found.filled:
        yield Piece(f"{alive} AND {loose(found.unknown(sql))}{fits} ORDER BY {sql.tie} {way}")


def _day_way(sql: Sql, sort: Sort) -> str:
    """Return the way of the days behind a column: the longest ago is the earliest."""
    back = sql.events is not None and sql.events.back > 0
    return "DESC" if sort.descending is not back else "ASC"


def _of_value(reader: Reader, sql: Sql, table: str, way: str, fits: str, value: Any) -> Piece:
    if sql.walk:
        often = sql.often and _count(reader, sql.often, _OFTEN, {"value": value}) == _OFTEN
        rows = sql.along if often else sql.walk
        has_it = f"{sql.key.replace('t.id', 's.owner')} = :value"
        # With a limit the order stays, and what is asked of an enterprise is asked once, when its turn has come.
        ids = f"SELECT s.owner AS i FROM {rows} GROUP BY s.owner HAVING {has_it}"
        return Piece(
            f"({ids} ORDER BY s.owner {way} LIMIT -1) s CROSS JOIN {table} t ON t.id = s.i"
            f" WHERE +t.deleted_at IS NULL{fits}",
            {"value": value},
        )
    sign = "" if sql.listed else "+"
    return Piece(
        f"{table} t WHERE {sign}t.deleted_at IS NULL AND {sql.key} = :value{fits} ORDER BY {sql.tie} {way}",
        {"value": value},
    )


def _count(reader: Reader, rows: str, most: int, parameters: Mapping[str, Any] | None = None) -> int:
    ((count,),) = reader.rows_of(f"SELECT count(*) FROM ({rows} LIMIT {most})", parameters)
    return int(count)


_OFTEN = 1_000
"""So many rows of a value are sorted in less time than a walk in order takes to come by a hundred of them."""

_FEW = 3_000
"""So few rows are sorted by their enterprises in less time than a walk through a million takes to come by a hundred."""


@dataclass(frozen=True)
class Whole:
    """A statement's joins and ORDER BY that put all rows in order, with the parameters of the joins."""

    joins: str
    order: tuple[str, ...]
    parameters: dict[str, Any]


def whole(reader: Reader, wanted: List, sort: Sort) -> Whole:
    """Return the same order as :func:`pieces`, to be sorted at once."""
    way = direction(sort)
    if not sort.column:
        return Whole("", ("t.rowid DESC",), {})
    sql = columns(wanted)[sort.column]
    if sql.enterprise:
        join = f" LEFT JOIN enterprise e ON e.id = {sql.enterprise} AND e.deleted_at IS NULL"
        return Whole(join, ("e.pinyin IS NULL", f"e.pinyin {way}", f"e.id {way}", f"t.rowid {way}"), {})
    if sql.ranked:
        joins, place, parameters = ranked_join(reader, wanted, sort.column, "r")
        return Whole(joins, (f"{place} IS NULL", f"{place} {way}", f"{sql.tie} {way}"), parameters)
    if sql.never_null:
        return Whole("", (f"{sql.order} {way}", f"{sql.tie} {way}"), {})
    value = sql.key if sql.only else sql.order
    return Whole("", (f"{value} IS NULL", f"{value} {way}", f"{sql.tie} {way}"), {})


def ranked_join(reader: Reader, wanted: List, column: str, alias: str) -> tuple[str, str, dict[str, Any]]:
    """Return a join to the places of a column's values, the place's name, and the parameters."""
    sql = columns(wanted)[column]
    values = ranks(reader, wanted, wanted.column(column), sql)
    bytes_ = any(isinstance(value, bytes) for value in values)
    listed = json.dumps([value.hex().upper() if bytes_ else value for value in values])
    key = f"hex({sql.key})" if bytes_ else sql.key
    # The index of an element is its place; with a limit it is a table of its own, which gets an index.
    places = f"(SELECT value AS v, key AS n FROM json_each(:{alias}) LIMIT {max(len(values), 1)})"
    return f" LEFT JOIN {places} {alias} ON {alias}.v = {key}", f"{alias}.n", {alias: listed}


def first_by_events(
    reader: Reader, wanted: List, sort: Sort, found: Conditions, limit: int, take: Callable[[Piece, int], Sequence[int]]
) -> Sequence[int]:
    """Return the first rows by the days of other rows, looking at no more of those than it takes."""
    sql = columns(wanted)[sort.column]
    assert sql.events is not None
    way, events = direction(sort), sql.events
    latest = _day_way(sql, sort) == "DESC"
    compare, best, beyond = (">=", max, "<") if latest else ("<=", min, ">")
    aligned = latest is events.newest
    floor = None if aligned else events.floor
    sources = events.sources if floor is None else (floor,)
    fits = loose(found.sql(without=sort.column))
    low, high = found.bounds.get(sort.column, ("", ""))
    window = f""" AND x."{{day}}" >= '{low}'""" if low else ""
    window += f""" AND x."{{day}}" <= '{high}'""" if high else ""
    window += f""" AND x."{{day}}" < date(:today, '-{events.back} days')""" if events.back else ""
    depth = limit * _depth(events, aligned=aligned) // 4
    lacking = _written_out(reader, events.lacking) if floor is not None and events.lacking else ""
    while True:
        ends = []
        for source in sources:
            day = f'x."{source.day}"'
            # Only the days, without the way to whose they are.
            bare = replace(source, via="").select(day, window.format(day=source.day))
            rows = reader.rows_of(
                f"{bare} ORDER BY {day} {_day_way(sql, sort)} LIMIT 1 OFFSET {depth}", found.parameters
            )
            ends += [cast("str", row[0]) for row in rows]
        # Fewer days than that: all of them are looked at.
        far = {"cut": best(ends)} if ends else {"cut": "" if latest else "~"}
        inside, outside = list[str](), ""
        for source in sources:
            day = f'x."{source.day}"'
            # Other days of a row may stand before the window.
            inside.append(source.ids(f"{'' if floor else window.format(day=source.day)} AND {day} {compare} :cut"))
            if not aligned:
                outside += f" AND NOT EXISTS ({source.select('1', f' AND {source.of} = c.i AND {day} {beyond} :cut')})"
        if lacking:
            inside.append(lacking)
        candidates = (
            f"SELECT t.rowid AS rowid, t.id AS id, {sql.order} AS v FROM (SELECT DISTINCT i FROM"
            f" ({' UNION ALL '.join(inside)})) c CROSS JOIN {wanted.record.table} t ON t.id = c.i"
            f" WHERE t.deleted_at IS NULL{outside}{sql.only}{fits}"
        )
        piece = Piece(
            f"(WITH k AS MATERIALIZED ({candidates}) SELECT * FROM k WHERE v {compare} :cut AND {sql.known('v')}) t"
            f" ORDER BY t.v {_day_way(sql, sort)}, {sql.tie} {way}",
            far,
        )
        rows_found = take(piece, limit)
        if len(rows_found) >= limit or not ends:
            return rows_found
        depth = depth * min(10 * len(rows_found) + 10, limit * 2) // (len(rows_found) + 1)


def _depth(events: Events, *, aligned: bool) -> int:
    """Return how many quarters of the rows wanted are looked at first."""
    if aligned:
        # Hardly any of the newest days is not the last of its enterprise; but of those long ago most have later ones.
        return 5 if not events.back else 128
    return 8 * events.each if events.floor else 12


def _written_out(reader: Reader, ids: str) -> str:
    """Return a select of ids with its answer in it, so that it is asked once; empty where there are none."""
    known = reader.rows_of(f"{ids} LIMIT {_OFTEN}")
    if len(known) == _OFTEN:
        return ids
    listed = ", ".join(f"(x'{row[0].hex()}')" for row in known)
    return f"SELECT column1 AS i FROM (VALUES {listed})" if known else ""
