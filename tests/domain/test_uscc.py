"""The unified social credit code keeps its check character, and says what is wrong where it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from crm_app.domain import uscc
from crm_app.errors import BadInput

VALID = "91110000600037341L"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    "typed",
    [VALID, VALID.lower(), " 9111 0000 6000 3734 1L ", "９１１１００００６０００３７３４１Ｌ", "91110000-600037341L"],
)
def test_written_forms_fold_into_one(typed: str) -> None:
    assert uscc.normalize(typed) == VALID
    assert uscc.looks_like(typed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("9111000060003734", "16位"), ("91110000600037341I", "“I”"), ("91110000600037342L", "校验位"), ("", "0位")],
)
def test_a_wrong_code_says_why(typed: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        uscc.normalize(typed)


@given(st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_caught(place: int, char: str) -> None:
    slip = VALID[:place] + char + VALID[place + 1 :]
    if slip == VALID:
        return
    with pytest.raises(BadInput):
        uscc.normalize(slip)


@given(st.integers(0, 16))
def test_two_swapped_characters_are_always_caught(place: int) -> None:
    swapped = VALID[:place] + VALID[place + 1] + VALID[place] + VALID[place + 2 :]
    if swapped == VALID:
        return
    with pytest.raises(BadInput):
        uscc.normalize(swapped)


def test_a_name_or_a_phone_does_not_look_like_a_code() -> None:
    assert not uscc.looks_like("重庆巨湾技研有限公司")
    assert not uscc.looks_like("13800000000")
    assert uscc.looks_like("91110000600037342L"), "a pasted code with a slip is still one"


@given(st.text("0123456789", min_size=8, max_size=8), st.text(ALPHABET, min_size=10, max_size=10))
def test_the_library_says_the_same_of_a_check_character(head: str, rest: str) -> None:
    right = head + rest[:-1] + stdnum_uscc.calc_check_digit(head + rest[:-1])
    for code in (right, head + rest):
        try:
            sound = uscc.normalize(code) == code
        except BadInput:
            sound = False
        assert sound == stdnum_uscc.is_valid(code)


def stays(code: str) -> bool:
    """Say whether a text is a code already, in the one form."""
    try:
        return uscc.normalize(code) == code
    except BadInput:
        return False


@given(st.lists(st.sampled_from([VALID, "91440600549QX0810K", VALID.lower(), VALID[:-1] + "A", "9111", VALID[1:]])))
def test_of_many_those_are_sound_that_stay_as_they_are(codes: list[str]) -> None:
    assert uscc.unsound(codes) == [place for place, code in enumerate(codes) if not stays(code)]


@given(st.from_regex(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{9}}", fullmatch=True))
def test_all_at_once_is_as_careful_as_one_by_one(code: str) -> None:
    found = [last for last in ALPHABET if not uscc.unsound([VALID, code + last])]
    assert found == [last for last in ALPHABET if stays(code + last)]
    assert len(found) == 1


def test_codes_of_other_lengths_are_not_sound_though_they_are_together() -> None:
    assert uscc.unsound([VALID, VALID]) == []
    assert uscc.unsound([VALID[:-1], VALID[-1] + VALID]) == [0, 1]
