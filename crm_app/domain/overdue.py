"""What is late: promises by the department that keeps them, starts and productions agreed and not come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from crm_app.domain.stages import Stage


@dataclass(frozen=True, slots=True)
class Promise:
    """A promised need still open on the day of the figure; ``late`` are the days since it was due, 0 for none."""

    need_id: UUID
    what: str
    whose: str
    dept: str | None
    promised_on: date
    due: date | None
    open_days: int
    late: int


@dataclass(frozen=True, slots=True)
class DeptNeeds:
    """A department's open promises, the longest open first; ``dept`` None gathers those of no department."""

    dept: str | None
    promises: tuple[Promise, ...]

    @property
    def rows(self) -> tuple[UUID, ...]:
        """The needs that are open."""
        return tuple(one.need_id for one in self.promises)

    @property
    def overdue(self) -> tuple[UUID, ...]:
        """The needs whose day has passed."""
        return tuple(one.need_id for one in self.promises if one.late)

    @property
    def median_days(self) -> int:
        """The median of the days they are open."""
        return round(median(one.open_days for one in self.promises))

    @property
    def longest_days(self) -> int:
        """The days the oldest one is open."""
        return max(one.open_days for one in self.promises)


@dataclass(frozen=True, slots=True)
class Overdue:
    """A signed project whose agreed day has passed; ``days`` since then, ``stage`` where it stands instead."""

    project_id: UUID
    name: str
    agreed_on: date
    days: int
    yuan: int
    stage: Stage
    dept: str | None
    owner: str | None


def promise_days(promised_on: date, due: date | None, day: date) -> tuple[int, int]:
    """Return the days a promise is open on a day, and those it is late."""
    return (day - promised_on).days, max((day - due).days, 0) if due else 0


def by_dept(promises: Iterable[Promise]) -> tuple[DeptNeeds, ...]:
    """Gather promises by department: most late first, then most open; those of no department last."""
    parts: dict[str | None, list[Promise]] = {}
    for one in promises:
        parts.setdefault(one.dept or None, []).append(one)
    found = [DeptNeeds(dept, tuple(sorted(own, key=_oldest))) for dept, own in parts.items()]
    return tuple(sorted(found, key=lambda one: (one.dept is None, -len(one.overdue), -len(one.rows), one.dept or "")))


def _oldest(one: Promise) -> tuple[int, int]:
    return -one.open_days, one.need_id.int


def longest_first(many: Sequence[Overdue]) -> tuple[Overdue, ...]:
    """Return what is late, the longest first."""
    return tuple(sorted(many, key=lambda one: (-one.days, -one.yuan, one.project_id.int)))
