"""Kinds of numbers: whole ones, scaled decimals, yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from crm_app.domain import names
from crm_app.domain.kinds.base import Column, Kind
from crm_app.errors import BadInput
from crm_app.i18n import _

_MOST = 10**12


@dataclass(frozen=True)
class Whole(Kind[int]):
    """A whole number: people, a year, a rank; ``low`` and ``high`` are inclusive."""

    low: int = 0
    high: int = _MOST
    columns = (Column("", "integer"),)

    def parse(self, text: str) -> int | None:
        """Read digits, thousands separators allowed."""
        digits = names.clean(text).replace(",", "").strip()
        if not digits:
            return None
        if not re.fullmatch(r"-?\d{1,18}", digits):
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
        """Refuse negative and endless numbers, and those larger than SQLite keeps."""
        if not value.is_finite() or value < 0:
            raise BadInput(_("The number may not be negative."))
        if value > _MOST:
            raise BadInput(_("{n} is not between {low} and {high}.").format(n=f"{value:.3E}", low=0, high=_MOST))

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
