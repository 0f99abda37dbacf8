"""Papers for Word: everything a paper says, in order and in named styles; the page of the standard; editable charts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_app.briefs import ledger, one_pager, project, trip, trip_pack, visit, word
from crm_app.briefs.content import (
    Bar,
    Block,
    Cell,
    Chart,
    ChartForm,
    Column,
    Cover,
    Heading,
    Paper,
    Paragraph,
    RedHead,
    Run,
    Sheet,
    SignOff,
    Table,
)
from crm_app.briefs.texts import texts
from crm_app.briefs.word_page import readable
from crm_app.domain.papers import PaperState
from tests.briefs import samples

YI = 100_000_000
PAPERS: dict[str, Callable[[], Paper]] = {
    "one_pager": lambda: one_pager.compose(samples.ONE_PAGER),
    "visit": lambda: visit.compose(samples.VISIT),
    "trip": lambda: trip.compose(samples.TRIP),
    "trip_pack": lambda: trip_pack.compose(samples.TRIP_PACK),
    "project": lambda: project.compose(samples.PROJECT),
    "ledger": lambda: ledger.compose(samples.ledger(40)),
}


def opened(paper: Paper, state: PaperState = PaperState.FINAL) -> Any:
    return Document(io.BytesIO(word.render(paper, state=state)))


def words_of(document: Any) -> str:
    """Return all text of the body in its order, what is said for pictures too; a space where a line ends."""
    parts = []
    for element in document.element.body.iter(qn("w:t"), qn("w:br"), qn("w:p"), qn("wp:docPr")):
        parts.append(element.text or "" if element.tag == qn("w:t") else f" {element.get('descr', '')}")
    return "".join(parts)


def paper_of(*blocks: Block, title: str = "标题", **around: Any) -> Paper:
    return Paper("visit", title, "zh_CN", blocks, **around)


@pytest.mark.parametrize("kind", PAPERS)
def test_everything_a_paper_says_is_there_in_order(kind: str) -> None:
    paper = PAPERS[kind]()
    found, at = words_of(opened(paper)), 0
    # The title of a pack stands on its cover, in words of its own.
    said = list(texts(paper))[1 if isinstance(paper.blocks[0], Cover) else 0 :]
    for text in said:
        for line in readable(text).split("\n"):
            wanted = line.strip()
            place = found.find(wanted, at)
            assert place >= 0, (kind, wanted)
            at = place


def test_the_page_is_that_of_the_standard() -> None:
    document = opened(PAPERS["visit"]())
    (section, *_more) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm), round(section.right_margin.mm)) == (37, 28, 26)
    grid = section._sectPr.find(qn("w:docGrid"))
    pitch = int(grid.get(qn("w:linePitch"))) / 20
    block = section.page_height.pt - section.top_margin.pt - section.bottom_margin.pt
    assert round(block / pitch) == 22
    normal = document.styles["Normal"]
    narrower = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    width = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
    assert int(width / (normal.font.size.pt + narrower)) == 28
    faces = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3")
    }
    assert faces == {
        "Normal": "仿宋",
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体",
        "Heading 3": "仿宋",
    }
    lines = document.paragraphs
    name = next(at for at, one in enumerate(lines) if one.text == samples.VISIT.bureau)
    assert [one.text for one in lines[name - 2 : name]] == ["", ""], "a seal fits over name and day"
    insets = [int(one._p.pPr.find(qn("w:ind")).get(qn("w:rightChars"))) for one in lines[name : name + 2]]
    assert insets == [25, 400], "the name stands in the middle over the day"
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert [run.text for run in odd.runs if run.text] == ["— ", "1", " —"]
    assert (odd.alignment, even.alignment) == (2, 0)


def test_a_ledger_lies_and_repeats_its_header() -> None:
    document = opened(PAPERS["ledger"]())
    (section,) = document.sections
    assert section.page_width > section.page_height
    assert "NUMPAGES" in section.header._element.xml
    (table,) = document.tables
    first, *rest = table._tbl.tr_lst
    assert first.trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rest)
    assert len(rest) == 40 + 1, "the rows and their total"


def test_a_chart_is_one_that_can_be_edited() -> None:
    chart = Chart("产业分布", (Bar("新能源<车>", 14_020_000_000, "140.2亿"), Bar("其他", YI, "1亿")), "亿元", YI)
    made = word.render(paper_of(chart), state=PaperState.FINAL)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        drawn = archive.read("word/charts/chart1.xml").decode()
        sheet = openpyxl.load_workbook(io.BytesIO(archive.read("word/embeddings/chart1.xlsx"))).active
    assert "新能源&lt;车&gt;" in drawn
    assert "<c:v>140.2</c:v>" in drawn
    assert "<c:formatCode>0.0</c:formatCode>" in drawn
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [None, "亿元"],
        ["新能源<车>", 140.2],
        ["其他", 1],
    ]


@pytest.mark.parametrize(
    ("form", "names", "heads", "values"),
    [
        (ChartForm.COLUMNS, ("2023年", "2022年"), ("2023年", "2022年"), (3, 2)),
        (ChartForm.PROGRESS, (), ("完成率", "时序进度"), (75, 50)),
    ],
)
def test_a_chart_keeps_what_it_is_compared_with_hatched(
    form: ChartForm, names: tuple[str, ...], heads: tuple[str, ...], values: tuple[int, ...]
) -> None:
    scale = YI if form is ChartForm.COLUMNS else 10_000
    bars = (
        Bar("1月", values[0] * scale // (1 if names else 100), "", then=values[1] * scale // (1 if names else 100)),
    )
    made = word.render(paper_of(Chart("图", bars, "亿元", scale, form, names)), state=PaperState.FINAL)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        drawn = archive.read("word/charts/chart1.xml").decode()
        sheet = openpyxl.load_workbook(io.BytesIO(archive.read("word/embeddings/chart1.xlsx"))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [[None, *heads], ["1月", *values]]
    assert drawn.count("<c:ser>") == 2
    assert "wdUpDiag" in drawn
    assert f'<c:barDir val="{"col" if names else "bar"}"/>' in drawn
    assert "<c:legend>" in drawn


def test_a_red_head_a_sign_off_and_what_is_missing() -> None:
    paper = paper_of(
        Paragraph((Run("签约"), Run("70", bold=True), Run("待补", missing=True))),
        SignOff(("报：甲", "送：乙"), "示例单位", "2023年7月12日印发"),
        head=RedHead("招商工作简报", "第3期", "示例单位", "2023年7月12日"),
        sheet=Sheet.DUPLEX,
    )
    document = opened(paper, PaperState.REVIEW)
    head = document.paragraphs[0]
    assert (head.text, head.style.name, str(head.style.font.color.rgb)) == ("招商工作简报", "Red head", "C00000")
    runs = {run.text: run for one in document.paragraphs for run in one.runs}
    assert runs["70"].bold
    assert str(runs["待补"].font.color.rgb) == "C00000"
    assert document.tables[-1].rows[-1].cells[1].text == "2023年7月12日印发"
    assert document.settings.element.find(qn("w:mirrorMargins")) is not None
    assert 'string="送审稿"' in document.sections[0].header._element.xml


def test_parts_stand_where_the_schema_wants_them() -> None:
    document = opened(paper_of(SignOff(("报：甲",), "示例单位", "印发"), sheet=Sheet.DUPLEX, title="很长" * 200))
    parts = [one.tag.rpartition("}")[2] for one in document.settings.element]
    assert parts[:2] == ["zoom", "mirrorMargins"]
    look = [one.tag.rpartition("}")[2] for one in document.tables[-1]._tbl.tblPr]
    wanted = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]
    assert look == [one for one in wanted if one in look]
    for name in ("Title", "Subtitle", "Normal"):
        assert len(document.styles[name].element.rPr.findall(qn("w:spacing"))) == 1, name
    assert len(document.core_properties.title) == 255, "Word takes no more"


def test_only_the_cover_has_no_page_number() -> None:
    cover, *rest = opened(PAPERS["trip_pack"]()).sections
    assert cover.different_first_page_header_footer
    assert rest
    assert not any(one.different_first_page_header_footer for one in rest)
    assert len(rest) == 1, "what follows the cover begins on the next sheet, not on the one after"


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=settings.default.max_examples // 4)
def test_nothing_in_a_record_is_markup_and_the_same_gives_the_same(text: str, cell: str) -> None:
    hostile = f"<w:br/>&amp;{{PAGE}}{text}"
    table = Table(
        (Column("名称", 1), Column("额", 1, "right", "亿元")), ((Cell(cell), Cell(hostile)),), (), "表", "口径"
    )
    paper = paper_of(Heading(1, hostile), Paragraph((Run(hostile),)), table)
    document = opened(paper)
    assert document.paragraphs[1].text == readable(hostile)
    assert document.tables[0].rows[1].cells[0].text == readable(cell)
    assert word.render(paper, state=PaperState.FINAL) == word.render(paper, state=PaperState.FINAL)
