"""How the fields of a record go out to a sheet: heads, the stored values a cell is made of, and how they are shown.

A source is the path to a stored column: ``uscc``, or through references ``enterprise_id.uscc``. ``show`` turns stored
values into a cell without a record in between, and remembers what it has shown: 100,000 rows hold few days and words.
Money goes out in 万元 as numbers, what is no single amount of yuan in words that name their unit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from crm_app.domain import phones
from crm_app.domain.amounts import Currency
from crm_app.domain.contacts import ERASED, Contact
from crm_app.domain.fields import Field, Privacy, Record
from crm_app.domain.import_headers import ROW_ID
from crm_app.domain.kinds import (
    AnyMoney,
    Choice,
    Day,
    Flag,
    Fuzzy,
    Instant,
    Kind,
    Money,
    Number,
    Option,
    Phone,
    Range,
    Ref,
    Region,
    Tags,
    Text,
    Uscc,
    Whole,
)
from crm_app.domain.records import RECORDS
from crm_app.i18n import _

Show = Callable[..., Any]
"""Stored values to a cell; None for nothing."""

_REMEMBERED = 4096
_WAN = 10_000
_CENTS_IN_WAN = 1_000_000
_CALLED_BY = ("name", "title", "number", "on")


class Looks(StrEnum):
    """How a column of numbers is to be shown by a spreadsheet."""

    PLAIN = "plain"
    AMOUNT = "amount"
    COUNT = "count"


@dataclass(frozen=True)
class Column:
    """One column: its title with the unit, where its values stand, how a cell is made of them (None: as they are).

    ``masked`` hides the phone numbers in a free text.
    """

    title: str
    sources: tuple[str, ...]
    show: Show | None = None
    masked: bool = False
    looks: Looks = Looks.PLAIN
    hidden: bool = False

    def cells(self, stored: Sequence[Sequence[Any]]) -> Iterable[Any]:
        """Return the cells of many rows, of whose stored values each source has given one sequence."""
        shown: Iterable[Any] = stored[0] if self.show is None else map(self.show, *stored)
        return phones.mask_many(list(shown)) if self.masked else shown


def columns_of(record_type: type[Record], *, personal: bool) -> Iterator[Column]:
    """Yield the columns of a record's fields, a reference by the name of what it refers to.

    Left out is what is computed, when something was typed in, and what is personal unless ``personal``; a phone goes
    out masked then, as do numbers in free text.
    """
    for field in record_type.fields:
        if record_type is Contact and field.name == "name":
            yield Column(field.title, ("id", "name"), _person, masked=not personal)
        elif not field.derived and not isinstance(field.kind, Instant) and _goes_out(field, personal=personal):
            yield column_of(field, personal=personal)


def _goes_out(field: Field, *, personal: bool) -> bool:
    return personal or field.privacy is Privacy.NONE or isinstance(field.kind, Phone)


def column_of(field: Field, *, personal: bool, prefix: str = "") -> Column:
    """Return the column of one field; ``prefix`` leads to its record where that is not the row's own."""
    kind = field.kind
    if isinstance(kind, Ref) and kind.table == Contact.table:
        return Column(
            field.title, (f"{prefix}{field.name}.id", f"{prefix}{field.name}.name"), _person, masked=not personal
        )
    if isinstance(kind, Ref):
        names = [one for one in RECORDS[kind.table].fields if one.name in _CALLED_BY]
        if not names:
            return Column(field.title, (f"{prefix}{field.name}",), _kept(_id_text))
        sources = tuple(f"{prefix}{field.name}.{one.name}" for one in sorted(names, key=_by_rank))
        if [one.name for one in names] == ["on"] and any(one.name == "time" for one in RECORDS[kind.table].fields):
            return Column(field.title, (*sources, f"{prefix}{field.name}.time"), _moment, masked=not personal)
        return Column(field.title, sources, _called if len(sources) > 1 else None, masked=not personal)
    title = f"{field.title}({unit})" if (unit := unit_of(field)) else field.title
    sources = tuple(prefix + name for name in field.column_names())
    masked = isinstance(kind, Text) and not personal
    return Column(title, sources, _show(kind, personal=personal), masked=masked, looks=looks_of(field))


def id_column() -> Column:
    """Return the column that carries the rows' ids, so that each finds its record again."""
    return Column(_(ROW_ID), ("id",), _id_text, hidden=True)


def unit_of(field: Field) -> str:
    """Return the unit a column's head names: of money always ten thousands."""
    return unit_of_kind(field.kind) or (field.unit if isinstance(field.kind, Number | Whole) else "")


