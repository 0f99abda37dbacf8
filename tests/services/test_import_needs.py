"""Milestones, needs and honours come in from ledgers of their own, told apart by their headers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm_app.domain.enterprises import Label
from crm_app.domain.projects import Milestone, Need
from crm_app.services import book as books
from crm_app.services import imports
from crm_app.services.book import Book
from tests.services.ledgers import PROJECTS, Rows, all_of, counts, imported, ledger, run

MILESTONES: Rows = [
    ["项目名称", "手续名称", "批复时间", "批复文号"],
    ["电池基地(示例)", "环评", "2023.5.4", "津环批〔2023〕7号"],
    ["电池基地(示例)", "供地", "2023年6月1日", ""],
    ["没有的项目", "环评", "2023-05-04", ""],
    ["电池基地(示例)", "", "2023-05-04", ""],
]
NEEDS: Rows = [
    ["企业名称", "项目名称", "类别", "诉求内容", "责任部门", "办理时限", "办结日期"],
    ["甲公司", "", "用电", "双回路供电", "区经信委", "2023-07-01", ""],
    ["", "燃机项目", "", "临时用地 12 亩", "区规资局", "", "2023-06-01"],
    ["", "", "用地", "不知是谁的", "", "", ""],
]
HONOURS: Rows = [
    ["企业名称", "认定名称", "认定单位", "认定年度", "有效期至"],
    ["甲公司", "专精特新小巨人", "工信部", "2022年", "2025-06-30"],
    ["乙公司", "高新技术企业", "", "2021年10月", ""],
    ["丙公司", "", "", "2021", ""],
]


def test_each_is_told_by_its_headers_and_comes_in_once(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "项目.xlsx", "项目台账", PROJECTS), "projects")
    files = {
        "milestones": ledger(tmp_path / "手续.xlsx", "手续办理台账", MILESTONES),
        "needs": ledger(tmp_path / "诉求.xlsx", "企业诉求台账", NEEDS),
        "honours": ledger(tmp_path / "荣誉.xlsx", "企业荣誉一览表", HONOURS),
    }
    for kind, path in files.items():
        imported(book, path, kind, 2, 2 if kind == "milestones" else 1)
    milestones: list[Any] = all_of(book, Milestone)
    needs: list[Any] = all_of(book, Need)
    honours: list[Any] = all_of(book, Label)
    assert [(one.kind, one.on, one.evidence) for one in milestones] == [
        ("环评", date(2023, 5, 4), "津环批〔2023〕7号"),
        ("供地", date(2023, 6, 1), None),
    ]
    assert [(one.kind, one.text, one.dept, bool(one.enterprise_id), bool(one.project_id)) for one in needs] == [
        ("用电", "双回路供电", "区经信委", True, False),
        ("其他", "临时用地 12 亩", "区规资局", False, True),
    ]
    assert [(one.honour, one.issuer, one.year, one.valid_to) for one in honours] == [
        ("专精特新小巨人", "工信部", 2022, date(2025, 6, 30)),
        ("高新技术企业", None, 2021, None),
    ]
    books.undo(book)
    assert all_of(book, Label) == []


def test_a_later_sheet_corrects_and_adds(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "项目.xlsx", "项目台账", PROJECTS), "projects")
    run(book, ledger(tmp_path / "手续.xlsx", "手续办理台账", MILESTONES[:2]), "milestones")
    run(book, ledger(tmp_path / "诉求.xlsx", "诉求台账", NEEDS[:2]), "needs")
    later = [MILESTONES[0], ["电池基地(示例)", "环评", "2023.5.9", ""]]
    plan = imports.plan(book, ledger(tmp_path / "手续.xlsx", "手续办理台账", later), "milestones")
    assert [one.old for one in plan.rows[0].changes] == ["2023年5月4日"]
    solved = [NEEDS[0], [*NEEDS[1][:6], "2023-06-10"]]
    run(book, ledger(tmp_path / "诉求.xlsx", "诉求台账", solved), "needs")
    (need,) = all_of(book, Need)
    assert isinstance(need, Need)
    assert (need.solved_on, need.quantity) == (date(2023, 6, 10), None)
    rows: Rows = [["企业名称", "要素", "数量", "单位"], ["甲公司", "用地", 12.5, "亩"], ["甲公司", "用地", 12.5, "亩"]]
    assert counts(run(book, ledger(tmp_path / "要素.xlsx", "要素需求", rows), "needs")) == (1, 0, 1, 0)
    assert [one.quantity for one in all_of(book, Need) if isinstance(one, Need)] == [None, Decimal("12.5")]
    rows = [["企业名称", "要素", "需求量"], ["甲公司", "用电", "约20000kVA"], ["甲公司", "用电", "很多"]]
    assert counts(run(book, ledger(tmp_path / "用电.xlsx", "要素需求", rows), "needs")) == (1, 0, 0, 1)
    power = all_of(book, Need)[-1]
    assert isinstance(power, Need)
    assert (power.quantity, power.measure) == (Decimal(20000), "kVA")
    rows = [["企业名称", "要素", "需求量"], ["甲公司", "用水", "2000m3/天左右"], ["甲公司", "用地", "20-30"]]
    assert counts(run(book, ledger(tmp_path / "用水.xlsx", "要素需求", rows), "needs")) == (1, 0, 0, 1)
    water = all_of(book, Need)[-1]
    assert isinstance(water, Need)
    assert (water.quantity, water.measure) == (Decimal(2000), "m3/天")


def test_honours_stand_in_a_column_of_enterprises_or_in_the_title_of_a_list(book: Book, tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "荣誉资质"], ["甲公司", "专精特新小巨人、高新技术企业"], ["乙公司", ""]]
    plan = imported(book, ledger(tmp_path / "企业.xlsx", "重点企业", rows), "enterprises", 2, 0)
    assert plan.rows[0].added == ("专精特新小巨人", "高新技术企业")
    more: Rows = [["企业名称", "荣誉资质"], ["甲公司", "高新技术企业；独角兽"]]
    assert counts(run(book, ledger(tmp_path / "企业.xlsx", "重点企业", more), "enterprises")) == (0, 1, 0, 0)
    listed: Rows = [["企业名称", "有效期"], ["乙公司", "2025-06-30"]]
    imported(book, ledger(tmp_path / "名单.xlsx", "2022年第四批专精特新小巨人企业名单", listed), "honours", 1, 0)
    honours: list[Any] = all_of(book, Label)
    assert [(one.honour, one.year) for one in honours] == [
        ("专精特新小巨人", None),
        ("高新技术企业", None),
        ("独角兽", None),
        ("专精特新小巨人企业", 2022),
    ]
