"""Whole books searched for pairs: what many share suggests nothing, whatever is meant to be one is found."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from crm_app.domain.blocking import pairs
from crm_app.domain.likeness import traits

COMMON = ["马来西亚", "元宇宙", "国网", "示例"]
TRADES = ["电子", "食品", "汽车零部件", "新能源科技"]
SURE = "91350900587527783P"
ODD = [chr(code) for code in range(0x8400, 0x8440)]
"""Characters that stand in no list of words."""


def found(*names: str, coded: tuple[str, ...] = ()) -> set[frozenset[str]]:
    known = [traits(name) for name in names] + [traits(name, uscc=SURE) for name in coded]
    return {
        frozenset((known[pair.one].name, known[pair.other].name)) for pair in pairs(known, lambda _done, _total: None)
    }


@given(
    st.sampled_from(COMMON),
    st.sampled_from(["", "示", "华"]),
    st.lists(st.sampled_from(TRADES), min_size=6, max_size=6),
    st.sampled_from(["有限公司", "有限公司(示例)", "集团有限公司", ""]),
    st.permutations(ODD).map(lambda order: order[:6]),
)
def test_common_words_and_a_single_character_suggest_nothing(
    word: str, held: str, trades: list[str], form: str, own: list[str]
) -> None:
    names = [f"{word}{one}{held}{trade}{form}" for one, trade in zip(own, trades, strict=True)]
    assert found(*names) == set()


TRUE_PAIRS = [
    ("广州巨湾技研有限公司", "巨湾技研股份有限公司"),
    ("重庆青山工业有限责任公司", "重庆青山工业有限责任公司江津分公司"),
    ("比亚迪股份有限公司深圳分公司", "比亚迪"),
    ("重庆晶岩松食品有限公司（已注销）", "晶岩松食品"),
    ("大众汽车（中国）", "德国大众汽车"),
    ("马来西亚槟示电子有限公司（示例）", "槟示电子"),
    ("中创新航科技集团股份有限公司", "中创新行科技"),
    ("中创新航科技集团股份有限公司", "中创航新科技有限公司"),
    ("重庆晶岩松调味品有限公司", "晶岩松调"),
    ("重庆晶岩松食品有限公司", "晶岩松食"),
    ("宁德时代新能源科技股份有限公司", "宁德时代"),
    ("重慶巨灣技研有限公司", "重庆巨湾技研有限公司"),
    ("鴻海精密工業股份有限公司", "鸿海精密工业"),
    ("ＴＣＬ科技集团股份有限公司", "TCL科技"),
    ("重庆青山机电有限公司", "重庆清山机电有限公司"),
    ("重庆青山机电有限公司", "重庆青川机电"),
]


@pytest.mark.parametrize(("one", "other"), TRUE_PAIRS)
def test_what_is_one_is_found_among_names_like_it(one: str, other: str) -> None:
    others = [f"马来西亚{own}示电子有限公司（示例）" for own in ODD[:6]] + [
        "重庆新能源科技有限公司",
        "上海食品有限公司",
    ]
    pair = frozenset((one, other))
    assert found(one, other, *others) == {pair}
    assert found(other, *others, coded=(one,)) == {pair}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("成都青川机电有限公司", id="another place"),
        pytest.param("重庆青川食品有限公司", id="another trade"),
        pytest.param("重庆白川机电有限公司", id="another brand"),
        pytest.param("重庆青一机电有限公司", id="a number"),
    ],
)
def test_a_short_brand_is_no_slip_elsewhere(other: str) -> None:
    one = "重庆青二机电有限公司" if "一" in other else "重庆青山机电有限公司"
    assert found(one, other) == set()


def test_of_three_short_brands_alike_none_is_a_slip() -> None:
    assert found("重庆青山机电有限公司", "重庆青川机电有限公司", "重庆青峰机电有限公司") == set()


def test_among_very_many_short_brands_only_what_is_read_alike_may_be_a_slip() -> None:
    # A crowd whose brands share no character with those looked at, nor a reading with one another.
    crowd = [
        f"重庆{one}{other}机电有限公司"
        for one, other in zip(
            "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来", "龙师火帝鸟官人皇始制文字乃服衣裳推位", strict=True
        )
    ]
    crowd += [
        f"重庆{one}{other}机电有限公司" for one, other in zip("坐朝问道垂拱平章", "爱育黎首臣伏戎羌", strict=True)
    ]
    one, alike, other = "重庆青山机电有限公司", "重庆清山机电有限公司", "重庆青川机电有限公司"
    assert found(one, other, *crowd) == set()
    assert found(one, alike, *crowd) == {frozenset((one, alike))}


def test_a_name_that_is_found_as_it_stands_is_no_slip_of_another() -> None:
    assert found("卓创思医疗", "重庆卓创思医疗有限公司", coded=("上海卓驰思医疗有限公司",)) == {
        frozenset(("卓创思医疗", "重庆卓创思医疗有限公司"))
    }


def test_of_several_it_may_be_a_slip_of_only_the_likest_are_told() -> None:
    names = ["重庆卓创思医疗有限公司", "上海卓驰思医疗有限公司"]
    slipped = "重庆卓闯思医疗有限公司"
    assert found(slipped, coded=(names[0],)) == {frozenset((slipped, names[0]))}
    assert frozenset((slipped, names[1])) not in found(slipped, *names)