def unit_of_kind(kind: Kind[Any]) -> str:
    """Return the unit in which amounts of a kind go out; empty for what is no amount."""
    if isinstance(kind, Money):
        return "万元" if kind.currency is Currency.CNY else "万美元"
    return "万元" if isinstance(kind, AnyMoney | Range) else ""


def looks_of(field: Field) -> Looks:
    """Return how a spreadsheet is to show a field's numbers; a year has no thousands."""
    return Looks.COUNT if isinstance(field.kind, Whole) and field.unit else looks_of_kind(field.kind)


def looks_of_kind(kind: Kind[Any]) -> Looks:
    """Return how a spreadsheet is to show numbers of a kind."""
    return Looks.AMOUNT if isinstance(kind, Money | AnyMoney | Range) else Looks.PLAIN


def _by_rank(field: Field) -> int:
    return _CALLED_BY.index(field.name)


def _called(*values: str | None) -> str | None:
    return next((value for value in values if value), None)


def _moment(on: str | None, time: str | None) -> str | None:
    """Name what is only known by when it was: two visits of one day are told apart by the hour."""
    return f"{on} {time}" if on and time else on


def _person(contact: bytes | None, name: str | None) -> str | None:
    """Name a contact; one that was erased says so."""
    return None if contact is None else name or _(ERASED)


def _id_text(stored: bytes) -> str:
    text = stored.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _kept(show: Callable[[Any], Any]) -> Show:
    """Let nothing be nothing, and remember the rest."""
    return lru_cache(_REMEMBERED)(lambda stored: None if stored is None else show(stored))


def _show(kind: Kind[Any], *, personal: bool) -> Show | None:
    """Return how stored values of a kind become a cell."""
    match kind:
        case Text() | Choice() | Region() | Uscc() | Whole():
            return None
        case Phone():
            return _kept(phones.show if personal else phones.mask)
        case Money():
            return _kept(_scaled(_WAN if kind.currency is Currency.CNY else _CENTS_IN_WAN))
        case Number():
            return _kept(_scaled(10**kind.digits))
        case Day():
            return _kept(date.fromisoformat)
        case Tags():
            return _kept(lambda stored: "、".join(json.loads(stored)))
        case Fuzzy() | Range() | AnyMoney() | Option() | Flag():
            return _through(kind)
    raise TypeError(f"{type(kind).__name__} does not go out")


def _scaled(by: int) -> Callable[[int], int | float]:
    """Divide exactly where the number is whole; else as near as a number of a spreadsheet can be."""
    return lambda stored: stored // by if stored % by == 0 else stored / by


def _through(kind: Kind[Any]) -> Show:
    """Return the way through the kind's own value: few of these differ."""
    names = [column.suffix for column in kind.columns]

    @lru_cache(_REMEMBERED)
    def show(*stored: Any) -> Any:
        value = kind.load(dict(zip(names, stored, strict=True)), "")
        return None if value is None else _cell(kind, value)

    return show


def _cell(kind: Kind[Any], value: Any) -> Any:
    if isinstance(kind, Fuzzy) and value.exact:
        return value.first
    if isinstance(kind, AnyMoney) and value.currency is Currency.CNY:
        return _scaled(_WAN)(value.minor)
    one_amount = isinstance(kind, Range) and value.low is not None and value.low == value.high
    if one_amount and value.currency is Currency.CNY and not value.approximate:
        return _scaled(_WAN)(value.low)
    return kind.show(value)


def title_of(title: str, kind: Kind[Any]) -> str:
    """Return the title of a column of a kind with the unit its numbers are in."""
    unit = unit_of_kind(kind)
    return f"{title}({unit})" if unit else title


def cell_of(kind: Kind[Any], *, personal: bool) -> Callable[[Any], Any]:
    """Return how a value of a kind (not as it is stored) becomes a cell."""

    def show(value: Any) -> Any:
        if value is None or isinstance(kind, Choice | Region | Uscc | Whole | Day):
            return value
        if isinstance(kind, Phone):
            return phones.show(value) if personal else phones.mask(value)
        if isinstance(kind, Text):
            return value if personal else phones.mask_all(value)
        if isinstance(kind, Money):
            return _scaled(_WAN if kind.currency is Currency.CNY else _CENTS_IN_WAN)(value)
        if isinstance(kind, Number):
            return int(value) if value == value.to_integral_value() else float(value)
        return "、".join(value) if isinstance(kind, Tags) else _cell(kind, value)

    return show


def share_text(name: str, share: int | None) -> str:
    """Return an investor as one cell names several: 甲公司60%; the share is stored in hundredths of a per cent."""
    whole = 100 * 100
    return name if share is None or share == whole else f"{name}{(Decimal(share) / 100).normalize():f}%"
