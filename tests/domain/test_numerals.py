"""Numbers in digits, Chinese numerals, or both."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import numerals


def in_chinese(n: int) -> str:
    """Write a number below 10**12 as a careful hand does."""
    if n == 0:
        return "零"
    text, zero = "", False
    for size, word in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, n = divmod(n, size)
        for place, small in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, section = divmod(section, place)
            if digit:
                text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + small
                zero = False
            else:
                zero = True
            if not section:
                break
        text += word if text and text[-1] not in "万亿" else ""
        zero = bool(text) and n < size // 10
    return text


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_read_back(n: int) -> None:
    assert numerals.read(in_chinese(n)) == n


@given(
    st.decimals(0, 10**9, places=4),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("千万", 10**7), ("百亿", 10**10)]),
)
def test_digits_with_a_unit(number: Decimal, unit: tuple[str, int]) -> None:
    assert numerals.read(f"{number:f}{unit[0]}") == number * unit[1]


@given(st.text("0123456789.,零一二两三十百千万亿点", max_size=10))
def test_any_text_gives_a_number_or_none(text: str) -> None:
    value = numerals.read(text)
    assert value is None or value >= 0
