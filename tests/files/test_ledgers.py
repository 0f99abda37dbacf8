"""What the reader child says of the rows of a ledger crosses unchanged, and is believed in nothing else."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import import_wire
from crm_app.domain.amounts import Currency, MoneyRange
from crm_app.domain.days import FuzzyDay, month_of
from crm_app.domain.import_cells import Spoken
from crm_app.domain.import_days import DayOrder
from crm_app.domain.imports import Column
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement
from crm_app.errors import BadInput
from crm_app.files.ledgers import Block, Ended, Outline, Settled, read_ledgers
from crm_app.files.structure import LeftOut

values = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.integers(-(10**15), 10**15),
    st.booleans(),
    st.dates(),
    st.dates().map(FuzzyDay.of),
    st.uuids(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from([month_of(2023, 5), Agreement.FORMAL, Amount(5, Currency.USD), Spoken("张小示", "总经理", "138")]),
    st.builds(
        MoneyRange,
        st.none() | st.integers(0, 10**15),
        st.none(),
        st.sampled_from(Currency),
        st.booleans(),
        st.text("约5亿"),
    ),
)
whole = st.one_of(values, st.lists(values).map(tuple), st.dictionaries(st.text("ab"), values).map(lambda one: (one,)))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(st.sampled_from("dnirafptmo"), inner).map(list)
    ),
)


@given(whole)
def test_a_value_crosses_unchanged(value: object) -> None:
    assert import_wire.decode(json.loads(json.dumps(import_wire.encode(value)))) == value


@given(anything)
def test_nothing_but_values_of_rows_is_taken_from_the_child(said: object) -> None:
    try:
        value = import_wire.decode(said)
    except ValueError:
        return
    known = (str, int, date, UUID, Decimal, MoneyRange, Amount, FuzzyDay, Spoken, tuple, dict, type(None))
    assert isinstance(value, known)


COLUMNS = (Column(0, "企业名称", "", "enterprise.name"), Column(1, "日期", "", "lead.registered_on"))


def test_a_ledger_comes_with_its_columns_rows_cells_and_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("企业名称,日期\n甲公司,13/04/2023\n乙公司,03/04/2023\n丙公司,昨夜\n合计,\n", "gb18030")
    seen: list[Outline] = []

    def choose(outline: Outline) -> tuple[Column, ...]:
        seen.append(outline)
        return COLUMNS

    settled, block, ended = read_ledgers(path, choose, {})
    assert isinstance(settled, Settled)
    assert isinstance(block, Block)
    assert isinstance(ended, Ended)
    assert (seen[0].headers, seen[0].encoding, seen[0].alone) == (("企业名称", "日期"), "gb18030", True)
    assert settled.columns[1].day_order is DayOrder.DAY_FIRST
    assert [row.values.get("lead.registered_on") for row in block.rows.values()] == [
        date(2023, 4, 13),
        date(2023, 4, 3),
        None,
    ]
    assert "日期" in block.rows[2].reasons[0]
    assert (list(block.numbers), block.cells.row(1)) == ([1, 2, 3], ["乙公司", "03/04/2023"])
    assert ended.left_out == {LeftOut.TOTAL: 1}


def test_a_file_in_which_every_sheet_is_empty_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",\n,\n", "utf-8")
    with pytest.raises(BadInput, match="空"):
        list(read_ledgers(path, lambda _outline: COLUMNS, {}))
