from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import counting
from crm_app.domain.amounts import YI, Currency
from crm_app.domain.counting import Counted, Doubt, Window
from crm_app.domain.counting_policy import Expansion, Policy, SecondFormal, Supplement
from crm_app.domain.days import FuzzyDay, parse_day
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, ProjectPark, Signing
from crm_app.errors import BadInput

HALF = Window(date(2023, 1, 1), date(2023, 6, 30))
YEAR = Window(date(2023, 1, 1), date(2023, 12, 31))
P, Q = UUID(int=1), UUID(int=2)

days_2023 = st.dates(date(2022, 6, 1), date(2024, 6, 30))
yuan = st.integers(0, 200 * YI)


def signing(
    n: int, on: str | date | FuzzyDay, amount: int | Amount | None = YI, project: UUID = P, **more: Any
) -> Signing:
    day = on if isinstance(on, FuzzyDay) else FuzzyDay.of(on) if isinstance(on, date) else parse_day(on, HALF.last)
    money = Amount(amount) if isinstance(amount, int) else amount
    values: dict[str, Any] = {"kind": Agreement.FORMAL} | more
    return Signing(id=UUID(int=1000 + n), project_id=project, signed_on=day, amount=money, **values)


def counted(*signings: Signing) -> list[Counted]:
    return counting.count_signings(signings)


def signed(window: Window, *signings: Signing) -> tuple[int, int]:
    tally = counting.tally(counting.signed_in(counted(*signings), window))
    return tally.count, tally.yuan


@st.composite
def ledgers(draw: Callable[..., Any]) -> list[Signing]:
    """Any signings of a few projects: kinds, days, amounts as they come."""
    drawn = draw(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(Agreement), days_2023, yuan), max_size=25))
    return [
        signing(n, on, amount, project=UUID(int=project), kind=kind)
        for n, (project, kind, on, amount) in enumerate(drawn)
    ]


# 1: every figure carries its own window


@given(ledgers(), days_2023)
def test_windows_that_meet_share_nothing_and_leave_nothing_out(rows: list[Signing], cut: date) -> None:
    whole = Window(date(2022, 6, 1), date(2024, 6, 30))
    if cut == whole.last:
        return
    first, second = Window(whole.first, cut), Window(cut + timedelta(days=1), whole.last)
    parts = [signed(window, *rows) for window in (first, second)]
    assert signed(whole, *rows) == (sum(part[0] for part in parts), sum(part[1] for part in parts))


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadInput):
        Window(HALF.last, HALF.first)


# 2: X以上 includes X and is cumulative


def test_a_band_includes_its_own_threshold() -> None:
    rows = counted(signing(1, "2023-02-01", 10 * YI), signing(2, "2023-02-02", 10 * YI - 1, Q))
    ten = counting.bands(rows, [10 * YI])[0]
    assert (ten.tally.count, ten.tally.yuan) == (1, 10 * YI)


@given(ledgers(), st.sets(st.integers(1, 200 * YI), min_size=1, max_size=8))
def test_a_lower_band_contains_the_higher_and_exclusive_bands_sum_up(rows: list[Signing], thresholds: set[int]) -> None:
    inside = counting.signed_in(counted(*rows), YEAR)
    found = [set(band.tally.rows) for band in counting.bands(inside, thresholds)]
    assert all(higher <= lower for lower, higher in itertools.pairwise(found))
    apart = counting.exclusive_bands(inside, thresholds)
    assert sum(band.tally.count for band in apart) == counting.tally(inside).count
    assert len({row for band in apart for row in band.tally.rows}) == sum(len(band.tally.rows) for band in apart)


def test_a_supplement_of_the_window_lifts_its_contract_into_a_band() -> None:
    rows = [signing(1, "2023-02-01", 9 * YI), signing(2, "2023-04-01", YI, kind=Agreement.SUPPLEMENT)]
    band = counting.bands(counting.signed_in(counted(*rows), HALF), [10 * YI])[0]
    assert (band.tally.count, band.tally.yuan) == (1, 10 * YI)


# 3: only a formal contract counts, once, in the period of its own day


@given(ledgers())
def test_a_project_counts_at_most_once_and_only_by_a_formal_contract(rows: list[Signing]) -> None:
    found = [one for one in counted(*rows) if one.projects > 0]
    assert len({one.signing.project_id for one in found}) == len(found)
    assert all(one.signing.kind is Agreement.FORMAL for one in found)
    assert len(found) == len({row.project_id for row in rows if row.kind is Agreement.FORMAL})


@pytest.mark.parametrize("kind", [Agreement.INTENT, Agreement.FRAMEWORK])
def test_intent_and_framework_count_nothing(kind: Agreement) -> None:
    assert signed(YEAR, signing(1, "2023-06-20", 80 * YI, kind=kind)) == (0, 0)


def test_a_month_counts_where_the_window_holds_all_of_it_and_is_unsure_where_it_holds_a_part() -> None:
    march = signing(1, "2023年3月")
    assert signed(HALF, march) == (1, YI)
    cut = Window(date(2023, 3, 10), date(2023, 6, 30))
    assert signed(cut, march) == (0, 0)
    assert cut.unsure_of(march.signed_on)
    assert not Window(date(2023, 4, 1), date(2023, 4, 30)).unsure_of(march.signed_on)


