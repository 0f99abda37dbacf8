"""The charts of the papers: every form prints its values, within its box, and readable without a colour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.briefs.charts.printed import chart_height, chart_marks
from crm_app.briefs.content import Bar, Chart, ChartForm
from crm_app.briefs.marks import Ink, Line, Rect, Text
from crm_app.domain.amounts import YI
from tests.briefs.samples import uid

VALUES = st.lists(st.integers(0, 10**13), min_size=1, max_size=20)
COMPARED = ("2023年上半年", "2022年上半年")


def chart(values: list[int], form: ChartForm, names: tuple[str, ...] = ()) -> Chart:
    bars = tuple(Bar(f"示例{n}", v, f"值{n}", (uid(n),), v // 2, "时序") for n, v in enumerate(values))
    return Chart("图", bars, "亿元", YI, form, names)


@given(VALUES)
def test_bars_begin_at_nought_and_are_as_long_as_their_values(values: list[int]) -> None:
    bars = [mark for mark in chart_marks(chart(values, ChartForm.RANKED), 440) if isinstance(mark, Rect)]
    assert len({bar.x for bar in bars}) == 1
    most, longest = max(values), max(bar.width for bar in bars)
    for value, bar in zip(values, bars, strict=True):
        assert abs(bar.width * most - longest * value) <= 1e-6 * most * 440
        assert bar.x + bar.width <= 440


@pytest.mark.parametrize("form", ChartForm)
@given(values=VALUES, compared=st.booleans())
def test_a_chart_stays_in_its_box_and_is_drawn_in_greys(form: ChartForm, values: list[int], compared: bool) -> None:
    drawn = chart(values, form, COMPARED if compared and form in (ChartForm.RANKED, ChartForm.COLUMNS) else ())
    height = chart_height(drawn)
    for mark in chart_marks(drawn, 440):
        match mark:
            case Rect():
                ends = (mark.x, mark.x + mark.width), (mark.y, mark.y + mark.height)
            case Line():
                ends = (mark.x1, mark.x2), (mark.y1, mark.y2)
            case Text():
                ends = (mark.x, mark.x), (mark.y - 1, mark.y)
        assert all(-0.01 <= x <= 440.01 for x in ends[0])
        assert all(-0.01 <= y <= height + 0.01 for y in ends[1])
        # What is compared with is told by its hatching, a track by its edge.
        assert not isinstance(mark, Rect) or mark.ink in (Ink.BAR, Ink.PALE)


@pytest.mark.parametrize("form", ChartForm)
def test_every_value_is_printed_and_carries_its_rows(form: ChartForm) -> None:
    drawn = chart([300, 200, 100], form)
    texts = [mark for mark in chart_marks(drawn, 440) if isinstance(mark, Text)]
    for number, bar in enumerate(drawn.bars):
        assert [mark.rows for mark in texts if mark.text == bar.shown] == [(uid(number),)]


def test_a_label_of_two_lines_is_cut_short_and_acts_as_nothing() -> None:
    bars = (Bar("甲\u202e\n<b>", 3, "3个"), Bar("乙产业集群名称" * 9, 1, "1个"))
    texts = [mark.text for mark in chart_marks(Chart("图", bars, "个"), 300) if isinstance(mark, Text)]
    assert {"3个", "1个", "甲 <b>"} <= set(texts)
    assert any(text.endswith("…") for text in texts)


def test_a_chart_without_bars_is_nothing() -> None:
    assert chart_marks(Chart("图", (), "个"), 300) == []
