"""What two versions of a paper say otherwise, and what is the same said shorter."""

from __future__ import annotations

import pytest

from crm_app.briefs.content import Cell, Column, Paper, Table
from crm_app.briefs.differences import differences
from crm_app.domain.papers import PaperKind


def of_day(text: str) -> Paper:
    visits = Table((Column("序号", 1), Column("日期", 3)), ((Cell("1"), Cell(text)),))
    return Paper(PaperKind.TRIP, "外出招商情况报告", "zh_CN", (visits,))


@pytest.mark.parametrize(
    ("was", "now", "differs"),
    [
        ("2023年5月15日", "5月15日", False),
        ("5月15日", "2023年5月15日", False),
        ("15 May 2023", "15 May", False),
        ("30 June 2023", "30 Jun", False),
        ("2023年5月15日至5月16日", "5月15日至2023年5月16日", False),
        ("2023年5月15日", "5月16日", True),
        ("2023年5月15日", "2022年5月15日", True),
        ("15 May 2023", "15 Mar", True),
        ("12 Projects 2023", "12 Projects", True),
        ("2023年5月15日 3家", "5月15日 4家", True),
    ],
)
def test_a_day_that_leaves_its_year_away_is_the_same_day(was: str, now: str, differs: bool) -> None:
    assert bool(differences(of_day(was), of_day(now))) is differs
