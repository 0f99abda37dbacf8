"""A next step is typed as one sentence: the date in it is the due day, the rest is what is to be done."""

from __future__ import annotations

from datetime import date

import pytest

from crm_app.domain import days
from crm_app.errors import BadInput

TODAY = date(2023, 11, 22)


@pytest.mark.parametrize(
    ("typed", "due", "what"),
    [
        ("下周三 回访", date(2023, 11, 29), "回访"),
        ("11月25日前报送方案", date(2023, 11, 25), "报送方案"),
        ("回访张总 明天", date(2023, 11, 23), "回访张总"),
        ("周五前发资料", date(2023, 11, 24), "发资料"),
        ("周二 送样", date(2023, 11, 28), "送样"),
        ("3天内反馈", date(2023, 11, 25), "反馈"),
        ("12.5 上门", date(2023, 12, 5), "上门"),
        ("电话跟进 11-30", date(2023, 11, 30), "电话跟进"),
        ("跟进（下周二）", date(2023, 11, 28), "跟进"),
        ("请张总3月底前回复", date(2024, 3, 31), "请张总回复"),
        ("月底前，送方案", date(2023, 11, 30), "送方案"),
        ("8月前 报方案", date(2024, 7, 31), "报方案"),
        ("明天下午3点 回访", date(2023, 11, 23), "下午3点 回访"),
        ("先看2号地块，12月3日签约", date(2023, 12, 3), "先看2号地块，签约"),
        ("Follow up next Wednesday with Mr Wang", date(2023, 11, 29), "Follow up with Mr Wang"),
        ("by Friday send the list", date(2023, 11, 24), "send the list"),
        ("send the list before Friday", date(2023, 11, 24), "send the list"),
        ("下周", date(2023, 12, 3), ""),
        ("25日前 送方案", date(2023, 11, 25), "送方案"),
        ("25号前送方案", date(2023, 11, 25), "送方案"),
        ("回访李总 28日", date(2023, 11, 28), "回访李总"),
        ("10号 上门", date(2023, 12, 10), "上门"),
        ("下週三拜會工業局", date(2023, 11, 29), "拜會工業局"),
        ("12月3號前報送", date(2023, 12, 3), "報送"),
    ],
)
def test_due_day_and_deed(typed: str, due: date, what: str) -> None:
    span, rest = days.parse_next_step(typed, TODAY)
    assert span is not None
    assert (span.last, rest) == (due, what)


@pytest.mark.parametrize(
    "typed",
    [
        "发资料",
        "修改8月方案",
        "意向3.5亿 需核实",
        "考察3号厂房",
        "3号厂房 现场踏勘",
        "13800000000 回电",
        "2023年度计划",
    ],
)
def test_what_only_resembles_a_date_stays_in_the_sentence(typed: str) -> None:
    assert days.parse_next_step(typed, TODAY) == (None, typed)


def test_a_day_that_does_not_exist_is_told() -> None:
    with pytest.raises(BadInput, match="2月30日"):
        days.parse_next_step("2月30日 回访", TODAY)
