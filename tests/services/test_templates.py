"""A template of the bureau's own is filled under its headers, whatever else stands in it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from crm_app.errors import BadInput
from crm_app.services import enterprises, exports
from crm_app.services.book import Book


@pytest.fixture
def filled(book: Book) -> Book:
    for name, revenue in (("渝能电池(示例)", 320_000_000), ("=江驰电机(示例)", 150_000_000), ("星河(示例)", None)):
        enterprises.create_enterprise(book, name=name, revenue=revenue)
    return book


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A title, a header of two words, one free row with a format and a formula, a total below."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "台账"
    sheet["A1"] = "重点企业台账"
    sheet.merge_cells("A1:E1")
    sheet.append(["序号", "单位名称", "年营业收入(亿元)", "折合万元", "其他"])
    sheet["B3"].font = Font(name="仿宋", bold=True)
    sheet["D3"] = "=C3*10000"
    sheet.append(["合计", None, "=SUM(C3:C3)"])
    path = tmp_path / "模板.xlsx"
    workbook.save(path)
    return path


def test_rows_go_under_the_headers_and_totals_are_pushed_down(filled: Book, template: Path, tmp_path: Path) -> None:
    before = template.read_bytes()
    out = tmp_path / "填好.xlsx"
    assert exports.export_to_template(filled, "enterprises", template, out) == 3
    sheet = openpyxl.load_workbook(out)["台账"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "重点企业台账"
    assert rows[2] == [1, "渝能电池(示例)", 3.2, "=C3*10000", None]
    assert rows[3] == [2, "=江驰电机(示例)", 1.5, "=C4*10000", None]
    assert sheet["B4"].data_type == "s"
    assert rows[4] == [3, "星河(示例)", None, "=C5*10000", None]
    assert rows[5] == ["合计", None, "=SUM(C3:C5)", None, None]
    assert (sheet["B5"].font.name, sheet["B5"].font.bold) == ("仿宋", True)
    assert template.read_bytes() == before


def test_what_is_no_template_is_said_and_nothing_is_written(filled: Book, template: Path, tmp_path: Path) -> None:
    out = tmp_path / "填好.xlsx"
    other = openpyxl.Workbook()
    assert other.active is not None
    other.active.append(["甲", "乙", "丙"])
    other.save(tmp_path / "别的.xlsx")
    with pytest.raises(BadInput, match="表头"):
        exports.export_to_template(filled, "enterprises", tmp_path / "别的.xlsx", out)
    with pytest.raises(BadInput, match="xlsx"):
        exports.export_to_template(filled, "enterprises", template, tmp_path / "填好.csv")
    with pytest.raises(BadInput, match="enterprises"):
        exports.export_to_template(filled, "events", template, out)
    assert not out.exists()


def test_a_workbook_made_to_do_harm_kills_only_the_child(filled: Book, template: Path, tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY l0 "lol">{entities}]>'
    harmful = tmp_path / "有害.xlsx"
    with zipfile.ZipFile(template) as good, zipfile.ZipFile(harmful, "w") as made:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/styles.xml":
                content = bomb.encode() + b"<styleSheet>&l9;</styleSheet>"
            made.writestr(name, content)
    with pytest.raises(BadInput):
        exports.export_to_template(filled, "enterprises", harmful, tmp_path / "填好.xlsx")
    assert not (tmp_path / "填好.xlsx").exists()
