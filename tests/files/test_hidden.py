"""What nobody sees in a workbook is told, whatever the workbook is."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.files.hidden import hidden_in
from tests.files.other_workbooks import write_ods

_XLS = Path(__file__).with_name("data") / "hidden.xls"


def test_rows_and_columns_that_an_xls_hides_are_told_by_their_sheet() -> None:
    assert hidden_in(_XLS) == {"客商": (frozenset({2}), frozenset({2})), "Sheet2": (frozenset(), frozenset())}


def test_rows_and_columns_that_an_ods_hides_are_told_and_empty_rows_are_not(tmp_path: Path) -> None:
    rows = [["企业名称", "注册地", "批示"], ["甲(示例)", "重庆市", "阅"], ["乙(示例)", None, None]]
    path = write_ods(tmp_path / "客商.ods", "客商", rows)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    before, first, second, third = parts["content.xml"].split(b"<table:table-row>")
    columns = (
        b'<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    )
    filtered = b'<table:table-row table:visibility="filter">'
    empty = b'<table:table-row table:visibility="collapse" table:number-rows-repeated="9"><table:table-cell/>'
    rest = empty + b"</table:table-row>" + filtered + third
    parts["content.xml"] = before + columns + b"<table:table-row>" + first + b"<table:table-row>" + second + rest
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    assert hidden_in(path) == {"客商": (frozenset({11}), frozenset({2}))}


def test_an_xls_whose_sectors_go_round_in_circles_takes_no_more_than_it_holds(tmp_path: Path) -> None:
    data = bytearray(_XLS.read_bytes()[:512].ljust(1 << 20, b"\0"))
    struct.pack_into("<H", data, 30, 12)
    struct.pack_into("<I", data, 48, 1)
    for table in range(109):
        struct.pack_into("<I", data, 76 + 4 * table, 0)
    for sector in range(1024):
        struct.pack_into("<I", data, 4096 + 4 * sector, 1)
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    tracemalloc.start()
    try:
        assert hidden_in(path) == {}
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    finally:
        tracemalloc.stop()


@given(st.integers(0, 5631), st.binary(min_size=1, max_size=8))
def test_a_damaged_xls_breaks_nothing(tmp_path_factory: pytest.TempPathFactory, at: int, other: bytes) -> None:
    data = _XLS.read_bytes()
    path = tmp_path_factory.mktemp("damaged") / "a.xls"
    path.write_bytes(data[:at] + other + data[at + len(other) :])
    assert all(len(one.columns) <= 256 for one in hidden_in(path).values())
