"""Ledgers come in: previewed, written as one unit, taken back by one undo; the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from crm_app.domain.contacts import Contact, Position
from crm_app.domain.days import FuzzyDay, month_of
from crm_app.domain.enterprises import Enterprise, EnterpriseName
from crm_app.domain.fields import Record
from crm_app.domain.leads import Lead
from crm_app.domain.projects import Agreement, Investor, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.stages import Stage
from crm_app.domain.visits import Reception, Visit, VisitContact, VisitPerson
from crm_app.errors import BadInput, Cancelled, Refused
from crm_app.files.reading import read_tables
from crm_app.services import book as books
from crm_app.services import enterprises, imports, projects
from crm_app.services.book import Book
from crm_app.services.imports import Action, ImportPlan
from tests.projects import new_project
from tests.services.ledgers import all_of, counts, run

CODE, OTHER_CODE = "91440600549QX0810K", "9142010057482G482Q"

Rows = Sequence[Sequence[object]]


def csv_of(tmp_path: Path, rows: Rows, name: str = "台账.csv", encoding: str = "gb18030") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(",".join("" if c is None else str(c) for c in row) for row in rows), encoding)
    return path


def names(book: Book, record_type: type[Record]) -> set[str]:
    return {str(record.name) for record in all_of(book, record_type)}  # type: ignore[attr-defined]


def bureau_workbook(path: Path) -> Path:
    """Write a ledger as a bureau keeps it: title, unit, two merged header rows, a merged enterprise, totals, a note."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("2023年客商台账")
    sheet.merge_range("A1:I1", "某区投资促进中心2023年客商台账")
    sheet.write("H2", "单位：亿元")
    for column, word in (
        (0, "序号"),
        (1, "企业名称"),
        (2, "统一社会信用代码"),
        (6, "意向投资额"),
        (7, "登记日期"),
        (8, "备注"),
    ):
        sheet.merge_range(2, column, 3, column, word)
    sheet.merge_range(2, 3, 2, 5, "联系人")
    sheet.write_row(3, 3, ["姓名", "职务", "电话"])
    sheet.merge_range(4, 1, 5, 1, "渝能电池（示例）有限公司")
    sheet.merge_range(4, 2, 5, 2, CODE)
    sheet.write_row(4, 3, ["张小示", "总经理", "13800000001", 5.6, "2023.6.1", "重点"])
    sheet.write_row(5, 3, ["李小示", "副总", 13800000002])
    sheet.write(4, 0, 1)
    sheet.write_row(6, 0, [2, "江驰电机（示例）有限公司", None, "王小示", None, None, "面议", 20230602, None])
    sheet.write_row(7, 0, [3, None, None, "赵小示"])
    sheet.write_row(8, 0, ["合计", None, None, None, None, None, 5.6])
    sheet.merge_range("A10:I10", "注：数据截至6月底")
    book.close()
    return path


def test_a_ledger_as_a_bureau_keeps_it_comes_in_whole(book: Book, tmp_path: Path) -> None:
    plan = imports.plan(book, bureau_workbook(tmp_path / "台账.xlsx"))
    assert plan.sheets[0].kind == "enterprises"
    assert (plan.sheets[0].header_row, plan.sheets[0].totals, plan.sheets[0].notes) == (3, 1, 1)
    assert [row.action for row in plan.rows] == [Action.CREATE, Action.UPDATE, Action.CREATE, Action.REJECT]
    assert plan.rows[3].number == 8
    assert all_of(book, Enterprise) == []
    assert counts(imports.apply(book, plan).value) == (2, 1, 0, 1)
    battery, motors = all_of(book, Enterprise)
    assert isinstance(battery, Enterprise)
    assert (battery.name, battery.uscc) == ("渝能电池(示例)有限公司", CODE)
    assert names(book, Contact) == {"张小示", "李小示", "王小示"}
    assert len(all_of(book, Position)) == 3
    first, second = all_of(book, Lead)
    assert isinstance(first, Lead)
    assert isinstance(second, Lead)
    assert first.intent is not None
    assert first.intent.low == 560_000_000
    assert (first.registered_on, first.note) == (date(2023, 6, 1), "重点")
    assert second.enterprise_id == motors.id
    assert second.intent is not None
    assert second.intent.low is None
    assert books.check(book) == []


