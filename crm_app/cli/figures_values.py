"""How the JSON of the figures writes a value: ids as text, dollars, decimals, sums."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from crm_app.domain.counting import Tally
from crm_app.domain.targets import Metric

UNFILLED = "未填"
"""The part of a distribution where nothing was filled in."""


def ids(rows: Iterable[UUID]) -> list[str]:
    """Return ids as text."""
    return [str(row) for row in rows]


def dollars(cents: int) -> int | float:
    """Return US cents as dollars."""
    return number(Decimal(cents) / 100) or 0


def number(value: Decimal | None) -> int | float | None:
    """Return a decimal as a JSON number, whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def in_unit(metric: Metric, value: int) -> int | float:
    """Return what a metric comes to: yuan, dollars or units."""
    return dollars(value) if metric is Metric.FDI_USD else value


def tally(one: Tally) -> dict[str, int]:
    """Return projects and whole yuan."""
    return {"count": one.count, "amount_yuan": one.yuan}
