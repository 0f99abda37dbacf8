"""A contract known only to the month stays that: wherever its stage is shown, no day is made up."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from crm_app import clock
from crm_app.briefs.texts import texts
from crm_app.domain.contacts import Position
from crm_app.domain.days import FuzzyDay, month_of
from crm_app.domain.enterprises import Enterprise, Label
from crm_app.domain.papers import PaperKind
from crm_app.domain.projects import Fund, Milestone, Project, Signing, StageEntry
from crm_app.domain.staff import Person
from crm_app.domain.stages import Stage
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Visit
from crm_app.services import enterprises, exports, figures, imports, papers, projects
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from tests.cells import rows_of
from tests.services.conftest import TODAY
from tests.services.ledgers import Rows, all_of, imported, ledger, run

HEAD = ["项目名称", "投资主体", "总投资(亿元)", "协议类型", "签约时间"]
VAGUE: Rows = [HEAD, ["电池基地", "甲公司", 7, "正式合同", "2023年5月"]]
EXACT: Rows = [HEAD, ["燃机", "乙公司", 2, "正式合同", "2023-05-31"]]


def test_a_month_is_shown_as_a_month(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "项目.xlsx", "签约项目", VAGUE), "projects")
    (vague,), (firm,) = all_of(book, Project), all_of(book, Enterprise)
    page = projects.project_page(book, vague.id)
    assert [page.known_on(one) for one in page.entries] == [month_of(2023, 5)] == [page.stage_on]
    assert {one.known for one in page.timeline} == {month_of(2023, 5)}
    assert "2023年5月" in str(page.entries[0].reason)
    (told,) = [one for one in enterprises.enterprise_page(book, firm.id).timeline if one.kind == "stage"]
    assert (told.title, told.known) == ("正式签约（2023年5月）", month_of(2023, 5))
    for kind, asked in (
        (PaperKind.PROJECT, Asked(ids=(vague.id,))),
        (PaperKind.ONE_PAGER, Asked(ids=(firm.id,))),
        (PaperKind.PROGRESS, Asked(start=date(2023, 5, 1), end=date(2023, 6, 14))),
    ):
        said = "".join(texts(papers.compose(book, kind, asked)))
        assert "2023年5月" in said, kind
        assert not any(day in said for day in ("5月31日", "05-31", "2023年5月1日 ")), (kind, said)
    (line,) = figures.rows(book, [page.entries[0].id])
    assert line.day == month_of(2023, 5)
    exports.export(book, "signings", tmp_path / "签约.csv")
    assert "2023年5月" in rows_of(tmp_path / "签约.csv")[1]


def test_a_day_that_is_known_stays_a_day(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "项目.xlsx", "签约项目", EXACT), "projects")
    page = projects.project_page(book, all_of(book, Project)[0].id)
    assert page.stage_on == FuzzyDay.of(date(2023, 5, 31))
    assert {one.known for one in page.timeline} == {None}


def test_a_day_without_its_year_is_of_the_year_of_its_sheet(book: Book, tmp_path: Path) -> None:
    """Noted in the title, else by the other days of the column; the preview says so beside the column."""
    rows: Rows = [["拜访企业", "拜访时间", "下一步"], ["甲公司", "5月16日", "6月底前回访"], ["乙公司", "12.6", ""]]
    rows = [*rows, ["丙公司", "3.6-3.7", ""], ["丁公司", "3/8至9", ""], ["戊公司", "3月10-12日", ""]]
    path = ledger(tmp_path / "走访.xlsx", "2021年外出拜访情况", rows)
    plan = imports.plan(book, path)
    assert any("2021" in column.evidence for column in plan.sheets[0].columns)
    imports.apply(book, plan)
    assert [one.on for one in all_of(book, Visit) if isinstance(one, Visit)] == [
        date(2021, 5, 16),
        date(2021, 12, 6),
        date(2021, 3, 6),
        date(2021, 3, 8),
        date(2021, 3, 10),
    ]
    assert [one.due for one in all_of(book, Task) if isinstance(one, Task)] == [date(2021, 6, 30)]
    rows = [["项目名称", "投资主体", "总投资(亿元)", "协议类型", "签约时间"]]
    rows = [*rows, ["电池", "丙公司", 1, "正式合同", "2020年3月1日"], ["燃机", "丁公司", 1, "正式合同", "5月"]]
    run(book, ledger(tmp_path / "项目.xlsx", "签约项目", rows), "projects")
    assert [one.signed_on for one in all_of(book, Signing) if isinstance(one, Signing)][1] == month_of(2020, 5)
    rows = [["拜访企业", "拜访时间"], *(["甲公司", day] for day in ("2020年3月1日", "2021年3月1日", "5月16日"))]
    plan = imports.plan(book, ledger(tmp_path / "走访2.xlsx", "走访情况", rows), "visits")
    said = plan.sheets[0].columns[2].year_told
    assert "5月16日" in said
    assert "202" not in said


def test_what_happened_in_a_month_is_kept_with_how_exactly_it_is_known(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "项目.xlsx", "签约项目", [*VAGUE, EXACT[1]]), "projects")
    rows: Rows = [["项目名称", "到位时间", "到位金额(万元)", "备注"], ["电池基地", "2023年3月", 500, "首笔"]]
    path = ledger(tmp_path / "资金.xlsx", "到位资金", rows)
    plan = imports.plan(book, path)
    assert "2023年3月" in plan.rows[0].remarks[0]
    imports.apply(book, plan)
    assert imports.plan(book, path).result.unchanged == 1
    (fund,) = [one for one in all_of(book, Fund) if isinstance(one, Fund)]
    assert fund.on == date(2023, 3, 31)
    assert str(fund.note).startswith("首笔\n")
    assert "2023年3月" in str(fund.note)


def test_a_stage_of_a_month_goes_out_as_a_month_and_comes_back_as_it_was(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "项目.xlsx", "签约项目", [*VAGUE, EXACT[1]]), "projects")
    exports.export(book, "stages", out := tmp_path / "进展.xlsx")
    assert [row[2] for row in rows_of(out)[1:]] == ["2023年5月", date(2023, 5, 31)]
    assert imports.plan(book, out).result.unchanged == 2
    rows: Rows = [["项目名称", "阶段", "日期", "佐证材料"], ["燃机", "开工", "2023年6月", "许可证1号"]]
    path = ledger(tmp_path / "开工.xlsx", "项目进展记录", rows)
    run(book, path, "stages")
    started = [one for one in all_of(book, StageEntry) if isinstance(one, StageEntry)][-1]
    assert (started.stage, started.on) == (Stage.STARTED, date(2023, 6, 14))
    assert "2023年6月" in str(started.reason)
    assert imports.plan(book, path, "stages").result.unchanged == 1


def test_a_deadline_of_a_month_is_its_end_in_the_year_of_its_row(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["企业名称", "跟进日期", "跟进方式", "跟进内容", "下一步", "完成时限"],
        ["甲公司", "2021.5.6", "微信", "要政策包", "发政策包", "5月底"],
        ["乙公司", "2021.12.20", "电话", "回访", "约见面", "1月10日"],
        ["丙公司", "2021.5.19", "电话", "再约", "登门", "下周三"],
        ["丁公司", "2021.5.19", "电话", "要图纸", "发图纸", "6月20日前"],
        ["戊公司", "2021.5.19", "电话", "要报价", "发报价", "8月之前"],
        ["己公司", "2021.5.19", "电话", "要清单", "发清单", "8月底前"],
    ]
    plan = imports.plan(book, ledger(tmp_path / "跟进.xlsx", "跟进记录", rows))
    assert any("同一行" in column.year_told for column in plan.sheets[0].columns)
    imports.apply(book, plan)
    due = [one.due for one in all_of(book, Task) if isinstance(one, Task)]
    assert due == [
        date(2021, 5, 31),
        date(2022, 1, 10),
        date(2021, 5, 26),
        date(2021, 6, 20),
        date(2021, 7, 31),
        date(2021, 8, 31),
    ]


def test_a_time_of_day_stands_behind_a_day_in_every_form(book: Book, tmp_path: Path) -> None:
    written = {
        "2023.5.16上午9:30": "09:30",
        "2023年5月15日下午3点半": "15:30",
        "2023-05-14 9:30-11:00": "09:30",
        "2023/5/13 14:00": "14:00",
        "2023年5月12日9时05分": "09:05",
        "2023年5月11日（下午）": None,
    }
    rows: Rows = [["拜访企业", "拜访时间"], *(["甲公司", day] for day in written)]
    run(book, ledger(tmp_path / "走访.xlsx", "走访情况", rows), "visits")
    met = [(one.on.day, one.time) for one in all_of(book, Visit) if isinstance(one, Visit)]
    assert met == list(zip((16, 15, 14, 13, 12, 11), written.values(), strict=True))


def test_a_ledger_of_projects_tells_when_they_began_and_what_is_agreed(book: Book, tmp_path: Path) -> None:
    """What lies ahead is agreed; what is past is progress where it has evidence, and is named where it has none."""
    head = ["项目名称", "投资主体", "总投资(亿元)", "签约时间", "开工时间", "开工佐证", "投产时间"]
    rows: Rows = [
        head,
        ["电池基地", "甲公司", 7, "2023年3月", "2023.5.30", "许可证1号", "2024年底"],
        ["燃机", "乙公司", 2, "2023-04-15", "2023年5月", "", "未投产"],
    ]
    plan = imported(book, ledger(tmp_path / "项目.xlsx", "重点项目推进表", rows), "projects", 2)
    assert not [column.header for column in plan.sheets[0].columns[1:] if not column.target]
    assert any("佐证" in one for one in plan.rows[1].remarks)
    battery, turbine = [one for one in all_of(book, Project) if isinstance(one, Project)]
    log = [(one.stage, one.on) for one in all_of(book, StageEntry) if isinstance(one, StageEntry)]
    assert (Stage.STARTED, date(2023, 5, 30)) in log
    assert [stage for stage, _on in log].count(Stage.STARTED) == 1
    assert battery.agreed_production_on == date(2024, 12, 31)
    assert (turbine.agreed_start_on, turbine.agreed_production_on) == (None, None)


def test_the_sheets_of_a_workbook_are_of_one_year(book: Book, tmp_path: Path) -> None:
    """A sheet for each region names the year once; the number a spreadsheet keeps a day as is one, in a text too."""
    path = tmp_path / "走访.xlsx"
    workbook = xlsxwriter.Workbook(path)
    for name, day, firm in (("上海", "2021年5月16日", "甲公司"), ("深圳", "6/29", "乙公司")):
        sheet = workbook.add_worksheet(name)
        sheet.write_row(0, 0, ["拜访企业", "拜访时间"])
        sheet.write_row(1, 0, [firm, day])
    workbook.close()
    plan = imports.plan(book, path)
    assert "2021" in plan.sheets[1].columns[1].year_told
    imports.apply(book, plan)
    met = [one.on for one in all_of(book, Visit) if isinstance(one, Visit)]
    assert met == [date(2021, 5, 16), date(2021, 6, 29)]
    text = tmp_path / "走访.csv"
    text.write_text("拜访企业,拜访时间\n丙公司,44332\n", "utf-8")
    run(book, text)
    assert all_of(book, Visit)[-1].on == date(2021, 5, 16)  # type: ignore[attr-defined]


def test_a_next_step_stands_below_a_wide_header_with_its_deadline(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "走访.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("走访")
    for column, header in enumerate(("走访时间", "企业名称")):
        sheet.merge_range(0, column, 1, column, header)
    sheet.merge_range(0, 2, 0, 3, "参会人员")
    sheet.merge_range(0, 4, 0, 5, "下一步措施")
    sheet.write_row(1, 2, ["我方", "企业方", "内容", "时限"])
    sheet.write_row(2, 0, ["2021.5.16", "甲公司", "单晓 副局长", "王小示董事长、李小示投资总监", "发资料", "5月底"])
    workbook.close()
    imported(book, path, "visits", 1)
    assert [(one.what, one.due) for one in all_of(book, Task) if isinstance(one, Task)] == [
        ("发资料", date(2021, 5, 31))
    ]
    said = [(one.name, one.title) for one in all_of(book, Person) if isinstance(one, Person)]
    assert ("单晓", "副局长") in said
    theirs = [one.title for one in all_of(book, Position) if isinstance(one, Position)]
    assert theirs == ["董事长", "投资总监"]


def test_a_deadline_that_names_no_day_keeps_its_words_and_no_row_out(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["企业名称", "拜访时间", "下一步", "完成时限"],
        ["甲公司", "2023.5.16", "对接用地", "持续推进"],
        ["乙公司", "2023.5.16", "发资料", "待定"],
    ]
    imported(book, ledger(tmp_path / "走访.xlsx", "走访情况", rows), "visits", 2)
    assert [one.what for one in all_of(book, Task) if isinstance(one, Task)] == ["对接用地 (持续推进)", "发资料 (待定)"]
    steps: Rows = [["任务内容", "完成时限", "责任人"], ["写周报", "长期坚持", "单晓"]]
    imported(book, ledger(tmp_path / "待办.xlsx", "待办事项清单", steps), "tasks", 1)
    listed: Rows = [["企业名称", "荣誉资质", "有效期"], ["甲公司", "高新技术企业", "长期有效"]]
    imported(book, ledger(tmp_path / "荣誉.xlsx", "企业荣誉资质", listed), "honours", 1)
    assert [one.valid_to for one in all_of(book, Label) if isinstance(one, Label)] == [None]


def test_funds_of_a_month_and_of_a_day_in_it_are_one(book: Book, tmp_path: Path) -> None:
    """Whichever ledger comes first, the money is counted once, and the day that is known stays."""
    run(book, ledger(tmp_path / "项目.xlsx", "签约项目", EXACT), "projects")
    head = ["项目名称", "到位时间", "到位金额(万元)"]
    for when, day in (
        ("2023年5月", date(2023, 5, 31)),
        ("2023-05-12", date(2023, 5, 12)),
        ("2023年5月", date(2023, 5, 12)),
    ):
        run(book, ledger(tmp_path / "资金.xlsx", "到位资金", [head, ["燃机", when, 500]]), "funds")
        (fund,) = [one for one in all_of(book, Fund) if isinstance(one, Fund)]
        assert (fund.on, "具体日期不详" in (fund.note or "")) == (day, day.day == 31)


def test_a_month_under_way_is_dated_once_and_leaves_the_words_of_the_log(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "项目.xlsx", "签约项目", EXACT), "projects")
    (project,) = all_of(book, Project)
    projects.move_stage(
        book,
        project.id,
        Stage.STARTED,
        on=TODAY,
        answers={"stage_entry.evidence": "许可证1号", "stage_entry.reason": "现场核实"},
    )
    head = ["项目名称", "投资主体", "开工时间", "开工佐证"]
    started = ledger(tmp_path / "推进.xlsx", "重点项目推进表", [head, ["燃机", "乙公司", "2023年6月", "许可证1号"]])
    steps = ledger(
        tmp_path / "手续.xlsx", "手续办理台账", [["项目名称", "手续名称", "办理时间"], ["燃机", "环评", "2023年6月"]]
    )
    run(book, steps, "milestones")
    for day in (TODAY, TODAY + timedelta(days=5)):
        clock.pin_today(day)
        run(book, steps, "milestones")
        run(book, started, "projects")
    assert [one.on for one in all_of(book, Milestone) if isinstance(one, Milestone)] == [TODAY]
    (entry,) = [one for one in all_of(book, StageEntry) if isinstance(one, StageEntry) and one.stage is Stage.STARTED]
    assert (entry.on, entry.reason) == (TODAY, "现场核实")
