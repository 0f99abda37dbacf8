"""Tables are written whole, typed, and without formulas."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crm_app.errors import BadInput, Refused
from crm_app.files.cells import Cell
from crm_app.files.reading import read_tables
from crm_app.files.writing import Head, Page, write_pages

HEADS = [Head("企业名称", 30), Head("金额(万元)"), Head("日期")]
ROWS: list[list[Cell]] = [
    ["=HYPERLINK(1)", 56000, date(2023, 6, 30)],
    ["+1", 0.5, None],
    ["-甲", 123456789012345678, None],
]


def test_a_workbook_has_typed_cells_a_frozen_header_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert write_pages(path, [Page("企业", HEADS, ROWS)]) == 3
    (sheet,) = read_tables(path)
    assert sheet.rows[1] == ["=HYPERLINK(1)", 56000, date(2023, 6, 30)]
    assert sheet.rows[3][1] == "123456789012345678"
    with zipfile.ZipFile(path) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert 'state="frozen"' in page


def test_every_character_comes_back_as_it_was(tmp_path: Path) -> None:
    odd = ["甲\x01乙", "_x0041_", "甲\u3000乙", "第一行\n第二行", "甲&乙<丙>", "  前后  ", "_x 光年", "👨\u200d👩"]
    write_pages(tmp_path / "a.xlsx", [Page("企业", [Head("备注")], [(text,) for text in odd])])
    (sheet,) = read_tables(tmp_path / "a.xlsx")
    assert [row[0] for row in sheet.rows[1:]] == odd


def test_no_row_is_put_aside_in_a_folder_nobody_chose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    assert write_pages(tmp_path / "a.xlsx", [Page("企业", HEADS, ROWS)]) == 3
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_two_workbooks_of_the_same_rows_are_equal(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_pages(tmp_path / name, [Page("企业", HEADS, ROWS)])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_failure_halfway_leaves_the_old_file(tmp_path: Path, name: str) -> None:
    def failing() -> Iterator[list[Cell]]:
        yield ["甲", 1, None]
        raise Refused("停")

    path = tmp_path / name
    path.write_text("旧")
    with pytest.raises(Refused):
        write_pages(path, [Page("企业", HEADS, failing())])
    assert path.read_text() == "旧"
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_other_endings_and_missing_folders_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        write_pages(tmp_path / "a.pdf", [Page("企业", HEADS, ROWS)])
    with pytest.raises(Refused):
        write_pages(tmp_path / "no" / "a.xlsx", [Page("企业", HEADS, ROWS)])
