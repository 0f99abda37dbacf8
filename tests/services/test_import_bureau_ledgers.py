"""What a bureau really has: weekly tables, performance ledgers, exports of online sheets, the calendars of phones."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from crm_app.domain.amounts import Currency
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Fund, Milestone, Project, Signing
from crm_app.domain.staff import Person
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Reception, Visit
from crm_app.services import enterprises, exports, imports
from crm_app.services.book import Book
from crm_app.services.imports import Choices, SheetChoice
from tests.services.ledgers import PROJECTS, Rows, all_of, imported, ledger


def of(book: Book, record_type: type[Any]) -> list[Any]:
    return [one for one in all_of(book, record_type) if isinstance(one, record_type)]


def people_of(book: Book) -> dict[Any, str]:
    return {one.id: one.name for one in of(book, Person)}


def test_a_weekly_table_tells_the_next_step_of_a_project_and_who_does_it(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["项目名称", "投资主体", "总投资(亿元)", "建设内容", "本周进展", "下周计划", "责任科室/责任人"],
        ["电驱总成(示例)", "甲公司", 12.5, "四条线", "已会谈", "6月20日前报送方案", "招商一科/李华"],
        ["结构件(示例)", "乙公司", 5, "租厂房", "等决议", "6月21日跟踪", "李华、曾敏"],
    ]
    plan = imported(book, ledger(tmp_path / "调度.xlsx", "在谈项目周调度表", rows), "projects", 2)
    assert plan.sheets[0].left_alone == ("本周进展",)
    people = people_of(book)
    assert sorted(people.values()) == ["李华"]
    assert [people[one.owner_id] for one in of(book, Project)] == ["李华", "李华"]
    assert [(one.what, people[one.owner_id]) for one in of(book, Task)] == [("报送方案", "李华"), ("跟踪", "李华")]
    assert any("不止一人" in remark for remark in plan.rows[1].remarks)
    assert not any("不止一人" in remark for remark in plan.rows[0].remarks)


def test_a_ledger_of_signed_projects_makes_them_with_their_contracts(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["项目名称", "签约主体", "签约时间", "合同投资额(亿元)", "注册时间", "拿地时间", "累计到位资金"],
        ["电驱总成(示例)", "甲公司", "2023-03-15", 12.5, "2023-04-01", "2023-05-20", 4.2],
        ["结构件(示例)", "乙公司", "2023-05-06", 5, "已注册", "租赁标准厂房", 3.1],
    ]
    plan = imported(book, ledger(tmp_path / "履约.xlsx", "签约项目履约台账", rows), "projects", 2)
    assert [one.amount.minor for one in of(book, Signing)] == [1_250_000_000, 500_000_000]
    found = {(one.kind, one.on) for one in of(book, Milestone)}
    assert found == {("注册", date(2023, 4, 1)), ("供地", date(2023, 5, 20))}
    assert any("租赁标准厂房" in remark for remark in plan.rows[1].remarks)


def test_how_many_came_says_nothing_of_the_staff_and_who_is_in_charge_nothing_of_a_step(
    book: Book, tmp_path: Path
) -> None:
    rows: Rows = [
        ["来访时间", "来访客商", "带队人及职务", "人数", "我方接待领导", "主要诉求", "责任人"],
        ["2023-03-05", "甲公司", "陈示例董事长", 6, "李区长", "税收政策", "李华"],
    ]
    plan = imported(book, ledger(tmp_path / "接待.xlsx", "接待客商台账", rows), "receptions", 1)
    assert plan.sheets[0].left_alone == ("人数", "责任人")
    assert [one.staff for one in of(book, Enterprise)] == [None]
    (reception,) = of(book, Reception)
    assert (reception.result, people_of(book)[reception.host_id]) == ("税收政策", "李区长")


def test_an_online_sheet_names_colleagues_by_their_mention(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "多维表格.csv"
    path.write_text(
        "企业名称,跟进人,最近跟进时间,跟进记录,标签\n"
        '甲公司,@李华,2023/06/03 10:20,"1. 用地\n2. 企业要求：\n - 80亩",重点\n'
        '乙公司,"@曾敏,@李华",2023/06/05,等下半年,观望\n',
        encoding="utf-8-sig",
    )
    plan = imported(book, path, "follow_ups", 2)
    assert sorted(people_of(book).values()) == ["曾敏", "李华"]
    assert [one.content for one in of(book, FollowUp)] == ["1. 用地\n2. 企业要求：\n - 80亩", "等下半年"]
    assert any("曾敏" in remark for remark in plan.rows[1].remarks)


def test_what_a_phone_has_to_do_comes_in_as_next_steps(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "日历.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20230612T093000\nSUMMARY:拜访 甲公司\nEND:VEVENT\n"
        "BEGIN:VTODO\nUID:b\nSUMMARY:发政策清单\nDUE;VALUE=DATE:20230620\nEND:VTODO\n"
        "BEGIN:VTODO\nUID:c\nSUMMARY:订机票\nCOMPLETED:20230601T020000Z\nSTATUS:COMPLETED\nEND:VTODO\n"
        "END:VCALENDAR\n",
        encoding="utf-8",
    )
    plan = imported(book, path, "visits", 3)
    assert [sheet.kind for sheet in plan.sheets] == ["visits", "tasks"]
    steps = [(one.what, one.due, one.done_on) for one in of(book, Task)]
    done = date(2023, 6, 1)
    assert steps == [("发政策清单", date(2023, 6, 20), None), ("订机票", done, done)]


def test_a_day_of_the_week_in_traditional_characters_is_the_deadline_of_a_step(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "台商.csv"
    path.write_text("拜訪日期,企業名稱,下一步工作\n2023-06-12,甲公司,下週三拜會工業局\n", encoding="utf-8")
    imports.take(book, path)
    assert [(one.what, one.due) for one in of(book, Task)] == [("拜會工業局", date(2023, 6, 21))]


def test_what_an_enterprise_took_in_keeps_the_year_its_column_names(book: Book, tmp_path: Path) -> None:
    rows: Rows = [["链主企业", "所属区域", "2022年营收(亿元)"], ["甲公司", "重庆市", 320.5], ["乙公司", "", "约20"]]
    imported(book, ledger(tmp_path / "链主.xlsx", "链主企业清单", rows), "enterprises", 2)
    found = [(one.region, one.revenue, one.revenue_year) for one in of(book, Enterprise)]
    assert found == [("重庆市", 32_050_000_000, 2022), (None, 2_000_000_000, 2022)]


def test_the_ids_that_every_sheet_of_ours_hides_are_not_worth_telling(book: Book, tmp_path: Path) -> None:
    enterprises.create_enterprise(book, name="甲(示例)有限公司")
    exports.export(book, "enterprises", tmp_path / "企业.xlsx")
    (sheet,) = imports.plan(book, tmp_path / "企业.xlsx").sheets
    assert len(sheet.hidden_columns) == 1
    assert sheet.hidden == ""


def test_funds_are_in_the_currency_that_a_column_names(book: Book, tmp_path: Path) -> None:
    imports.take(book, ledger(tmp_path / "项目.xlsx", "项目台账", PROJECTS))
    rows: Rows = [
        ["项目名称", "到位时间", "到位金额(万)", "币种"],
        ["电池基地(示例)", "2023-06-01", 500, "美元"],
        ["电池基地(示例)", "2023-06-02", 600, "人民币"],
        ["电池基地(示例)", "2023-06-03", 700, "欧元"],
    ]
    plan = imported(book, ledger(tmp_path / "到位.xlsx", "到位资金台账", rows), "funds", 2, 1)
    assert [one.amount for one in of(book, Fund)] == [Amount(500_000_000, Currency.USD), Amount(6_000_000)]
    assert "欧元" in plan.rows[2].reasons[0]


def test_every_phone_of_a_scanned_card_is_kept_once(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["姓名", "公司", "部门", "职位", "手机1", "手机2", "座机", "备注"],
        ["周示例", "甲公司", "销售部", "副总经理", "13822220001", "13922220001", "0755-82220001", "有意设厂"],
    ]
    imported(book, ledger(tmp_path / "名片.xlsx", "展会名片汇总", rows), "contacts", 1)
    assert [one.note for one in of(book, Contact)] == ["13922220001、0755-82220001\n有意设厂"]


def test_years_below_what_they_are_of_are_part_of_the_header(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "摸排.xlsx"
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet()
    sheet.merge_range(0, 0, 0, 4, "规上企业摸排表（金额：万元）")
    sheet.merge_range(1, 0, 2, 0, "企业名称")
    sheet.merge_range(1, 1, 1, 2, "产值")
    sheet.merge_range(1, 3, 1, 4, "税收")
    sheet.write_row(2, 1, ["2021年", "2022年", "2021年", "2022年"])
    sheet.write_row(3, 0, ["甲公司", 120_000, 150_000, 3_000, 3_500])
    made.close()
    imported(book, path, "enterprises", 1)
    (one,) = of(book, Enterprise)
    assert (one.revenue, one.revenue_year, one.tax, one.tax_year) == (1_500_000_000, 2022, 35_000_000, 2022)


def test_the_same_as_above_is_understood_however_far_down_it_stands(book: Book, tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "地址", "联系人"], *([f"{n}号公司", f"双福{n}号", "张示例"] for n in range(1_300))]
    rows += [["合计", None, None], ["甲公司", "同上", "李示例"]]
    imports.take(book, ledger(tmp_path / "客商.xlsx", "客商台账", rows))
    assert {one.name: one.address for one in of(book, Enterprise)}["甲公司"] == "双福1299号"


@pytest.mark.parametrize(
    ("word", "amount"),
    [
        ("人民幣", Amount(5_000_000)),
        ("￥", Amount(5_000_000)),
        ("美圓", Amount(500_000_000, Currency.USD)),
        ("US$", Amount(500_000_000, Currency.USD)),
        ("US dollars", Amount(500_000_000, Currency.USD)),
        ("Australian dollars", None),
        ("Russian rubles", None),
    ],
)
def test_a_currency_is_known_by_its_own_words_alone(
    book: Book, tmp_path: Path, word: str, amount: Amount | None
) -> None:
    imports.take(book, ledger(tmp_path / "项目.xlsx", "项目台账", PROJECTS))
    rows: Rows = [["项目名称", "到位时间", "到位金额(万)", "币种"], ["电池基地(示例)", "2023-06-01", 500, word]]
    imports.take(book, ledger(tmp_path / "到位.xlsx", "到位资金台账", rows))
    assert [one.amount for one in of(book, Fund)] == ([amount] if amount else [])


@pytest.mark.parametrize(
    ("due", "on", "wanted"),
    [
        ("7月5號", "2023-06-12", [date(2023, 7, 5)]),
        ("下週三", "2023-06-12", [date(2023, 6, 21)]),
        # A Friday this year, and none in the year of the visit.
        ("6月30日周五", "2021-06-12", []),
    ],
)
def test_a_deadline_beside_a_visit_costs_its_row_alone_where_no_such_day_is(
    book: Book, tmp_path: Path, due: str, on: str, wanted: list[date]
) -> None:
    rows: Rows = [["企业名称", "拜访日期", "下一步工作", "完成时限"], ["甲公司", on, "送方案", due]]
    rows += [["乙公司", on, "回访", f"{on[:4]}-07-01"]]
    plan = imports.plan(book, ledger(tmp_path / "走访.xlsx", "走访台账", rows))
    assert [bool(row.reasons) for row in plan.rows] == [not wanted, False]
    imports.apply(book, plan)
    assert [one.due for one in of(book, Task)] == [*wanted, date(int(on[:4]), 7, 1)]


def test_of_two_further_numbers_of_nobody_the_first_is_theirs(book: Book, tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "备用电话", "其他电话"], ["甲公司", "13822220001", "13922220001"]]
    imports.take(book, ledger(tmp_path / "客商.xlsx", "客商台账", rows))
    assert [(one.phone, one.note) for one in of(book, Contact)] == [("+8613822220001", "13922220001")]


def test_a_column_of_an_earlier_year_that_is_chosen_keeps_its_own(book: Book, tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "所属区域", "2021年营收(万元)", "2022年营收(万元)"], ["甲公司", "重庆市", 300, 400]]
    path = ledger(tmp_path / "链主.xlsx", "链主企业清单", rows)
    imports.take(book, path)
    (sheet,) = imports.plan(book, path).sheets
    earlier, later = [one.index for one in sheet.columns if "营收" in one.header]
    choice = SheetChoice(targets={earlier: "enterprise.revenue", later: ""})
    imports.take(book, path, choices=Choices(sheets={sheet.name: choice}))
    assert [(one.revenue, one.revenue_year) for one in of(book, Enterprise)] == [(3_000_000, 2021)]


def test_the_year_of_an_amount_says_nothing_of_days_on_the_next_sheet(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "链主.xlsx"
    made = xlsxwriter.Workbook(path)
    for name, rows in (
        ("链主企业", [["企业名称", "所属区域", "2021年营收(万元)"], ["甲公司", "重庆市", 300]]),
        ("走访", [["企业名称", "拜访日期", "谈话内容"], ["甲公司", "5月16日", "扩产"]]),
    ):
        sheet = made.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    made.close()
    imports.take(book, path)
    assert [one.on for one in of(book, Visit)] == [date(2023, 5, 16)]


@pytest.mark.parametrize("kind", ["projects", "signings"])
def test_a_contract_is_in_the_currency_of_its_row_and_a_project_in_yuan(book: Book, tmp_path: Path, kind: str) -> None:
    rows: Rows = [
        ["项目名称", "签约主体", "签约时间", "合同投资额(亿元)", "总投资(亿元)", "币种"],
        ["电驱总成(示例)", "甲公司", "2023-03-15", 1.5, None, "美元"],
        ["结构件(示例)", "乙公司", "2023-05-06", 3, 5, "人民币"],
        ["储能(示例)", "丙公司", "2023-05-07", None, 2, "美元"],
    ]
    plan = imports.take(book, ledger(tmp_path / "签约.xlsx", "签约项目台账", rows), kind).value
    assert ["美元" in reason for row in plan.rows for reason in row.reasons] == [True]
    signed = [one.amount for one in of(book, Signing)]
    assert signed == [Amount(15_000_000_000, Currency.USD), Amount(300_000_000)]
    assert [one.total_investment for one in of(book, Project)] == [None, 500_000_000]
