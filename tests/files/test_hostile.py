"""Workbooks and texts made to do harm: each ends in a sentence, within the child's limits, and this program lives."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app.errors import BadInput
from crm_app.files.reading import read_tables
from tests.files import hostile

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MEMORY = 768 * 1024 * 1024


def refused(path: Path, memory: int = MEMORY) -> str:
    with pytest.raises(BadInput) as caught:
        read_tables(path, memory=memory)
    return str(caught.value)


def test_a_thousand_million_laughs_stay_untold(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY l0 "哈">{laughs}]><sst><si><t>&l9;</t></si></sst>'
    path = hostile.with_part(hostile.workbook(tmp_path / "a.xlsx"), STRINGS, bomb.encode())
    assert path.name in refused(path)


def test_no_file_of_the_laptop_is_read_into_a_sheet(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("机密", "utf-8")
    outside = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>企业名称&x;</t></is></c></row>'
    path = hostile.with_part(
        hostile.workbook(tmp_path / "a.xlsx"), SHEET, outside.encode() + hostile.sheet_xml(cell)[38:]
    )
    try:
        told = str(read_tables(path, memory=MEMORY))
    except BadInput as error:
        told = str(error)
    assert "机密" not in told


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZZZZ9999999", "A1048576"])
def test_a_cell_far_away_is_no_sheet_of_nothing(tmp_path: Path, cell: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="{cell}"><v>1</v></c></row>'
    path = hostile.with_part(hostile.workbook(tmp_path / "a.xlsx"), SHEET, hostile.sheet_xml(rows))
    if cell.startswith("A"):
        (sheet,) = read_tables(path, memory=MEMORY)
        assert len(sheet.rows) == 1_048_576
    else:
        assert path.name in refused(path)


def test_a_sheet_of_a_million_columns_is_refused(tmp_path: Path) -> None:
    cells = '<c r="A1"><v>1</v></c>' + "<c><v>1</v></c>" * 1_000_000
    path = hostile.with_part(
        hostile.workbook(tmp_path / "a.xlsx"), SHEET, hostile.sheet_xml(f'<row r="1">{cells}</row>')
    )
    assert "列" in refused(path)


def test_a_declared_size_is_not_believed(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>企业名称</t></is></c></row>'
    content = hostile.sheet_xml(rows, '<dimension ref="A1:XFD1048576"/>')
    path = hostile.with_part(hostile.workbook(tmp_path / "a.xlsx"), SHEET, content)
    assert read_tables(path, memory=MEMORY)[0].rows == [["企业名称"]]


def test_a_small_xls_is_read_and_one_that_unfolds_to_nothing_meets_the_limit(tmp_path: Path) -> None:
    small = tmp_path / "small.xls"
    small.write_bytes(hostile.wide_xls([(0, 0), (1, 1)]))
    assert read_tables(small, memory=MEMORY)[0].rows == [[1, None], [None, 1]]
    wide = tmp_path / "wide.xls"
    wide.write_bytes(hostile.wide_xls([(0, 0), (65535, 65535)]))
    assert wide.stat().st_size < 10_000
    assert wide.name in refused(wide)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.csv", "a.vcf", "a.ics"])
@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + b"\xff" * 3000,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 3000,
        hostile.wide_xls([(0, 0)])[:1500],
        b"\0" * 3000,
        hostile.picture(),
    ],
    ids=["zip", "compound", "truncated", "zeros", "picture"],
)
def test_what_is_not_what_its_name_says_is_a_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert name in refused(path)


def test_a_library_that_panics_is_a_sentence(tmp_path: Path) -> None:
    """A panic of the reader's Rust is no Exception of Python: only the child ends by it."""
    path = tmp_path / "a.xls"
    path.write_bytes((Path(__file__).parent / "data" / "panic.xls").read_bytes())
    assert path.name in refused(path)


def test_a_text_of_one_endless_line_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'"' + b"x" * 30_000_000)
    assert path.name in refused(path)
    path.write_bytes(b"," * 60_000_000)
    assert path.name in refused(path)
