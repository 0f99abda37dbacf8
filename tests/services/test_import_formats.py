"""The same ledger comes in from every kind of file an office has, with its title, its units and its total row."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from crm_app.domain.enterprises import Enterprise
from crm_app.domain.leads import Lead
from crm_app.errors import BadInput
from crm_app.files.asking import LARGEST_FILE
from crm_app.services import imports
from crm_app.services.book import Book
from tests.files.other_workbooks import Rows, write_ods, write_xlsb
from tests.services.ledgers import all_of, counts

LEDGER: Rows = [
    ["2023年招商线索台账", None, None, None, None],
    ["序号", "企业名称", "意向投资额(亿元)", "联系人", "线索来源"],
    [1, "甲测试公司", 5.6, "张某某 总经理 13800000001;李某某", "客户介绍"],
    [2, "乙测试公司", "约3-5", None, "展会"],
    ["合计", None, 9.6, None, None],
]


def write_xlsx(path: Path, name: str, rows: Rows) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def write_text(path: Path, _name: str, rows: Rows) -> Path:
    mark = "," if path.suffix == ".csv" else "\t"
    lines = (mark.join("" if cell is None else str(cell) for cell in row) for row in rows)
    path.write_text("\r\n".join(lines) + "\r\n", "gb18030", newline="")
    return path


def write_page(path: Path, _name: str, rows: Rows) -> Path:
    lines = ("".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) for row in rows)
    path.write_text(f"<html><table><tr>{'</tr><tr>'.join(lines)}</tr></table></html>", "gb18030")
    return path


@pytest.mark.parametrize(
    ("suffix", "write"),
    [
        (".xlsx", write_xlsx),
        (".xlsm", write_xlsx),
        (".xlsb", write_xlsb),
        (".ods", write_ods),
        (".csv", write_text),
        (".tsv", write_text),
        (".txt", write_text),
        (".xls", write_text),
        (".xls", write_page),
    ],
)
def test_the_same_ledger_comes_in_from_every_kind_of_file(
    book: Book, tmp_path: Path, suffix: str, write: object
) -> None:
    assert callable(write)
    plan = imports.plan(book, write(tmp_path / f"线索{suffix}", "台账", LEDGER))
    assert (plan.sheets[0].kind, plan.sheets[0].header_row, plan.sheets[0].totals) == ("leads", 2, 1)
    assert counts(plan.result) == (2, 0, 0, 0), [row.reasons for row in plan.rows]
    assert not [one.header for one in plan.sheets[0].columns[1:] if not one.target]
    imports.apply(book, plan)
    assert [one.name for one in all_of(book, Enterprise) if isinstance(one, Enterprise)] == ["甲测试公司", "乙测试公司"]
    wanted = [one.shown("intent") for one in all_of(book, Lead)]
    assert wanted == ["5.6亿元", "约3亿元至5亿元"]


def test_a_file_that_has_no_room_in_memory_is_refused_before_it_is_read(book: Book, tmp_path: Path) -> None:
    ledger = tmp_path / "全市企业.csv"
    with ledger.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(BadInput, match="超过 200 MB"):
        imports.plan(book, ledger)
