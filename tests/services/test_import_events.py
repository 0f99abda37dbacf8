"""Events and forecasts come in from ledgers of their own, and agreements find the event they were signed at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from crm_app.domain.events import Event, EventKind
from crm_app.domain.projects import Signing
from crm_app.domain.targets import Forecast, Metric, Target
from crm_app.services import imports
from crm_app.services.book import Book
from tests.services.ledgers import PROJECTS, Rows, all_of, imported, ledger, run

EVENTS: Rows = [
    ["活动名称", "时间", "地点", "类型", "场次", "参加人数"],
    ["二季度集中签约", "2023年5月18日", "双福", "签约仪式", 1, "约120人"],
    ["智博会专场推介", "2023.5.4-6", "重庆", "推介", "", 80],
    ["招商知识培训", "2023年5月", "区党校", "培训", "", 45],
]
EXPECTED: Rows = [
    ["指标", "单位", "全年目标", "预计全年完成", "依据"],
    ["签约金额", "亿元", 1000, 1100, "在手项目"],
    ["签约项目数", "个", 120, 128, ""],
]


def test_events_come_in_with_their_kind_and_the_day_they_began(book: Book, tmp_path: Path) -> None:
    path = ledger(tmp_path / "活动.xlsx", "2023年招商活动台账", EVENTS)
    plan = imported(book, path, "events", 2, 1)
    assert "2023年5月6日" in plan.rows[1].remarks[0]
    assert "准确日期" in plan.rows[2].reasons[0], "an event has its day"
    found = [(one.kind, one.on, one.people) for one in all_of(book, Event) if isinstance(one, Event)]
    assert found == [
        (EventKind.SIGNING, date(2023, 5, 18), 120),
        (EventKind.PROMOTION, date(2023, 5, 4), 80),
    ]
    run(book, ledger(tmp_path / "项目.xlsx", "项目台账", PROJECTS), "projects")
    rows: Rows = [["项目名称", "协议类型", "签约日期", "签约金额(亿元)", "签约活动"]]
    rows.append(["电池基地（示例）", "补充协议", "2023-06-10", 1, "二季度集中签约"])
    run(book, ledger(tmp_path / "签约.xlsx", "签约台账", rows), "signings")
    at = [one.event_id for one in all_of(book, Signing) if isinstance(one, Signing) and one.event_id]
    assert at == [all_of(book, Event)[0].id]


def test_a_forecast_stands_on_its_ground_and_sets_no_target(book: Book, tmp_path: Path) -> None:
    path = ledger(tmp_path / "预计.xlsx", "2023年全年预计完成情况", EXPECTED)
    plan = imported(book, path, "forecasts", 1, 1)
    assert "依据" in plan.rows[1].reasons[0]
    (one,) = [one for one in all_of(book, Forecast) if isinstance(one, Forecast)]
    assert (one.metric, one.value, one.basis) == (Metric.SIGNED_YUAN, 110_000_000_000, "在手项目")
    assert (one.from_on, one.to_on) == (date(2023, 1, 1), date(2023, 12, 31))
    assert all_of(book, Target) == []
    rows: Rows = [["指标", "目标值", "单位", "预计完成"], ["签约金额", 1000, "亿元", 1100]]
    plan = imports.plan(book, ledger(tmp_path / "任务.xlsx", "2023年招商任务分解表", rows))
    assert plan.sheets[0].kind == "targets", "beside targets it is only a column"
