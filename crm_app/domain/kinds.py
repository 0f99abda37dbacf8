"""The kinds a field can be of: how its value is typed, checked, stored and shown.

``parse`` is forgiving and raises BadInput with a sentence; ``check`` guards what is stored; ``show`` is for reading.
A kind names its columns in plain words, so that no SQL is needed here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from crm_app import clock
from crm_app.domain import amounts, days, names, phones, regions, uscc
from crm_app.domain.amounts import Currency, MoneyRange
from crm_app.domain.days import FuzzyDay, Precision
from crm_app.errors import BadInput
from crm_app.i18n import N_, _

T = TypeVar("T")


@dataclass(frozen=True)
class Column:
    """One stored column: a suffix to the field's name, its storage class, and the table it refers to, if any."""

    suffix: str
    storage: Literal["text", "integer", "blob"]
    refers_to: str = ""


class Kind(Generic[T]):
    """A kind with one column holding the value as it is; others override what differs."""

    columns: tuple[Column, ...] = (Column("", "text"),)

    def parse(self, text: str) -> T | None:
        """Return the value of what was typed (None for nothing); raise BadInput with a sentence."""
        raise NotImplementedError

    def check(self, value: T) -> None:
        """Raise BadInput where a value may not be stored."""

    def store(self, value: T | None, name: str) -> dict[str, Any]:
        """Return column name → stored value."""
        return {name: value}

    def load(self, row: Mapping[str, Any], name: str) -> T | None:
        """Return the value stored in ``row``."""
        stored: T | None = row[name]
        return stored

    def show(self, value: T) -> str:
        """Return the value as a person reads it."""
        return str(value)


@dataclass(frozen=True)
class Text(Kind[str]):
    """Free text; ``lines`` > 1 is a multi-line editor."""

    lines: int = 1
    longest: int = 100_000

    def parse(self, text: str) -> str | None:
        """Return the text trimmed."""
        return text.strip() or None

    def check(self, value: str) -> None:
        """Refuse what is longer than ``longest`` characters."""
        if len(value) > self.longest:
            raise BadInput(_("The text is longer than {n} characters; please shorten it.").format(n=self.longest))


@dataclass(frozen=True)
class Name(Text):
    """A name: full width folded, inner spaces tidied."""

    def parse(self, text: str) -> str | None:
        """Return the name cleaned for storing."""
        return names.clean(text) or None

    def check(self, value: str) -> None:
        """Refuse a name of spaces alone."""
        super().check(value)
        if not names.clean(value):
            raise BadInput(_("Please give a name."))

    def store(self, value: str | None, name: str) -> dict[str, Any]:
        """Store the name cleaned, so that it is found however it was typed."""
        return {name: None if value is None else names.clean(value)}


@dataclass(frozen=True)
class Choice(Kind[str]):
    """One entry of an editable dictionary list, stored by its name; 其他 is always among them."""

    list_name: str = ""

    def parse(self, text: str) -> str | None:
        """Return the entry's name trimmed; aliases are folded by the dictionary, not here."""
        return text.strip() or None


@dataclass(frozen=True)
class Option(Kind[Any]):
    """One of a fixed set the rules depend on, stored by its code, shown in the language in use."""

    options: type[StrEnum]
    labels: Mapping[Any, str]

    def parse(self, text: str) -> StrEnum | None:
        """Accept the code, the English word or the shown word."""
        wanted = text.strip().casefold()
        if not wanted:
            return None
        for option in self.options:
            if wanted in (option.value, self.labels[option].casefold(), _(self.labels[option]).casefold()):
                return option
        known = _(", ").join(_(self.labels[option]) for option in self.options)
        raise BadInput(_("“{text}” is not one of: {known}.").format(text=text.strip(), known=known))

    def check(self, value: StrEnum) -> None:
        """Refuse a value of another list."""
        if not isinstance(value, self.options):
            raise BadInput(_("“{text}” is not in the list.").format(text=value))

    def load(self, row: Mapping[str, Any], name: str) -> StrEnum | None:
        """Return the option."""
        return None if row[name] is None else self.options(row[name])

    def store(self, value: StrEnum | None, name: str) -> dict[str, Any]:
        """Store the code."""
        return {name: None if value is None else value.value}

    def show(self, value: StrEnum) -> str:
        """Return the option's word."""
        return _(self.labels[value])


