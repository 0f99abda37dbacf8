"""No text of a record is ever a formula, in .csv or .xlsx, and every one comes back as it was."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_app.files.reading import read_tables
from crm_app.files.writing import Head, Page, write_pages

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    "'",
    "''",
    "'=",
    "|",
    "%",
    ";",
    '"',
    " =",
    "_x000D_",
    "",
)
BODIES = (
    "1+1",
    "8613800138000",
    "x",
    "5",
    'HYPERLINK("http://x")',
    "cmd|'/c calc'!A0",
    "SUM(A1:A2)",
    'DDE("cmd";"/c calc")',
    "甲,乙;丙\t丁",
    "一行\n二行",
    "一行\r\n二行",
    "_x0041_",
    "#REF!",
    "{=1}",
    "1e5",
    "007",
    "2023-06-30",
    "TRUE",
    "",
)
nasty = st.builds("{}{}".format, st.sampled_from(STARTS), st.sampled_from(BODIES))
texts = st.lists(nasty | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8), min_size=1, max_size=40)


def back(rows: list[str], suffix: str) -> tuple[list[object], bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        write_pages(path, [Page("企业", [Head("序"), Head("备注")], [[f"r{n}", text] for n, text in enumerate(rows)])])
        (sheet,) = read_tables(path)
        content = path.read_bytes()
    assert [row[0] for row in sheet.rows[1:]] == [f"r{n}" for n in range(len(rows))]
    return [row[1] if len(row) > 1 else None for row in sheet.rows[1:]], content


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_what_goes_out_comes_back_as_it_was(suffix: str, rows: list[str]) -> None:
    read, content = back(rows, suffix)
    assert [text or "" for text in read] == rows
    if suffix == ".csv":
        cells = chain.from_iterable(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert not any(cell[:1] in tuple("=+-@＝＋－＠") for cell in cells)
    else:
        assert not formulas(content)


def formulas(workbook: bytes) -> list[str]:
    with tempfile.TemporaryFile() as file:
        file.write(workbook)
        with zipfile.ZipFile(file) as parts:
            names = parts.namelist()
            pages = [parts.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet")]
    assert not [name for name in names if "external" in name.lower() or "vba" in name.lower()]
    return [page for page in pages if "<f>" in page or "<f " in page or "<hyperlink" in page]
