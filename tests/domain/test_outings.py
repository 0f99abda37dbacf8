from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import outings
from crm_app.domain.counting import Window
from crm_app.domain.enterprises import Category
from crm_app.domain.outings import CountedBy, Met
from crm_app.domain.trips import Trip, TripKind, TripMember
from crm_app.domain.visits import VisitMode

HALF = Window(date(2023, 1, 1), date(2023, 6, 30))


def trip(first: date, last: date, kind: TripKind | None = TripKind.OUTING) -> Trip:
    return Trip(id=UUID(int=1), title="赴深圳招商", start_on=first, end_on=last, kind=kind)


def member(days: str | None) -> TripMember:
    return TripMember(
        id=UUID(int=2), trip_id=UUID(int=1), person_id=UUID(int=3), days=None if days is None else Decimal(days)
    )


def met(n: int, enterprise: int, mode: VisitMode | None, category: Category | None, day: int = 1) -> Met:
    return Met(UUID(int=n), UUID(int=enterprise), date(2023, 3, day), mode, category)


def test_a_batch_counts_by_departure_or_by_return_as_set() -> None:
    over = trip(date(2023, 6, 29), date(2023, 7, 2))
    assert outings.trips_in([over], HALF, CountedBy.DEPARTURE) == [over]
    assert outings.trips_in([over], HALF, CountedBy.RETURN) == []


def test_a_posting_counts_apart() -> None:
    posting = trip(date(2023, 2, 1), date(2023, 4, 30), TripKind.POSTING)
    overseas = trip(date(2023, 2, 1), date(2023, 2, 5), TripKind.OVERSEAS)
    assert outings.trips_in([posting, overseas], HALF, CountedBy.DEPARTURE) == [overseas]
    assert outings.postings_in([posting, overseas], HALF, CountedBy.DEPARTURE) == [posting]


@pytest.mark.parametrize(("days", "in_june"), [("3.5", "2"), ("4", "2"), ("1.5", "1.5"), (None, "2")])
def test_person_days_count_on_their_own_days(days: str | None, in_june: str) -> None:
    over = trip(date(2023, 6, 29), date(2023, 7, 2))
    assert outings.person_days(over, [member(days)], HALF) == Decimal(in_june)


@given(st.integers(0, 20), st.integers(0, 80), st.integers(0, 19))
def test_person_days_of_windows_that_meet_sum_up(length: int, halves: int, cut: int) -> None:
    first = date(2023, 6, 20)
    away = trip(first, first + timedelta(days=length))
    one = member(str(Decimal(halves) / 2))
    split = first + timedelta(days=cut)
    before, after = Window(date(2023, 1, 1), split), Window(split + timedelta(days=1), date(2023, 12, 31))
    assert sum(outings.person_days(away, [one], window) for window in (before, after)) == Decimal(halves) / 2


def test_visits_are_face_to_face_and_to_companies() -> None:
    visits = [
        met(1, 1, VisitMode.FACE_TO_FACE, Category.COMPANY),
        met(2, 1, VisitMode.FACE_TO_FACE, Category.COMPANY, 9),
        met(3, 2, None, None),
        met(4, 3, VisitMode.ONLINE, Category.COMPANY),
        met(5, 4, VisitMode.FACE_TO_FACE, Category.ASSOCIATION),
        met(6, 5, VisitMode.FACE_TO_FACE, Category.OFFICE),
    ]
    counted = outings.visits_in(visits, HALF)
    assert [visit.id.int for visit in counted] == [1, 3, 2]
    assert outings.enterprises_of(counted) == 2
    assert outings.visits_in(visits, Window(date(2023, 7, 1), date(2023, 7, 12))) == []
