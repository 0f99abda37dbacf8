from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import project_rules
from crm_app.domain.project_rules import Share
from crm_app.errors import BadInput

enterprises = st.lists(st.uuids(), min_size=1, max_size=40, unique=True)


def equal(parties: list[UUID]) -> list[Share]:
    shares = project_rules.equal_shares(len(parties))
    return [Share(one, share) for one, share in zip(parties, shares, strict=True)]


@given(enterprises)
def test_equal_shares_are_a_hundred_together_and_nearly_equal(parties: list[UUID]) -> None:
    shares = equal(parties)
    project_rules.check_shares(shares)
    assert max(one.share for one in shares) - min(one.share for one in shares) <= Decimal("0.01") * len(parties)


@given(enterprises, st.decimals("0.01", 40, places=2))
def test_any_other_sum_is_refused_and_named(parties: list[UUID], off: Decimal) -> None:
    first, *others = equal(parties)
    for wrong in (first.share + off, max(Decimal(0), first.share - off)):
        with pytest.raises(BadInput) as refused:
            project_rules.check_shares([Share(first.enterprise_id, wrong), *others])
        total = wrong + sum(one.share for one in others)
        assert f"{total.normalize():f}" in str(refused.value)


@given(enterprises)
def test_an_enterprise_stands_once(parties: list[UUID]) -> None:
    first, *others = equal(parties)
    half = Share(first.enterprise_id, first.share / 2)
    with pytest.raises(BadInput):
        project_rules.check_shares([half, half, *others])


def test_a_project_has_an_investor() -> None:
    with pytest.raises(BadInput):
        project_rules.check_shares([])
