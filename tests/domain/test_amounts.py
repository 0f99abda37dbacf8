"""Amounts are read as people type them, kept exactly, and shown without losing a yuan."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app import i18n
from crm_app.domain import amounts
from crm_app.domain.amounts import Currency, MoneyRange, UnitMissing
from crm_app.errors import BadInput

YI, WAN = 10**8, 10**4
languages = st.sampled_from(i18n.LANGUAGES)
currencies = st.sampled_from(Currency)
minor = (
    st.integers(0, 10**13) | st.integers(0, 10**6).map(lambda n: n * WAN) | st.integers(0, 10**4).map(lambda n: n * YI)
)


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("5.6亿", 560_000_000),
        ("5600万", 56_000_000),
        ("５６００万元", 56_000_000),
        ("1,234万元", 12_340_000),
        ("三千万", 30_000_000),
        ("三千零五十万", 30_500_000),
        ("十亿", 1_000_000_000),
        ("一点二亿", 120_000_000),
        ("贰亿元", 200_000_000),
        ("1亿2000万", 120_000_000),
        ("5千万", 50_000_000),
        ("1.5千万", 15_000_000),
        ("1.2万亿", 1_200_000_000_000),
        ("一万二千亿", 1_200_000_000_000),
        ("人民币 5 亿元", 500_000_000),
        ("RMB 5亿", 500_000_000),
        ("￥300000", 300_000),
        ("500元", 500),
        ("50万", 500_000),
        ("CNY 560 million", 560_000_000),
        ("CNY 1.2bn", 1_200_000_000),
        ("500k yuan", 500_000),
        ("0元", 0),
        ("约5亿左右", 500_000_000),
    ],
)
def test_one_amount_in_yuan(typed: str, yuan: int) -> None:
    assert amounts.parse_money(typed) == yuan


@pytest.mark.parametrize(
    ("typed", "low", "high", "currency", "approximate"),
    [
        ("约3-5亿", 3 * YI, 5 * YI, Currency.CNY, True),
        ("3亿～5亿元", 3 * YI, 5 * YI, Currency.CNY, False),
        ("3000万—1亿", 3000 * WAN, YI, Currency.CNY, False),
        ("3-5千万", 3000 * WAN, 5000 * WAN, Currency.CNY, False),
        ("三到五亿", 3 * YI, 5 * YI, Currency.CNY, False),
        ("预计3至5亿元", 3 * YI, 5 * YI, Currency.CNY, True),
        ("1.2亿美元", 120_000_000_00, 120_000_000_00, Currency.USD, False),
        ("USD 500万", 5_000_000_00, 5_000_000_00, Currency.USD, False),
        ("$1.25", 125, 125, Currency.USD, False),
        ("USD 3 to 5 million", 3_000_000_00, 5_000_000_00, Currency.USD, False),
        ("不低于10亿", 10 * YI, None, Currency.CNY, False),
        ("10亿元以上", 10 * YI, None, Currency.CNY, False),
        ("超140亿", 140 * YI, None, Currency.CNY, False),
        ("不超过5亿", None, 5 * YI, Currency.CNY, False),
        ("5亿以内", None, 5 * YI, Currency.CNY, False),
        ("10余亿", 10 * YI, 10 * YI, Currency.CNY, True),
        ("50多亿元", 50 * YI, 50 * YI, Currency.CNY, True),
        ("五亿多元", 5 * YI, 5 * YI, Currency.CNY, True),
        ("近10亿", 10 * YI, 10 * YI, Currency.CNY, True),
        ("上亿", YI, None, Currency.CNY, True),
        ("待定", None, None, Currency.CNY, False),
        ("面议", None, None, Currency.CNY, False),
    ],
)
def test_ranges(typed: str, low: int | None, high: int | None, currency: Currency, approximate: bool) -> None:
    assert amounts.parse_range(typed) == MoneyRange(low, high, currency, approximate, typed)


@pytest.mark.parametrize(
    ("typed", "number"), [("5.6", "5.6"), ("5600", "5600"), ("3-5", "5"), ("三千", "3000"), ("约8", "8")]
)
def test_a_bare_number_asks_for_its_unit(typed: str, number: str) -> None:
    with pytest.raises(UnitMissing, match="单位") as caught:
        amounts.parse_range(typed)
    assert caught.value.number == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("-5亿", "负"),
        ("负5亿", "负"),
        ("5亿-3亿", "下限"),
        ("€500万", "€"),
        ("5000万港币", "港币"),
        ("0.000000001亿", "1元"),
        ("USD 0.001", "1美分"),
        ("999999999亿", "单位"),
        ("RMB 5亿美元", "币种"),
        ("数亿", "看不懂"),
        ("三五亿", "看不懂"),
        ("三千五万", "看不懂"),
        ("3亿5", "看不懂"),
        ("2000万1亿", "看不懂"),
        ("亿", "看不懂"),
        ("不低于3亿不超过5亿", "看不懂"),
        ("1.2亿美元(约8亿元)", "看不懂"),
        ("abc", "看不懂"),
        ("", "看不懂"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(typed: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        amounts.parse_range(typed)


@pytest.mark.parametrize("typed", ["3-5亿", "不低于3亿", "待定", "1.2亿美元"])
def test_a_definite_amount_of_yuan_is_no_range_and_no_other_currency(typed: str) -> None:
    with pytest.raises(BadInput, match=typed):
        amounts.parse_money(typed)


def test_a_dollar_field_reads_an_unnamed_currency_as_its_own() -> None:
    assert amounts.parse_money("500万", Currency.USD) == 5_000_000_00
    with pytest.raises(BadInput, match="美元"):
        amounts.parse_money("500万元", Currency.USD)


@given(minor, currencies, languages)
def test_what_is_shown_reads_back_exactly(amount: int, currency: Currency, language: str) -> None:
    i18n.set_language(language)
    assert amounts.parse_money(amounts.show_money(amount, currency), currency) == amount


@given(minor, minor, currencies, languages, st.booleans(), st.sampled_from(["one", "range", "least", "most", "none"]))
def test_a_shown_range_reads_back(
    one: int, two: int, currency: Currency, language: str, approximate: bool, shape: str
) -> None:
    i18n.set_language(language)
    low, high = sorted((one, two))
    ends = {"one": (low, low), "range": (low, high), "least": (low, None), "most": (None, high), "none": (None, None)}
    known = shape != "none"
    value = MoneyRange(*ends[shape], currency if known else Currency.CNY, approximate and known, "")
    read = amounts.parse_range(amounts.show_range(value))
    assert (read.low, read.high, read.currency, read.approximate) == (
        value.low,
        value.high,
        value.currency,
        value.approximate,
    )


@given(st.text(max_size=20) | st.text("0123456789.,亿万千百十三五元美约-~至上超余", max_size=12))
def test_any_text_gives_an_amount_or_a_sentence(text: str) -> None:
    try:
        read = amounts.parse_range(text)
    except BadInput:
        return
    assert all(end is None or 0 <= end <= 10**16 for end in (read.low, read.high))


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        (560_000_000, "5.6亿元"),
        (56_000_000, "5600万元"),
        (123_456_789, "12345.6789万元"),
        (9_999, "9999元"),
        (0, "0元"),
    ],
)
def test_the_largest_unit_that_needs_no_rounding(yuan: int, shown: str) -> None:
    assert amounts.show_money(yuan) == shown


def test_paper_rounds_half_up() -> None:
    assert amounts.show_yi(53_400_000_000) == "534亿"
    assert amounts.show_yi(14_140_000_000) == "141.4亿"
    assert amounts.show_yi(14_140_500_000) == "141.41亿"
    i18n.set_language("en")
    assert amounts.show_yi(53_400_000_000) == "53.4 bn"
