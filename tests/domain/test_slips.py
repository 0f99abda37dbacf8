import hypothesis.strategies as st
import pytest
from hypothesis import assume, given

from crm_app.domain.slips import families, slip

BRAND = st.text("晶岩松中创新航维", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("one", "other"), [("中创新航", "中创新行"), ("中创新航", "中创航新"), ("巨湾技研", "巨湾技"), ("晶岩松", "晶岩柏")]
)
def test_a_character_amiss_may_be_a_slip(one: str, other: str) -> None:
    assert slip(one, other, frozenset()) == slip(other, one, frozenset()) > 0


@pytest.mark.parametrize(("one", "other"), [("巨湾", "巨弯"), ("晶岩松", "晶岩"), ("晶岩松", "晶石柏")])
def test_too_little_in_common_is_none(one: str, other: str) -> None:
    assert slip(one, other, frozenset()) == 0


@pytest.mark.parametrize(("one", "other"), [("中铁一局", "中铁二局"), ("长庆3厂", "长庆5厂")])
def test_a_number_tells_two_apart(one: str, other: str) -> None:
    assert slip(one, other, frozenset()) == 0


def test_brands_of_a_family_are_no_slips_of_one_another() -> None:
    family = ["元宇宙佳", "元宇宙恒", "元宇宙锐", "元宇宙达"]
    common = families([*family, "中创新航", "中创新行"], 6)
    assert all(slip(one, other, common) == 0 for one in family for other in family if one != other)
    assert slip("中创新航", "中创新行", common) > 0
    assert slip("元宇宙佳", "元于宙佳", common) > 0
    assert families(family, 10_000) == frozenset()


@given(BRAND, BRAND, st.lists(BRAND))
def test_what_a_book_holds_takes_slips_away_and_adds_none(one: str, other: str, held: list[str]) -> None:
    assume(one != other)
    assert slip(one, other, families(held, len(held))) in (0, slip(one, other, frozenset()))
