from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from crm_app import i18n
from crm_app.briefs import fonts, forms, ledger, pdf, trip, visit
from crm_app.briefs.content import Cell, Column, Fact, Gap, Heading, KeyValue, Paper, Paragraph, Run, Sheet, Table
from crm_app.briefs.furniture import balanced
from crm_app.briefs.lacking import Lacking, lacking
from crm_app.briefs.marks import MM, Role
from crm_app.briefs.standing import standing
from crm_app.briefs.typeset import set_runs
from crm_app.domain.papers import WORKING_PAPERS, PaperKind, PaperState
from crm_app.errors import Refused
from tests.briefs import reading, samples

FINAL = PaperState.FINAL
RARE = "䶮㛃𬭎"


def paper(*blocks: Heading | Paragraph | Table | KeyValue | Gap, sheet: Sheet = Sheet.SINGLE) -> Paper:
    return Paper("visit", "标题", "zh_CN", blocks, sheet=sheet)


def said(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def test_the_grid_is_22_lines_of_28_characters_from_37_mm_down_and_28_mm_in() -> None:
    made = pdf.render(paper(said("江" * 28 * 60)), state=FINAL)
    set_ = [(x, y) for c, x, y in reading.characters_of(made, 1) if c == "江"]
    lines = sorted({round(y, 1) for _x, y in set_}, reverse=True)
    assert len(lines) == 22
    assert len(set_) == 22 * 28
    assert all(abs(a - b - 28.99) < 0.11 for a, b in pairwise(lines))
    columns = sorted({round(x, 1) for x, _y in set_})
    assert len(columns) == 28
    assert columns[0] == pytest.approx(28 * MM, abs=0.1)
    assert columns[-1] + 15.75 == pytest.approx(184 * MM, abs=1.3)
    assert 297 * MM - lines[0] == pytest.approx(37 * MM + 20.48, abs=0.2)


def test_page_numbers_stand_at_the_outer_side_with_dashes() -> None:
    made = pdf.render(paper(said("江" * 28 * 40), sheet=Sheet.DUPLEX), state=FINAL)
    first, second = ([(c, x) for c, x, y in reading.characters_of(made, n) if y < 35 * MM] for n in (0, 1))
    assert "".join(c for c, _x in first).replace(" ", "") == "—1—"
    assert "".join(c for c, _x in second).replace(" ", "") == "—2—"
    assert min(x for _c, x in first) > 105 * MM > max(x for _c, x in second)


def test_markup_in_a_record_is_text() -> None:
    hostile = '<img src="/etc/passwd"/><b>未闭合 &amp; </para> <font color="red">'
    table = Table((Column(hostile, 1),), ((Cell(hostile),),), caption=hostile, note=hostile)
    made = pdf.render(
        paper(Heading(1, hostile), said(hostile), table, KeyValue((Fact(hostile, (Run(hostile),), wide=True),))),
        state=FINAL,
    )
    text = reading.text_of(made).replace(" ", "")
    assert text.count('<imgsrc="/etc/passwd"/>') >= 5
    assert "root:" not in text


def test_control_characters_and_direction_marks_are_not_printed() -> None:
    text = reading.text_of(pdf.render(paper(said("江\u202e津\x00区\u200b局")), state=FINAL))
    assert "江津区局" in text


def test_rare_characters_print_in_every_role() -> None:
    made = pdf.render(paper(Heading(1, RARE), Heading(2, RARE), said(RARE), Table((Column(RARE, 1),), ())), state=FINAL)
    text = reading.text_of(made)
    assert text.count(RARE) == 4
    assert lacking(paper(said(RARE))) == []


def test_a_name_of_foreign_letters_is_set_in_one_face() -> None:
    assert fonts.segments("与Łukasz会谈", Role.BODY) == [
        ("NotoSerifSC-Regular", "与"),
        ("NotoSerif-Regular", "Łukasz"),
        ("NotoSerifSC-Regular", "会谈"),
    ]
    wide = fonts.text_width("Łukasz", Role.BODY, 10)
    assert wide == pytest.approx(sum(fonts.advances("Łukasz", Role.BODY, 10)))


def test_a_missing_glyph_is_reported_with_its_place_and_printed_as_its_code() -> None:
    table = Table((Column("企业", 1),), ((Cell("示例"),), (Cell("示例🫨公司"),)))
    smiling = paper(Heading(1, "一、洽谈情况"), said("好😀"), table)
    assert lacking(smiling) == [
        Lacking("😀", "好😀", "一、洽谈情况"),
        Lacking("🫨", "示例🫨公司", "企业"),
    ]
    assert "〔U+1F600〕" in reading.text_of(pdf.render(smiling, state=FINAL))


def test_a_final_paper_has_no_gaps() -> None:
    with pytest.raises(Refused, match="1"):
        pdf.render(paper(Gap("对方人员未填写")), state=FINAL)


@pytest.mark.parametrize(("state", "word"), [(PaperState.DRAFT, "草　稿"), (PaperState.REVIEW, "送审稿"), (FINAL, "")])
def test_a_paper_that_is_not_final_says_so_on_every_page(state: PaperState, word: str) -> None:
    pages = reading.pages_of(pdf.render(paper(said("江" * 28 * 40)), state=state))
    assert all((word in page) if word else ("稿" not in page) for page in pages)


@pytest.mark.parametrize("length", [2, 28, 60])
def test_names_of_any_length_fit(length: int) -> None:
    name = ("示例智能装备制造股份有限公司" * 5)[:length]
    made = pdf.render(visit.compose(replace(samples.VISIT, enterprise=name, photos=())), state=FINAL)
    assert name in reading.text_of(made)
    assert reading.count_of(made) in (2, 3)


@pytest.mark.parametrize("count", [0, 1, 200])
def test_a_ledger_of_any_length(count: int) -> None:
    made = pdf.render(ledger.compose(samples.ledger(count)), state=FINAL)
    pages = reading.pages_of(made)
    assert all("总投资" in page and f"共{len(pages)}页" in page for page in pages)
    assert "合计" in pages[-1]
    assert sum(page.count("示例项目") for page in pages) == count
    if count:
        assert f"示例项目{count}" in pages[-1], "the total stays with the last row"


def test_a_row_taller_than_a_page_is_divided() -> None:
    text = "".join(f"第{n}句话。" for n in range(900))
    made = pdf.render(paper(Table((Column("洽谈", 1), Column("备注", 3)), ((Cell(text), Cell("短")),))), state=FINAL)
    read = reading.text_of(made)
    assert all(f"第{n}句话" in read for n in (0, 450, 899))


def test_a_figure_is_found_on_its_page_with_its_rows() -> None:
    paper = trip.compose(samples.TRIP)
    spots = standing(paper, paper, range(len(paper.blocks))).figures
    assert any(spot.rows == (samples.TRIP.visits[0].id,) for spot in spots)
    assert all(spot.width > 0 and spot.page >= 0 for spot in spots)


def test_papers_are_written_in_english_too() -> None:
    i18n.set_language("en")
    text = reading.text_of(pdf.render(visit.compose(samples.VISIT), state=PaperState.DRAFT))
    assert "What was discussed" in text
    assert "DRAFT" in text


def test_english_quotation_marks_are_not_as_wide_as_a_chinese_character() -> None:
    widths = []
    for language in ("en", "zh_CN"):
        with fonts.set_for(language):
            widths.append(fonts.text_width("“", Role.BODY, 10))
            assert fonts.text_width("招商", Role.BODY, 10) == 20
    assert widths[0] < 6 < widths[1]


def test_the_numbers_of_a_very_long_ledger_stand_on_one_line() -> None:
    last = reading.pages_of(pdf.render(ledger.compose(replace(samples.ledger(10_000), total=())), state=FINAL))[-1]
    assert [line for line in last.splitlines() if line.startswith("10000")]


def test_the_characters_of_a_title_do_not_stand_under_one_another() -> None:
    talk = "介绍产业基础与承载平台，就选址条件、用工和供应链配套深入交流。" * 6
    columns = (*(Column(title, 3) for title in ("我方人员", "对方人员", "参加单位")), Column("洽谈内容", 3))
    made = pdf.render(paper(Table(columns, ((Cell("—"), Cell("—"), Cell("—"), Cell(talk)),))), state=FINAL)
    height = {character: y for character, _x, y in reversed(reading.characters_of(made, 0))}
    assert height["我"] == height["方"] > height["员"]
    assert height["参"] == height["加"]


def test_of_very_many_gaps_a_draft_prints_the_first_and_how_many_more_there_are() -> None:
    missing = tuple(Gap(f"示例企业{n}：对方人员") for n in range(40))
    text = reading.text_of(pdf.render(paper(said("江"), *missing), state=PaperState.DRAFT))
    assert text.count("对方人员") == 12
    assert "另有28项" in text
    assert "示例企业0：" in text


@pytest.mark.parametrize("kind", sorted(WORKING_PAPERS))
def test_what_one_works_with_bears_no_mark_of_a_draft(kind: PaperKind) -> None:
    one = replace(paper(said("江")), kind=kind)
    assert "草" not in reading.text_of(pdf.render(one, state=PaperState.DRAFT))
    assert "送审稿" in reading.text_of(pdf.render(one, state=PaperState.REVIEW))


def test_a_chinese_name_in_an_english_line_is_neither_spread_nor_divided_in_a_title() -> None:
    name = "上海栩科粮油新材料科技有限公司(示例)"
    sentence = f"With {name} the group talked in depth about a second base in the west. " * 4
    lines = set_runs((Run(sentence),), forms.body(), forms.form(Sheet.DUPLEX).block_width)
    with fonts.set_for("en"):
        english = set_runs((Run(sentence),), forms.body(), forms.form(Sheet.DUPLEX).block_width)
        title = balanced(f"Report on the visit to {name}", forms.title(), forms.form(Sheet.DUPLEX).block_width)
    assert any(piece.spacing and "栩科" in piece.text for line in lines for piece in line.pieces)
    assert not any(piece.spacing for line in english for piece in line.pieces if piece.text.strip())
    assert ["".join(piece.text for piece in line.pieces).strip() for line in title][-1] == name