def test_a_year_is_unsure_for_a_half_and_counts_for_the_year() -> None:
    only_year = signing(1, "2023年")
    assert signed(HALF, only_year) == (0, 0)
    assert HALF.unsure_of(only_year.signed_on)
    assert signed(YEAR, only_year) == (1, YI)


def test_the_days_around_a_window_are_outside_it() -> None:
    for day in ("2022-12-31", "2023-07-01"):
        assert signed(HALF, signing(1, day)) == (0, 0)
    for day in ("2023-01-01", "2023-06-30"):
        assert signed(HALF, signing(1, day)) == (1, YI)


def test_a_supplement_adds_its_amount_and_no_project_in_its_own_period() -> None:
    rows = [signing(1, "2022-05-01", 5 * YI), signing(2, "2023-03-01", YI, kind=Agreement.SUPPLEMENT)]
    assert signed(HALF, *rows) == (0, YI)
    alone = counted(rows[1])[0]
    assert (alone.projects, alone.yuan, alone.doubts) == (0, 0, (Doubt.SUPPLEMENT_ALONE,))


def test_a_separate_contract_of_an_established_enterprise_is_a_project() -> None:
    assert signed(YEAR, signing(1, "2023-02-01"), signing(2, "2023-05-01", 2 * YI, Q)) == (2, 3 * YI)


def test_a_second_formal_contract_waits_for_a_word() -> None:
    rows = [signing(1, "2023-02-01"), signing(2, "2023-03-01", 3 * YI)]
    assert signed(YEAR, *rows) == (1, YI)
    assert counted(*rows)[1].doubts == (Doubt.SECOND_FORMAL,)
    said = signing(2, "2023-03-01", 3 * YI, counted_projects=1, counted_yuan=3 * YI, count_reason="另一期")
    assert signed(YEAR, rows[0], said) == (2, 4 * YI)


def test_a_cancelled_contract_keeps_its_period_and_is_netted_in_the_period_of_the_cancellation() -> None:
    rows = [
        signing(1, "2023-05-01", 3 * YI),
        signing(2, "2023-05-20", YI, kind=Agreement.SUPPLEMENT),
        signing(3, "2023-07-08", kind=Agreement.CANCELLATION),
    ]
    assert signed(HALF, *rows) == (1, 4 * YI)
    assert counting.cancelled_in(counted(*rows), HALF) == []
    back = counting.tally(counting.cancelled_in(counted(*rows), YEAR))
    assert (back.count, back.yuan) == (-1, -4 * YI)


def test_cancelling_what_never_counted_takes_nothing_back() -> None:
    uncounted = signing(1, "2023-02-01", counted_projects=0, counted_yuan=0, count_reason="重复")
    rows = counted(uncounted, signing(2, "2023-03-01", kind=Agreement.CANCELLATION))
    assert [(one.projects, one.yuan) for one in rows] == [(0, 0), (0, 0)]


@given(ledgers())
def test_nothing_is_taken_back_that_was_not_counted(rows: list[Signing]) -> None:
    for project in {row.project_id for row in rows}:
        own = [one for one in counted(*rows) if one.signing.project_id == project]
        assert sum(one.projects for one in own) in (0, 1)
        assert sum(one.yuan for one in own) >= 0


def test_counting_otherwise_wants_a_reason() -> None:
    silent = counted(signing(1, "2023-02-01", counted_projects=0, counted_yuan=0))[0]
    assert (silent.projects, silent.yuan, silent.doubts) == (1, YI, (Doubt.NO_REASON,))
    said = counted(signing(1, "2023-02-01", counted_yuan=2 * YI, count_reason="分期"))[0]
    assert (said.projects, said.yuan, said.doubts) == (1, 2 * YI, ())


# 4: whole yuan; dollars beside, counted only at a rate with its day


def test_a_dollar_contract_counts_a_project_at_once_and_yuan_only_at_its_rate() -> None:
    dollars = Amount(3_000_000_00, Currency.USD)
    bare = counted(signing(1, "2023-02-01", dollars))[0]
    assert (bare.projects, bare.yuan, bare.doubts) == (1, 0, (Doubt.RATE,))
    without_day = counted(signing(1, "2023-02-01", dollars, rate=Decimal("6.9")))[0]
    assert without_day.yuan == 0
    rated = signing(1, "2023-02-01", dollars, rate=Decimal("6.9305"), rate_on=date(2023, 2, 1))
    assert counted(rated)[0].yuan == 20_791_500


@given(st.lists(yuan, max_size=30))
def test_sums_are_exact(amounts: list[int]) -> None:
    rows = [signing(n, "2023-02-01", amount, UUID(int=n + 1)) for n, amount in enumerate(amounts)]
    assert signed(HALF, *rows) == (len(amounts), sum(amounts))


def test_an_amount_not_known_counts_the_project_and_is_listed() -> None:
    one = counted(signing(1, "2023-02-01", None))[0]
    assert (one.projects, one.yuan, one.doubts) == (1, 0, (Doubt.AMOUNT,))


