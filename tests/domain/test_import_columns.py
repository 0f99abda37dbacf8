"""A column read quickly gives what one cell read carefully gives, whatever stands in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import import_cells, import_rows
from crm_app.domain.import_kinds import field_of
from crm_app.domain.import_odd_days import REGISTERED_IN
from crm_app.domain.imports import Column
from crm_app.errors import BadInput

numbers = st.one_of(
    st.from_regex(r"-?0?[0-9]{1,9}([.,][0-9]{1,5})?", fullmatch=True),
    st.integers(-10, 10**10),
    st.floats(allow_nan=True, allow_infinity=True),
    st.decimals(0, 10**8, places=4).map(float),
    st.booleans(),
    st.sampled_from(["面议", "约3-5亿", "1.2亿美元", "007", "1e5", "12.5 ", "１２", "0.00001"]),
)
texts = st.one_of(
    st.text(),
    st.text("甲乙丙（）() 　\n", max_size=12),
    st.sampled_from(["无", " 暂无 ", "N/A", "null ", "\ud800半个字", " 五个字的话 ", "甲乙丙丁戊"]),
)
days = st.one_of(
    st.dates().map(date.isoformat),
    st.dates(),
    st.datetimes(),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?", fullmatch=True),
    st.integers(0, 90_000),
)
CODE = "91440600549QX0810K"
codes = st.one_of(st.sampled_from([CODE, CODE.lower(), CODE[:-1] + "A", f" {CODE} ", "１" * 18]), st.text(max_size=18))
CELLS = {
    "enterprise.name": texts,
    "enterprise.address": texts,
    "enterprise.uscc": codes,
    "lead.intent": numbers,
    "enterprise.revenue": numbers,
    "lead.registered_on": days,
}


def answer(read: Any) -> object:
    try:
        return repr(read())
    except BadInput as error:
        return str(error)


@pytest.mark.parametrize("unit", ["万元", "亿元", "元", ""])
@pytest.mark.parametrize("target", CELLS)
@given(data=st.data())
def test_the_common_forms_are_read_as_all_others(target: str, unit: str, data: st.DataObject) -> None:
    cell = data.draw(CELLS[target])
    column = Column(0, "列", unit, target)
    reader = import_rows.RowReader([column], {})

    def quickly() -> object:
        values, reasons = reader.read([cell])
        if reasons:
            raise BadInput(reasons[0].removeprefix("列：").removeprefix("列: "))
        if REGISTERED_IN in values:
            # A year (1900) is no day, and kept as what it is.
            return field_of(target).kind.parse(str(cell))
        return values.get(target)

    wanted = answer(lambda: import_cells.read_cell(field_of(target), cell, unit))
    assert answer(quickly) == wanted
    assert answer(quickly) == wanted


def test_people_are_read_from_two_columns_as_from_one() -> None:
    columns = [Column(0, "联系人", "", "contact.people"), Column(1, "电话", "", "contact.phone")]
    reader = import_rows.RowReader(columns, {})
    one = reader.read(["张小示", "13800000001"]).values["contacts"]
    assert one == ({"name": "张小示", "title": None, "phone": "+8613800000001", "email": None, "note": None},)
    assert reader.read(["张小示", "138 0000 0001"]).values["contacts"] == one
    assert reader.read(["张小示；李小示", "13800000001"]).values["contacts"][0] == one[0]
