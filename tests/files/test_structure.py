"""Tables are found in sheets as offices keep them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain.import_meanings import known_header
from crm_app.files import header_rows, structure
from crm_app.files.cells import Cell, Merge, SheetRows
from crm_app.files.structure import LeftOut, Structure

UPPER: list[Cell] = ["序号", "企业名称", "联系人", None, None, "计划投资额(亿元)", "备注"]
LOWER: list[Cell] = [None, None, "姓名", "职务", "电话", None, None]
JOINED = ("序号", "企业名称", "联系人›姓名", "联系人›职务", "联系人›电话", "计划投资额(亿元)", "备注")
NAMES = st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=6).map(lambda name: name + "有限公司")


def find(rows: list[list[Cell]], merges: list[Merge] | None = None) -> Structure:
    found = structure.find(SheetRows("表", rows, merges or []), known_header)
    assert found is not None
    return found


@given(
    titles=st.lists(st.sampled_from(["2023年上半年招商台账", "填报单位：某区投促中心", "单位：万元"]), max_size=3),
    merged=st.booleans(),
    names=st.lists(NAMES, min_size=1, max_size=8),
    totals=st.lists(st.sampled_from(["合计", "小 计", "总计：", "合计（12家）"]), max_size=2),
    notes=st.lists(st.sampled_from(["注：数据截至6月底", "填表人：张某", "备注: 略"]), max_size=2),
)
def test_titles_headers_totals_and_notes_are_told_from_data(
    titles: list[str], merged: bool, names: list[str], totals: list[str], notes: list[str]
) -> None:
    rows: list[list[Cell]] = [[title, *[None] * 6] for title in titles]
    top = len(rows)
    rows += [UPPER, LOWER]
    rows += [[n, name, "张某", None, "13800000000", 1.5, None] for n, name in enumerate(names, 1)]
    rows += [[total, None, None, None, None, 9, None] for total in totals]
    rows += [[note, *[None] * 6] for note in notes]
    merges: list[Merge] = [(row, 0, row, 6) for row in range(top)] + [(top, 2, top, 4)]
    merges += [(top, column, top + 1, column) for column in (0, 1, 5, 6)]
    found = find(rows, merges if merged else None)
    assert found.headers == JOINED
    assert [found.rows[number][1] for number in found.data] == names
    assert list(found.left_out.values()).count(LeftOut.TOTAL) == len(totals)
    assert list(found.left_out.values()).count(LeftOut.NOTE) == len(notes)
    assert found.unit == ("万元" if "单位：万元" in titles else "")
    assert found.serial == frozenset({0})


@given(st.lists(NAMES, min_size=1, max_size=5))
def test_a_plain_table_is_all_data(names: list[str]) -> None:
    rows: list[list[Cell]] = [["企业名称", "备注"]]
    rows += [[name, "说明材料齐全"] for name in names]
    found = find(rows)
    assert len(found.data) == len(names)


def test_a_header_row_above_data_without_a_second_row_stays_one_row() -> None:
    found = find([["企业名称", "", "备注"], [None, "电话会议", None], ["甲公司", None, None]])
    assert found.data == (1, 2)


def test_a_first_row_without_its_number_is_no_second_row_of_the_header() -> None:
    rows: list[list[Cell]] = [["序号", "企业名称", "联系人", None, "备注"], [None, "甲公司", "张三", "李四", None]]
    assert list(find(rows).data) == [1]


def test_an_enterprise_merged_beside_its_contacts_is_filled_down() -> None:
    rows: list[list[Cell]] = [["企业名称", "联系人"], ["甲公司", "张某"], [None, "李某"], ["乙公司", "王某"]]
    found = find(rows, [(1, 0, 2, 0)])
    assert [list(found.rows[number]) for number in found.data] == [
        ["甲公司", "张某"],
        ["甲公司", "李某"],
        ["乙公司", "王某"],
    ]


def test_section_headings_and_repeated_headers_are_left_out() -> None:
    head: list[Cell] = ["企业名称", "联系人"]
    found = find([head, ["一、智能装备", None], ["甲公司", None], head, ["乙公司", None]])
    assert found.data == (2, 4)
    assert found.left_out[1] is LeftOut.HEADING
    assert found.left_out[3] is LeftOut.HEADER


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("到位资金统计表（万元）", "万元"),
        ("單位：億元", "亿元"),
        ("单位：亩、万元", "万元"),
        ("重点企业名单（第二批）", ""),
    ],
)
def test_a_unit_is_said_once_above_the_table_or_behind_its_title(above: str, unit: str) -> None:
    assert find([[above], ["企业名称", "注册资本"], ["甲公司", 500]]).unit == unit


def test_a_total_in_traditional_characters_is_no_data() -> None:
    rows: list[list[Cell]] = [["序號", "企業名稱", "投資額", "備註"], [1, "甲公司", 5, "好"], ["合計", None, 5, None]]
    found = find(rows)
    assert (found.data, found.serial, found.left_out[2]) == ((1,), {0}, LeftOut.TOTAL)


def test_no_known_header_is_no_table() -> None:
    assert structure.find(SheetRows("表", [["甲", "乙"], ["1", "2"]]), known_header) is None


def test_a_form_of_one_enterprise_is_no_table() -> None:
    rows: list[list[Cell]] = [["企业名称", "甲公司"], ["统一社会信用代码", "91"], ["联系人", "张某"], ["备注", "略"]]
    assert structure.find(SheetRows("表", rows, []), known_header) is None
    of_one: list[list[Cell]] = [["企业名称"], ["甲公司"], ["联系人"], ["乙公司"]]
    assert find(of_one).data == (1, 2, 3)


def test_a_header_of_two_rows_repeated_on_every_page_is_left_out() -> None:
    rows: list[list[Cell]] = [UPPER, LOWER, [1, "甲公司", "张某", None, None, 1, None], UPPER, LOWER]
    found = find([*rows, [2, "乙公司", "李某", None, None, 2, None]], [(0, 2, 0, 4), (3, 2, 3, 4)])
    assert [found.rows[number][1] for number in found.data] == ["甲公司", "乙公司"]
    assert {found.left_out[3], found.left_out[4]} == {LeftOut.HEADER}


def test_a_header_of_three_rows_is_put_together() -> None:
    rows: list[list[Cell]] = [
        ["企业名称", "投资", None, "联系人", None],
        [None, "总投资", None, "姓名", "电话"],
        [None, "金额(亿元)", "年份", None, None],
        ["甲公司", 5.6, 2023, "张某", "13800000000"],
    ]
    merges: list[Merge] = [(0, 0, 2, 0), (0, 1, 0, 2), (0, 3, 0, 4), (1, 1, 1, 2), (1, 3, 2, 3), (1, 4, 2, 4)]
    found = find(rows, merges)
    assert found.headers == ("企业名称", "投资›总投资›金额(亿元)", "投资›总投资›年份", "联系人›姓名", "联系人›电话")
    assert found.data == (3,)


@given(
    st.lists(st.lists(st.none() | st.sampled_from(["合计", "注：略", "甲公司", "企业名称"]), max_size=4), max_size=12)
)
def test_row_by_row_is_sorted_as_the_whole_sheet_is(body: list[list[Cell]]) -> None:
    rows: list[list[Cell]] = [["企业名称", "联系人", "备注"], *body]
    merges: list[Merge] = [(2, 0, 4, 0), (5, 0, 5, 2)]
    whole = find(rows, merges)
    header = header_rows.find_header(rows, merges, known_header)
    assert header is not None
    sorter = structure.RowSorter(header, merges)
    taken = [(number, *sorter.take(number, rows[number])) for number in range(header.last + 1, len(rows))]
    assert [number for number, _row, why in taken if why is None] == list(whole.data)
    assert {n: why for n, _row, why in taken if why not in (None, LeftOut.EMPTY)}.items() <= whole.left_out.items()


_WORD = st.none() | st.sampled_from(["合计", "设计", "total", "企业名称", " 企业名称", "1", "甲公司"])


@given(st.lists(st.lists(_WORD | st.sampled_from([0, 1.5]), max_size=6), max_size=12))
def test_what_is_not_in_doubt_is_data_as_it_is(body: list[list[Cell]]) -> None:
    header = header_rows.find_header([["企业名称", "联系人", "备注", "来源"]], [], known_header)
    assert header is not None
    sorter = structure.RowSorter(header, [])
    doubt = set(sorter.in_doubt(body))
    for place in {*range(len(body))} - doubt:
        row = body[place]
        assert sorter.take(place + 1, row) == (row, None)
        assert structure._why_left_out(row, header, wide=False) is None


def test_groups_that_a_spreadsheet_has_summed_or_counted_are_no_data() -> None:
    rows: list[list[Cell]] = [["落户平台", "项目名称", "总投资(亿元)", "固投"], ["双福", "甲项目", 3, 1]]
    rows += [
        ["双福 汇总", None, 3, 1],
        ["双福 计数", 1, None, None],
        ["总计数", 1],
        ["Shuangfu Total", None, "3.0", "1"],
        ["双福 汇总", 2, 3, 1],
        ["雙福 平均值", 2, 3, 1],
        ["Shuangfu Max", 2, 3, 1],
    ]
    rows += [["珞璜 汇总", "乙项目", 3, 1]]
    found = find(rows)
    assert found.data == (1, 9)
    assert list(found.left_out.values()).count(LeftOut.TOTAL) == 7


def test_the_same_as_above_is_what_stands_there() -> None:
    rows: list[list[Cell]] = [["企业名称", "联系人", "地址", "备注"], ["甲公司", "张某", "南山区1号", "略"]]
    rows += [["乙公司", "李某", "同上", "〃"], ["丙公司", "王某", "同上", "同上面谈"]]
    rows += [["南山 汇总", 3, None, None], ["丁公司", "陈某", "同上", None]]
    found = find(rows)
    said = [["南山区1号", "略"], ["南山区1号", "同上面谈"], ["南山区1号", None]]
    assert [found.rows[number][2:] for number in found.data[1:]] == said
