"""Headers find their fields, cells say what they mean."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app import i18n
from crm_app.domain import import_meanings, import_rows, imports
from crm_app.domain.amounts import Currency
from crm_app.domain.days import FuzzyDay, month_of
from crm_app.domain.import_cells import people_in
from crm_app.domain.import_guesses import guess_kind
from crm_app.domain.import_headers import ROW_ID, groups, split_unit
from crm_app.domain.import_kinds import KINDS, RECORD_OF, RECORDS_OF, field_of
from crm_app.domain.import_rows import Parsed
from crm_app.domain.kinds import Amount, Instant
from crm_app.domain.projects import Agreement
from crm_app.domain.records import RECORDS
from crm_app.errors import BadInput


def parse(kind: str, **cells: object) -> Parsed:
    """Read one row whose headers are the keywords."""
    columns = imports.columns_for(kind, list(cells))
    return import_rows.RowReader(columns, {"park": {"科学城江津片区": "双福科技创新城"}}).read(list(cells.values()))


def target(kind: str, header: str) -> str:
    return imports.columns_for(kind, [header])[0].target


def test_every_target_is_understood_by_every_word_of_its_own() -> None:
    for kind, listed in groups().items():
        for targets in listed:
            for words in targets.values():
                for word in words:
                    assert import_meanings.known_header(word)
                    assert target(kind, word), f"{kind} {word}"


@pytest.mark.parametrize(
    ("kind", "header", "wanted"),
    [
        ("enterprises", "企业名称（全称）", "enterprise.name"),
        ("enterprises", "* 统一社会\n信用代码", "enterprise.uscc"),
        ("enterprises", "联系人›电话", "contact.phone"),
        ("enterprises", "联系人›姓名", "contact.people"),
        ("leads", "意向投资额（亿元）", "lead.intent"),
        ("visits", "来访时间", "visit.on"),
        ("projects", "总投资(万元)", "project.total_investment"),
        ("projects", "投资主体", "enterprise.name"),
        ("enterprises", "颜色", ""),
    ],
)
def test_headers_find_their_fields(kind: str, header: str, wanted: str) -> None:
    assert target(kind, header) == wanted


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_labels_of_the_declared_fields_are_headers_too(language: str) -> None:
    i18n.set_language(language)
    for name in ("name", "uscc", "industry", "products"):
        assert target("enterprises", RECORDS["enterprise"].field(name).title) == f"enterprise.{name}"


def test_a_second_column_of_one_target_is_left_alone_but_texts_are_put_together() -> None:
    columns = imports.columns_for("leads", ["企业名称", "公司名称", "备注", "进展情况"])
    assert [column.target for column in columns] == ["enterprise.name", "", "lead.note", "lead.note"]
    read = import_rows.RowReader(columns, {}).read(["甲公司", "乙公司", "重要", "已对接"])
    assert read.values["lead.note"] == "备注：重要\n进展情况：已对接"


@pytest.mark.parametrize(
    ("headers", "names", "kind"),
    [
        (["企业名称", "联系人", "备注"], [], "enterprises"),
        (["企业名称", "线索来源"], [], "leads"),
        (["企业名称", "来源"], ["招商线索台账"], "leads"),
        (["企业名称", "拜访日期"], [], "visits"),
        (["统一社会信用代码", "来访时间", "纪要"], [], "receptions"),
        (["来访单位/人员", "日期", "企业", "我方主陪", "结论", "陪同人员"], ["u"], "receptions"),
        (["项目名称", "投资主体", "签约时间"], [], "projects"),
        (["项目名称", "线索", "投资主体", "来访记录"], [], "projects"),
        (["线索名称", "企业", "来自拜访"], [], "leads"),
    ],
)
def test_the_kind_is_guessed_by_headers_and_names(headers: list[str], names: list[str], kind: str) -> None:
    assert guess_kind(headers, names).kind == kind


def test_a_sheet_headed_as_this_program_does_is_known_whatever_its_file_is_called() -> None:
    headers = ["项目", "日期", "金额(万元)", "类别", "外资", "备注", "项目编号", "记录标识"]
    assert guess_kind(headers, ["表1"]).kind == "funds"
    headers = ["下一步", "完成时限", "责任人", "完成日期", "企业", "拜访", "跟进", "线索", "项目", "接待"]
    assert guess_kind(headers, ["表1"]).kind == "tasks"


@pytest.mark.parametrize(
    ("headers", "kind", "near"),
    [
        (["项目名称", "日期", "金额(万元)", "备注"], "projects", {"funds"}),
        (["企业名称", "要素", "数量", "单位"], "enterprises", {"needs"}),
        (["企业名称", "产值(万元)", "税收(万元)", "年度"], "enterprises", {"yearly_results"}),
        (["项目名称", "投资主体", "总投资(亿元)", "签约时间", "开工时间", "开工佐证"], "projects", set()),
        (["企业名称", "联系人", "职务", "手机"], "enterprises", set()),
    ],
)
def test_where_another_kind_understands_more_it_is_named(headers: list[str], kind: str, near: set[str]) -> None:
    guess = guess_kind(headers, ["表1"])
    assert guess.kind == kind
    assert near <= set(guess.near)
    assert bool(near) is bool(guess.near)
    assert headers[0] in guess.evidence


def test_a_title_makes_no_ranking_of_enterprises_and_a_slip_in_it_keeps_no_sheet_out() -> None:
    assert guess_kind(["排名", "企业名称", "省份"], [], "2023年中国企业500强榜").kind == "enterprises"
    assert guess_kind(["排名", "项目名称", "总投资(亿元)"], [], "2023年项目排名").kind == "projects"
    assert guess_kind(["排名", "单位名称"], [], "2023年招商引资排名").kind == "rankings"
    assert guess_kind(["企业名称", "电话"], [], "重点企业名录（截至2023年6月31日）").kind == "enterprises"


def test_a_ledger_without_its_key_column_is_refused_naming_what_was_found() -> None:
    with pytest.raises(BadInput, match="联系人"):
        imports.check_columns("enterprises", imports.columns_for("enterprises", ["联系人", "备注"]))
    with pytest.raises(BadInput, match="拜访日期"):
        imports.check_columns("visits", imports.columns_for("visits", ["企业名称", "纪要"]))


@pytest.mark.parametrize(
    ("header", "unit"), [("总投资(亿元)", "亿元"), ("总投资（单位：万元）", "万元"), ("总投资", "")]
)
def test_units_stand_in_headers(header: str, unit: str) -> None:
    assert split_unit(header) == ("总投资", unit)


@pytest.mark.parametrize(
    ("header", "cell", "yuan"),
    [
        ("总投资(亿元)", 5.6, 560_000_000),
        ("总投资(万元)", "5,600", 56_000_000),
        ("总投资(亿元)", "5600万", 56_000_000),
        ("总投资(亿元)", 3.2500000000000004, 325_000_000),
        ("总投资", "5.6亿", 560_000_000),
        ("总投资", "面议", None),
    ],
)
def test_amounts_take_the_unit_of_their_column_or_their_own(header: str, cell: object, yuan: int | None) -> None:
    read = parse("projects", **{"项目名称": "甲项目", header: cell})
    assert read.reasons == ()
    assert read.values.get("project.total_investment") == yuan


def test_a_bare_number_without_any_unit_goes_back() -> None:
    read = parse("projects", 项目名称="甲项目", 总投资=5.6)
    assert len(read.reasons) == 1
    assert "总投资" in read.reasons[0]


@given(st.integers(1, 10**11), st.sampled_from([("元", 1), ("万元", 10**4), ("亿元", 10**8)]))
def test_no_yuan_is_lost_between_a_cell_and_the_book(yuan: int, unit: tuple[str, int]) -> None:
    word, size = unit
    read = parse("projects", **{"项目名称": "甲", f"总投资({word})": float(Decimal(yuan) / size)})
    assert read.values["project.total_investment"] == yuan


def test_an_intended_amount_is_a_range_or_undecided() -> None:
    intent = parse("leads", **{"企业名称": "甲", "意向投资额(亿元)": "约3-5"}).values["lead.intent"]
    assert (intent.low, intent.high, intent.approximate) == (300_000_000, 500_000_000, True)
    for cell in ("面议", "to be decided"):
        undecided = parse("leads", **{"企业名称": "甲", "意向投资额(亿元)": cell}).values["lead.intent"]
        assert (undecided.low, undecided.high) == (None, None), cell


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (date(2023, 6, 30), FuzzyDay.of(date(2023, 6, 30))),
        (datetime(2023, 6, 30, 14, 30), FuzzyDay.of(date(2023, 6, 30))),  # noqa: DTZ001
        (20230630, FuzzyDay.of(date(2023, 6, 30))),
        (45107, FuzzyDay.of(date(2023, 6, 30))),
        ("2023.6.30", FuzzyDay.of(date(2023, 6, 30))),
        ("2023年6月", month_of(2023, 6)),
    ],
)
def test_days_come_in_every_form_and_a_month_stays_a_month(cell: object, wanted: FuzzyDay) -> None:
    assert parse("projects", 项目名称="甲", 签约时间=cell).values["signing.signed_on"] == wanted


def test_a_visit_keeps_the_time_that_stands_beside_its_day() -> None:
    read = parse("visits", 企业名称="甲", 来访时间="2025-03-04 09:30").values
    assert (read["visit.on"], read["visit.time"]) == (date(2025, 3, 4), "09:30")


@pytest.mark.parametrize(
    ("word", "agreement"),
    [("正式合同", Agreement.FORMAL), ("战略合作框架协议", Agreement.FRAMEWORK), ("补充协议", Agreement.SUPPLEMENT)],
)
def test_agreements_are_known_by_the_words_in_them(word: str, agreement: Agreement) -> None:
    assert parse("projects", 项目名称="甲", 协议类型=word).values["signing.kind"] is agreement


def test_a_dollar_contract_keeps_its_currency() -> None:
    read = parse("projects", **{"项目名称": "甲", "签约金额(万美元)": 120})
    assert read.values["signing.amount"] == Amount(120_000_000, Currency.USD)


def test_several_people_in_one_cell_each_keep_their_phone() -> None:
    read = people_in("张某某 总经理 13800000001；李某（13800000002）")
    assert [(one.name, one.title, one.phone) for one in read] == [
        ("张某某", "总经理", "13800000001"),
        ("李某", "", "13800000002"),
    ]
    assert [(one.name, one.title) for one in people_in("曾某(示例)（总经理）")] == [("曾某(示例)", "总经理")]
    (one,) = parse("enterprises", 企业名称="甲", 联系人="张某", 联系电话="13800000001、023-47500000").values["contacts"]
    assert one["phone"] == "+8613800000001"
    assert "47500000" in one["note"]


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("陈某\n董事长\n13800000001", [("陈某", "董事长", "13800000001")]),
        ("陈某\n李主任 13800000002", [("陈某", "", ""), ("李主任", "", "13800000002")]),
        ("王总13800000001/赵经理13800000002", [("王总", "", "13800000001"), ("赵经理", "", "13800000002")]),
        ("王总 138 0000 0001 赵某 138 0000 0002", [("王总", "", "138 0000 0001"), ("赵某", "", "138 0000 0002")]),
        ("张某、李某、13800000002", [("张某", "", ""), ("李某", "", "13800000002")]),
        ("张某 13800000001 微信同号", [("张某", "微信同号", "13800000001")]),
        ("Mr. Lee +886912345678", [("Mr. Lee", "", "+886912345678")]),
        ("Anna Smith CEO 13800000001", [("Anna Smith", "CEO", "13800000001")]),
        ("John Smith;张三 总经理", [("John Smith", "", ""), ("张三", "总经理", "")]),
    ],
)
def test_people_in_one_cell_however_they_are_parted(cell: str, people: list[tuple[str, str, str]]) -> None:
    assert [(one.name, one.title, one.phone) for one in people_in(cell)] == people


def test_a_second_phone_of_one_person_makes_nobody_else() -> None:
    (one,) = parse("enterprises", 企业名称="甲", 联系人="李某 13800000001/023-47500000").values["contacts"]
    assert (one["name"], one["note"]) == ("李某", "023-47500000")


def test_a_day_without_its_year_is_of_the_year_of_the_other_day_in_its_row() -> None:
    trip = parse("trips", 批次名称="赴长三角", 出发日期="2023.12.28", 返回日期="1.3").values
    assert trip["trip.end_on"] == date(2024, 1, 3)
    step = parse(
        "follow_ups", 企业="甲", 日期="2023-06-01", 跟进内容="来电", 下一步="报送方案", 完成时限="下周三"
    ).values
    assert step["task.due"] == date(2023, 6, 7)


def test_a_column_of_units_is_no_column_of_names() -> None:
    headers, below = ("指标", "全年目标", "单位"), (("签约金额", 500, "亿元"), ("签约个数", 100, "个"))
    assert [one.target for one in imports.columns_for("enterprises", headers, samples=below)] == [""] * 3
    assert imports.columns_for("enterprises", ("单位",), samples=(("甲公司",),))[0].target == "enterprise.name"


@pytest.mark.parametrize(
    ("header", "target", "unit"),
    [
        ("總投資(億元)", "project.total_investment", "亿元"),
        ("簽約日期", "signing.signed_on", ""),
        ("統一社會信用代碼", "enterprise.uscc", ""),
        ("聯絡人", "contact.people", ""),
        ("投资规模›其中：固定资产投资", "project.fixed_investment", ""),
        ("主要负责人及联系方式", "contact.people", ""),
    ],
)
def test_headers_in_traditional_characters_and_of_parts_are_known(header: str, target: str, unit: str) -> None:
    (column,) = imports.columns_for("projects", [header])
    assert (column.target, column.unit, column.header) == (target, unit, header)


def test_progress_in_single_words_is_a_stage_and_in_prose_or_alike_in_all_rows_is_none() -> None:
    headers = ["项目名称", "项目进展"]
    told = [["甲", "在谈"], ["乙", "已签约"], ["丙", "研判评审中"], ["丁", "终止"]]
    assert imports.columns_for("projects", headers, samples=told)[1].target == "project.stage"
    prose = [["甲", "已对接用地，待报规委会"], ["乙", "洽谈"]]
    answers = [["甲", "已开工"], ["乙", "已开工"]]
    assert imports.columns_for("projects", headers, samples=prose)[1].target == ""
    assert imports.columns_for("projects", headers, samples=answers)[1].target == ""


def test_a_numbered_header_means_what_it_does_without_its_number() -> None:
    columns = imports.columns_for("enterprises", ("企业名称", "联系人1", "备注1", "备注2"))
    assert [one.target for one in columns] == ["enterprise.name", "contact.people", "lead.note", "lead.note"]


def test_what_nobody_sees_in_a_name_is_not_kept() -> None:
    assert parse("enterprises", 企业名称="\u200b甲\u2060公司\ufeff").values["enterprise.name"] == "甲公司"


def test_investors_stand_in_one_cell_with_their_shares() -> None:
    read = parse("projects", 项目名称="甲项目", 投资主体="甲公司60%、乙公司（40%）").values["investors"]
    assert read == (("甲公司", Decimal(60)), ("乙公司", Decimal(40)))


def test_aliases_fold_into_their_entry() -> None:
    assert parse("projects", 项目名称="甲", 落户平台="科学城江津片区").values["project.park"] == "双福科技创新城"


@pytest.mark.parametrize("nothing", ["", "/", "无", "—", "暂无", None])
def test_signs_for_nothing_say_nothing(nothing: object) -> None:
    assert parse("enterprises", 企业名称="甲", 行业=nothing, 联系电话=nothing).values == {"enterprise.name": "甲"}


def test_every_wrong_cell_of_a_row_is_named() -> None:
    read = parse(
        "enterprises", 企业名称="甲", 统一社会信用代码="91500000MA5U00000A", 登记日期="昨天的昨天", 联系电话="abc1"
    )
    assert len(read.reasons) >= 2
    assert read.reasons[0].startswith("统一社会信用代码")


CELLS: st.SearchStrategy[Any] = st.none() | st.text(max_size=20) | st.floats() | st.integers() | st.dates()


@given(st.sampled_from(KINDS), st.data())
def test_no_cell_breaks_the_reading(kind: str, data: st.DataObject) -> None:
    words = [word for listed in groups()[kind] for words in listed.values() for word in words]
    headers = data.draw(st.lists(st.sampled_from(words), max_size=6, unique=True))
    cells = data.draw(st.lists(CELLS, min_size=len(headers), max_size=len(headers)))
    import_rows.RowReader(imports.columns_for(kind, headers), {}).read(cells)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_that_carries_the_ids_of_its_rows_is_known_by_one_header(kind: str) -> None:
    row_id = f"{RECORDS_OF[kind][0]}.id"
    assert target(kind, "记录标识") == target(kind, "Record id") == row_id
    known = UUID("0193c6a1-0000-7000-8000-000000000001")
    assert parse(kind, 记录标识=str(known)).values[row_id] == known
    assert "记录标识" in parse(kind, 记录标识="七号").reasons[0]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["91440600549QX0810K", "9142010057482G482Q"], "enterprise.uscc"),
        (["13800000001", "138 0000 0002"], "contact.phone"),
        (["a@b.cn", "c.d@e.com"], "contact.email"),
        (["渝能电池(示例)有限公司", "某某集团"], "enterprise.name"),
        (["有限", "公司", "张某"], ""),
        ([None, ""], ""),
    ],
)
def test_a_column_whose_header_says_nothing_is_known_by_its_cells(cells: list[object], wanted: str) -> None:
    (column,) = imports.columns_for("enterprises", ["丙列"], samples=[[cell] for cell in cells])
    assert column.target == wanted
    assert bool(column.evidence) == bool(wanted)


def test_every_column_says_why_it_was_taken_for_what_it_is() -> None:
    by_word, by_label, unknown = imports.columns_for("visits", ["走访时间", "原文粘贴", "颜色"])
    assert "走访时间" in by_word.evidence
    assert by_label.evidence
    assert not unknown.evidence


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_may_be_chosen_for_a_column_has_a_title_and_a_field(kind: str, language: str) -> None:
    i18n.set_language(language)
    choices = dict(imports.targets_of(kind))
    assert len(choices) > 5
    for wanted, titles in choices.items():
        assert all(title.partition(" · ")[2] for title in titles)
        assert field_of(wanted) is not None


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_an_export_is_understood(kind: str, language: str) -> None:
    i18n.set_language(language)
    exported = [one for one in RECORDS[RECORD_OF[kind]].fields if not one.derived and not isinstance(one.kind, Instant)]
    columns = imports.columns_for(kind, [ROW_ID, *(one.title for one in exported)])
    assert [column.header for column in columns if not column.target] == []
    assert len({column.target for column in columns}) == len(columns)


def test_of_tables_beside_one_another_the_first_is_taken() -> None:
    headers = ("序号", "企业名称", "联系人", "", "序号", "企业名称", "联系人", "备注")
    columns = imports.columns_for(
        "enterprises", headers, samples=[["1", "甲公司", "张三", None, "2", "乙公司", "李四"]]
    )
    assert [one.header for one in columns] == list(headers)
    assert [one.target for one in columns if one.target] == ["enterprise.name", "contact.people"]


def test_what_a_failed_formula_leaves_in_a_text_is_nothing() -> None:
    for cell in ("#N/A", "#DIV/0!", "#REF!"):
        assert parse("enterprises", 企业名称="甲公司", 备注=cell, 地址=cell).values == {"enterprise.name": "甲公司"}
