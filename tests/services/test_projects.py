from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from crm_app import clock
from crm_app.domain import amounts
from crm_app.domain.amounts import Currency
from crm_app.domain.days import FuzzyDay, Precision
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Origin
from crm_app.domain.stages import Stage
from crm_app.domain.views import Filter, Op, Query
from crm_app.errors import BadInput, NotFound, Refused
from crm_app.services import book as books
from crm_app.services import follow_ups, lists, projects, recycle_bin, tasks, visits
from crm_app.services.projects import ProjectFilter, Share
from crm_app.services.visits import WriteVisit
from tests.projects import new_project
from tests.services.conftest import TODAY, Bureau

YI = 100_000_000
MAY = date(2023, 5, 8)
REVIEWED: dict[str, Any] = {
    "content": "动力电池壳体",
    "cluster": "智能网联新能源汽车",
    "industry": "汽车零部件",
    "output": 5 * YI,
    "tax": 2_000_0000,
    "jobs": 300,
}
READY: dict[str, Any] = REVIEWED | {
    "origin": Origin.ATTRACTED,
    "project_type": "新设",
    "channel": "产业链招商",
    "total_investment": 10 * YI,
    "fixed_investment": 6 * YI,
}
CONTRACT = {
    "signing.signed_on": FuzzyDay(MAY, MAY, Precision.DAY),
    "signing.amount": Amount(10 * YI),
    "project_park.park": "科学城江津片区",
}


def make(bureau: Bureau, *, on: date = MAY, **values: Any) -> UUID:
    return new_project(bureau.book, "渝能电池西部基地(示例)", [bureau.battery], on=on, **values).value


def signed(bureau: Bureau) -> UUID:
    project = make(bureau, **READY)
    projects.move_stage(bureau.book, project, Stage.SIGNED, MAY, answers=CONTRACT)
    return project


def keys(bureau: Bureau, project: UUID, stage: Stage) -> set[str]:
    return {question.key for question in projects.stage_questions(bureau.book, project, stage)}


def test_shares_sum_to_a_hundred_or_the_sum_is_named(bureau: Bureau) -> None:
    project = make(bureau)
    with pytest.raises(BadInput, match=r"98\.5") as refused:
        projects.set_investors(
            bureau.book, project, [Share(bureau.battery, Decimal(60)), Share(bureau.motors, Decimal("38.5"))]
        )
    assert refused.value.field == "share"
    projects.set_investors(
        bureau.book, project, [Share(bureau.motors, Decimal(40)), Share(bureau.battery, Decimal(60), "控股")]
    )
    held = {one.enterprise.id: one.investor.share for one in projects.project_page(bureau.book, project).investors}
    assert held == {bureau.battery: Decimal(60), bureau.motors: Decimal(40)}
    projects.set_investors(bureau.book, project, [Share(bureau.motors, Decimal(100))])
    assert [one.enterprise.id for one in projects.project_page(bureau.book, project).investors] == [bureau.motors]


def test_a_stage_asks_exactly_for_what_it_and_skipped_ones_need(bureau: Bureau) -> None:
    project = make(bureau, content="动力电池壳体")
    reviewed = {f"project.{name}" for name in REVIEWED} - {"project.content"}
    assert keys(bureau, project, Stage.REVIEW) == reviewed
    assert keys(bureau, project, Stage.MOU) == reviewed
    assert keys(bureau, project, Stage.SIGNED) == reviewed | {
        "project.origin",
        "project.project_type",
        "project.channel",
        "project.total_investment",
        "project.fixed_investment",
        "signing.signed_on",
        "signing.amount",
        "project_park.park",
    }
    assert keys(bureau, project, Stage.STARTED) == keys(bureau, project, Stage.SIGNED) | {"stage_entry.evidence"}
    assert keys(bureau, project, Stage.ON_HOLD) == {"stage_entry.reason"}


