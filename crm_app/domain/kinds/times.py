"""Kinds of time: exact days, days with their precision, instants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.days import FuzzyDay, Precision
from crm_app.domain.kinds.base import Column, Kind
from crm_app.errors import BadInput
from crm_app.i18n import _


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

    def store_all(self, values: Sequence[date | None], name: str) -> dict[str, list[Any]]:
        """Store ISO 8601 of many."""
        return {name: [None if value is None else value.isoformat() for value in values]}

    def load(self, row: Mapping[str, Any], name: str) -> date | None:
        """Return the day."""
        return None if row[name] is None else date.fromisoformat(row[name])

    def check_stored(self, columns: Sequence[Sequence[Any]], name: str) -> None:
        """Raise ValueError for a text that is no day, TypeError for what is no text."""
        for _day in map(date.fromisoformat, {*columns[0]} - {None}):
            pass

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
