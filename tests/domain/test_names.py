"""Names are tidied for storing; two spellings of one enterprise share a key, two enterprises do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import names

places = ["重庆", "重庆市", "江津区", "江苏省", "中国"]
forms = ["有限公司", "集团", "股份有限公司", "分公司", "Co.,", "Ltd."]
pieces = st.sampled_from([*places, *forms, *"（）() ·-一", "巨湾", "技研", "新能源", "科技", "ＡＢＣ", "Abc", "示例"])
chinese = st.sampled_from(
    [*places, *forms[:4], "第一", "第", "一", "巨湾", "技研", "新能源", "摩托车", "科技", "市", "州"]
)
any_name = st.text(max_size=30) | st.lists(pieces, max_size=8).map("".join)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  巨湾技研 ", "巨湾技研"),
        ("ＡＢＣ　科技", "ABC 科技"),
        ("重庆 巨湾", "重庆巨湾"),
        ("Tesla  Motors", "Tesla Motors"),
        ("巨湾（重庆）", "巨湾(重庆)"),
    ],
)
def test_a_name_is_tidied(typed: str, stored: str) -> None:
    assert names.clean(typed) == stored


@pytest.mark.parametrize(
    "spelling",
    [
        "重庆巨湾技研有限公司",
        "重庆市巨湾技研股份有限公司",
        "重庆市江津区巨湾技研有限责任公司",
        "巨湾技研（重庆）有限公司",
        "巨湾技研(集团)有限公司",
        "巨湾技研集团",
        "巨湾 技研",
        "广州巨湾技研有限公司",
    ],
)
def test_spellings_of_one_enterprise_share_a_key(spelling: str) -> None:
    assert names.match_key(spelling) == "巨湾技研"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("上海新能源科技有限公司", "宁德新能源科技有限公司"),
        ("某某(示例)有限公司", "某某有限公司"),
        ("东风小康汽车有限公司", "东风小康汽车有限公司重庆分公司"),
        ("三一集团", "三峡集团"),
    ],
)
def test_different_enterprises_keep_different_keys(one: str, two: str) -> None:
    assert names.match_key(one) != names.match_key(two)


def test_a_region_stays_in_its_short_form_where_nothing_distinct_is_left() -> None:
    assert names.match_key("重庆市新能源科技有限公司") == names.match_key("重庆新能源科技") == "重庆新能源科技"


def test_latin_names() -> None:
    assert names.match_key("ABC Co., Ltd.") == names.match_key("ａｂｃ") == "abc"


@given(any_name)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    key = names.match_key(name)
    assert names.match_key(key) == key


@given(any_name)
def test_cleaning_twice_changes_nothing_and_keeps_the_key(name: str) -> None:
    once = names.clean(name)
    assert names.clean(once) == once
    assert names.match_key(once) == names.match_key(name)


@given(any_name)
def test_a_name_with_letters_has_a_key(name: str) -> None:
    assert bool(names.match_key(name)) >= any(c.isalnum() for c in names.clean(name))


@given(st.lists(any_name | st.lists(chinese, max_size=6).map("".join), max_size=8))
def test_many_names_have_the_keys_of_each(block: list[str]) -> None:
    assert names.match_keys(block) == [names.match_key(name) for name in block]