@dataclass(frozen=True)
class Money(Kind[int]):
    """An amount in one currency: whole yuan, or US cents."""

    currency: Currency = Currency.CNY
    columns = (Column("", "integer"),)

    def parse(self, text: str) -> int | None:
        """Read “5.6亿”; a bare number raises UnitMissing."""
        return amounts.parse_money(text, self.currency) if text.strip() else None

    def check(self, value: int) -> None:
        """Refuse negative amounts and what is no whole number."""
        if not isinstance(value, int) or value < 0:
            raise BadInput(_("An amount is a whole number and not negative."))

    def show(self, value: int) -> str:
        """Return “5.6亿元”."""
        return amounts.show_money(value, self.currency)


@dataclass(frozen=True)
class Amount:
    """An amount with its currency: whole yuan, or US cents."""

    minor: int
    currency: Currency = Currency.CNY


@dataclass(frozen=True)
class AnyMoney(Kind[Amount]):
    """An amount in yuan or US dollars."""

    columns = (Column("", "integer"), Column("_currency", "text"))

    def parse(self, text: str) -> Amount | None:
        """Read one definite amount in either currency."""
        if not text.strip():
            return None
        read = amounts.parse_range(text)
        if read.low is None or read.low != read.high:
            raise BadInput(_("Please give one amount, not a range."))
        return Amount(read.low, read.currency)

    def check(self, value: Amount) -> None:
        """Refuse negative amounts."""
        Money().check(value.minor)

    def store(self, value: Amount | None, name: str) -> dict[str, Any]:
        """Store minor units and currency."""
        return {
            name: None if value is None else value.minor,
            f"{name}_currency": None if value is None else value.currency.value,
        }

    def load(self, row: Mapping[str, Any], name: str) -> Amount | None:
        """Return the amount."""
        return None if row[name] is None else Amount(row[name], Currency(row[f"{name}_currency"]))

    def show(self, value: Amount) -> str:
        """Return “5.6亿元” or “1.2亿美元”."""
        return amounts.show_money(value.minor, value.currency)


@dataclass(frozen=True)
class Range(Kind[MoneyRange]):
    """An intended amount: low, high, currency, approximate, and as typed; 待定 has neither low nor high."""

    columns = (
        Column("_low", "integer"),
        Column("_high", "integer"),
        Column("_currency", "text"),
        Column("_approximate", "integer"),
        Column("_typed", "text"),
    )

    def parse(self, text: str) -> MoneyRange | None:
        """Read “约3-5亿”."""
        return amounts.parse_range(text) if text.strip() else None

    def check(self, value: MoneyRange) -> None:
        """Refuse a range that ends below its start."""
        if value.low is not None and value.high is not None and value.high < value.low:
            raise BadInput(_("The higher amount is below the lower one."))

    def store(self, value: MoneyRange | None, name: str) -> dict[str, Any]:
        """Store the five parts."""
        parts: tuple[Any, ...] = (None,) * 5
        if value is not None:
            parts = (value.low, value.high, value.currency.value, int(value.approximate), value.typed)
        return {name + column.suffix: part for column, part in zip(self.columns, parts, strict=True)}

    def load(self, row: Mapping[str, Any], name: str) -> MoneyRange | None:
        """Return the range."""
        low, high, currency, approximate, typed = (row[name + column.suffix] for column in self.columns)
        return None if currency is None else MoneyRange(low, high, Currency(currency), bool(approximate), typed)

    def show(self, value: MoneyRange) -> str:
        """Return “约3亿–5亿元”."""
        return amounts.show_range(value)


