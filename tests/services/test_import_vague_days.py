"""A contract known only to the month stays that: wherever its stage is shown, no day is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from crm_app.briefs.content import texts
from crm_app.domain.days import FuzzyDay, month_of
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.papers import PaperKind
from crm_app.domain.projects import Project, Signing
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Visit
from crm_app.services import enterprises, exports, figures, imports, papers, projects
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from tests.cells import rows_of
from tests.services.ledgers import Rows, all_of, ledger, run

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
    path = ledger(tmp_path / "走访.xlsx", "2021年外出拜访情况", rows)
    plan = imports.plan(book, path)
    assert any("2021" in column.evidence for column in plan.sheets[0].columns)
    imports.apply(book, plan)
    assert [one.on for one in all_of(book, Visit) if isinstance(one, Visit)] == [date(2021, 5, 16), date(2021, 12, 6)]
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
