"""Every chart keeps inside its frame, its texts never touch, and its marks are as long as their values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.briefs.charts import Drawing, Frame, Measured, columns, funnel, progress, ranked
from crm_app.briefs.marks import Ink, Line, Rect, Text

NAMES = ("2023年上半年", "2022年上半年")
LABELS = st.sampled_from(
    [
        "智能网联新能源汽车",
        "其他",
        "1月",
        "Intelligent connected new-energy vehicles and their parts",
        "5亿元及以上",
        "W",
    ]
)


@st.composite
def lines(draw: st.DrawFn, low: int = -500) -> list[Measured]:
    found = []
    for _number in range(draw(st.integers(0, 14))):
        value, then = draw(st.integers(low, 10**5)), draw(st.none() | st.integers(low, 10**5))
        shown = f"{value}亿"
        found.append(Measured(draw(LABELS), value, shown, shown, then, "" if then is None else f"{then}亿", "同期"))
    return found


def texts(drawing: Drawing) -> list[Text]:
    return [mark for mark in drawing.marks if isinstance(mark, Text) and mark.text]


def sound(drawing: Drawing, frame: Frame, lines: Sequence[Measured]) -> None:
    for mark in drawing.marks:
        match mark:
            case Rect():
                box = (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
            case Line():
                box = (min(mark.x1, mark.x2), min(mark.y1, mark.y2), max(mark.x1, mark.x2), max(mark.y1, mark.y2))
            case Text():
                box = (mark.x, mark.y - mark.size, mark.x + frame.measure(mark.text, mark.size), mark.y)
        assert -0.5 <= box[0] <= box[2] <= frame.width + 0.5, mark
        assert -0.5 <= box[1] <= box[3] <= frame.height + 0.5, mark
    for one, other in combinations(texts(drawing), 2):
        beside = one.x + frame.measure(one.text, one.size) <= other.x + 0.1 or (
            other.x + frame.measure(other.text, other.size) <= one.x + 0.1
        )
        apart = abs(one.y - other.y) >= min(one.size, other.size) - 0.6
        assert beside or apart, (one, other)
    assert {spot.line for spot in drawing.spots} == set(range(len(lines)))


@given(lines(), st.booleans(), st.integers(280, 700))
def test_ranked_bars(lines: list[Measured], compared: bool, width: int) -> None:
    frame = Frame(width, 30 + 26 * max(len(lines), 1))
    drawing = ranked(lines, frame, NAMES if compared else ())
    sound(drawing, frame, lines)
    bars = [mark for mark in drawing.marks if isinstance(mark, Rect) and mark.ink is Ink.BAR][1 if compared else 0 :]
    longest = max((abs(one.value) for one in lines), default=0)
    widest = max((bar.width for bar in bars), default=0)
    for one, bar in zip(lines, bars, strict=True):
        assert bar.width * longest == pytest.approx(widest * abs(one.value), abs=1e-3)


@given(lines(), st.booleans(), st.integers(280, 700), st.integers(140, 500))
def test_columns(lines: list[Measured], compared: bool, width: int, height: int) -> None:
    frame = Frame(width, height)
    sound(columns(lines, frame, NAMES if compared else (), unit="亿元"), frame, lines)


@given(lines(0), st.integers(320, 700))
def test_funnel_and_progress(lines: list[Measured], width: int) -> None:
    frame = Frame(width, 44 * max(len(lines), 1))
    sound(funnel(lines, frame), frame, lines)
    shares = [Measured(one.label, one.value / 1000, one.shown, "", 0.4, "时间已过40%") for one in lines]
    sound(progress(shares, frame), frame, lines)
