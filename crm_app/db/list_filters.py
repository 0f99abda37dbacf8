"""The conditions of a query in SQL, with their parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from crm_app.db.list_columns import columns
from crm_app.db.list_sql import Sql
from crm_app.db.list_words import holders
from crm_app.domain import kinds, views
from crm_app.domain.lists import OPS, Column, List, Shape
from crm_app.domain.traditional import simplified, spellings
from crm_app.domain.views import Filter, Op, Query, Span
from crm_app.errors import BadInput
from crm_app.i18n import _

_BEHIND = "\U0010ffff"
"""Sorts behind every text that begins alike."""


@dataclass
class Conditions:
    """Conditions that all have to hold; ``narrow`` are those an index leads to, with the column each is about."""

    today: date
    whole: bool = False
    """Every row is wanted, so that a set made once is better than a look at each."""
    parts: list[str] = field(default_factory=list)
    narrow: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    """Selects of the ids a condition on other rows, or on a text, can hold for."""
    texts: list[str] = field(default_factory=list)
    """Those of them that a text can hold for, by the search index."""
    bounds: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The first and the last day a column of other rows' days is narrowed to; an empty one is open."""
    filled: set[str] = field(default_factory=set)
    """The columns of which something is known in every row that fits."""
    is_filled: dict[str, str] = field(default_factory=dict)
    """Columns that are only asked to be filled, each with that condition."""
    parameters: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let every expression know today."""
        self.parameters["today"] = self.today.isoformat()

    def bind(self, value: object) -> str:
        """Return the placeholder of a value."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f":{name}"

    def unknown(self, sql: Sql) -> str:
        """Return the condition that nothing is known in a column."""
        if sql.events is None or sql.events.floor is not None or not self.whole:
            return f"{sql.key} IS NULL"
        return f"t.id NOT IN ({' UNION ALL '.join(source.ids() for source in sql.events.sources)})"

    def sql(self, without: str = "") -> str:
        """Return the conditions, to be put behind others; ``without`` the one that this column is filled."""
        return "".join(f" AND {part}" for part in self.parts if part != self.is_filled.get(without))


def conditions(wanted: List, query: Query, today: date, *, whole: bool = False) -> Conditions:
    """Return the filters of a query; raise BadInput for one the list cannot do."""
    found = Conditions(today, whole)
    for one in query.filters:
        try:
            column = wanted.column(one.column)
        except KeyError as error:
            raise BadInput(_("This view names a column that is not there any more; make it anew.")) from error
        if one.op in (Op.FROM_TO, Op.CONTAINS, Op.UNDER) and not any(one.values):
            continue
        if one.op not in OPS[column.shape]:
            raise BadInput(_("“{column}” cannot be filtered like that.").format(column=column.title))
        sql = columns(wanted)[one.column]
        part = _PARTS[one.op](found, column, sql, one)
        found.parts.append(part)
        if one.op is not Op.EMPTY and not (one.op is Op.ONE_OF and _takes_unknown(column, one)):
            found.filled.add(one.column)
        if one.op is Op.FILLED:
            found.is_filled[one.column] = part
        if one.op is Op.CONTAINS:
            ids, words = holders(wanted, column, sql, one.values[0])
            if ids:
                found.texts.append(ids.replace(":words", found.bind(words)))
                found.small.append(found.texts[-1])
        elif sql.indexed and one.op not in (Op.EMPTY, Op.FILLED) and "" not in one.values:
            found.narrow.append(part)
        elif sql.events is not None and not sql.events.back and one.op is not Op.EMPTY:
            found.small.append(_event_rows(found, sql, one))
        elif sql.walk and one.op is Op.ONE_OF and "" not in one.values:
            found.small.append(_walked_rows(found, sql, one))
    return found


def _event_rows(found: Conditions, sql: Sql, one: Filter) -> str:
    """Return a select of the ids whose other rows have a day in the window: those for which it holds are of them."""
    assert sql.events is not None
    low, high = found.bounds[one.column] = _day_bounds(one, found.today)
    selects = []
    for source in sql.events.sources:
        bounds = [f'x."{source.day}" >= {found.bind(low)}'] if low else []
        bounds += [f'x."{source.day}" <= {found.bind(high)}'] if high else []
        selects.append(source.ids("".join(f" AND {bound}" for bound in bounds)))
    return " UNION ALL ".join(selects)


