"""Phone numbers are kept in one form, shown grouped, and a mobile is hidden on paper."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import phones
from crm_app.errors import BadInput

mobiles = st.builds("{}{:08d}".format, st.sampled_from(["138", "139", "150", "177", "189"]), st.integers(0, 10**8 - 1))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13800000000", "+8613800000000"),
        ("138 0000 0000", "+8613800000000"),
        ("138-0000-0000", "+8613800000000"),
        ("１３８００００００００", "+8613800000000"),
        ("+86 13800000000", "+8613800000000"),
        ("8613800000000", "+8613800000000"),
        ("0086 13800000000", "+8613800000000"),
        ("023-87654321", "+862387654321"),
        ("(023)87654321 转 8001", "+862387654321;ext=8001"),
        ("023-87654321-8001", "+862387654321;ext=8001"),
        ("400-800-8888", "+864008008888"),
        ("+66 2 123 4567", "+6621234567"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_written_forms_fold_into_one(typed: str, stored: str) -> None:
    assert phones.parse(typed) == stored
    assert phones.looks_like(typed)


@pytest.mark.parametrize("typed", ["87654321", "1380000", "abc", "", "13800000000/13900000000", "23800000000"])
def test_what_is_no_number_is_refused_in_words(typed: str) -> None:
    assert not phones.looks_like(typed)
    with pytest.raises(BadInput, match="区号"):
        phones.parse(typed)


@pytest.mark.parametrize(
    ("stored", "shown", "masked"),
    [
        ("+8613800000000", "138 0000 0000", "138****0000"),
        ("+862387654321;ext=8001", "023 8765 4321 转 8001", "023 8765 4321 转 8001"),
        ("+6621234567", "+66 2 123 4567", "+66 ****4567"),
    ],
)
def test_shown_and_masked(stored: str, shown: str, masked: str) -> None:
    assert phones.show(stored) == shown
    assert phones.mask(stored) == masked


@given(mobiles)
def test_a_mobile_reads_back_and_is_never_printed_whole(mobile: str) -> None:
    stored = phones.parse(mobile)
    assert phones.parse(phones.show(stored)) == stored == f"+86{mobile}"
    masked = phones.mask(stored)
    assert masked.count("*") == 4
    assert mobile[3:7] not in masked.replace(mobile[:3], "", 1).replace(mobile[7:], "", 1)


@given(st.text(max_size=24) | st.text("0123456789+-() 转", max_size=20))
def test_what_looks_like_a_number_can_be_read(text: str) -> None:
    if phones.looks_like(text):
        stored = phones.parse(text)
        assert phones.parse(phones.show(stored)) == stored


def test_a_fragment_is_its_digits() -> None:
    assert phones.fragment("138-00００ x") == "1380000"


between = st.sampled_from(["", " ", "-", "\u3000", "–"])
around = st.sampled_from(["", "电话", "tel:", "、", "(", "vx", "\n", "😀"])


@given(mobiles, between, st.sampled_from(["", "+86", "0086 ", "86-"]), around, around, st.booleans())
def test_a_mobile_in_a_text_is_masked_however_it_is_written(
    mobile: str, gap: str, country: str, before: str, after: str, wide: bool
) -> None:
    number = gap.join((mobile[:3], mobile[3:7], mobile[7:]))
    if wide:
        number = number.translate({ord(str(n)): 0xFF10 + n for n in range(10)})
    masked = phones.mask_all(f"找{before}{country}{number}{after}谈")
    assert f"{mobile[:3]}****{mobile[7:]}" in masked
    assert mobile not in phones.fragment(masked)
    assert phones.mask_all(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "91500000138001380001",
        "915001380013800XYZ",
        "13800138000元",
        "13800138000.5",
        "15000000000 万元",
        "023-87654321",
        "510101199001011234",
        "职工138 2023-06-30 数",
        "2023-06-30至2023-12-31",
        "",
    ],
)
def test_what_is_no_mobile_stays(text: str) -> None:
    assert phones.mask_all(text) == text


@given(mobiles, mobiles, st.text("甲乙丙 ,。", max_size=6))
def test_a_masked_text_that_comes_back_is_whole_again(one: str, other: str, words: str) -> None:
    known = f"{words}{one}，{words}+86 {other[:3]} {other[3:7]} {other[7:]}"
    assert phones.unmask(phones.mask_all(known), known) == known
    assert phones.unmask("138****0000", "nothing") == "138****0000"


def test_a_number_abroad_is_masked_in_a_text_too() -> None:
    assert phones.mask_all("call +66 81 234 5678 now") == "call +66 *****5678 now"
    assert phones.mask_all("+12 345 678 is none") == "+12 345 678 is none"


@given(st.from_regex(r"(\+86)?1[3-9][0-9]{9}", fullmatch=True))
def test_the_library_says_the_same_of_a_mobile(typed: str) -> None:
    number = phonenumbers.parse(typed, "CN")
    try:
        assert phones.parse(typed) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    except BadInput:
        assert not phonenumbers.is_valid_number(number)