@pytest.mark.parametrize("kind", ["enterprises", "leads"])
def test_the_same_file_again_changes_nothing(book: Book, tmp_path: Path, kind: str) -> None:
    path = bureau_workbook(tmp_path / "台账.xlsx")
    first = run(book, path, kind)
    again = imports.apply(book, imports.plan(book, path, kind))
    assert counts(again.value) == (0, 0, first.created + first.updated, first.rejected)
    assert again.changes.unit is None


def test_one_undo_takes_an_import_back(book: Book, tmp_path: Path) -> None:
    run(book, bureau_workbook(tmp_path / "台账.xlsx"))
    books.undo(book)
    for record_type in (Enterprise, Contact, Position, Lead):
        assert all_of(book, record_type) == []
    assert books.check(book) == []


def test_the_code_is_certain_and_another_name_becomes_an_alias(book: Book, tmp_path: Path) -> None:
    known = enterprises.create_enterprise(book, name="渝能电池有限公司", uscc=CODE).value
    path = csv_of(tmp_path, [["企业名称", "统一社会信用代码", "主营产品"], ["渝能动力", CODE, "电池"]])
    plan = imports.plan(book, path)
    assert [(change.field, change.old, change.new) for change in plan.rows[0].changes] == [("主营产品", "", "电池")]
    assert counts(imports.apply(book, plan).value) == (0, 1, 0, 0)
    (enterprise,) = all_of(book, Enterprise)
    assert (enterprise.id, names(book, Enterprise)) == (known, {"渝能电池有限公司"})
    assert names(book, EnterpriseName) == {"渝能动力"}
    assert counts(run(book, path)) == (0, 0, 1, 0)


def test_the_very_same_name_is_found_and_its_code_filled_in(book: Book, tmp_path: Path) -> None:
    enterprises.create_enterprise(book, name="渝能电池(示例)有限公司")
    rows = [["企业名称", "统一社会信用代码"], ["渝能电池（示例）有限公司", CODE]]
    assert counts(run(book, csv_of(tmp_path, rows))) == (0, 1, 0, 0)


def test_names_that_share_a_key_are_told_and_never_merged(book: Book, tmp_path: Path) -> None:
    enterprises.create_enterprise(book, name="重庆渝能电池有限公司", uscc=CODE)
    rows = [["企业名称", "统一社会信用代码"], ["重庆渝能电池有限公司", OTHER_CODE], ["渝能电池股份有限公司", ""]]
    plan = imports.plan(book, csv_of(tmp_path, rows))
    assert all(row.action is Action.CREATE and row.duplicates for row in plan.rows)
    assert CODE in plan.rows[0].duplicates[0]
    result = imports.apply(book, plan).value
    assert (result.created, result.possible_duplicates) == (2, 2)
    assert len(all_of(book, Enterprise)) == 3


def test_several_of_one_name_are_not_chosen_from(book: Book, tmp_path: Path) -> None:
    for _n in range(2):
        enterprises.create_enterprise(book, name="渝能电池有限公司")
    plan = imports.plan(book, csv_of(tmp_path, [["企业名称", "行业"], ["渝能电池有限公司", "电池"]]))
    assert plan.rows[0].action is Action.REJECT
    assert "信用代码" in plan.rows[0].reasons[0]


def test_the_first_row_of_a_file_is_believed(book: Book, tmp_path: Path) -> None:
    path = csv_of(tmp_path, [["企业名称", "主营产品"], ["甲公司", "电池"], ["甲公司", "电机"]])
    plan = imports.plan(book, path)
    assert plan.rows[1].action is Action.UNCHANGED
    assert "电池" in plan.rows[1].remarks[0]
    imports.apply(book, plan)
    assert counts(run(book, path)) == (0, 0, 2, 0)


def test_a_parent_may_stand_below_its_daughter(book: Book, tmp_path: Path) -> None:
    path = csv_of(tmp_path, [["企业名称", "母公司"], ["甲子公司", "甲集团"], ["甲集团", ""], ["乙公司", "丙集团"]])
    plan = imports.plan(book, path)
    assert "丙集团" in plan.rows[2].remarks[0]
    imports.apply(book, plan)
    by_name = {
        enterprise.name: enterprise for enterprise in all_of(book, Enterprise) if isinstance(enterprise, Enterprise)
    }
    assert by_name["甲子公司"].parent_id == by_name["甲集团"].id
    assert counts(run(book, path)) == (0, 0, 3, 0)


