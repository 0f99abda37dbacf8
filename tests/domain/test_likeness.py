import hypothesis.strategies as st
import pytest
from hypothesis import given

from crm_app.domain.likeness import Sign, Verdict, compare, traits
from crm_app.domain.name_parts import Rarity, split, usual_endings, without_endings

PLACES = ["上海", "宁德", "重庆", "江苏", ""]
BRANDS = ["巨湾", "晶岩松", "中创新航", ""]
TRADES = ["新能源", "科技", "物流", "汽车零部件", "新能源科技", ""]
FORMS = ["有限公司", "股份有限公司", "集团", ""]
CODES = st.sampled_from(["91350900587527783P", "91500000MA5U6GQ17N", "91310000MA1FL8XQ30"])
names = st.builds(lambda *parts: "".join(parts) or "某", *map(st.sampled_from, (PLACES, BRANDS, TRADES, FORMS)))
some = st.builds(
    lambda name, phone, address: traits(name, phones=[phone] if phone else [], address=address),
    names,
    st.sampled_from(["", "+8613800000000", "+8613900000000"]),
    st.sampled_from(["", "重庆市江津区双福大道8号", "上海市某路1号"]),
)


def signs(one: str, other: str) -> list[Sign]:
    found = compare(traits(one), traits(other), Rarity())
    return [evidence.sign for evidence in found.evidence] if found else []


def test_words_of_trade_in_common_suggest_nothing() -> None:
    assert compare(traits("上海新能源科技有限公司"), traits("宁德新能源科技有限公司"), Rarity()) is None
    assert compare(traits("上海新能源科技(示例)有限公司"), traits("宁德新能源科技(示例)有限公司"), Rarity()) is None
    assert compare(traits("云岭电机(示例)有限公司"), traits("云岭电机(示例)股份有限公司"), Rarity()) is not None
    assert compare(traits("上海新能源"), traits("宁德新能源科技股份有限公司"), Rarity()) is None
    assert compare(traits("深圳中达信息技术有限公司"), traits("深圳中达智能装备有限公司"), Rarity()) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宁德时代新能源科技股份有限公司", "宁德时代新能源"),
        ("宁德时代新能源科技股份有限公司", "宁德时代"),
        ("广州巨湾技研有限公司", "巨湾技研"),
    ],
)
def test_a_brand_in_common_is_likely(one: str, other: str) -> None:
    found = compare(traits(one), traits(other), Rarity())
    assert found is not None
    assert found.verdict is Verdict.LIKELY
    assert (found.evidence[0].one, found.evidence[0].other) == (one, other)


def test_another_place_makes_it_merely_possible() -> None:
    found = compare(traits("上海巨湾技研有限公司"), traits("广州巨湾技研有限公司"), Rarity())
    assert found is not None
    assert found.verdict is Verdict.POSSIBLE
    assert signs("上海巨湾技研有限公司", "广州巨湾技研有限公司") == [Sign.KEY, Sign.PLACES]


def test_a_slip_in_a_long_brand_is_possible_and_in_a_short_one_another_brand() -> None:
    found = compare(traits("中创新航科技集团股份有限公司"), traits("中创新行科技"), Rarity())
    assert found is not None
    assert found.verdict is Verdict.POSSIBLE
    assert compare(traits("渝北甲一铝业"), traits("渝北乙一铝业"), Rarity()) is None


def test_a_former_name_and_a_phone_speak_for_it() -> None:
    now = traits("新名称科技", others=[("老名字机电", "老名字机电")], phones=["+8613800000000"])
    found = compare(now, traits("老名字机电有限公司", phones=["+8613800000000"]), Rarity())
    assert found is not None
    assert found.verdict is Verdict.LIKELY
    assert {evidence.sign for evidence in found.evidence} == {Sign.OTHER_NAME, Sign.PHONE}


def test_a_switchboard_of_many_says_little() -> None:
    one, other = traits("甲乙丙", phones=["+862387654321"]), traits("丁戊己", phones=["+862387654321"])
    found = compare(one, other, Rarity())
    assert found is not None
    assert found.verdict is Verdict.POSSIBLE
    assert compare(one, other, Rarity(), sharing=9) is None


@given(some, some)
def test_it_does_not_matter_which_is_asked_about(one: object, other: object) -> None:
    found, back = compare(one, other, Rarity()), compare(other, one, Rarity())  # type: ignore[arg-type]
    assert (found and (found.verdict, found.score)) == (back and (back.verdict, back.score))


@given(names)
def test_the_same_name_is_always_suggested(name: str) -> None:
    found = compare(traits(name), traits(name), Rarity())
    assert found is not None
    assert found.verdict is Verdict.LIKELY


@given(names, names, CODES, CODES)
def test_two_codes_are_two_enterprises_and_one_code_is_one(one: str, other: str, code: str, second: str) -> None:
    found = compare(traits(one, uscc=code), traits(other, uscc=second), Rarity())
    if code == second:
        assert found is not None
        assert found.verdict is Verdict.CERTAIN
    else:
        assert found is None or found.verdict is Verdict.DIFFERENT_CODES


@given(names, names, st.integers(2, 50_000), st.integers(2, 50_000))
def test_the_commoner_the_brand_the_less_it_says(one: str, other: str, few: int, many: int) -> None:
    few, many = sorted((few, many))
    brand = split(one).brand
    rarely, often = (
        compare(traits(one), traits(other), Rarity(100_000, {brand: held, split(other).brand: held}))
        for held in (few, many)
    )
    assert (often.score if often else 0) <= (rarely.score if rarely else 0)


def test_a_book_teaches_its_own_words_of_trade() -> None:
    endings = usual_endings([f"{a}{b}元宇宙" for a in "晶岩松华达信" for b in "恒瑞鑫泰宁"])
    assert "元宇宙" in endings
    assert without_endings(split("晶瑞元宇宙"), endings).brand == "晶瑞"