# 5: the same window a year before


def test_the_year_before() -> None:
    assert HALF.year_before() == Window(date(2022, 1, 1), date(2022, 6, 30))
    assert Window(date(2024, 2, 29), date(2024, 2, 29)).year_before().last == date(2023, 2, 28)
    whole_months = Window(date(2025, 1, 1), date(2025, 2, 28))
    assert whole_months.year_before() == Window(date(2024, 1, 1), date(2024, 2, 29))


@given(days_2023, st.integers(0, 400))
def test_the_year_before_is_a_window_of_nearly_the_same_length(first: date, length: int) -> None:
    window = Window(first, first + timedelta(days=length))
    before = window.year_before()
    assert before.first.year == first.year - 1
    assert abs((before.last - before.first).days - length) <= 1


def test_growth_over_nothing_has_no_rate() -> None:
    assert counting.growth(70, 41) == counting.Growth(29, Decimal("0.7073"))
    assert counting.growth(70, 0) == counting.Growth(70, None)
    assert counting.ratio(3, 0) is None


# 9: several investors are one project; the park of signing


@given(yuan, st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_investors_parts_sum_to_the_amount(amount: int, weights: list[int]) -> None:
    percents = [(Decimal(100 * weight) / sum(weights)).quantize(Decimal("0.01")) for weight in weights]
    percents[-1] += 100 - sum(percents)
    parts = counting.split(amount, percents)
    assert sum(parts) == amount
    assert all(abs(part - Decimal(amount) * percent / 100) <= 1 for part, percent in zip(parts, percents, strict=True))


def test_a_project_of_two_investors_is_one_project_with_its_full_amount() -> None:
    assert signed(HALF, signing(1, "2023-02-01", 20 * YI)) == (1, 20 * YI)
    assert counting.split(20 * YI, [Decimal(60), Decimal(40)]) == [12 * YI, 8 * YI]


def test_the_park_of_a_day() -> None:
    parks = [
        ProjectPark(id=UUID(int=2), project_id=P, park="珞璜临港产业城", from_on=date(2023, 7, 3)),
        ProjectPark(id=UUID(int=1), project_id=P, park="双福科技创新城", from_on=date(2023, 2, 1)),
    ]
    assert counting.park_on(parks, date(2023, 6, 30)) == "双福科技创新城"
    assert counting.park_on(parks, date(2023, 7, 3)) == "珞璜临港产业城"
    assert counting.park_on(parks, date(2023, 1, 1)) == "双福科技创新城"
    assert counting.park_on([], date(2023, 1, 1)) is None


@given(ledgers(), st.lists(st.sampled_from(["甲", "乙", "", None]), min_size=6, max_size=6))
def test_the_parts_of_a_distribution_sum_to_the_total(rows: list[Signing], names: list[str | None]) -> None:
    inside = counting.signed_in(counted(*rows), YEAR)
    parts = counting.shares(inside, lambda one: names[one.signing.project_id.int])
    total = counting.tally(inside)
    assert (sum(p.tally.count for p in parts), sum(p.tally.yuan for p in parts)) == (total.count, total.yuan)
    assert sorted(row for p in parts for row in p.tally.rows) == sorted(total.rows)
    assert all(part.name != "" for part in parts)
    assert [part.name for part in parts if part.name is None] == [part.name for part in parts[-1:] if part.name is None]


# A bureau may count contracts otherwise, from a day on.


@given(ledgers())
def test_the_usual_policy_is_the_rule(rows: list[Signing]) -> None:
    assert counting.count_signings(rows, Policy(), {P}) == counting.count_signings(rows)


def test_expansions_supplements_and_second_contracts_count_as_chosen_from_a_day_on() -> None:
    contract, supplement, second = (
        signing(1, "2023-01-10", 5 * YI),
        signing(2, "2023-03-10", 2 * YI, kind=Agreement.SUPPLEMENT),
        signing(3, "2023-05-10", 9 * YI),
    )
    rows = [contract, supplement, second]

    def counts(policy: Policy, grown: Collection[UUID] = ()) -> list[tuple[int, int]]:
        return [(one.projects, one.yuan) for one in counting.count_signings(rows, policy, grown)]

    usual = [(1, 5 * YI), (0, 2 * YI), (0, 0)]
    assert counts(Policy()) == usual
    increase = Policy(second_formal=SecondFormal.INCREASE)
    assert counts(increase) == [(1, 5 * YI), (0, 2 * YI), (0, 2 * YI)]
    assert counts(replace(increase, since=date(2023, 5, 11))) == usual
    assert counts(Policy(supplements=Supplement.NOTHING)) == [(1, 5 * YI), (0, 0), (0, 0)]
    assert counts(Policy(expansions=Expansion.AMOUNT)) == usual, "the project is not grown at home"
    assert counts(Policy(expansions=Expansion.AMOUNT), {P}) == [(0, 5 * YI), (0, 2 * YI), (0, 0)]
    assert counts(Policy(expansions=Expansion.NOTHING), {P}) == [(0, 0), (0, 0), (0, 0)]
