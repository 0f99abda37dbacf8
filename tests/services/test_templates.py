"""A template of the bureau's own is filled under its headers, whatever else stands in it."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from crm_app.domain.days import FuzzyDay
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Project, Signing
from crm_app.errors import BadInput
from crm_app.services import enterprises, exports
from crm_app.services.book import Book
from crm_app.services.exports import Filled
from tests.services.ledgers import PROJECTS, ledger, run


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
    assert exports.export_to_template(filled, "enterprises", template, out) == Filled(3, ("折合万元", "其他"))
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
        exports.export_to_template(filled, "parks", template, out)
    with pytest.raises(BadInput, match="企业名称"):
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


def test_a_contact_and_a_contract_go_into_the_bureaus_own_columns(book: Book, tmp_path: Path) -> None:
    """What our own sheets have in rows of their own stands beside its enterprise, its project."""
    rows = [["企业名称", "联系人", "职务", "手机"], ["甲公司", "张小示", "总经理", "13800000001"]]
    run(book, ledger(tmp_path / "企业.xlsx", "企业", rows), "enterprises")
    run(book, ledger(tmp_path / "项目.xlsx", "项目", PROJECTS), "projects")
    with book.unit("what was signed before, entered afterwards") as unit:
        earlier = {"signed_on": FuzzyDay.of(date(2022, 1, 1)), "amount": Amount(10**8)}
        battery = next(one for one in unit.find(Project) if one.name == "电池基地(示例)")
        unit.insert(Signing, project_id=battery.id, kind=Agreement.FORMAL, **earlier)
        unit.commit()
    heads = {
        "enterprises": ["序号", "企业名称", "联系人", "职务", "联系电话", "是否走访"],
        "projects": ["项目名称", "投资主体", "签约时间", "协议类型", "协议金额（亿元）"],
    }
    said = {}
    for kind, words in heads.items():
        workbook = openpyxl.Workbook()
        workbook.active.append(words)  # type: ignore[union-attr]
        workbook.save(tmp_path / "模板.xlsx")
        filled = exports.export_to_template(book, kind, tmp_path / "模板.xlsx", tmp_path / "填好.xlsx")
        assert filled.left_empty == (("是否走访",) if kind == "enterprises" else ())
        sheet = openpyxl.load_workbook(tmp_path / "填好.xlsx").active
        said[kind] = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]  # type: ignore[union-attr]
    signed = said["projects"][0][2]
    said["projects"][0][2] = signed.date() if isinstance(signed, datetime) else signed
    assert said["enterprises"][0] == [1, "甲公司", "张小示", "总经理", "138****0001", None]
    assert said["projects"][0] == ["电池基地(示例)", "甲公司", date(2023, 6, 1), "正式合同", 72]
    assert said["projects"][2][2:] == [None, None, None]


def test_amounts_go_in_the_unit_of_the_template_and_never_in_another_currency(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "项目.xlsx", "项目台账", PROJECTS))
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["重点项目（百万元）"])
    workbook.active.append(["项目名称", "总投资", "签约金额（万美元）"])
    workbook.save(tmp_path / "模板.xlsx")
    out = tmp_path / "填好.xlsx"
    told = exports.export_to_template(book, "projects", tmp_path / "模板.xlsx", out)
    assert told.left_empty == ("签约金额（万美元）",)
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    assert sorted(sheet.iter_rows(min_row=3, max_col=3, values_only=True), key=str) == [
        ("储能(示例)", 500, None),
        ("燃机项目", 2_700, None),
        ("电池基地(示例)", 7_200, None),
    ]