@dataclass(frozen=True)
class Day(Kind[date]):
    """A business day known exactly."""

    def parse(self, text: str) -> date | None:
        """Read any form of a day; a month alone is not a day."""
        if not text.strip():
            return None
        read = days.parse_day(text, clock.today())
        if read.precision is not Precision.DAY:
            raise BadInput(_("Please give the exact day, such as 2023-06-30."))
        return read.first

    def store(self, value: date | None, name: str) -> dict[str, Any]:
        """Store ISO 8601."""
        return {name: None if value is None else value.isoformat()}

    def load(self, row: Mapping[str, Any], name: str) -> date | None:
        """Return the day."""
        return None if row[name] is None else date.fromisoformat(row[name])

    def show(self, value: date) -> str:
        """Return the day in the language in use."""
        return days.show_date(value)


@dataclass(frozen=True)
class Fuzzy(Kind[FuzzyDay]):
    """A day with its precision: first day, last day, precision; never a made-up day."""

    columns = (Column("_first", "text"), Column("_last", "text"), Column("_precision", "text"))

    def parse(self, text: str) -> FuzzyDay | None:
        """Read any form of a date."""
        return days.parse_day(text, clock.today()) if text.strip() else None

    def store(self, value: FuzzyDay | None, name: str) -> dict[str, Any]:
        """Store first, last, precision."""
        parts: tuple[Any, ...] = (None,) * 3
        if value is not None:
            parts = (value.first.isoformat(), value.last.isoformat(), value.precision.value)
        return {name + column.suffix: part for column, part in zip(self.columns, parts, strict=True)}

    def load(self, row: Mapping[str, Any], name: str) -> FuzzyDay | None:
        """Return the day with its precision."""
        first, last, precision = (row[name + column.suffix] for column in self.columns)
        if first is None:
            return None
        return FuzzyDay(date.fromisoformat(first), date.fromisoformat(last), Precision(precision))

    def show(self, value: FuzzyDay) -> str:
        """Return the day as precise as it is."""
        return days.show_day(value)


@dataclass(frozen=True)
class Instant(Kind[int]):
    """An instant in UTC milliseconds."""

    columns = (Column("", "integer"),)

    def show(self, value: int) -> str:
        """Return local wall time to the minute."""
        return clock.local(value).strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True)
class Whole(Kind[int]):
    """A whole number: people, a year, a rank; ``low`` and ``high`` are inclusive."""

    low: int = 0
    high: int = 10**12
    columns = (Column("", "integer"),)

    def parse(self, text: str) -> int | None:
        """Read digits, thousands separators allowed."""
        digits = names.clean(text).replace(",", "").strip()
        if not digits:
            return None
        if not digits.lstrip("-").isdigit():
            raise BadInput(_("“{text}” is not a whole number.").format(text=text.strip()))
        return int(digits)

    def check(self, value: int) -> None:
        """Refuse what lies outside the bounds."""
        if not self.low <= value <= self.high:
            raise BadInput(_("{n} is not between {low} and {high}.").format(n=value, low=self.low, high=self.high))


@dataclass(frozen=True)
class Number(Kind[Decimal]):
    """A number with a fixed count of decimals, stored as a scaled whole number (area 亩, per cent, days, quantity)."""

    digits: int = 2
    columns = (Column("", "integer"),)

    def parse(self, text: str) -> Decimal | None:
        """Read a decimal number, a trailing unit or per cent sign allowed."""
        body = names.clean(text).replace(",", "").rstrip("%亩㎡天人 ")
        if not body:
            return None
        try:
            return Decimal(body)
        except InvalidOperation as error:
            raise BadInput(_("“{text}” is not a number.").format(text=text.strip())) from error

    def check(self, value: Decimal) -> None:
        """Refuse negative and endless numbers."""
        if not value.is_finite() or value < 0:
            raise BadInput(_("The number may not be negative."))

    def store(self, value: Decimal | None, name: str) -> dict[str, Any]:
        """Store the scaled whole number, rounded half up."""
        if value is None:
            return {name: None}
        return {name: int(value.scaleb(self.digits).quantize(Decimal(1), ROUND_HALF_UP))}

    def load(self, row: Mapping[str, Any], name: str) -> Decimal | None:
        """Return the number."""
        return None if row[name] is None else Decimal(row[name]).scaleb(-self.digits)

    def show(self, value: Decimal) -> str:
        """Return the number without idle zeros."""
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Flag(Kind[bool]):
    """Yes or no."""

    columns = (Column("", "integer"),)

    def parse(self, text: str) -> bool | None:
        """Read 是/否, yes/no, 1/0."""
        word = text.strip().casefold()
        if not word:
            return None
        if word in ("是", "yes", "y", "1", "true", "√"):
            return True
        if word in ("否", "no", "n", "0", "false", "×"):
            return False
        raise BadInput(_("“{text}” is neither yes nor no.").format(text=text.strip()))

    def store(self, value: bool | None, name: str) -> dict[str, Any]:
        """Store 1 or 0."""
        return {name: None if value is None else int(value)}

    def load(self, row: Mapping[str, Any], name: str) -> bool | None:
        """Return yes or no."""
        return None if row[name] is None else bool(row[name])

    def show(self, value: bool) -> str:
        """Return the word."""
        return _("Yes") if value else _("No")


