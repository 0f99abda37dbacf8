"""What is typed into the filter of a column, and a filter said in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from crm_app.domain import amounts, days
from crm_app.domain.amounts import Currency
from crm_app.domain.kinds import Money, Number, Option, Whole
from crm_app.domain.lists import Column, Shape
from crm_app.domain.views import SPAN_LABELS, Filter, Op, Span
from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext

_BETWEEN = re.compile(r"\s*[~～—–至到-]\s*")
_OLDER = re.compile(
    r"[>＞]\s*(\d{1,5})|(\d{1,5})\s*天(?:之|以)前|(?:over|more than)\s+(\d{1,5})\s+days?(?:\s+ago)?", re.IGNORECASE
)
"""More than so many days ago, as it is typed and as a filter is shown."""
_FROM = re.compile(r"(?P<zh>.+?)\s*(?:起|以来|以后)|from\s+(?P<en>.+)", re.IGNORECASE)
_UP_TO = re.compile(r"(?:不超过|截至|up to|until)\s*(?P<bound>.+)", re.IGNORECASE)
"""One end alone, as it is shown."""
_AT_LEAST, _AT_MOST = (">=", "≥", ">", "＞"), ("<=", "≤", "<", "＜")


def read(column: Column, text: str, today: date) -> Filter | None:
    """Return the filter typed into a column's field, None for nothing typed; raise BadInput with what to type.

    “3亿-5亿”, “≥5000万”, “5000万起”, “2023-06”, “>30” (more than 30 days ago), a region, a piece of text.
    """
    typed = text.strip()
    if not typed:
        return None
    if column.shape is Shape.DAY:
        return _days(column.name, _with_dash(typed), today)
    if column.shape in (Shape.MONEY, Shape.NUMBER):
        low, high = _range(_with_dash(typed), lambda part: _number(column, part))
        return Filter(column.name, Op.FROM_TO, (low, high))
    if column.shape is Shape.REGION:
        return Filter(column.name, Op.UNDER, (column.kind.parse(typed) or typed,))
    return Filter(column.name, Op.CONTAINS, (typed,))


def _with_dash(typed: str) -> str:
    """Return “5000万起” as “5000万~”, “截至6月30日” as “~6月30日”."""
    if match := _FROM.fullmatch(typed):
        return f"{match['zh'] or match['en']}~"
    match = _UP_TO.fullmatch(typed)
    return f"~{match['bound']}" if match else typed


def _range(typed: str, value: Callable[[str], str]) -> tuple[str, str]:
    for mark in _AT_LEAST:
        if typed.startswith(mark):
            return value(typed.removeprefix(mark)), ""
    for mark in _AT_MOST:
        if typed.startswith(mark):
            return "", value(typed.removeprefix(mark))
    parts = _BETWEEN.split(typed, maxsplit=1)
    if len(parts) == 2:
        return (value(parts[0]) if parts[0] else ""), (value(parts[1]) if parts[1] else "")
    return value(typed), value(typed)


def _number(column: Column, text: str) -> str:
    if column.shape is Shape.MONEY:
        currency = column.kind.currency if isinstance(column.kind, Money) else Currency.CNY
        return str(amounts.parse_money(text, currency))
    if isinstance(column.kind, (Whole, Number)):
        return str(column.kind.parse(text))
    raise BadInput(_("“{text}” is not a number.").format(text=text))


def _days(name: str, typed: str, today: date) -> Filter:
    old = _OLDER.fullmatch(typed)
    if old:
        return Filter(name, Op.OLDER, (next(filter(None, old.groups())),))
    parts = re.split(r"\s*(?:~|～|—|–|至|到|\s-\s)\s*", typed, maxsplit=1)
    first, last = parts[0], parts[-1]
    return Filter(
        name,
        Op.FROM_TO,
        (
            days.parse_day(first, today).first.isoformat() if first else "",
            days.parse_day(last, today).last.isoformat() if last else "",
        ),
    )


def said(column: Column, one: Filter, people: Mapping[str, str]) -> str:
    """Return a filter as a person reads it; ``people`` are the names by id."""
    return _("{column}: {value}").format(column=column.title, value=value_of(column, one, people))


def value_of(column: Column, one: Filter, people: Mapping[str, str]) -> str:
    """Return what a filter asks for, without the column."""
    if one.op is Op.EMPTY:
        return _("(empty)")
    if one.op is Op.FILLED:
        return _("filled in")
    if one.op is Op.WITHIN:
        return _(SPAN_LABELS[Span(one.values[0])])
    if one.op is Op.OLDER:
        return ngettext("more than {n} day ago", "more than {n} days ago", int(one.values[0])).format(n=one.values[0])
    if one.op is Op.FROM_TO:
        return _from_to(column, one)
    return _(", ").join(_word(column, value, people) for value in one.values)


def _word(column: Column, value: str, people: Mapping[str, str]) -> str:
    if not value:
        return _("(empty)")
    if column.shape is Shape.PERSON:
        return people.get(value, "?")
    if column.shape is Shape.FLAG:
        return _("Yes") if value == "yes" else _("No")
    if isinstance(column.kind, Option):
        return column.kind.show(column.kind.options(value))
    return value


def _from_to(column: Column, one: Filter) -> str:
    low, high = (_bound(column, value) for value in one.values)
    if low == high:
        return low
    if not low:
        return (_("until {high}") if column.shape is Shape.DAY else _("up to {high}")).format(high=high)
    return _("{low} – {high}").format(low=low, high=high) if high else _("from {low}").format(low=low)


def _bound(column: Column, value: str) -> str:
    if not value:
        return ""
    if column.shape is Shape.DAY:
        return days.show_date(date.fromisoformat(value))
    if column.shape is Shape.MONEY:
        currency = column.kind.currency if isinstance(column.kind, Money) else Currency.CNY
        return amounts.show_money(int(value), currency)
    return value
