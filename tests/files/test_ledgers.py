"""What the reader child says of the rows of a ledger crosses unchanged, and is believed in nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
import xlsxwriter
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
from crm_app.files import asking
from crm_app.files.frames import write_frame, write_raw
from crm_app.files.ledgers import Block, Ended, Outline, Settled, Wanted, read_ledgers
from crm_app.files.structure import LeftOut
from tests.ready_readers import started_anew

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


@pytest.mark.parametrize(("last", "order"), [("13/04/2023", DayOrder.DAY_FIRST), ("2023-04-13", None)])
def test_how_days_are_written_is_told_by_rows_far_below(tmp_path: Path, last: str, order: DayOrder | None) -> None:
    path = tmp_path / "a.csv"
    rows = [*(f"第{row}号工厂,2023-05-06" for row in range(1_200)), "甲公司,03/04/2023", f"合计,{last}"]
    path.write_text("企业名称,日期\n" + "\n".join(rows), "utf-8")
    heard = list(read_ledgers(path, lambda _outline: COLUMNS, {}))
    *above, settled, block, _ended = heard
    assert {*map(type, above)} == {Block}
    assert isinstance(settled, Settled)
    assert isinstance(block, Block)
    row = block.rows[block.numbers.index(1_201)]
    assert settled.columns[1].day_order is order
    assert row.values.get("lead.registered_on") == (date(2023, 4, 3) if order else None)
    assert [one.column for one in settled.questions] == ([] if order else [1])
    assert len(row.reasons) == (0 if order else 1)


def test_a_child_that_waits_answers_the_next_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("企业名称,日期\n甲公司,2023-05-06\n", "utf-8")
    started, command = list[list[str]](), asking._command

    def start() -> list[str]:
        started.append(command())
        return started[-1]

    def rows_read() -> int:
        heard = read_ledgers(path, lambda _outline: COLUMNS, {})
        return sum(len(one.rows) for one in heard if isinstance(one, Block))

    monkeypatch.setattr(asking, "_command", start)
    asking.let_go()
    asking.make_ready()
    asking.make_ready()
    assert (rows_read(), len(started)) == (1, 1)
    assert (rows_read(), len(started)) == (1, 2)
    asking.make_ready()
    asking.let_go()
    assert (rows_read(), len(started)) == (1, 4)


def test_a_child_that_waits_has_loaded_what_it_reads_a_ledger_with(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("企业名称,联系人,备注\n重庆甲乙科技有限公司,张三,要地\n", "gb18030")
    columns = [[0, "", "", "enterprise.name", "", "", None], [1, "", "", "contact.people", "", "", None]]
    reply = {"columns": columns, "folds": {}, "plain": True, "leads": False, "indexed": True, "kept": False}
    program = f"""
import io, sys
from crm_app.files import ledger_rows
from crm_app.files.frames import write_frame
ledger_rows.make_ready()
known, replies, answers = set(sys.modules), io.BytesIO(), io.BytesIO()
write_frame(replies, {reply})
replies.seek(0)
request = {{"path": {str(path)!r}, "language": "zh_CN", "today": "2026-01-01"}}
ledger_rows.answer(request, replies, answers)
print("重庆甲乙科技有限公司" in answers.getvalue().decode(errors="replace"), set(sys.modules) - known)
print("crm_app.files.streaming" in known)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout.split("\n")[:2] == ["True set()", "True"]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_child_that_died_while_it_waited_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, at_once: bool
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("企业名称,日期\n甲公司,2023-05-06\n", "utf-8")
    with started_anew():
        with monkeypatch.context() as patched:
            # The second one is alive until it is asked.
            patched.setattr(asking, "_command", lambda: ["true"] if at_once else ["sh", "-c", "head -c 1 >/dev/null"])
            asking.make_ready()
        (waiting,) = asking._waiting
        if at_once:
            waiting.wait()
            asking.make_ready()
            assert asking._waiting[0].poll() is None, "another waits in its place"
            asking._waiting[0].kill()
        assert [type(one) for one in read_ledgers(path, lambda _outline: COLUMNS, {})] == [Block, Settled, Ended]


def test_a_large_sheet_is_read_ahead_and_comes_as_it_is(tmp_path: Path) -> None:
    path, amount = tmp_path / "a.xlsx", 6_500
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["企业名称", "日期", *(f"甲{column}" for column in range(40))])
        for row in range(1, amount + 1):
            sheet.write_string(row, 0, f'第{row}号{{"工厂"}}')
            sheet.write_datetime(row, 1, date(2023, 1, 1) + timedelta(days=row % 300), day)
            sheet.write_number(row, 41, row / 4)
    columns = [Column(0, "企业名称", "", "enterprise.name"), Column(1, "日期", "", "lead.registered_on")]
    blocks = [one for one in read_ledgers(path, lambda _outline: columns, {}) if isinstance(one, Block)]
    assert [number for one in blocks for number in one.numbers] == list(range(1, amount + 1))
    for block in blocks:
        for place, number in enumerate(block.numbers):
            on = date(2023, 1, 1) + timedelta(days=number % 300)
            said = {"enterprise.name": f'第{number}号{{"工厂"}}', "lead.registered_on": on}
            assert (block.rows[place].values, block.rows[place].reasons) == (said, ())
            assert block.cells.row(place) == [said["enterprise.name"], on, *[None] * 39, number / 4]


