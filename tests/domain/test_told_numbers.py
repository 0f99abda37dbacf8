"""Which spans of values the numbers told in words can mean."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import told_numbers, wording

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def in_words(n: int) -> str:
    """Return a number below 10000 as it is written: 53 → 五十三, 305 → 三百零五."""
    said, gap = "", False
    for place, digit in zip(range(len(str(n)) - 1, -1, -1), map(int, str(n)), strict=True):
        if digit == 0:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + _DIGITS[digit] + _UNITS[place]
        gap = False
    return said


@given(st.integers(11, 9999))
def test_a_whole_number_in_words_is_that_number_alone(n: int) -> None:
    (one,) = told_numbers.told(f"共签约{in_words(n)}个项目。")
    assert (one.low, one.high) == (n, n)


@given(st.integers(11, 9499))
def test_what_wording_makes_of_a_figure_is_true_of_it(n: int) -> None:
    worded = wording.about(n)
    (written,) = told_numbers.written(worded)
    digits = worded.strip("余")
    spoken = worded.replace(digits, in_words(int(digits)))
    (one,) = told_numbers.told(f"拜访企业{spoken}家")
    assert one.fits(Decimal(n)), (spoken, one)
    assert one.fits(written) or not worded.endswith("余")


@pytest.mark.parametrize(
    ("text", "true_of", "false_of"),
    [
        ("外出招商五十余批次", "53", "47"),
        ("总投资五百余亿元", "53400000000", "49800000000"),
        ("总投资近百亿元", "9700000000", "8000000000"),
        ("拜访三十多家企业", "36", "41"),
        ("走访数十家", "35", "170"),
        ("上百家企业", "120", "97"),
        ("占全部签约额的三成", "0.31", "0.42"),
        ("其中三分之二为外引项目", "0.66", "0.5"),
        ("半数以上已开工", "0.53", "0.49"),
        ("签约额翻番", "1.1", "0.7"),
        ("逾两百个", "212", "188"),
        ("总投资三点五亿元", "350000000", "500000000"),
    ],
)
def test_words_fit_what_they_are_true_of(text: str, true_of: str, false_of: str) -> None:
    (one,) = told_numbers.told(text)
    assert one.fits(Decimal(true_of))
    assert not one.fits(Decimal(false_of))


@pytest.mark.parametrize(
    "text",
    [
        "一批重点项目、一家龙头企业、一系列措施。",
        "做好三项重点工作，走访两家企业。",
        "第三批项目、二季度、六月底前、五个月内。",
        "打造千亿级产业集群。",
        "取得三成功经验。",
        "三三制改革、十四五规划。",
        "近三年来，改革开放四十余年，大战一百天，近二十个工作日，约二十分钟，三十多天。",
        "第三代半导体、统一半导体产业，企业倍增计划。",
    ],
)
def test_what_is_no_figure_is_passed_over(text: str) -> None:
    assert not told_numbers.told(text)


def test_figures_in_digits_are_read_with_their_units() -> None:
    text = "签约70个、534亿元，占53.4%，外出50余批次，1,200人。"
    assert list(told_numbers.written(text)) == [
        Decimal(70),
        Decimal(53_400_000_000),
        Decimal("0.534"),
        Decimal("50.5"),
        Decimal(1200),
    ]
