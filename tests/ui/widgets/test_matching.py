"""A short text fits what is typed: by itself, by its pinyin, by initials; the better the fit, the earlier it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.ui.widgets.matching import Rank, fit

NAMES = ("新建外出批次", "项目看板", "设置", "Find duplicates", "Switch between light and dark")


@pytest.mark.parametrize(
    ("typed", "text", "rank", "found"),
    [
        ("设置", "设置", Rank.EXACT, "设置"),
        ("SHEZHI", "设置", Rank.EXACT, "设置"),
        ("設置", "设置", Rank.EXACT, "设置"),
        ("长沙", "長沙園區", Rank.PREFIX, "長沙"),
        ("changsha", "長沙園區", Rank.PREFIX, "長沙"),
        ("新建", "新建外出批次", Rank.PREFIX, "新建"),
        ("xinji", "新建外出批次", Rank.PREFIX, "新建"),
        ("xjwc", "新建外出批次", Rank.INITIALS, "新建外出"),
        ("kanban", "项目看板", Rank.INSIDE, "看板"),
        ("kb", "项目看板", Rank.INSIDE, "看板"),
        ("板", "项目看板", Rank.INSIDE, "板"),
        ("dup", "Find duplicates", Rank.PREFIX, "dup"),
        ("fd", "Find duplicates", Rank.INITIALS, "Fd"),
    ],
)
def test_how_a_name_fits(typed: str, text: str, rank: Rank, found: str) -> None:
    how = fit(typed, text)
    assert how is not None
    assert (how.rank, "".join(text[start:end] for start, end in how.spans)) == (rank, found)


@pytest.mark.parametrize("typed", ["", "  ", "zs", "看项", "inji", "搜索"])
def test_what_does_not_fit(typed: str) -> None:
    assert fit(typed, "新建项目看板") is None


@given(st.sampled_from(NAMES), st.data())
def test_any_piece_of_a_name_finds_it_and_what_is_told_lies_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    typed = text[start:end]
    how = fit(typed, text)
    assert (how is not None) == bool(typed.strip())
    for begin, stop in how.spans if how else ():
        assert 0 <= begin < stop <= len(text)
