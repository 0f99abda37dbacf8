"""Kinds of money: whole yuan, US cents, either, and intended ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_app.domain import amounts
from crm_app.domain.amounts import Currency, MoneyRange
from crm_app.domain.kinds.base import Column, Kind
from crm_app.errors import BadInput
from crm_app.i18n import _

_CODES = {one: one.value for one in Currency}
"""A look-up takes a tenth of what the member's own word does."""


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
        if value > amounts.MOST:
            raise BadInput(
                _("“{text}” is larger than any amount kept here; please check the unit.").format(text=self.show(value))
            )

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

    def store_all(self, values: Sequence[MoneyRange | None], name: str) -> dict[str, list[Any]]:
        """Check and store the five parts of many."""
        for value in values:
            if value is not None:
                self.check(value)
        parts = [
            (None,) * 5
            if value is None
            else (value.low, value.high, _CODES[value.currency], int(value.approximate), value.typed)
            for value in values
        ]
        columns = zip(*parts, strict=True) if parts else [()] * 5
        return {name + column.suffix: list(said) for column, said in zip(self.columns, columns, strict=True)}

    def load(self, row: Mapping[str, Any], name: str) -> MoneyRange | None:
        """Return the range."""
        low, high, currency, approximate, typed = (row[name + column.suffix] for column in self.columns)
        return None if currency is None else MoneyRange(low, high, Currency(currency), bool(approximate), typed)

    def check_stored(self, columns: Sequence[Sequence[Any]], name: str) -> None:
        """Raise ValueError for a currency nobody knows: all else is taken as it is, and nearly no two are alike."""
        for currency in {*columns[2]} - {None}:
            Currency(currency)

    def show(self, value: MoneyRange) -> str:
        """Return “约3亿–5亿元”."""
        return amounts.show_range(value)
