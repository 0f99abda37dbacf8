"""The history of projects comes in: follow-ups, money, stages, agreements, linked by name or number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crm_app.domain.amounts import Currency
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Fund, Project, Signing, StageEntry
from crm_app.domain.stages import Stage
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.services.imports import Action
from tests.services.ledgers import FUNDS, PROJECTS, SIGNINGS, STAGES, Rows, all_of, counts, imported, ledger, run


@pytest.fixture
def signed(book: Book, tmp_path: Path) -> Book:
    """Give the book three projects, two of them signed."""
    path = ledger(tmp_path / "项目.xlsx", "项目台账", PROJECTS)
    assert counts(run(book, path, "projects")) == (3, 0, 0, 0)
    return book


def test_follow_ups_of_a_project_are_linked_to_it(signed: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["项目名称", "跟进日期", "跟进方式", "跟进情况"],
        ["电池基地（示例）", "2023.6.5", "电话", "已拿地"],
        ["不存在的项目", "2023.6.5", "电话", "略"],
    ]
    plan = imported(signed, ledger(tmp_path / "跟进.xlsx", "重点项目跟进", rows), "follow_ups", 1, 1)
    assert "项目编号" in plan.rows[1].reasons[0]
    (one,) = all_of(signed, FollowUp)
    assert one.project_id == all_of(signed, Project)[0].id  # type: ignore[attr-defined]
    assert one.enterprise_id is not None  # type: ignore[attr-defined]


def test_funds_are_dated_amounts_of_a_project(signed: Book, tmp_path: Path) -> None:
    path = ledger(tmp_path / "资金.xlsx", "到位资金台账", FUNDS, total=["", "", "", "", 27000], unit="单位：万元")
    plan = imported(signed, path, "funds", 4, 2)
    assert (plan.sheets[0].totals, plan.sheets[0].notes) == (1, 1)
    amounts = [(one.on, one.amount) for one in all_of(signed, Fund) if isinstance(one, Fund)]
    assert amounts == [
        (date(2023, 6, 5), Amount(120_000_000)),
        (date(2023, 6, 6), Amount(150_000_000)),
        (date(2023, 6, 13), Amount(300_000_000, Currency.USD)),
        (date(2023, 6, 30), Amount(10_000)),
    ]
    noted = [str(one.note) for one in all_of(signed, Fund) if isinstance(one, Fund)]
    assert ["2023年6月" in note for note in noted] == [False, False, False, True]
    books.undo(signed)
    assert all_of(signed, Fund) == []


def test_progress_comes_in_any_order_and_never_runs_backwards(signed: Book, tmp_path: Path) -> None:
    plan = imported(signed, ledger(tmp_path / "进展.xlsx", "项目进展记录", STAGES), "stages", 4, 3)
    assert "佐证" in plan.rows[3].reasons[0]
    assert "倒退" in plan.rows[4].reasons[0]
    assert "正式合同" in plan.rows[5].reasons[0]
    battery = all_of(signed, Project)[0].id
    log = [(one.stage, one.on) for one in all_of(signed, StageEntry) if one.project_id == battery]  # type: ignore[attr-defined]
    assert sorted(log, key=lambda entry: entry[1]) == [
        (Stage.NEGOTIATING, date(2023, 1, 5)),
        (Stage.SIGNED, date(2023, 6, 1)),
        (Stage.STARTED, date(2023, 6, 10)),
        (Stage.PRODUCING, date(2023, 6, 13)),
    ]


def test_a_column_of_days_for_each_stage_tells_a_whole_history(signed: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["项目名称", "洽谈时间", "评审时间", "签约时间", "开工时间", "开工佐证"],
        ["电池基地(示例)", "2022-11-01", "2023.3.1", "2023-06-01", "2023-06-12", "许可证1号"],
        ["燃机项目", "2022-11-01", "", "2023-03-01", "2023-06-12", ""],
    ]
    plan = imported(signed, ledger(tmp_path / "进度.xlsx", "项目进度表", rows), "stages", 1, 1)
    assert plan.rows[1].action is Action.REJECT
    assert len(all_of(signed, StageEntry)) == 5


def test_a_supplement_may_stand_above_its_contract(book: Book, tmp_path: Path) -> None:
    head = ["项目名称", "投资主体", "协议类型", "签署日期", "金额(亿元)"]
    rows: Rows = [
        head,
        ["电池基地(示例)", "", "补充协议", "2023-06-12", 3],
        ["电池基地(示例)", "甲公司", "正式合同", "2023-06-01", 72],
        ["没有的项目", "", "补充协议", "2023-06-12", 3],
    ]
    plan = imported(book, ledger(tmp_path / "协议.xlsx", "协议台账", rows), "signings", 2, 1)
    assert [row.action for row in plan.rows] == [Action.CREATE, Action.CREATE, Action.REJECT]
    kinds = [one.kind for one in all_of(book, Signing) if isinstance(one, Signing)]
    assert kinds == [Agreement.FORMAL, Agreement.SUPPLEMENT]


def test_agreements_follow_one_another_as_the_rules_say(signed: Book, tmp_path: Path) -> None:
    plan = imported(signed, ledger(tmp_path / "协议.xlsx", "协议台账", SIGNINGS), "signings", 3, 2)
    assert [bool(row.reasons) for row in plan.rows] == [False, False, True, True, False]
    signings = [one for one in all_of(signed, Signing) if isinstance(one, Signing)]
    assert [one.kind for one in signings][2:] == [Agreement.SUPPLEMENT, Agreement.FRAMEWORK, Agreement.CANCELLATION]
    assert signings[4].amount == signings[1].amount
