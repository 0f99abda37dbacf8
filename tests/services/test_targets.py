from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from crm_app.domain.targets import Metric
from crm_app.errors import BadInput
from crm_app.services import book as books
from crm_app.services import targets
from tests.services.conftest import Bureau

YEAR: dict[str, Any] = {"from_on": date(2023, 1, 1), "to_on": date(2023, 12, 31)}


def set_one(bureau: Bureau, value: int, **values: Any) -> UUID:
    wanted: dict[str, Any] = {"metric": Metric.SIGNED_COUNT, "subject": "招商局", "issuer": "区政府", **YEAR} | values
    return targets.set_target(bureau.book, value=value, **wanted).value


def test_a_revision_supersedes_and_keeps_the_old_one(bureau: Bureau) -> None:
    first = set_one(bureau, 100, document="示例〔2023〕1号")
    second = set_one(bureau, 120, effective_from=date(2023, 7, 1))
    third = set_one(bureau, 130)
    assert [(one.id, one.value, one.supersedes_id) for one in targets.list_targets(bureau.book)] == [
        (third, 130, second)
    ]
    kept = {one.id: one.value for one in targets.list_targets(bureau.book, superseded=True)}
    assert kept == {first: 100, second: 120, third: 130}


def test_what_was_revised_already_is_revised_behind_its_revision(bureau: Bureau) -> None:
    first = set_one(bureau, 100)
    second = targets.change_target(bureau.book, first, value=120).value
    third = targets.change_target(bureau.book, first, value=130).value
    assert [(one.id, one.supersedes_id) for one in targets.list_targets(bureau.book)] == [(third, second)]


def test_other_metrics_periods_subjects_and_issuers_stand_beside(bureau: Bureau) -> None:
    set_one(bureau, 100)
    set_one(bureau, 50_000_000_000, metric=Metric.SIGNED_YUAN)
    set_one(bureau, 30, to_on=date(2023, 6, 30))
    set_one(bureau, 10, subject="单晓")
    set_one(bureau, 110, issuer="市招商投资局")
    assert len(targets.list_targets(bureau.book)) == 5


def test_a_target_taken_back_brings_the_old_one_into_force(bureau: Bureau) -> None:
    first, second, third = (set_one(bureau, value) for value in (100, 120, 130))
    targets.remove_target(bureau.book, second)
    assert [(one.id, one.supersedes_id) for one in targets.list_targets(bureau.book)] == [(third, first)]
    targets.remove_target(bureau.book, third)
    assert [one.id for one in targets.list_targets(bureau.book)] == [first]


def test_a_period_ends_after_it_begins(bureau: Bureau) -> None:
    with pytest.raises(BadInput) as refused:
        set_one(bureau, 1, to_on=date(2022, 12, 31))
    assert refused.value.field == "to_on"


def test_a_forecast_is_rewritten_and_its_history_kept(bureau: Bureau) -> None:
    first = targets.set_forecast(bureau.book, metric=Metric.SIGNED_COUNT, value=120, basis="在谈30个", **YEAR).value
    again = targets.set_forecast(bureau.book, metric=Metric.SIGNED_COUNT, value=125, basis="在谈35个", **YEAR).value
    assert first == again
    (one,) = targets.list_forecasts(bureau.book)
    assert (one.value, one.basis) == (125, "在谈35个")
    assert [change.old for change in books.changes_of(bureau.book, one) if change.field] == ["120", "在谈30个"]


def test_a_forecast_names_its_ground(bureau: Bureau) -> None:
    with pytest.raises(BadInput) as refused:
        targets.set_forecast(bureau.book, metric=Metric.TRIPS, value=60, basis="", **YEAR)
    assert refused.value.field == "basis"


def test_a_rank_lies_within_its_board_and_prints_with_its_document(bureau: Bureau) -> None:
    with pytest.raises(BadInput) as refused:
        targets.add_ranking(bureau.book, board="赛马榜", period="2023年上半年", rank=13, of=12)
    assert refused.value.field == "rank"
    targets.add_ranking(bureau.book, board="赛马榜", period="2023年一季度", rank=3, of=12)
    told = targets.add_ranking(
        bureau.book, board="赛马榜", period="2023年上半年", group="同组", rank=2, of=12, document="示例〔2023〕8号"
    ).value
    assert len(targets.list_rankings(bureau.book)) == 2
    assert [one.id for one in targets.list_rankings(bureau.book) if one.document] == [told]


def test_a_year_of_an_enterprise_is_filled_up(bureau: Bureau) -> None:
    first = targets.add_annual(bureau.book, bureau.battery, 2022, output=500_000_000).value
    again = targets.add_annual(bureau.book, bureau.battery, 2022, tax=20_000_000, land=Decimal(100)).value
    targets.add_annual(bureau.book, bureau.battery, 2021, tax=10_000_000)
    assert first == again
    (one, enterprise), _before = targets.list_annuals(bureau.book)
    assert (one.output, one.tax, one.land, enterprise.id) == (500_000_000, 20_000_000, Decimal(100), bureau.battery)
    assert [row.year for row, _enterprise in targets.list_annuals(bureau.book)] == [2022, 2021]
    targets.change_annual(bureau.book, first, output=None)
    with pytest.raises(BadInput, match="删除这一条"):
        targets.change_annual(bureau.book, first, tax=None)
    with pytest.raises(BadInput):
        targets.add_annual(bureau.book, bureau.battery, 2020, land=Decimal(1))