def test_a_move_is_refused_while_something_asked_is_open_and_nothing_is_written(bureau: Bureau) -> None:
    project = make(bureau)
    with pytest.raises(BadInput, match="达产产值") as refused:
        projects.move_stage(bureau.book, project, Stage.REVIEW, TODAY, answers={"project.content": "壳体"})
    assert refused.value.field == "project.cluster"
    page = projects.project_page(bureau.book, project)
    assert (page.stage, page.project.content) == (Stage.NEGOTIATING, None)


def test_a_reason_stands_in_for_what_is_not_known_yet_but_not_for_the_contract(bureau: Bureau) -> None:
    project = make(bureau)
    projects.move_stage(bureau.book, project, Stage.REVIEW, MAY, answers={"stage_entry.reason": "产值税收待定"})
    assert projects.project_page(bureau.book, project).stage is Stage.REVIEW
    with pytest.raises(BadInput) as refused:
        projects.move_stage(bureau.book, project, Stage.SIGNED, MAY, answers={"stage_entry.reason": "资料后补"})
    assert refused.value.field == "signing.signed_on"


def test_one_dialog_signs_a_project_and_one_undo_takes_it_back(bureau: Bureau) -> None:
    project = make(bureau)
    answers = {f"project.{name}": value for name, value in READY.items()} | CONTRACT
    answers["investor.share"] = [Share(bureau.battery, Decimal(60)), Share(bureau.motors, Decimal(40))]
    projects.move_stage(bureau.book, project, Stage.SIGNED, MAY, answers=answers)
    page = projects.project_page(bureau.book, project)
    assert page.stage is Stage.SIGNED
    assert [(one.kind, one.amount) for one in page.signings] == [(Agreement.FORMAL, Amount(10 * YI))]
    assert (page.park_at_signing, page.park_today) == ("双福科技创新城", "双福科技创新城")
    assert page.project.channel == "产业链招商"
    assert len(page.investors) == 2
    books.undo(bureau.book)
    assert projects.project_page(bureau.book, project).stage is Stage.NEGOTIATING
    assert projects.project_page(bureau.book, project).signings == []


def test_a_start_wants_evidence_and_comes_after_the_signing(bureau: Bureau) -> None:
    project, permit = signed(bureau), {"stage_entry.evidence": "施工许可证"}
    with pytest.raises(BadInput) as refused:
        projects.move_stage(bureau.book, project, Stage.STARTED, TODAY)
    assert refused.value.field == "evidence"
    with pytest.raises(BadInput) as refused:
        projects.move_stage(bureau.book, project, Stage.STARTED, MAY - timedelta(days=1), answers=permit)
    assert refused.value.field == "on"
    projects.move_stage(bureau.book, project, Stage.STARTED, TODAY, answers=permit)
    assert projects.project_page(bureau.book, project).entries[-1].evidence == "施工许可证"


def test_a_project_put_aside_comes_back_where_it_was(bureau: Bureau) -> None:
    project = signed(bureau)
    projects.move_stage(bureau.book, project, Stage.ON_HOLD, MAY, answers={"stage_entry.reason": "等待土地指标"})
    choices = projects.project_page(bureau.book, project).stage_choices
    assert Stage.SIGNED in choices
    assert Stage.MOU not in choices
    projects.move_stage(bureau.book, project, Stage.SIGNED, MAY)
    page = projects.project_page(bureau.book, project)
    assert page.stage is Stage.SIGNED
    assert len(page.signings) == 1


def test_a_formal_contract_brings_its_project_to_signed(bureau: Bureau) -> None:
    project = make(bureau, **READY)
    park = {"project_park.park": "双福工业园"}
    projects.sign(bureau.book, project, kind=Agreement.FORMAL, signed_on=MAY, amount=Amount(10 * YI), answers=park)
    page = projects.project_page(bureau.book, project)
    assert len(page.entries) == 2
    assert (page.stage, page.stage_on, page.park_today) == (Stage.SIGNED, FuzzyDay.of(MAY), "双福科技创新城")


