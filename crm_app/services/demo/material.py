"""What the sample is made of: words from resources/demo, colleagues and companies once written, and days that repeat.

Nothing is drawn by chance: every choice goes round its list by number, so that two sample books hold the same content
(their ids differ, as ids of two books must).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from crm_app import paths
from crm_app.domain.amounts import YI
from crm_app.domain.workdays import Calendar

T = TypeVar("T")

DAY = date(2023, 7, 12)
"""The sample's today: the day of publication."""

CALENDAR = Calendar({})

HALF_YEAR = (date(2023, 1, 5), date(2023, 6, 29))


def words(name: str) -> dict[str, Any]:
    """Return one file of the sample's words."""
    text = (paths.resources() / "demo" / f"{name}.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def pick(many: Sequence[T], n: int) -> T:
    """Return the ``n``-th of a list that goes round."""
    return many[n % len(many)]


def yuan(yi: str) -> int:
    """Return 亿 as whole yuan."""
    return int(Decimal(yi) * YI)


def workday(day: date) -> date:
    """Return the day, or the next on which people work."""
    return CALENDAR.next_workday(day)


def _is_common(day: date) -> bool:
    """Tell whether a day is worked and no weekend worked in place of a holiday."""
    return CALENDAR.is_workday(day) and day.weekday() < 5


def free_start(day: date, length: int) -> date:
    """Return the last day up to ``day`` from which so many days are all working days."""
    while not all(_is_common(day + timedelta(days=n)) for n in range(length)):
        day -= timedelta(days=1)
    return day


def spread(first: date, last: date, n: int, of: int) -> date:
    """Return the ``n``-th of so many days spread evenly over a span, on a workday."""
    return min(workday(first + timedelta(days=(last - first).days * n // of)), last)


@dataclass(frozen=True)
class Company:
    """A written company with the contact it is met through."""

    id: UUID
    name: str
    short: str
    region: str
    industry: dict[str, str]
    contact_id: UUID
    title: str


@dataclass(frozen=True)
class Staff:
    """The colleagues in the order of the file: five promoters, a section head, two heads of the bureau."""

    ids: tuple[UUID, ...]
    levels: tuple[str, ...]

    @property
    def promoters(self) -> tuple[UUID, ...]:
        """Who travels week by week."""
        return self.ids[:5]

    @property
    def leaders(self) -> tuple[UUID, ...]:
        """Who leads a delegation."""
        return self.ids[5:]

    def level(self, person: UUID) -> str:
        """Return the level a delegation has under a colleague."""
        return self.levels[self.ids.index(person)]