class Ref(Kind[UUID]):
    """A reference to a row of another table, by id."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.columns = (Column("", "blob", refers_to=table),)

    def store(self, value: UUID | None, name: str) -> dict[str, Any]:
        """Store the 16 bytes."""
        return {name: None if value is None else value.bytes}

    def load(self, row: Mapping[str, Any], name: str) -> UUID | None:
        """Return the id."""
        return None if row[name] is None else UUID(bytes=row[name])


@dataclass(frozen=True)
class Tags(Kind[tuple[str, ...]]):
    """A short list of words (regions, sites), stored as a JSON array."""

    def parse(self, text: str) -> tuple[str, ...] | None:
        """Split at 、，, ; and line ends."""
        for mark in "，,；;\n":
            text = text.replace(mark, "、")
        return tuple(part.strip() for part in text.split("、") if part.strip()) or None

    def store(self, value: tuple[str, ...] | None, name: str) -> dict[str, Any]:
        """Store a JSON array."""
        return {name: None if value is None else json.dumps(list(value), ensure_ascii=False)}

    def load(self, row: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
        """Return the words."""
        return None if row[name] is None else tuple(json.loads(row[name]))

    def show(self, value: tuple[str, ...]) -> str:
        """Join the words as the language does."""
        return _(", ").join(value)


@dataclass(frozen=True)
class Phone(Kind[str]):
    """A phone number, stored in one form, overseas allowed."""

    def parse(self, text: str) -> str | None:
        """Read any written form."""
        return phones.parse(text) if text.strip() else None

    def show(self, value: str) -> str:
        """Return the number grouped for reading."""
        return phones.show(value)


@dataclass(frozen=True)
class Uscc(Kind[str]):
    """统一社会信用代码, GB 32100-2015: 18 characters with a check digit."""

    def parse(self, text: str) -> str | None:
        """Return it upper-case; raise BadInput for a wrong check digit."""
        return uscc.normalize(text) if text.strip() else None

    def check(self, value: str) -> None:
        """Refuse a code whose check digit is wrong."""
        uscc.normalize(value)


@dataclass(frozen=True)
class Region(Kind[str]):
    """A region by its name; known ones (GB/T 2260) are written in full, others are kept as typed."""

    def parse(self, text: str) -> str | None:
        """Return the full name of a known region, else the text."""
        known = regions.find(text.strip()) if text.strip() else None
        return regions.name(known.code) if known else text.strip() or None


@dataclass(frozen=True)
class Blob(Kind[bytes]):
    """Bytes kept as they are (a final paper)."""

    columns = (Column("", "blob"),)


@dataclass(frozen=True)
class Ids(Kind[tuple[UUID, ...]]):
    """The rows a paper stands on, stored as a JSON array of hexadecimal ids."""

    def store(self, value: tuple[UUID, ...] | None, name: str) -> dict[str, Any]:
        """Store a JSON array."""
        return {name: None if value is None else json.dumps([one.hex for one in value])}

    def load(self, row: Mapping[str, Any], name: str) -> tuple[UUID, ...] | None:
        """Return the ids."""
        return None if row[name] is None else tuple(UUID(hex=one) for one in json.loads(row[name]))


CURRENCY_LABELS = {Currency.CNY: N_("CNY"), Currency.USD: N_("USD")}
