"""Sheets as offices lay them out: tables under one another, a column for each month."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlsxwriter

from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Fund
from crm_app.services import imports
from crm_app.services.book import Book
from crm_app.services.imports import Action
from tests.services.ledgers import PROJECTS, Rows, all_of, imported, ledger, run


def test_tables_under_one_another_come_in_as_sheets_of_their_own(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["2023年招商情况"],
        ["序号", "企业名称", "行业"],
        [1, "甲公司", "电池"],
        [2, "乙公司", "电机"],
        ["合计", 2],
        [],
        ["二、拜访情况"],
        ["序号", "拜访企业", "拜访日期", "洽谈内容"],
        [1, "甲公司", "2023-06-01", "谈"],
        [2, "丙公司", "2023-06-02", "谈"],
    ]
    made = xlsxwriter.Workbook(tmp_path / "情况.xlsx")
    sheet = made.add_worksheet("Sheet1")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    made.close()
    plan = imports.plan(book, tmp_path / "情况.xlsx")
    told = [(one.name, one.kind, one.header_row, one.titles, one.totals) for one in plan.sheets]
    assert told == [("Sheet1", "enterprises", 2, 1, 1), ("Sheet1 · 2", "visits", 8, 1, 0)]
    assert [(row.sheet, row.number, row.action) for row in plan.rows] == [
        (0, 3, Action.CREATE),
        (0, 4, Action.CREATE),
        (1, 9, Action.CREATE),
        (1, 10, Action.CREATE),
    ]


def test_a_column_for_each_month_tells_the_funds_of_a_year(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "项目.xlsx", "项目台账", PROJECTS), "projects")
    head = ["项目名称", "总投资", *(f"{month}月" for month in range(1, 13)), "累计"]
    rows: Rows = [
        head,
        ["电池基地(示例)", 720_000, 100, 0, "", 200, *[""] * 8, 300],
        ["燃机项目", 270_000, *[""] * 13],
    ]
    path = ledger(tmp_path / "情况.xlsx", "2023年项目资金到位情况", rows, unit="单位：万元")
    plan = imported(book, path, "funds", 1, 1)
    assert plan.sheets[0].columns[3].title == "到位资金 · 2023年1月"
    funds = [one for one in all_of(book, Fund) if isinstance(one, Fund)]
    assert [(one.on, one.amount) for one in funds] == [
        (date(2023, 1, 31), Amount(1_000_000)),
        (date(2023, 4, 30), Amount(2_000_000)),
    ]
    later: Rows = [head, ["电池基地(示例)", 720_000, 100, 0, "", 200, 50, *[""] * 8]]
    grown = imports.plan(book, ledger(tmp_path / "五月.xlsx", "2023年资金到位", later, unit="单位：万元"))
    assert (grown.rows[0].action, len(grown.rows[0].added)) == (Action.UPDATE, 1)
    unsaid = imports.plan(book, ledger(tmp_path / "到位.xlsx", "资金到位", later, unit="单位：万元"))
    assert "年份" in unsaid.rows[0].reasons[0]