def test_rows_of_very_long_texts_come_in_parts_that_one_frame_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("企业名称,日期\n" + "".join(f"第{row}号工厂,{'长' * 100_000}\n" for row in range(40)), "utf-8")
    blocks = [one for one in read_ledgers(path, lambda _outline: COLUMNS[:1], {}) if isinstance(one, Block)]
    assert len(blocks) > 1
    assert [number for one in blocks for number in one.numbers] == list(range(1, 41))
    assert [row.values["enterprise.name"] for one in blocks for row in one.rows.values()] == [
        f"第{row}号工厂" for row in range(40)
    ]


def test_tables_under_one_another_are_sheets_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(
        "一、企业,\n企业名称,行业\n甲公司,电池\n\n企业名称,行业\n乙公司,电机\n\n备注：以上,\n"
        "二、拜访,\n单位：万元,\n拜访企业,拜访日期\n甲公司,2023-06-01\n,\n丙公司,2023-06-02\n"
        "\n联系人,联系电话,企业名称\n张三,13800000001,甲公司\n",
        "utf-8",
    )
    seen: list[Outline] = []

    def choose(outline: Outline) -> tuple[Column, ...] | None:
        seen.append(outline)
        named = outline.headers.index(next(one for one in outline.headers if one.endswith(("企业", "企业名称"))))
        return None if "拜访日期" in outline.headers else (Column(named, "企业名称", "", "enterprise.name"),)

    heard = list(read_ledgers(path, choose, {}))
    assert [(one.name, one.first, one.unit, one.title, one.alone) for one in seen] == [
        ("", 1, "", "一、企业", True),
        ("台账 · 2", 10, "万元", "备注：以上 二、拜访 单位：万元", False),
        ("台账 · 3", 15, "", "", False),
    ]
    assert [row[0] for row in seen[1].samples if row] == ["甲公司", None, "丙公司"]
    blocks = [one for one in heard if isinstance(one, Block)]
    assert [list(one.numbers) for one in blocks] == [[2, 5], [16]]
    assert [row.values["enterprise.name"] for one in blocks for row in one.rows.values()] == [
        "甲公司",
        "乙公司",
        "甲公司",
    ]
    ended = [one.left_out for one in heard if isinstance(one, Ended)]
    assert ended[0] == {LeftOut.TITLE: 1, LeftOut.EMPTY: 2, LeftOut.HEADER: 1}


def test_a_file_in_which_every_sheet_is_empty_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",\n,\n", "utf-8")
    with pytest.raises(BadInput, match="空"):
        list(read_ledgers(path, lambda _outline: COLUMNS, {}))


@pytest.mark.parametrize(
    ("wanted", "heard"),
    [(Wanted(stored=True, indexed=True), True), (Wanted(stored=True), False), (Wanted(), False)],
)
def test_rows_in_a_form_that_was_not_asked_for_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: Wanted, heard: bool
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("企业名称\n甲公司\n", "utf-8")
    header = {"headers": ["企业名称"], "first": 0, "unit": "", "title": ""}
    sheet = {"sheet": "", "empty": False, "header": header, "samples": [], "encoding": "utf-8", "alone": True}
    sheet["hidden"] = [0, []]
    plain = {"places": [0], "enterprise": {"name": ["甲公司"], "name_key": ["甲"]}, "contact": {}, "contacts_of": []}
    plain |= {"titles": [], "lead": {}, "leads_of": [], "granted": []}
    rows = {"numbers": [1], "targets": [], "rows": [], "plain": plain, "indexed": True, "names": {}, "people": {}}
    with (tmp_path / "said").open("wb") as said:
        write_frame(said, sheet)
        write_frame(said, rows)
        for raw in (b"", b"[[1,null]]", b'[""]', *[b"[]"] * 4, b""):
            write_raw(said, raw)
        write_frame(said, {"done": True})
    asking.let_go()
    monkeypatch.setattr(asking, "_command", lambda: ["sh", "-c", f"cat {tmp_path / 'said'}; sleep 60"])
    answers = read_ledgers(path, lambda _outline: COLUMNS, {}, plainly=lambda _outline: wanted)
    if heard:
        assert [type(one) for one in answers] == [Block]
    else:
        with pytest.raises(BadInput):
            list(answers)
