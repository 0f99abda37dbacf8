"""Trips and visits as they are counted (counting rule 8).

One approval and one return is one batch, in the window of its departure (or return, by setting); a resident posting
counts apart. A visit counts on its own day, face to face, at a company: 家数 are distinct companies, 家次 the visits.
Person-days count on their own days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from crm_app.domain.counting import Window
from crm_app.domain.enterprises import Category
from crm_app.domain.trips import Trip, TripKind, TripMember
from crm_app.domain.visits import VisitMode
from crm_app.i18n import N_


class CountedBy(StrEnum):
    """The day that puts a trip into a window: a setting, printed."""

    DEPARTURE = "departure"
    RETURN = "return"


COUNTED_BY_LABELS = {CountedBy.DEPARTURE: N_("by departure"), CountedBy.RETURN: N_("by return")}


@dataclass(frozen=True, slots=True)
class Met:
    """A visit as the rule sees it; an empty mode is face to face, an empty category a company: both are defaults."""

    id: UUID
    enterprise_id: UUID
    on: date
    mode: VisitMode | None
    category: Category | None


def trips_in(trips: Iterable[Trip], window: Window, by: CountedBy) -> list[Trip]:
    """Return the batches of a window, resident postings left out."""
    return [trip for trip in trips if trip.kind is not TripKind.POSTING and _falls(trip, window, by)]


def postings_in(trips: Iterable[Trip], window: Window, by: CountedBy) -> list[Trip]:
    """Return the resident postings of a window."""
    return [trip for trip in trips if trip.kind is TripKind.POSTING and _falls(trip, window, by)]


def _falls(trip: Trip, window: Window, by: CountedBy) -> bool:
    return window.has(trip.start_on if by is CountedBy.DEPARTURE else trip.end_on)


def person_days(trip: Trip, members: Iterable[TripMember], window: Window) -> Decimal:
    """Return the person-days of a trip that fall into a window, in halves of a day.

    A member's days run from the departure; without a number they are all the trip's days.
    """
    whole = window.overlap(trip.start_on, trip.end_on)
    if whole is None:
        return Decimal(0)
    total = Decimal(0)
    length = (trip.end_on - trip.start_on).days + 1
    for member in members:
        days = Decimal(length) if member.days is None else member.days
        until = _passed(trip, days, whole.last)
        total += until - _passed(trip, days, whole.first - timedelta(days=1))
    return total


def _passed(trip: Trip, days: Decimal, day: date) -> Decimal:
    """Return how many of a member's days are over at the end of ``day``."""
    if day >= trip.end_on:
        return days
    return max(Decimal(0), min(days, Decimal((day - trip.start_on).days + 1)))


def visits_in(visits: Iterable[Met], window: Window) -> list[Met]:
    """Return the visits that count in a window, by day: face to face, at companies."""
    found = [
        visit
        for visit in visits
        if window.has(visit.on) and visit.mode is not VisitMode.ONLINE and visit.category in (None, Category.COMPANY)
    ]
    return sorted(found, key=lambda visit: (visit.on, visit.id.int))


def enterprises_of(visits: Iterable[Met]) -> int:
    """Return 家数: distinct companies."""
    return len({visit.enterprise_id for visit in visits})
