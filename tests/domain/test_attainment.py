from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from crm_app.domain import attainment, counting
from crm_app.domain.amounts import WAN, YI
from crm_app.domain.attainment import Denominator, Rate
from crm_app.domain.counting import Counted, Window
from crm_app.domain.days import FuzzyDay
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Signing
from crm_app.domain.stages import Stage
from crm_app.domain.targets import Metric, Target

HALF = Window(date(2023, 1, 1), date(2023, 6, 30))
OLD, KEPT, GONE = UUID(int=1), UUID(int=2), UUID(int=3)


def ledger() -> list[Counted]:
    rows = [
        (OLD, Agreement.FORMAL, date(2022, 5, 1)),
        (KEPT, Agreement.FORMAL, date(2023, 2, 1)),
        (GONE, Agreement.FORMAL, date(2023, 3, 1)),
        (GONE, Agreement.CANCELLATION, date(2023, 6, 1)),
    ]
    return counting.count_signings(
        Signing(id=UUID(int=100 + n), project_id=project, kind=kind, signed_on=FuzzyDay.of(on), amount=Amount(YI))
        for n, (project, kind, on) in enumerate(rows)
    )


def test_the_denominator_is_as_set() -> None:
    found = {basis: set(attainment.denominator(ledger(), HALF, basis)) for basis in Denominator}
    assert found == {
        Denominator.WINDOW: {KEPT, GONE},
        Denominator.WINDOW_STANDING: {KEPT},
        Denominator.ALL_STANDING: {OLD, KEPT},
    }


def test_a_rate_over_nothing_is_none() -> None:
    assert attainment.attained(Rate.STARTED, {}, [OLD]).ratio is None
    rate = attainment.attained(Rate.STARTED, {KEPT: YI, GONE: YI}, [KEPT, OLD])
    assert (rate.part, rate.whole, rate.ratio, rate.rows) == (1, 2, Decimal("0.5000"), (KEPT,))


def test_a_project_that_skipped_a_stage_has_reached_it() -> None:
    log = [(Stage.SIGNED, date(2023, 1, 1)), (Stage.PRODUCING, date(2023, 5, 1)), (Stage.ON_HOLD, date(2023, 6, 1))]
    assert attainment.reached(log, Stage.STARTED, date(2023, 5, 1))
    assert not attainment.reached(log, Stage.STARTED, date(2023, 4, 30))
    assert not attainment.reached(log, Stage.FULL_CAPACITY, date(2023, 12, 31))


def target(n: int, **more: object) -> Target:
    values = {"from_on": date(2023, 1, 1), "to_on": date(2023, 12, 31), "metric": Metric.TRIPS, "subject": "全区"}
    return Target(id=UUID(int=n), value=n, **(values | more))  # type: ignore[arg-type]


def test_a_revised_target_stands_until_its_revision_is_in_force() -> None:
    revision = target(2, supersedes_id=UUID(int=1), effective_from=date(2023, 5, 1))
    spring = Window(date(2023, 1, 1), date(2023, 3, 31))
    assert [one.value for one in attainment.in_force([target(1), revision], spring)] == [1]
    assert [one.value for one in attainment.in_force([target(1), revision], HALF)] == [2]
    assert attainment.in_force([target(1)], Window(date(2022, 1, 1), date(2022, 12, 31))) == []


def test_per_mu_is_in_ten_thousand_yuan() -> None:
    assert attainment.per_mu(YI, Decimal(30)) == Decimal("333.33")
    assert attainment.per_mu(500 * WAN, Decimal(0)) is None
    assert attainment.per_mu(None, Decimal(30)) is None
