"""Large workbooks read as they are unpacked: the same as the library reads, whatever wrote them and however."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from crm_app.errors import BadInput
from crm_app.files import reading, sheets, streaming
from crm_app.files.cells import plain_row

_WORDS = st.text(
    st.one_of(st.sampled_from("甲乙 \t\n\r&<>\"'_x000D_A12𬭎"), st.characters(exclude_categories=("Cs", "Cc"))),
    max_size=12,
)
_CELLS = st.one_of(
    st.none(),
    _WORDS,
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda one: one.replace(microsecond=0)),  # noqa: DTZ001
    st.times().map(lambda one: one.replace(microsecond=0)),
)
_ROWS = st.lists(st.lists(_CELLS, max_size=6), min_size=1, max_size=12)
Rows = Sequence[Sequence[Any]]
LARGE = streaming._LARGE


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "_LARGE", 0)
    monkeypatch.setattr(streaming, "_MOSTLY", 0)


def by_xlsxwriter(path: Path, rows: Rows) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("台账")
        forms = {date: "yyyy-mm-dd", datetime: "yyyy/m/d hh:mm", time: "hh:mm:ss"}
        formats = {kind: book.add_format({"num_format": form}) for kind, form in forms.items()}
        money, bold = book.add_format({"num_format": "#,##0.00"}), book.add_format({"bold": True})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, bool):
                    sheet.write_boolean(at, column, cell)
                elif isinstance(cell, date | time):
                    sheet.write_datetime(at, column, cell, formats[type(cell)])
                elif isinstance(cell, int | float):
                    sheet.write_number(at, column, cell, money if at % 2 else None)
                elif isinstance(cell, str) and cell:
                    sheet.write_string(at, column, cell)
                else:
                    sheet.write_blank(at, column, None, bold)
        sheet.write_string(len(rows), 0, "末行")
        sheet.merge_range(len(rows) + 2, 1, len(rows) + 3, 2, "合并")


def bare(rows: Any) -> list[list[Any]]:
    """Return rows without what is blank at their ends and at the end of all."""
    found = []
    for row in rows:
        cells = [None if cell == "" else cell for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        found.append(cells)
    while found and not found[-1]:
        found.pop()
    return found


def told(path: Path) -> tuple[Any, ...] | None:
    streamed = streaming.opened(path)
    if streamed is None:
        return None
    first = bare(streamed.rows.each())
    assert bare(streamed.rows.each()) == first, "as often as they are asked for"
    return streamed.name, sorted(streamed.merges), first


def by_the_library(path: Path) -> tuple[Any, ...]:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    merged = sorted((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    left = [None] * (sheet.start[1] if sheet.start else 0)
    return sheet.name, merged, bare(plain_row([*left, *row]) for row in sheet.iter_rows())


@pytest.mark.parametrize("alike", [0, 1000], ids=["row shape by row shape", "row by row"])
def test_whatever_a_sheet_holds_is_read_as_the_library_reads_it(
    alike: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "_ALIKE", alike)
    path = tmp_path / "a.xlsx"

    @given(_ROWS, st.sampled_from((1, 3)))
    def check(few: Rows, times: int) -> None:
        rows = [*few] * times
        by_xlsxwriter(path, rows)
        found, wanted = told(path), by_the_library(path)
        assert found == wanted
        assert [[*map(type, row)] for row in found[2]] == [[*map(type, row)] for row in wanted[2]]

    check()


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
FORMULA = b'<c r="B3" t="str"><f>1+1</f><v>\xe4\xb8\xa4 &amp; 2</v></c>'
INLINE = b'<c r="B3" t="inlineStr"><is><t> \xe4\xb8\xad</t></is></c>'
SPOKEN = b'<si><t xml:space="preserve">\n \xe7\x94\xb2 </t><phoneticPr fontId="1" type="noConversion"/></si>'
RICH = b"<si><r><t>\xe7\x94\xb2</t></r><r><t>\xe4\xb9\x99</t></r><rPh><t>x</t></rPh></si>"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, rb'<c r="B3"[^>]*>.*?</c>', FORMULA),
        (SHEET, rb'<c r="B3"[^>]*>.*?</c>', INLINE),
        (SHEET, rb'<c r="B3"[^>]*>.*?</c>', b'<c r="B3" t="e"><v>#DIV/0!</v></c>'),
        (SHEET, rb'<c r="B3"[^>]*>.*?</c>', b'<c t="n" r="B3" ><v>7</v></c>'),
        (SHEET, rb'<c r="B3"[^>]*>.*?</c>', b'<c r="B3" t="s"><v>999999</v></c>'),
        (SHEET, rb'<c r="B3"[^>]*>.*?</c>', b'<c r="B3"><v>1_0</v></c>'),
        (SHEET, rb'<c r="B3"[^>]*>.*?</c>', b'<c t="n"><v>7</v></c>'),
        (SHEET, rb'<c r="B3"[^>]*>.*?</c>', b"<!-- <c r='B3'><v>7</v></c> -->"),
        (SHEET, rb'<row r="3"', b'<row r="3" spans="1:3" s="2" customFormat="1" '),
        (SHEET, rb"</row>", b"</row>\n  "),
        (SHEET, rb'(<row r="3"[^>]*>.*?</row>)', rb'<row r="3"/>'),
        (SHEET, rb"</sheetData>.*", b""),
        (TEXTS, rb"<si><t>\xe7\x94\xb2\xe5\x85\xac\xe5\x8f\xb8</t></si>", RICH),
        (TEXTS, rb"<si><t>\xe7\x94\xb2\xe5\x85\xac\xe5\x8f\xb8</t></si>", SPOKEN),
        (TEXTS, rb"<si><t>\xe7\x94\xb2\xe5\x85\xac\xe5\x8f\xb8</t></si>", b"<si><t>\x01 A</t></si>"),
        (TEXTS, rb"<si><t>", b'<si><t xml:space="preserve">'),
        (TEXTS, rb"</t></si>", b'</t><phoneticPr fontId="1"/></si>'),
        (TEXTS, rb"</t></si>", b" &amp; _x0041_</t></si>"),
        (SHEET, rb'<row r="(?=10)', b'<row customHeight="1" r="'),
        (SHEET, rb'(?<=<c r="B1)(?=[0-9]{2}")', b"0"),
        (SHEET, rb'(?<=<c r="B1)(?=[0-9]{2}")', b"."),
        (SHEET, rb"(?<=<v>)(?=1[0-9]</v>)", b"."),
        (SHEET, rb"(?<=<v>)(?=1[0-9]</v>)", b"-"),
        (SHEET, rb"(?<=<v>1)(?=[0-9]</v>)", b"E-"),
        (SHEET, rb"</c>(?=<c r=\"B1[0-9]{2}\")", b"</c>7"),
        (TEXTS, rb"<si><t>\xe7\x94\xb2\xe5\x85\xac\xe5\x8f\xb8</t></si>", b"<si/>"),
        (TEXTS, rb"<si><t>\xe7\x94\xb2\xe5\x85\xac\xe5\x8f\xb8</t></si>", b"<si><t>\n A </t></si>"),
        (TEXTS, rb"<si><t>\xe7\x94\xb2\xe5\x85\xac\xe5\x8f\xb8</t></si>", b"<si><t>a\xff</t></si>"),
        (TEXTS, rb"(<sst.*)", b""),
    ],
)
def test_what_is_written_otherwise_is_read_as_the_library_reads_it(
    tmp_path: Path, part: str, old: bytes, new: bytes
) -> None:
    path = tmp_path / "a.xlsx"
    rows = [
        ["企业", "数", "日"],
        ["甲公司", 1, date(2023, 5, 6)],
        ["乙公司", 2.5, None],
        [None, 3, datetime(2023, 5, 6, 7)],  # noqa: DTZ001
    ]
    by_xlsxwriter(path, [*rows, *[[f"第{n}号", n, None] for n in range(300)]])
    rewritten(path, part, lambda content: re.sub(old, lambda _found: new, content, count=0, flags=re.DOTALL))
    try:
        wanted: Any = by_the_library(path)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is the same
        wanted = type(error)
    try:
        found: Any = told(path) or wanted
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is the same
        found = type(error)
    assert found == wanted


def test_a_large_sheet_is_read_through_the_child_as_a_small_one(tmp_path: Path) -> None:
    large, small = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    day = date(2023, 1, 1)
    rows = [[f"第{n}号", n / 4, day + timedelta(days=n % 300), "重庆市", *["甲"] * 4] for n in range(8_000)]
    by_xlsxwriter(large, rows)
    by_xlsxwriter(small, rows[:100])
    with zipfile.ZipFile(large) as packed:
        assert packed.getinfo(SHEET).file_size > LARGE
    assert large.stat().st_size > sheets._PACKED_LARGE > small.stat().st_size
    (whole,), (part,) = reading.read_tables(large), reading.read_tables(small)
    assert whole.rows[:100] == part.rows[:100]
    assert whole.rows[7_999] == ["第7999号", 1999.75, date(2023, 7, 19), "重庆市", *["甲"] * 4]
    assert (len(whole.merges), whole.name) == (1, "台账")


def test_a_sheet_that_ends_too_early_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    by_xlsxwriter(path, [[f"第{n}号", *["甲"] * 9] for n in range(6_000)])
    rewritten(path, SHEET, lambda content: content[: LARGE + 10_000])
    with pytest.raises(BadInput, match=r"a\.xlsx"):
        reading.read_tables(path)
