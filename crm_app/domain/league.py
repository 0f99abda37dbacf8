"""The league table (赛马榜): teams and people by the metrics a bureau chooses, each with the rows it stands on.

The place follows the metrics in their order: where the first is equal the next decides. Who is equal in all of them
shares a place, and the next place is left out (1, 2, 2, 4). A row of several people counts for each of them, and once
for their team; what belongs to nobody stands apart, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from crm_app.domain.targets import Metric

METRICS = (
    Metric.SIGNED_YUAN,
    Metric.SIGNED_COUNT,
    Metric.FUNDS_YUAN,
    Metric.TRIPS,
    Metric.ENTERPRISES_VISITED,
)
"""The metrics a new book ranks by, the deciding one first."""


@dataclass(frozen=True, slots=True)
class LeagueCell:
    """What somebody reached of a metric, in its unit, and the rank among all; ``ratio`` is of their own target."""

    metric: Metric
    value: int
    rank: int
    rows: tuple[UUID, ...]
    ratio: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LeagueLine:
    """A team or a person with the place in the table; ``person_id`` None is a team."""

    subject: str
    person_id: UUID | None
    place: int
    cells: tuple[LeagueCell, ...]


@dataclass(frozen=True, slots=True)
class Nobody:
    """What a metric counts that belongs to nobody in the table."""

    metric: Metric
    value: int
    rows: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class LeagueTable:
    """Lines by place, and what is nobody's."""

    lines: tuple[LeagueLine, ...]
    nobody: tuple[Nobody, ...]


@dataclass(frozen=True, slots=True)
class League:
    """The table of teams and that of people, by the same metrics."""

    metrics: tuple[Metric, ...]
    teams: LeagueTable
    people: LeagueTable


def ranks(values: Sequence[Any]) -> list[int]:
    """Return the rank of each value, the greatest first; equal ones share a rank and the next is left out."""
    first: dict[Any, int] = {}
    for place, value in enumerate(sorted(values, reverse=True), 1):
        first.setdefault(value, place)
    return [first[value] for value in values]
