"""The page of GB/T 9704-2012 measured in points and in ink, and where one page ends and the next begins."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from crm_app.briefs import bulletin, fonts, forms, pdf
from crm_app.briefs.content import (
    Block,
    Cell,
    Column,
    Fact,
    Heading,
    KeyValue,
    Paper,
    Paragraph,
    Run,
    Sheet,
    Signature,
    Table,
)
from crm_app.briefs.layout import Layout, lay_out
from crm_app.briefs.marks import MM, Role, Text
from crm_app.domain.papers import PaperState
from tests.briefs import reading
from tests.briefs.half_year import BULLETIN

SEAL = 42 * MM
"""Across: the seal of a body of a district."""


def paper(*blocks: Block, sheet: Sheet = Sheet.SINGLE) -> Paper:
    return Paper("visit", "标题", "zh_CN", blocks, sheet=sheet)


def texts_of(layout: Layout, page: int) -> list[Text]:
    return [mark for mark in layout.pages[page].marks if isinstance(mark, Text)]


def test_a_red_head_begins_35_mm_below_the_upper_edge_of_the_block() -> None:
    dots = 4
    with PdfDocument(pdf.render(bulletin.compose(BULLETIN), state=PaperState.FINAL)) as document:
        page = document[0].render(scale=dots).to_pil().convert("RGB")
    red, green, _blue = page.split()
    inked = [y for y in range(page.height // 2) if _reddest(red, green, y) > 100]
    assert inked[0] / dots / MM == pytest.approx(37 + 35, abs=0.8)


def _reddest(red: object, green: object, y: int) -> int:
    row = (0, y, red.width, y + 1)  # type: ignore[attr-defined]
    pairs = zip(red.crop(row).tobytes(), green.crop(row).tobytes(), strict=True)  # type: ignore[attr-defined]
    return max(a - b for a, b in pairs)


def test_the_number_of_a_page_stands_7_mm_below_the_block_one_character_in() -> None:
    made = pdf.render(paper(Paragraph((Run("江" * 28 * 30),)), sheet=Sheet.DUPLEX), state=PaperState.FINAL)
    for page, outer in ((0, 184 * MM), (1, 26 * MM)):
        set_ = [(c, x, y) for c, x, y in reading.characters_of(made, page) if y < 35 * MM]
        dash = next(y for c, _x, y in set_ if c == "—")
        # The dash of 14 pt stands 0.38 of its size above the line of the letters.
        assert 297 * MM - dash - 0.38 * 14 == pytest.approx((37 + 225 + 7) * MM, abs=0.6)
        wide = fonts.text_width("—", Role.BODY, 14)
        edge = max(x for _c, x, _y in set_) + wide if page == 0 else min(x for _c, x, _y in set_)
        assert abs(edge - outer) == pytest.approx(14, abs=0.6)
    odd, even = (min(x for c, x, _y in reading.characters_of(made, page) if c == "江") for page in (0, 1))
    assert (odd / MM, even / MM) == (pytest.approx(28, abs=0.1), pytest.approx(26, abs=0.1))


@pytest.mark.parametrize("lines", [1, 5, 18, 19, 20, 21])
def test_a_seal_fits_over_name_and_day_within_a_line_of_the_text(lines: int) -> None:
    text = "江" * 28 * lines
    layout = lay_out(paper(Paragraph((Run(text),), indent=False), Signature("示例区招商投资促进局", "2023年7月12日")))
    last = texts_of(layout, len(layout.pages) - 1)
    name = next(mark for mark in last if "促进局" in mark.text)
    day = next(mark for mark in last if "7月" in mark.text)
    above = max(mark.y for mark in last if mark.text.startswith("江"))
    # Both stand a little below its centre; it begins within a line below the text.
    centre = (name.y + day.y) / 2 - 0.38 * name.size - 0.4 * forms.PITCH
    assert 0 <= (centre - SEAL / 2) - above <= forms.PITCH
    assert centre + SEAL / 2 > day.y
    middle = day.x + fonts.text_width(day.text, day.role, day.size) / 2
    assert middle + SEAL / 2 <= 184 * MM
    assert middle == pytest.approx(name.x + fonts.text_width(name.text, name.role, name.size) / 2, abs=0.1)


@given(
    st.lists(
        st.one_of(
            st.integers(1, 400).map(lambda n: ("text", n)),
            st.integers(1, 4).map(lambda n: ("heading", n)),
            st.integers(1, 30).map(lambda n: ("table", n)),
            st.integers(1, 12).map(lambda n: ("form", n)),
        ),
        min_size=1,
        max_size=24,
    )
)
def test_no_page_ends_in_a_heading_or_begins_with_a_last_line(parts: list[tuple[str, int]]) -> None:
    blocks = [_block(kind, number, at) for at, (kind, number) in enumerate(parts)]
    layout = lay_out(paper(*blocks, Paragraph((Run("末" * 60),))))
    for number in range(len(layout.pages) - 1):
        set_ = [mark for mark in texts_of(layout, number) if mark.y < layout.form.bottom]
        lowest = max(set_, key=lambda mark: mark.y)
        assert not re.match("标题", lowest.text), "a heading is never the last on its page"
        first = min(texts_of(layout, number + 1), key=lambda mark: mark.y)
        if first.size == forms.SIZE and first.text[0] == "江":
            # A paragraph that goes on: at least two of its lines do, and at least two were left.
            here = {round(m.y) for m in texts_of(layout, number + 1) if m.text[:1] == "江" and m.rows == first.rows}
            assert len(here) > 1 or first.x > 28 * MM + forms.SIZE, "a last line is never alone"
        table = [mark for mark in texts_of(layout, number + 1) if mark.text == "合计"]
        if table:
            rows = [m for m in texts_of(layout, number + 1) if m.text.startswith("行") and m.y < table[0].y]
            assert rows, "a total is never without a row"


def _block(kind: str, number: int, at: int) -> Block:
    if kind == "heading":
        return Heading(number, f"标题{number}")
    if kind == "table":
        rows = tuple((Cell(f"行{n}"), Cell("内容" * (n % 20 + 1))) for n in range(number))
        return Table((Column("序", 1), Column("事项", 3)), rows, (Cell("合计"), Cell("")), caption=f"表{at}")
    if kind == "form":
        return KeyValue(tuple(Fact("项目", (Run("内容" * number),), wide=True) for _n in range(number)))
    return Paragraph((Run("江" * number),))
