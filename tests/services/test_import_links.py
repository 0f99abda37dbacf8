"""What rows refer to is linked: a project with its lead, a lead with its visit, however the files are ordered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

from crm_app.domain.leads import Lead
from crm_app.domain.projects import Project
from crm_app.services import book as books
from crm_app.services import exports, imports
from crm_app.services.book import Book
from crm_app.services.imports import Action, Choices, Policy
from tests.services.ledgers import Rows, all_of, counts, ledger, run

LEADS: Rows = [
    ["线索名称", "线索编号", "企业名称", "登记日期", "来自拜访"],
    ["电池扩产", "XS-2023-0007号", "甲集团", "2023-05-08", "2023-05-01"],
    ["扩产", "", "乙公司", "2023-05-09", ""],
    ["扩产", "", "丙公司", "2023-05-09", "2023-05-02"],
]
VISITS: Rows = [["企业名称", "拜访日期", "洽谈内容"], ["甲集团", "2023-05-01", "有扩产打算"]]
PROJECTS: Rows = [
    ["项目名称", "投资主体", "总投资(亿元)", "线索"],
    ["电池基地", "甲电池重庆公司", 7, "电池扩产"],
    ["燃机", "乙公司", 2, "扩产"],
    ["储能", "丁公司", 2, "扩产"],
    ["风电", "丁公司", 2, "没有的"],
]


def _workbook(path: Path, sheets: dict[str, Rows]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def _links(book: Book) -> tuple[dict[str, str | None], bool]:
    """Return the owner of each project's lead, and whether the first lead knows its visit."""
    leads: dict[Any, Any] = {one.id: one for one in all_of(book, Lead)}
    projects: list[Any] = all_of(book, Project)
    titles = {one.name: leads[one.lead_id].title if one.lead_id else None for one in projects}
    return titles, any(one.visit_id for one in leads.values() if one.title == "电池扩产")


def test_a_project_keeps_its_lead_and_a_lead_its_visit(book: Book, tmp_path: Path) -> None:
    """Of the sheets in the wrong order, those come first that others refer to; what cannot be told is said."""
    path = _workbook(tmp_path / "台账.xlsx", {"项目": PROJECTS, "线索": LEADS, "拜访": VISITS})
    plan = imports.plan(book, path)
    remarks = {row.title: row.remarks for row in plan.rows}
    assert "有2条线索叫“扩产”" in remarks["储能"][0].replace(" ", "")
    assert "“没有的”" in remarks["风电"][0]
    assert any("2023-05-02" in words for words in remarks["丙公司"])
    imports.apply(book, plan)
    assert _links(book) == ({"电池基地": "电池扩产", "燃机": "扩产", "储能": None, "风电": None}, True)
    assert counts(run(book, path, "auto")) == (0, 0, 8, 0)


def test_what_comes_later_is_linked_by_the_file_that_names_it(book: Book, tmp_path: Path) -> None:
    """Leads before their visits: the preview says so, and the same file once more fills in what was left out."""
    leads = ledger(tmp_path / "线索.xlsx", "线索台账", LEADS)
    run(book, ledger(tmp_path / "项目.xlsx", "项目台账", PROJECTS[:2]), "projects")
    assert any("2023-05-01" in words for words in imports.plan(book, leads).rows[0].remarks)
    run(book, leads, "leads")
    run(book, ledger(tmp_path / "拜访.xlsx", "拜访台账", VISITS), "visits")
    assert counts(run(book, leads, "leads"))[1] == 1
    again = imports.plan(book, tmp_path / "项目.xlsx", "projects")
    imports.apply(book, again)
    assert [(change.field, change.old, change.new) for change in again.rows[0].changes] == [("线索", "", "电池扩产")]
    assert _links(book) == ({"电池基地": "电池扩产"}, True)
    books.undo(book)
    assert _links(book)[0] == {"电池基地": None}


def test_the_sheet_of_another_laptop_names_the_lead_too(book: Book, tmp_path: Path) -> None:
    run(book, _workbook(tmp_path / "台账.xlsx", {"项目": PROJECTS, "线索": LEADS, "拜访": VISITS}), "auto")
    for kind in ("projects", "leads"):
        exports.export(book, kind, tmp_path / f"{kind}.xlsx")
        plan = imports.plan(book, tmp_path / f"{kind}.xlsx")
        assert {(row.action, row.remarks) for row in plan.rows} <= {(Action.UNCHANGED, ())}, plan.rows


def test_keep_mine_holds_for_an_owner_and_a_title_too(book: Book, tmp_path: Path) -> None:
    head = ["企业名称", "登记日期", "责任人", "联系人", "职务", "意向投资额"]
    path = ledger(tmp_path / "线索.xlsx", "线索台账", [head, ["甲公司", "2023-05-08", "单晓", "张小示", "经理", "3亿"]])
    run(book, path, "leads")
    path = ledger(
        tmp_path / "线索.xlsx", "线索台账", [head, ["甲公司", "2023-05-08", "曾敏", "张小示", "董事长", "4亿"]]
    )
    (theirs,) = imports.plan(book, path, "leads").rows
    assert [(one.field, one.old, one.new) for one in theirs.changes][-1:] == [("责任人", "单晓", "曾敏")]
    keep = Choices(of_target={"lead.owner": Policy.KEEP, "contact.title": Policy.KEEP})
    (mine,) = imports.plan(book, path, "leads", choices=keep).rows
    assert [one.field for one in mine.changes] == ["意向投资额"], mine
    assert len(mine.remarks) == 2