def test_other_agreements_move_no_stage(bureau: Bureau) -> None:
    project = make(bureau)
    projects.sign(bureau.book, project, kind=Agreement.FRAMEWORK, signed_on=MAY, amount=Amount(80 * YI))
    page = projects.project_page(bureau.book, project)
    assert (page.stage, len(page.entries)) == (Stage.NEGOTIATING, 1)


def test_a_month_stays_a_month_and_progress_is_dated_when_it_was_over(bureau: Bureau) -> None:
    project = make(bureau, on=date(2023, 3, 1), **READY)
    april = FuzzyDay(date(2023, 4, 1), date(2023, 4, 30), Precision.MONTH)
    park = {"project_park.park": "珞璜工业园"}
    projects.sign(bureau.book, project, kind=Agreement.FORMAL, signed_on=april, amount=Amount(YI), answers=park)
    page = projects.project_page(bureau.book, project)
    assert page.signings[0].signed_on == april
    assert (page.stage_on, page.entries[-1].on) == (april, date(2023, 4, 30))
    assert page.entries[-1].reason == "签约时间仅知为2023年4月，具体日期不详"


def test_supplement_and_cancellation_stand_on_a_contract(bureau: Bureau) -> None:
    project = make(bureau, **READY)
    for kind in (Agreement.SUPPLEMENT, Agreement.CANCELLATION):
        with pytest.raises(Refused):
            projects.sign(bureau.book, project, kind=kind, signed_on=MAY, amount=Amount(YI))
    projects.move_stage(bureau.book, project, Stage.SIGNED, MAY, answers=CONTRACT)
    early = MAY - timedelta(days=1)
    with pytest.raises(BadInput) as refused:
        projects.sign(bureau.book, project, kind=Agreement.SUPPLEMENT, signed_on=early, amount=Amount(YI))
    assert refused.value.field == "signed_on"
    projects.sign(bureau.book, project, kind=Agreement.SUPPLEMENT, signed_on=TODAY, amount=Amount(YI))
    ended = projects.sign(bureau.book, project, kind=Agreement.CANCELLATION, signed_on=TODAY)
    assert ended.value.warnings
    kinds = {one.id: one for one in projects.project_page(bureau.book, project).signings}
    assert kinds[ended.value.id].amount == Amount(10 * YI)
    with pytest.raises(Refused):
        projects.sign(bureau.book, project, kind=Agreement.CANCELLATION, signed_on=TODAY)


def test_a_second_contract_is_a_project_of_its_own_unless_the_first_was_cancelled(bureau: Bureau) -> None:
    project = signed(bureau)
    again: dict[str, Any] = {"kind": Agreement.FORMAL, "signed_on": TODAY, "amount": Amount(YI)}
    with pytest.raises(Refused):
        projects.sign(bureau.book, project, **again)
    projects.sign(bureau.book, project, kind=Agreement.CANCELLATION, signed_on=TODAY)
    (told,) = projects.sign(bureau.book, project, **again).value.warnings
    assert "计" in told


def test_dollars_want_a_rate_and_the_rate_its_day(bureau: Bureau) -> None:
    project = make(bureau, **READY)
    dollars: dict[str, Any] = {
        "kind": Agreement.FORMAL,
        "signed_on": MAY,
        "amount": Amount(12_000_000_000, Currency.USD),
        "answers": {"project_park.park": "德感"},
    }
    with pytest.raises(BadInput) as refused:
        projects.sign(bureau.book, project, rate=Decimal("6.9"), **dollars)
    assert refused.value.field == "rate_on"
    assert projects.sign(bureau.book, project, **dollars).value.warnings
    books.undo(bureau.book)
    priced = projects.sign(bureau.book, project, rate=Decimal("6.9"), rate_on=MAY, **dollars)
    assert priced.value.warnings == ()