def test_parents_that_would_go_round_in_a_circle_are_left_out_and_said(book: Book, tmp_path: Path) -> None:
    run(book, csv_of(tmp_path, [["企业名称", "母公司"], ["乙公司", "甲集团"], ["甲集团", ""]]))
    path = csv_of(tmp_path, [["企业名称", "母公司"], ["甲集团", "丙公司"], ["丙公司", "乙公司"]])
    plan = imports.plan(book, path)
    assert [len(row.remarks) for row in plan.rows] == [0, 1]
    assert "乙公司" in plan.rows[1].remarks[0]
    imports.apply(book, plan)
    by_name = {one.name: one for one in all_of(book, Enterprise) if isinstance(one, Enterprise)}
    assert by_name["甲集团"].parent_id == by_name["丙公司"].id
    assert by_name["丙公司"].parent_id is None


def test_wrong_rows_go_back_in_their_own_columns_and_come_in_once_put_right(book: Book, tmp_path: Path) -> None:
    rows = [
        ["企业名称", "统一社会信用代码", "主营产品"],
        ["甲公司", CODE[:-1] + "A", "=1+1"],
        ["", "", "电机"],
        ["乙公司", "", ""],
    ]
    plan = imports.plan(book, csv_of(tmp_path, rows))
    assert plan.result.rejected == 2
    back = tmp_path / "退回.xlsx"
    assert imports.write_rejects(plan, back) == 2
    (sheet,) = read_tables(back)
    assert sheet.rows[0] == ["企业名称", "统一社会信用代码", "主营产品", "退回原因"]
    assert sheet.rows[1][:3] == ["甲公司", CODE[:-1] + "A", "=1+1"]
    assert "校验" in str(sheet.rows[1][3])
    assert counts(run(book, back)) == (0, 0, 0, 2)
    fixed: Rows = [[*sheet.rows[0]], ["甲公司", CODE, "电池", "已改"]]
    assert counts(run(book, csv_of(tmp_path, fixed, "改好.csv"))) == (1, 0, 0, 0)


def test_a_cell_too_long_for_a_workbook_goes_back_cut_and_says_where_all_of_it_is(book: Book, tmp_path: Path) -> None:
    rows = [["企业名称", "统一社会信用代码", "主营产品"], ["甲公司", CODE[:-1] + "A", "电" * 40_000]]
    plan = imports.plan(book, csv_of(tmp_path, rows))
    back = tmp_path / "退回.xlsx"
    assert imports.write_rejects(plan, back) == 1
    (sheet,) = read_tables(back)
    assert sheet.rows[1][2] == "电" * 32_767
    assert "第 2 行" in str(sheet.rows[1][3])
    assert imports.write_rejects(plan, back.with_suffix(".csv")) == 1
    (sheet,) = read_tables(back.with_suffix(".csv"))
    assert sheet.rows[1][2] == "电" * 40_000


VISITS: list[list[object]] = [
    ["拜访企业", "拜访日期", "我方人员", "对方人员", "洽谈内容"],
    ["甲公司", "2023-06-01 09:30", "单晓、曾敏", "张某某 总经理", "首次洽谈"],
    ["甲公司", "2023-06-01 15:00", "单晓", "李某某", "再次洽谈"],
    ["乙公司", "2023.6.2", "", "", "参观"],
]


def test_visits_come_in_with_the_people_who_were_there(book: Book, tmp_path: Path) -> None:
    path = csv_of(tmp_path, VISITS)
    assert counts(run(book, path)) == (3, 0, 0, 0)
    visits = all_of(book, Visit)
    assert [(visit.on, visit.time) for visit in visits if isinstance(visit, Visit)] == [
        (date(2023, 6, 1), "09:30"),
        (date(2023, 6, 1), "15:00"),
        (date(2023, 6, 2), None),
    ]
    assert len(all_of(book, Enterprise)) == 2
    assert len(all_of(book, VisitPerson)) == 3
    held = [one.title for one in all_of(book, VisitContact) if isinstance(one, VisitContact)]
    assert held == ["总经理", None]
    assert counts(run(book, path)) == (0, 0, 3, 0)


