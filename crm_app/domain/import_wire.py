"""How the values of a row cross from the reader child to the program: as JSON knows them, and checked on the way in.

Texts, whole numbers, yes and no stand for themselves; everything else is a list that begins with a letter for its type.
What the child says is as untrusted as the file: whatever :func:`decode` does not know raises ValueError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any
from uuid import UUID

from crm_app.domain.amounts import Currency, MoneyRange
from crm_app.domain.days import FuzzyDay, Precision
from crm_app.domain.import_cells import Spoken
from crm_app.domain.kinds import Amount, Option
from crm_app.domain.records import RECORDS

_PLAIN = (str, int, bool, type(None))
_OPTIONS: dict[str, type[StrEnum]] = {
    field.kind.options.__name__: field.kind.options
    for record in RECORDS.values()
    for field in record.fields
    if isinstance(field.kind, Option)
}
_LARGEST = 1 << 63


def encode(value: Any) -> Any:
    """Return a value of a row as JSON can hold it; raise TypeError for one of a type no row has."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, StrEnum):
        return ["o", type(value).__name__, value.value]
    return _ENCODERS[type(value)](value)


def decode(value: Any) -> Any:
    """Return the value :func:`encode` turned; raise ValueError for anything it never says."""
    if type(value) is str or value is None:
        return value
    try:
        if type(value) is list:
            return _DECODERS[value[0]](*value[1:])
        if type(value) is bool or (type(value) is int and abs(value) < _LARGEST):
            return value
    except (TypeError, KeyError, IndexError, AttributeError, InvalidOperation) as error:
        raise ValueError("no value of a row") from error
    raise ValueError("no value of a row")


def word(value: Any) -> str:
    """Return a text as it is; raise ValueError where it is none."""
    return _words(value)[0]


def words(values: Iterable[Any]) -> tuple[str, ...]:
    """Return texts as they are; raise ValueError where one of them is none."""
    return _words(*values)


def _words(*values: Any) -> tuple[str, ...]:
    if any(type(value) is not str for value in values):
        raise ValueError("not a text")
    return values


def _end(value: Any) -> int | None:
    if value is not None and (type(value) is not int or abs(value) >= _LARGEST):
        raise ValueError("not a whole number")
    return value


def _range(low: Any, high: Any, currency: Any, approximate: Any, typed: Any) -> MoneyRange:
    return MoneyRange(_end(low), _end(high), Currency(currency), approximate is True, *_words(typed))


def _amount(minor: Any, currency: Any) -> Amount:
    if type(minor) is not int:
        raise ValueError("not a whole number")
    return Amount(_end(minor) or 0, Currency(currency))


def _contact(said: Any) -> dict[str, Any]:
    return {name: decode(value) for name, value in said.items()}


_ENCODERS: dict[type, Callable[[Any], Any]] = {
    date: lambda v: ["d", v.isoformat()],
    Decimal: lambda v: ["n", str(v)],
    UUID: lambda v: ["i", v.hex],
    MoneyRange: lambda v: ["r", v.low, v.high, v.currency.value, v.approximate, v.typed],
    Amount: lambda v: ["a", v.minor, v.currency.value],
    FuzzyDay: lambda v: ["f", v.first.isoformat(), v.last.isoformat(), v.precision.value],
    Spoken: lambda v: ["p", v.name, v.title, v.phone],
    tuple: lambda v: ["t", *map(encode, v)],
    dict: lambda v: ["m", {name: encode(one) for name, one in v.items()}],
}
_DECODERS: dict[str, Callable[..., Any]] = {
    "d": date.fromisoformat,
    "n": lambda text: Decimal(word(text)),
    "i": lambda text: UUID(word(text)),
    "r": _range,
    "a": _amount,
    "f": lambda first, last, precision: FuzzyDay(
        date.fromisoformat(first), date.fromisoformat(last), Precision(precision)
    ),
    "p": lambda name, title, phone: Spoken(*_words(name, title, phone)),
    "t": lambda *values: tuple(map(decode, values)),
    "m": _contact,
    "o": lambda name, value: _OPTIONS[name](value),
}
