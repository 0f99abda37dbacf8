"""What stays together: a signature with the end of its text, a small table with its caption; where 版记 stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.briefs import pdf
from crm_app.briefs.composer import counted
from crm_app.briefs.content import (
    Bar,
    Block,
    Cell,
    Chart,
    Column,
    Gap,
    Heading,
    Paper,
    Paragraph,
    Run,
    Sheet,
    Signature,
    SignOff,
    Table,
)
from crm_app.briefs.forms import PITCH
from crm_app.briefs.layout import lay_out
from crm_app.briefs.marks import Line, Text
from crm_app.domain.papers import PaperState
from tests.briefs import reading

LINE, LINES = 28, 22
SIGNED = Signature("示例单位", "2023年7月12日")
SIGN_OFF = SignOff(("报：甲", "送：乙"), "示例单位", "2023年7月12日印发")


def pages(*blocks: Block, state: PaperState = PaperState.FINAL, sheet: Sheet = Sheet.SINGLE) -> list[str]:
    paper = Paper("visit", "标题", "zh_CN", blocks, sheet=sheet)
    return [page.replace("\r\n", "") for page in reading.pages_of(pdf.render(paper, state=state))]


def text(lines: int) -> Paragraph:
    return Paragraph((Run("江" * (LINE * lines - 2)),))


def table(rows: int, *, tall: bool = False) -> Table:
    columns = (Column("名称", 1), Column("数", 1))
    cells = tuple((Cell(f"行{number}{' 下' * 60 if tall else ''}"), Cell("1")) for number in range(rows))
    return Table(columns, cells, (Cell("合计行"), Cell("1")), "表的标题", "表的口径")


@given(st.integers(1, 60))
def test_a_signature_stands_under_text(lines: int) -> None:
    assert pages(text(lines), SIGNED)[-1].count("江") >= min(lines * LINE - 2, LINE)


@given(st.integers(1, 80))
def test_a_sign_off_stands_on_the_back_of_the_last_sheet(lines: int) -> None:
    made = pages(text(lines), SIGN_OFF, sheet=Sheet.DUPLEX)
    before = len(pages(text(lines), sheet=Sheet.DUPLEX))
    assert "示例单位" in made[-1]
    assert len(made) % 2 == 0
    assert len(made) - before <= (1 if before % 2 else 2)
    blank = not made[-2]
    assert blank == (len(made) - before == 2)
    # Neither an empty page nor what follows it bears a number; without one all of them do.
    numbered = [f"— {number} —" in page for number, page in enumerate(made, 1)]
    assert numbered == [True] * (len(made) - 2) + [not blank] * 2


def test_a_sign_off_ends_at_the_foot_of_the_text_block() -> None:
    for lines in (1, 25, 40, 44):
        layout = lay_out(Paper("bulletin", "标题", "zh_CN", (text(lines), SIGN_OFF), sheet=Sheet.DUPLEX))
        rules = [mark for mark in layout.pages[-1].marks if isinstance(mark, Line)]
        assert max(rule.y1 for rule in rules) == pytest.approx(layout.form.bottom)
        assert all(rule.x1 == pytest.approx(layout.form.left_of(len(layout.pages))) for rule in rules)


@given(st.integers(1, 60))
def test_on_sheets_of_one_side_a_sign_off_stands_on_the_last(lines: int) -> None:
    made = pages(text(lines), SIGN_OFF)
    assert "示例单位" in made[-1]
    assert len(made) - len(pages(text(lines))) <= 1


@given(st.integers(1, 44), st.integers(1, 6))
def test_the_gaps_at_the_end_are_one_list(before: int, count: int) -> None:
    made = pages(text(before), *(Gap(f"缺{number}") for number in range(count)), state=PaperState.DRAFT)
    assert sum("缺" in page for page in made) == 1


@given(st.integers(1, 22), st.integers(1, 4), st.integers(1, 6))
def test_notes_stand_in_a_draft_where_the_final_paper_has_them(before: int, notes: int, gaps: int) -> None:
    kept = [text(before), *(Paragraph((Run(f"口径{number}"),), note=True) for number in range(notes))]
    missing = counted(gaps), *(Gap(f"缺{number}") for number in range(gaps))
    draft = pages(*kept, *missing, state=PaperState.DRAFT)
    assert [page.count("口径") for page in draft if "口径" in page] == [notes]
    final = next(number for number, page in enumerate(pages(*kept)) if "口径" in page)
    assert "口径" in draft[final]
    assert sum("缺" in page for page in draft) == 1


@given(st.integers(1, 44), st.integers(1, 6))
def test_the_notes_at_the_end_go_over_together(before: int, count: int) -> None:
    notes = [Paragraph((Run(f"口径{number}"),), note=True) for number in range(count)]
    made = pages(text(before), *notes, SIGN_OFF)
    assert [page.count("口径") for page in made if "口径" in page] == [count]


@given(st.integers(1, 22), st.integers(1, 3))
def test_a_heading_goes_over_with_the_text_that_a_signature_holds(before: int, lines: int) -> None:
    made = pages(text(before), Heading(1, "一、甲部分"), text(lines), SIGNED)
    last = next(page for page in made if "甲部分" in page)
    assert "江" in last.partition("甲部分")[2]


@given(st.integers(1, 22), st.integers(1, 10))
def test_a_small_table_is_divided_only_where_much_of_a_page_would_be_empty(before: int, rows: int) -> None:
    made = pages(text(before), table(rows))
    holding = [page for page in made if "行0" in page or "合计行" in page]
    whole = before > LINES * 3 / 4 or rows <= 3
    assert len(holding) == 1 or not whole
    assert "表的标题" in holding[0]
    assert "表的口径" in holding[-1]
    assert all(sum(f"行{number} " in page for number in range(rows)) >= 2 for page in holding) or len(holding) == 1


@given(st.integers(1, 15), st.integers(15, 30))
def test_a_divided_table_of_tall_rows_begins_with_two(before: int, rows: int) -> None:
    first = pages(text(before), table(rows, tall=True))[0]
    assert sum(f"行{number} " in first for number in range(rows)) >= 2


@given(st.integers(1, 16))
def test_a_chart_that_has_no_place_lets_its_table_go_first(before: int) -> None:
    bars = tuple(Bar(f"条{number}", number, f"{number}个") for number in range(1, 13))
    made = pages(text(before), Heading(1, "一、甲部分"), Chart("图的标题", bars, "个"), table(4))
    heading = next(page for page in made if "甲部分" in page)
    assert "图的标题" in heading or "表的标题" in heading
    assert "图的标题" in "".join(made)


@given(st.integers(2, 8))
def test_a_table_stands_close_below_its_chart(count: int) -> None:
    bars = tuple(Bar(f"条{number}", number, f"{number}个") for number in range(count))
    (page,) = lay_out(Paper("visit", "标题", "zh_CN", (Chart("图的标题", bars, "个"), table(4)))).pages
    words = {mark.text: mark.y for mark in page.marks if isinstance(mark, Text)}
    assert 0 < words["表的标题"] - words[f"条{count - 1}"] < 1.25 * PITCH


def test_a_unit_stands_behind_its_title_where_all_have_room() -> None:
    columns = (Column("名称", 1), Column("总投资", 1, unit="亿元"), Column("项目数", 1, unit="个"))
    few = Table(columns, ((Cell("甲"), Cell("1"), Cell("2")),))
    (made,) = pages(few)
    assert "总投资（亿元）" in made
    assert "项目数（个）" in made


@given(st.integers(1, 22), st.integers(15, 70))
def test_no_row_of_a_long_table_is_alone(before: int, rows: int) -> None:
    made = pages(text(before), table(rows))
    counts = [sum(f"行{number}" in page for number in range(rows)) for page in made]
    assert all(count != 1 for count in counts)


@given(st.integers(1, 22), st.integers(1, 30))
def test_a_signature_under_a_table_is_with_its_last_rows(before: int, rows: int) -> None:
    assert "合计行" in pages(text(before), table(rows), SIGNED)[-1]


@given(st.integers(1, 40))
def test_a_title_does_not_cut_a_legal_form(before: int) -> None:
    paper = Paper("visit", "拜访" + "示" * before + "有限公司情况报告", "zh_CN", (text(1),))
    lines = reading.pages_of(pdf.render(paper, state=PaperState.FINAL))[0].splitlines()
    assert any("有限公司" in line for line in lines)


@given(st.integers(1, 40))
def test_a_title_cuts_no_word_of_a_title(before: int) -> None:
    paper = Paper("visit", "示" * before + "上半年招商引资工作情况报告", "zh_CN", (text(1),))
    lines = reading.pages_of(pdf.render(paper, state=PaperState.FINAL))[0].splitlines()
    for word in ("上半年", "招商引资", "工作", "情况", "报告"):
        assert any(word in line for line in lines), word


def test_the_head_of_a_narrow_column_is_divided_between_its_words() -> None:
    columns = (Column("约定开工日", 1, "center"), *(Column(f"列{number}", 8) for number in range(4)))
    row = (Cell("2022.5.22"), *(Cell("江" * 60) for _number in range(4)))
    paper = Paper("visit", "标题", "zh_CN", (Table(columns, (row,)),))
    lines = reading.pages_of(pdf.render(paper, state=PaperState.FINAL))[0].splitlines()
    assert any(line.strip() == "约定" for line in lines)
    assert any(line.startswith("开工日") for line in lines)


@given(st.integers(14, LINES))
def test_what_announces_a_list_stands_on_the_page_where_the_list_begins(above: int) -> None:
    found = pages(text(above - 2), Paragraph((Run("重点项目有："),)), text(3), text(3))
    at = next(page for page in found if "重点项目有：" in page)
    assert "江" in at.partition("重点项目有：")[2]