def test_a_visit_without_a_day_or_in_the_future_goes_back(book: Book, tmp_path: Path) -> None:
    rows = [["拜访企业", "拜访日期"], ["甲公司", ""], ["乙公司", "2023-07-01"]]
    assert counts(run(book, csv_of(tmp_path, rows))) == (0, 0, 0, 2)
    assert all_of(book, Enterprise) == []


PROJECTS: list[list[object]] = [
    ["项目名称", "投资主体", "总投资(亿元)", "协议类型", "签约时间", "落户平台", "招商方式", "引进类别"],
    ["电池基地", "甲公司60%、乙公司40%", 72, "正式合同", "2023-06-01", "科学城江津片区", "产业链招商", "外引"],
    ["电机基地", "丙公司", 10, "正式合同", "2023年5月", "珞璜临港产业城", "", "内培"],
    ["储能项目", "丁公司", 80, "框架协议", "2023.6.10", "", "", ""],
]


def test_projects_come_in_with_what_was_signed(book: Book, tmp_path: Path) -> None:
    path = csv_of(tmp_path, PROJECTS)
    assert counts(run(book, path)) == (3, 0, 0, 0)
    signings = [one for one in all_of(book, Signing) if isinstance(one, Signing)]
    assert [one.kind for one in signings] == [Agreement.FORMAL, Agreement.FORMAL, Agreement.FRAMEWORK]
    assert [one.signed_on for one in signings] == [
        FuzzyDay.of(date(2023, 6, 1)),
        month_of(2023, 5),
        FuzzyDay.of(date(2023, 6, 10)),
    ]
    shares = [one.share for one in all_of(book, Investor) if isinstance(one, Investor)]
    assert shares == [Decimal(60), Decimal(40), Decimal(100), Decimal(100)]
    stages = [(one.stage, one.on) for one in all_of(book, StageEntry) if isinstance(one, StageEntry)]
    assert stages == [
        (Stage.SIGNED, date(2023, 6, 1)),
        (Stage.SIGNED, date(2023, 5, 31)),
        (Stage.MOU, date(2023, 6, 10)),
    ]
    parks = [one.park for one in all_of(book, ProjectPark) if isinstance(one, ProjectPark)]
    assert parks == ["双福科技创新城", "珞璜临港产业城"]
    assert counts(run(book, path)) == (0, 0, 3, 0)
    assert books.check(book) == []


def test_a_corrected_day_of_signing_corrects_the_contract_and_adds_none(book: Book, tmp_path: Path) -> None:
    run(book, csv_of(tmp_path, PROJECTS))
    corrected = [PROJECTS[0], [*PROJECTS[2][:4], "2023-05-20", *PROJECTS[2][5:]]]
    assert counts(run(book, csv_of(tmp_path, corrected))) == (0, 1, 0, 0)
    assert len(all_of(book, Signing)) == 3


def test_two_formal_contracts_of_one_project_in_a_file_are_refused(book: Book, tmp_path: Path) -> None:
    twice = [*PROJECTS[:2], [*PROJECTS[1][:4], "2023-06-05", *PROJECTS[1][5:]]]
    assert counts(run(book, csv_of(tmp_path, twice))) == (1, 0, 0, 1)


def test_shares_that_do_not_sum_go_back(book: Book, tmp_path: Path) -> None:
    rows = [PROJECTS[0], ["甲项目", "甲公司60%、乙公司30%", *PROJECTS[1][2:]]]
    assert counts(run(book, csv_of(tmp_path, rows))) == (0, 0, 0, 1)
    assert all_of(book, Project) == []
    assert all_of(book, Enterprise) == []


def test_cancelling_leaves_the_book_as_it_was(book: Book, tmp_path: Path) -> None:
    def stop(_done: int, _total: int, _text: str) -> None:
        raise Cancelled("停")

    path = bureau_workbook(tmp_path / "台账.xlsx")
    with pytest.raises(Cancelled):
        imports.plan(book, path, progress=stop)
    plan = imports.plan(book, path)
    with pytest.raises(Cancelled):
        imports.apply(book, plan, progress=stop)
    assert all_of(book, Enterprise) == []
    assert counts(imports.apply(book, plan).value) == (2, 1, 0, 1)