def test_counting_otherwise_wants_a_reason(bureau: Bureau) -> None:
    project = signed(bureau)
    (signing,) = projects.project_page(bureau.book, project).signings
    with pytest.raises(BadInput) as refused:
        projects.switch_count(bureau.book, signing.id, 0, 0, " ")
    assert refused.value.field == "count_reason"
    projects.switch_count(bureau.book, signing.id, 0, None, "并入母项目统计")
    (switched,) = projects.project_page(bureau.book, project).signings
    assert (switched.counted_projects, switched.counted_yuan, switched.count_reason) == (0, None, "并入母项目统计")


def test_a_move_between_parks_keeps_the_park_of_signing(bureau: Bureau) -> None:
    project = signed(bureau)
    with pytest.raises(BadInput) as refused:
        projects.set_park(bureau.book, project, "珞璜工业园", TODAY)
    assert refused.value.field == "reason"
    projects.set_park(bureau.book, project, "珞璜工业园", TODAY, "用地调整")
    page = projects.project_page(bureau.book, project)
    assert (page.park_at_signing, page.park_today) == ("双福科技创新城", "珞璜临港产业城")


def test_funds_over_the_total_are_told_and_kept(bureau: Bureau) -> None:
    project = signed(bureau)
    first = projects.add_fund(bureau.book, project, on=TODAY, amount=Amount(9 * YI))
    abroad = projects.add_fund(bureau.book, project, on=TODAY, amount=Amount(9 * YI, Currency.USD), foreign=True)
    assert first.value.warnings == abroad.value.warnings == (), "dollars are never added to yuan"
    told = projects.add_fund(bureau.book, project, on=TODAY, amount=Amount(2 * YI)).value.warnings
    assert len(told) == 2
    assert amounts.show_money(11 * YI) in told[0]
    reasoned = projects.add_fund(bureau.book, project, on=TODAY, amount=Amount(YI), note="追加流动资金").value
    assert len(reasoned.warnings) == 1
    assert len(projects.project_page(bureau.book, project).funds) == 4


def test_a_fixed_investment_over_the_total_is_told(bureau: Bureau) -> None:
    project = make(bureau, **READY)
    (told,) = projects.change_project(bureau.book, project, fixed_investment=11 * YI).value.warnings
    assert amounts.show_money(11 * YI) in told
    assert projects.change_project(bureau.book, project, fixed_investment=10 * YI).value.warnings == ()


def test_needs_are_met_once(bureau: Bureau) -> None:
    project = make(bureau)
    need = projects.add_need(
        bureau.book, kind="用地", project_id=project, quantity=Decimal(120), measure="亩", dept="规资局", due=TODAY
    ).value
    projects.change_need(bureau.book, need, text="一期120亩")
    projects.solve_need(bureau.book, need)
    (met,) = projects.project_page(bureau.book, project).needs
    assert (met.text, met.solved_on) == ("一期120亩", TODAY)
    with pytest.raises(BadInput):
        projects.solve_need(bureau.book, need)


def test_milestones_come_in_any_order(bureau: Bureau) -> None:
    project = make(bureau)
    projects.add_milestone(bureau.book, project, "供地", date(2023, 6, 1))
    projects.add_milestone(bureau.book, project, "注册", date(2023, 1, 5), "营业执照")
    assert [one.kind for one in projects.project_page(bureau.book, project).milestones] == ["注册", "供地"]


def test_per_mu_figures_are_in_wan_a_mu(bureau: Bureau) -> None:
    page = projects.project_page(bureau.book, make(bureau, land=Decimal(150), **READY))
    assert page.per_mu == projects.PerMu(Decimal("400.00"), Decimal("333.33"), Decimal("13.33"))
    assert projects.project_page(bureau.book, make(bureau, **READY)).per_mu.investment is None


def test_the_board_sums_its_columns_and_marks_what_stands_still(bureau: Bureau) -> None:
    big = make(bureau, total_investment=3 * YI)
    still = new_project(bureau.book, "久谈(示例)", [bureau.motors], on=date(2023, 3, 1)).value
    signed(bureau)
    columns = {column.stage: column for column in projects.board(bureau.book).columns}
    assert list(columns) == list(Stage)
    assert [card.project.id for card in columns[Stage.NEGOTIATING].cards] == [still, big]
    assert columns[Stage.NEGOTIATING].total_yuan == 3 * YI
    assert columns[Stage.SIGNED].total_yuan == 10 * YI
    assert columns[Stage.NEGOTIATING].cards[0].stalled_days == 105
    assert columns[Stage.NEGOTIATING].cards[1].stalled_days == 37