def _walked_rows(found: Conditions, sql: Sql, one: Filter) -> str:
    selects = [f"SELECT s.owner AS i FROM {sql.walk.replace(':value', found.bind(value))}" for value in one.values]
    return " UNION ALL ".join(selects)


def _contains(found: Conditions, _column: Column, sql: Sql, one: Filter) -> str:
    if pattern := _in_either_characters(one.values[0]):
        return f"{sql.key} GLOB {found.bind(pattern)}"
    escaped = one.values[0].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{sql.key} LIKE {found.bind(f'%{escaped}%')} ESCAPE '\\'"


def _in_either_characters(text: str) -> str:
    """Return the pattern of what holds a text in simplified or in traditional characters; empty where both are one."""
    each = list(map(spellings, simplified(text)))
    if "".join(each) == text:
        return ""
    # Latin letters are large or small, as LIKE takes them.
    known = [char.lower() + char.upper() if char.isascii() and char.isalpha() else char for char in each]
    return "*" + "".join([f"[{chars}]" if len(chars) > 1 or chars in "*?[" else chars for chars in known]) + "*"


def _one_of(found: Conditions, column: Column, sql: Sql, one: Filter) -> str:
    values: list[object] = [value for value in one.values if value]
    if column.shape is Shape.PERSON:
        values = [UUID(str(value)).bytes for value in values]
    elif column.shape is Shape.FLAG:
        values = [int(str(value) == "yes") for value in values]
    listed = f"{sql.key} IN ({', '.join(found.bind(value) for value in values)})" if values else "0"
    return f"({listed} OR {sql.key} IS NULL)" if _takes_unknown(column, one) else listed


def _takes_unknown(column: Column, one: Filter) -> bool:
    # A flag nobody set is a no.
    return "" in one.values or (column.shape is Shape.FLAG and "no" in one.values)


def _under(found: Conditions, _column: Column, sql: Sql, one: Filter) -> str:
    parts = [
        f"({sql.key} >= {found.bind(value)} AND {sql.key} < {found.bind(value + _BEHIND)})" for value in one.values
    ]
    return f"({' OR '.join(parts)})" if parts else "1"


def _from_to(found: Conditions, column: Column, sql: Sql, one: Filter) -> str:
    low, high = (_bound(column, value) for value in one.values)
    if low is not None and high is not None and not sql.last:
        return f"{sql.key} BETWEEN {found.bind(low)} AND {found.bind(high)}"
    parts = [f"{sql.key} >= {found.bind(low)}"] if low is not None else []
    parts += [f"{sql.last or sql.key} <= {found.bind(high)}"] if high is not None else []
    return f"({' AND '.join(parts)})" if parts else "1"


def _bound(column: Column, text: str) -> object:
    if not text:
        return None
    try:
        if column.shape is Shape.DAY:
            return date.fromisoformat(text).isoformat()
        if isinstance(column.kind, kinds.Number):
            return next(iter(column.kind.store(column.kind.parse(text), "x").values()))
        return int(text)
    except ValueError as error:
        raise BadInput(_("“{text}” is not a whole number.").format(text=text)) from error


def _day_bounds(one: Filter, today: date) -> tuple[str, str]:
    if one.op is Op.WITHIN:
        first, last = views.bounds(Span(one.values[0]), today)
        return ("" if first == date.min else first.isoformat()), ("" if last == date.max else last.isoformat())
    if one.op is Op.OLDER:
        return "", (today - timedelta(days=int(one.values[0]) + 1)).isoformat()
    return (one.values[0], one.values[1]) if one.op is Op.FROM_TO else ("", "")


def _days(found: Conditions, column: Column, sql: Sql, one: Filter) -> str:
    return _from_to(found, column, sql, Filter(one.column, Op.FROM_TO, _day_bounds(one, found.today)))


_PARTS: Mapping[Op, Any] = {
    Op.CONTAINS: _contains,
    Op.ONE_OF: _one_of,
    Op.UNDER: _under,
    Op.FROM_TO: _from_to,
    Op.WITHIN: _days,
    Op.OLDER: _days,
    Op.EMPTY: lambda found, _column, sql, _one: found.unknown(sql),
    Op.FILLED: lambda _found, _column, sql, _one: f"{sql.key} IS NOT NULL",
}
