"""No wording claims more than the figure shows (counting rule 7)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app import i18n
from crm_app.domain import amounts, wording

counts = st.integers(0, 10**6)
yuan = st.integers(0, 10**13)


@pytest.mark.parametrize(
    ("n", "words"), [(53, "50余"), (312, "300余"), (70, "70"), (7, "7"), (15, "10余"), (100, "100"), (0, "0")]
)
def test_about(n: int, words: str) -> None:
    assert wording.about(n) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (14_140_000_000, "超140亿"),
        (14_000_000_000, "140亿"),
        (53_400_000_000, "超530亿"),
        (7_200_000_000, "72亿"),
        (7_250_000_000, "超72亿"),
        (56_780_000, "超5600万"),
    ],
)
def test_above(amount: int, words: str) -> None:
    assert wording.above(amount) == words


@given(counts)
def test_a_count_in_words_never_exceeds_the_count(n: int) -> None:
    words = wording.about(n)
    named = int(re.sub(r"\D", "", words))
    assert named < n if "余" in words else named == n


@given(yuan)
def test_an_amount_in_words_never_exceeds_the_amount(amount: int) -> None:
    words = wording.above(amount)
    named = amounts.parse_money(words.removeprefix("超"))
    assert named < amount if words.startswith("超") else named == amount


def test_english() -> None:
    i18n.set_language("en")
    assert wording.about(53) == "more than 50"
    assert wording.above(14_140_000_000) == "above CNY 14 billion"