def test_a_visit_or_a_call_wakes_a_project_up(bureau: Bureau) -> None:
    new_project(bureau.book, "甲(示例)", [bureau.battery], on=date(2023, 3, 1))
    other = new_project(bureau.book, "乙(示例)", [bureau.motors], on=date(2023, 3, 1)).value
    assert len(projects.list_projects(bureau.book, ProjectFilter(stalled_only=True))) == 2
    visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, on=date(2023, 6, 1)))
    follow_ups.log_follow_up(bureau.book, content="催报方案", mode="电话", project_id=other)
    assert projects.list_projects(bureau.book, ProjectFilter(stalled_only=True)) == []


def test_the_board_is_narrowed_and_the_table_searched(bureau: Bureau) -> None:
    contract, talk = signed(bureau), make(bureau, cluster="先进材料")

    def narrowed(**wanted: Any) -> list[UUID]:
        return [row.project.id for row in projects.list_projects(bureau.book, ProjectFilter(**wanted))]

    def found(text: str, *filters: Filter) -> list[UUID]:
        return [row.id for row in lists.first_rows(bureau.book, Query("projects", filters), found=text).rows]

    assert narrowed() == [talk, contract]
    assert narrowed(cluster="先进材料") == [talk]
    assert narrowed(owner_id=bureau.colleague) == []
    assert set(found("西部基地")) == {talk, contract}
    assert set(found("ynd")) == {talk, contract}, "by the initials of the investor"
    assert found("ynd", Filter("cluster", Op.ONE_OF, ("先进材料",))) == [talk]
    assert found("ynd", Filter("stage", Op.ONE_OF, (Stage.SIGNED.value,))) == [contract]
    assert found("没有这个") == []


def test_a_card_names_the_next_step(bureau: Bureau) -> None:
    project = make(bureau)
    tasks.add_task(bureau.book, "2023-07-01 复谈", project_id=project)
    tasks.add_task(bureau.book, "2023-06-20 送方案", project_id=project)
    (row,) = projects.list_projects(bureau.book)
    assert row.next_task
    assert (row.next_task.what, row.next_task.due) == ("送方案", date(2023, 6, 20))


def test_the_page_tells_everything_in_one_line_of_time(bureau: Bureau) -> None:
    project = signed(bureau)
    projects.add_milestone(bureau.book, project, "注册", date(2023, 5, 20))
    projects.add_fund(bureau.book, project, on=date(2023, 6, 1), amount=Amount(YI))
    visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, on=date(2023, 6, 2), talk="现场踏勘"))
    follow_ups.log_follow_up(bureau.book, content="催报方案", mode="电话", project_id=project, on=date(2023, 6, 3))
    line = projects.project_page(bureau.book, project).timeline
    assert [entry.kind for entry in line] == [
        "follow_up",
        "visit",
        "fund",
        "milestone",
        "stage",
        "signing",
        "stage",
    ]


def test_a_signed_project_is_not_deleted(bureau: Bureau) -> None:
    with pytest.raises(Refused):
        recycle_bin.delete(bureau.book, "project", signed(bureau))
    talk = make(bureau)
    recycle_bin.delete(bureau.book, "project", talk)
    with pytest.raises(NotFound):
        projects.project_page(bureau.book, talk)


def test_dates_in_the_future_never_block(bureau: Bureau) -> None:
    clock.pin_today(MAY)
    project = make(bureau, **READY)
    projects.move_stage(bureau.book, project, Stage.SIGNED, TODAY, answers=CONTRACT)
    assert projects.project_page(bureau.book, project).stage_on == FuzzyDay.of(TODAY)
