"""Which sentences are doubted where no row shows what they claim, and which ordinary ones are not."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from crm_app.domain.claims import Claim, Evidence, doubted
from crm_app.domain.targets import Forecast, Metric, Target, expected_against


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            Claim.RANK,
            "我区招商成绩在全市排第三。签约总额居全市之首。考核得分列全市第二。引资额稳居全市前三。在同组中名次靠前。",
        ),
        (
            Claim.YEAR_ON_YEAR,
            "签约额比去年同期增长32%。签约额较上年同期增长三成。同比增长百分之三十。同比大幅增长。签约额比去年增长20%。",
        ),
        (Claim.OVER_TARGET, "提前完成全年任务。突破全年目标任务。超出年度目标。上半年超额完成任务。"),
        (Claim.EXPECTED, "预估全年签约100亿元。预计签约金额达860亿元。"),
        (
            Claim.PROMISE,
            "我区给予固定资产投资3%的扶持资金。免三年厂房租金。厂房租金前三年全免。企业将获得500万元补贴。"
            "企业希望获得支持，我区承诺给予奖励500万元。会上同意给予500万元奖励，企业申请下月拨付。",
        ),
    ],
)
def test_what_no_row_shows_is_doubted_sentence_by_sentence(rule: Claim, text: str) -> None:
    sentences = [f"{one}。" for one in text.split("。") if one]
    assert [one.sentence for one in doubted(text, Evidence()) if one.claim is rule] == sentences


@pytest.mark.parametrize(
    "text",
    [
        "会议排名不分先后。",
        "公司总部位列北京市朝阳区。",
        "企业系前列腺诊疗设备制造商。",
        "第一位发言的是李主任。",
        "走访全市第一季度签约企业。",
        "出台一系列措施，第一批项目开工。",
        "企业享受高新技术企业税收优惠。",
        "企业希望我区给予设备投资奖励。",
        "请企业提供奖励申报材料。",
        "项目预计2024年投产。",
        "力争提前完成全年目标任务。",
        "同比例增资2000万元。",
        "企业营收同比增长12%。",
    ],
)
def test_an_ordinary_sentence_is_not_doubted(text: str) -> None:
    assert not list(doubted(text, Evidence()))


def test_a_forecast_is_held_against_the_whole_bureaus_targets_alone() -> None:
    year = {"metric": Metric.SIGNED_COUNT, "from_on": date(2023, 1, 1), "to_on": date(2023, 12, 31)}
    expected = Forecast(id=uuid4(), value=100, basis="在谈清单", **year)

    def target(subject: str, value: int) -> Target:
        return Target(id=uuid4(), subject=subject, value=value, **year)

    team = target("汽车专班", 60)
    assert expected_against(expected, [team], "") < 0
    assert expected_against(expected, [team, target("全区", 90)], "") == 10
    assert expected_against(expected, [target("全区", 90), target("全区", 110)], "") < 0


@pytest.mark.parametrize(
    ("text", "shown", "doubts"),
    [
        ("签约额超额完成年度目标。", (Metric.SIGNED_YUAN,), 0),
        ("签约项目总投资超额完成年度目标。", (Metric.SIGNED_COUNT,), 1),
        ("签约额、到位资金均超额完成目标。", (Metric.SIGNED_YUAN,), 1),
        ("全面超额完成年度目标。", (Metric.TRIPS,), 0),
        ("到位资金超额完成目标，外资仍有差距。", (Metric.FUNDS_YUAN,), 0),
        ("新开工项目超额完成年度目标。", (Metric.SIGNED_YUAN,), 1),
    ],
)
def test_more_than_the_target_is_said_of_the_metric_that_reached_it(
    text: str, shown: tuple[Metric, ...], doubts: int
) -> None:
    assert len(list(doubted(text, Evidence(exceeded=shown)))) == doubts
