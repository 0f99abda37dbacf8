"""Numbers and texts no spreadsheet means, and no book could keep: each is a sentence, never a crash."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain.import_cells import read_cell, share_of
from crm_app.domain.kinds import AnyMoney, Money, Number, Text, Whole
from crm_app.domain.records import RECORDS
from crm_app.errors import BadInput

LARGEST = 2**63 - 1


@pytest.mark.parametrize("typed", ["--5", "1-", "9" * 5000, "1e5"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        Whole().parse(typed)


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_every_number_is_kept_or_refused(number: Decimal) -> None:
    kind = Number(4)
    try:
        kind.check(number)
    except BadInput:
        return
    assert 0 <= kind.store(number, "n")["n"] <= LARGEST


@pytest.mark.parametrize("value", [10**16 + 1, 10**19, -1])
def test_more_money_than_a_book_keeps_is_refused(value: int) -> None:
    with pytest.raises(BadInput):
        Money().check(value)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(BadInput):
        Text().check("a\ud83d")


@pytest.mark.parametrize("share", ["nan", "NaN%", "sNaN", "inf", "-1", "101", "1e999999"])
def test_what_is_no_share_is_refused(share: str) -> None:
    with pytest.raises(BadInput):
        share_of(share)


@given(st.floats() | st.integers() | st.text(max_size=20), st.sampled_from(["", "万元", "亿元", "万美元", "万"]))
def test_no_cell_is_a_bug(cell: object, unit: str) -> None:
    for record in (RECORDS["enterprise"], RECORDS["project"], RECORDS["signing"]):
        for field in record.fields:
            if isinstance(field.kind, Money | AnyMoney | Number | Whole):
                try:
                    value = read_cell(field, cell, unit)
                except BadInput:
                    continue
                if value is not None:
                    assert all(
                        not isinstance(part, int) or part <= LARGEST for part in field.kind.store(value, "x").values()
                    )