def test_progress_reaches_its_end(book: Book, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    plan: ImportPlan = imports.plan(book, bureau_workbook(tmp_path / "台账.xlsx"))
    imports.apply(book, plan, progress=lambda done, total, _text: told.append((done, total)))
    assert told
    assert told[-1][0] == told[-1][1]


def test_a_book_changed_since_the_preview_wants_a_new_one(book: Book, tmp_path: Path) -> None:
    plan = imports.plan(book, bureau_workbook(tmp_path / "台账.xlsx"))
    enterprises.create_enterprise(book, name="丙公司")
    with pytest.raises(Refused, match="预览"):
        imports.apply(book, plan)


def test_sheets_without_a_table_are_told_and_the_others_taken(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "两张.xlsx"
    made = xlsxwriter.Workbook(path)
    made.add_worksheet("说明").write(0, 0, "填表须知")
    made.add_worksheet("企业").write_column(0, 0, ["企业名称", "甲公司"])
    made.close()
    plan = imports.plan(book, path)
    assert [row.title for row in plan.rows] == ["甲公司"]
    assert "说明" in plan.skipped[0]


def test_a_file_without_any_table_is_refused_in_words(book: Book, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="表头"):
        imports.plan(book, csv_of(tmp_path, [["甲", "乙"], ["1", "2"]]))
    with pytest.raises(BadInput):
        imports.plan(book, csv_of(tmp_path, [["企业名称"], ["甲"]]), "funds")


def test_a_draft_number_of_another_laptop_is_no_project_of_this_one(book: Book, tmp_path: Path) -> None:
    investor = enterprises.create_enterprise(book, name="渝能电池(示例)").value
    own = new_project(book, "本机项目", [investor]).value
    number = projects.project_page(book, own).project.number
    header = ["项目名称", "项目编号", "投资主体", "建设内容"]
    path = csv_of(tmp_path, [header, ["别机项目", number, "江驰电机(示例)", "电机"]])
    assert counts(run(book, path, "projects")) == (1, 0, 0, 0)
    assert counts(run(book, path, "projects")) == (0, 0, 1, 0)
    assert names(book, Project) == {"本机项目", "别机项目"}
    assert projects.project_page(book, own).project.content is None


def test_cards_become_contacts_and_calendar_entries_visits_or_receptions(book: Book, tmp_path: Path) -> None:
    cards, calendar = tmp_path / "名片.vcf", tmp_path / "日程.ics"
    cards.write_text(
        "BEGIN:VCARD\nFN:张小示\nORG:渝能电池(示例)\nTEL:13800000001\nEND:VCARD\nBEGIN:VCARD\nFN:李无单位\nEND:VCARD\n",
        "utf-8",
    )
    calendar.write_text(
        "BEGIN:VEVENT\nSUMMARY:拜访 渝能电池(示例)\nDTSTART:20230614T093000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY:接待商会一行\nDTSTART:20230613T150000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY:接待渝能电池(示例)有限公司一行5人\nDTSTART:20230612T100000\nEND:VEVENT\n",
        "utf-8",
    )
    assert counts(run(book, cards)) == (1, 0, 0, 1)
    assert counts(run(book, calendar)) == (3, 0, 0, 0)
    (contact,), (visit,) = all_of(book, Contact), all_of(book, Visit)
    reception, other = all_of(book, Reception)
    assert (other.guests, other.enterprise_id is None) == ("渝能电池(示例)有限公司一行5人", False)  # type: ignore[attr-defined]
    assert (reception.guests, reception.time) == ("商会一行", "15:00")  # type: ignore[attr-defined]
    assert (contact.name, contact.phone) == ("张小示", "+8613800000001")  # type: ignore[attr-defined]
    assert visit.on == date(2023, 6, 14)  # type: ignore[attr-defined]


def test_pasted_cells_are_planned_without_a_file(book: Book, tmp_path: Path) -> None:
    cells = "企业名称\t联系人\t手机\n渝江电池(示例)有限公司\t张三\t13800000001\n".encode()
    plan = imports.plan(book, tmp_path / "粘贴的表格.tsv", content=cells)
    assert [(row.action, row.title) for row in plan.rows] == [(Action.CREATE, "渝江电池(示例)有限公司")]
    assert not any(tmp_path.glob("*.tsv"))
