"""Rows that cross packed: each cell is what it was, whatever stands in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm_app.files.cells import PackedRows
from crm_app.files.held_rows import hold


@pytest.mark.parametrize("level", [0, 1])
@pytest.mark.parametrize(
    "rows",
    [
        [["甲公司", None, "电池"], ["乙公司"], [None, "“丙”, \\ \n", " "]],
        [["甲\x1f公司", "电池"], ["乙公司", "\x1e"], [None, "电机"]],
        [["甲\x1d公司"], ["乙公司", "x"]],
        [["\x1d"], [None]],
        [["甲公司"], [], ["乙公司"]],
        [["甲公司", 12.5, True], ["乙公司", date(2024, 3, 5)]],
    ],
)
def test_rows_come_out_as_they_went_in(rows: list[list[Any]], level: int) -> None:
    held = hold(list(enumerate(rows)), level)
    packed = PackedRows(held.packed)
    assert [packed.row(place) for place in range(len(rows))] == rows
    assert [packed.only([place]).row(0) for place in range(len(rows))] == rows
