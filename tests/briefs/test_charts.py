from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_app.briefs.charts import bar_chart, chart_height
from crm_app.briefs.content import Bar, BarChart
from crm_app.briefs.marks import Rect, Text
from crm_app.domain.amounts import YI

VALUES = st.lists(st.integers(0, 10**13), min_size=1, max_size=20)


@given(VALUES)
def test_bars_begin_at_nought_and_are_as_long_as_their_values(values: list[int]) -> None:
    chart = BarChart("图", tuple(Bar(f"示例{n}", v, str(v)) for n, v in enumerate(values)), "亿元", YI)
    marks = bar_chart(chart, 440, chart_height(chart))
    bars = [mark for mark in marks if isinstance(mark, Rect)]
    assert len({bar.x for bar in bars}) == 1
    most, longest = max(values), max(bar.width for bar in bars)
    for value, bar in zip(values, bars, strict=True):
        assert abs(bar.width * most - longest * value) <= 1e-6 * most * 440
        assert bar.x + bar.width <= 440


def test_every_value_is_printed() -> None:
    chart = BarChart(
        "图", (Bar("甲", 3, "3个"), Bar("乙产业集群名称很长很长很长很长很长很长很长很长很长很长很长", 1, "1个")), "个"
    )
    texts = [mark.text for mark in bar_chart(chart, 300, 80) if isinstance(mark, Text)]
    assert {"3个", "1个", "甲", "0"} <= set(texts)


def test_a_chart_without_bars_is_nothing() -> None:
    assert bar_chart(BarChart("图", (), "个"), 300, 80) == []
