"""Taking a ledger while it is read does what its preview says, also where rows far apart speak of one record."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest
import xlsxwriter

from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.leads import Lead
from crm_app.domain.visits import Visit
from crm_app.services import enterprises, imports
from crm_app.services.book import Book
from crm_app.services.imports import RowPlan

BETWEEN = 1_050
"""Rows, more than are decided together."""

CODE = "91350900587527783P"


def ledger(path: Path, head: Sequence[str], first: Sequence[str], last: Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerows([head, first])
        rows.writerows([f"企业{n}号", "", *["某路"] * (len(head) - 2)] for n in range(BETWEEN))
        rows.writerow(last)
    return path


def said(rows: Sequence[RowPlan]) -> list[tuple[object, ...]]:
    return [(row.action, row.title, row.changes, row.added, row.duplicates, row.remarks) for row in rows]


def both_ways(book: Book, path: Path, kind: str) -> RowPlan:
    """Preview a file and take it; return what both say of its last row."""
    previewed = imports.plan(book, path, kind)
    taken = imports.take(book, path, kind).value
    assert said(taken.rows) == said(previewed.rows)
    assert book.check() == []
    return taken.rows[-1]


def sheets(path: Path) -> Path:
    """Write two sheets of enterprises, between and behind them others that speak of these."""
    book = xlsxwriter.Workbook(path)
    for name, rows in {
        "一科": [["企业名称", "所属行业", "联系人"], *([f"企业{n}号", "电子", "张某"] for n in range(300))],
        "联系人": [["姓名", "单位名称", "职务"], ["李某某", "企业7号", "总经理"], ["王某", "企业407号", "经理"]],
        "二科": [["企业名称", "所属行业", "地址"], *([f"企业{n}号", "材料", "某路"] for n in range(290, 600))],
        "走访": [["走访企业", "走访日期", "洽谈内容"], ["企业7号", "2023-06-01", "看厂房"]],
        "线索": [
            ["线索企业", "线索来源", "登记日期"],
            ["企业500号", "展会", "2023-06-02"],
            ["新来公司", "网络", "2023-06-03"],
        ],
    }.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def test_sheets_of_enterprises_are_taken_as_they_are_read_and_the_others_find_them(book: Book, tmp_path: Path) -> None:
    path = sheets(tmp_path / "台账.xlsx")
    both_ways(book, path, "auto")
    with book.read() as reader:
        held = {one.name: one for one in reader.find(Enterprise)}
        people = [one.name for one in reader.find(Contact)]
        visits, leads = reader.find(Visit), reader.find(Lead)
    assert len(held) == 601
    assert (held["企业295号"].industry, held["企业295号"].address) == ("电子", "某路")
    assert (people.count("张某"), people.count("李某某"), people.count("王某")) == (300, 1, 1)
    assert [one.enterprise_id for one in visits] == [held["企业7号"].id]
    assert {one.enterprise_id for one in leads} == {held["企业500号"].id, held["新来公司"].id}
    assert imports.plan(book, path).result.updated == 0


@pytest.fixture
def known(book: Book) -> UUID:
    return enterprises.create_enterprise(book, name="甲公司", uscc=CODE, address="老地址").value


def test_the_first_row_is_believed_however_far_below_the_other_stands(book: Book, known: UUID, tmp_path: Path) -> None:
    head = ("企业名称", "统一社会信用代码", "地址")
    path = ledger(tmp_path / "台账.csv", head, ("甲公司", CODE, "第一行"), ("甲公司", CODE, "最后一行"))
    last = both_ways(book, path, "enterprises")
    assert last.remarks
    assert not last.duplicates
    with book.read() as reader:
        assert reader.get(Enterprise, known).address == "第一行"


def test_a_lead_further_down_is_another_lead(book: Book, tmp_path: Path) -> None:
    head = ("企业名称", "统一社会信用代码", "线索内容")
    path = ledger(tmp_path / "线索.csv", head, ("甲公司", "", "建电池线"), ("甲公司", "", "建研发中心"))
    both_ways(book, path, "leads")
    with book.read() as reader:
        assert len(reader.find(Lead)) == BETWEEN + 2
