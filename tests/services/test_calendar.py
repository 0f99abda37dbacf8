"""The calendar's read and its moves, in a book of a few rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crm_app.domain.trips import TripKind
from crm_app.errors import BadInput, Refused
from crm_app.services import book as books
from crm_app.services import calendar, exports, follow_ups, receptions, tasks, trips, visits
from crm_app.services.calendar import Span
from crm_app.services.receptions import Receive
from crm_app.services.visits import WriteVisit
from tests.services.conftest import TODAY, Bureau

MONDAY, FRIDAY = date(2023, 6, 12), date(2023, 6, 16)
FIRST, LAST = date(2023, 5, 29), date(2023, 7, 2)


def _seen(bureau: Bureau, first: date = FIRST, last: date = LAST, per_day: int = 40) -> Span:
    return calendar.between(bureau.book, first, last, per_day=per_day)


def _filled(bureau: Bureau) -> None:
    trip = trips.create_trip(bureau.book, start_on=MONDAY, end_on=FRIDAY, title="深圳行").value.id
    trips.create_trip(
        bureau.book, start_on=date(2023, 1, 3), end_on=date(2023, 12, 29), title="驻沪", kind=TripKind.POSTING
    )
    trips.plan_visits(bureau.book, trip, [bureau.battery, bureau.motors], on=FRIDAY)
    visits.write_visit(
        bureau.book,
        WriteVisit(enterprise_id=bureau.motors, on=TODAY, time="9:30", trip_id=trip, talk="电话 13800138000"),
    )
    follow_ups.log_follow_up(bureau.book, content="约定拜访", mode="电话", on=MONDAY, enterprise_id=bureau.battery)
    tasks.add_task(bureau.book, "6月20日 回访", enterprise_id=bureau.battery)
    done = tasks.add_task(bureau.book, "6月21日 送资料", enterprise_id=bureau.motors).value
    tasks.finish_task(bureau.book, done)
    tasks.add_task(bureau.book, "8月1日 再访", enterprise_id=bureau.motors)
    asked = Receive(enterprise_id=bureau.motors, on=MONDAY, promises=("6月23日前 回复电价",), asks=("五万平厂房",))
    receptions.receive(bureau.book, asked)


def test_what_lies_in_some_days_is_read_with_what_each_day_is(bureau: Bureau) -> None:
    _filled(bureau)
    span = _seen(bureau)
    assert [(one.kind, one.on, one.enterprise or one.title) for one in span.items] == [
        ("trip", date(2023, 1, 3), "驻沪"),
        ("trip", MONDAY, "深圳行"),
        ("visit", TODAY, "江驰电机(示例)"),
        ("reception", MONDAY, "江驰电机(示例)"),
        ("trip_plan", FRIDAY, "渝能电池(示例)"),
        ("task", date(2023, 6, 20), "渝能电池(示例)"),
        ("task", date(2023, 6, 21), "江驰电机(示例)"),
        ("need", date(2023, 6, 23), "江驰电机(示例)"),
        ("follow_up", MONDAY, "渝能电池(示例)"),
    ]
    assert [one.resident for one in span.items[:2]] == [True, False]
    assert [one.title for one in span.items if calendar.movable(one)] == [
        "驻沪",
        "深圳行",
        "",
        "回访",
        "承诺：回复电价",
    ]
    assert (span.marks[date(2023, 6, 22)].named, span.marks[date(2023, 6, 25)].works) == (True, True)


def test_a_full_day_is_counted_and_its_first_rows_are_read(bureau: Bureau) -> None:
    for number in range(7):
        tasks.add_task(bureau.book, f"6月20日 第{number}件", enterprise_id=bureau.battery)
    span = _seen(bureau, per_day=3)
    assert [one.title for one in span.items] == ["第0件", "第1件", "第2件"]
    assert span.counts == {date(2023, 6, 20): 7}


def test_steps_plans_and_trips_are_put_on_another_day_and_brought_back(bureau: Bureau) -> None:
    trip = trips.create_trip(bureau.book, start_on=MONDAY, end_on=FRIDAY, title="深圳行").value.id
    trips.plan_visits(bureau.book, trip, [bureau.battery], on=TODAY)
    tasks.add_task(bureau.book, "6月20日 回访", enterprise_id=bureau.battery)
    by_kind = {one.kind: one for one in _seen(bureau).items}
    calendar.move(bureau.book, by_kind["task"], date(2023, 6, 21))
    with pytest.raises(BadInput):
        calendar.move(bureau.book, by_kind["trip_plan"], date(2023, 6, 20))
    calendar.move(bureau.book, by_kind["trip_plan"], FRIDAY)
    before = trips.trip_page(bureau.book, trip).trip
    calendar.move(bureau.book, by_kind["trip"], date(2023, 6, 19))
    moved = trips.trip_page(bureau.book, trip)
    assert (moved.trip.start_on, moved.trip.end_on) == (date(2023, 6, 19), date(2023, 6, 23))
    assert moved.plans[0].plan.on == date(2023, 6, 23)
    assert moved.trip.report_due is not None
    assert before.report_due is not None
    assert moved.trip.report_due > before.report_due
    books.undo(bureau.book)
    assert trips.trip_page(bureau.book, trip).trip == before
    assert trips.trip_page(bureau.book, trip).plans[0].plan.on == FRIDAY
    visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, on=TODAY, trip_id=trip))
    with pytest.raises(Refused):
        calendar.move(bureau.book, by_kind["trip"], date(2023, 6, 19))
    seen = next(one for one in _seen(bureau).items if one.kind == "visit")
    with pytest.raises(Refused):
        calendar.move(bureau.book, seen, FRIDAY)


def test_a_promise_is_put_on_another_day_until_it_is_kept(bureau: Bureau) -> None:
    _filled(bureau)
    item = next(one for one in _seen(bureau).items if one.kind == "need")
    calendar.move(bureau.book, item, date(2023, 6, 26))
    (moved,) = [one for one in _seen(bureau).items if one.kind == "need"]
    assert (moved.on, calendar.told(moved)) == (date(2023, 6, 26), "6月26日 周一 江驰电机(示例) 承诺：回复电价")
    tasks.finish_tasks(bureau.book, [item.id])
    assert "need" not in {one.kind for one in _seen(bureau).items}, "what is kept is due no more"
    with pytest.raises(Refused):
        calendar.move(bureau.book, item, FRIDAY)


def test_what_took_place_since_it_was_seen_stays_on_its_day(bureau: Bureau) -> None:
    trip = trips.create_trip(bureau.book, start_on=MONDAY, end_on=FRIDAY, title="深圳行").value.id
    trips.plan_visits(bureau.book, trip, [bureau.battery], on=TODAY)
    task = tasks.add_task(bureau.book, "6月20日 回访", enterprise_id=bureau.battery).value
    by_kind = {one.kind: one for one in _seen(bureau).items}
    tasks.finish_task(bureau.book, task)
    visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, on=TODAY, trip_id=trip))
    for kind in ("task", "trip_plan"):
        with pytest.raises(Refused):
            calendar.move(bureau.book, by_kind[kind], FRIDAY)


def test_what_is_seen_goes_out_as_a_calendar_and_numbers_masked(bureau: Bureau, tmp_path: Path) -> None:
    _filled(bureau)
    out = tmp_path / "june.ics"
    assert exports.export_calendar(bureau.book, FIRST, LAST, ("trip", "visit", "reception", "task", "need"), out) == 7
    text = out.read_text(encoding="utf-8").replace("\r\n ", "")
    assert (text.count("BEGIN:VEVENT"), text.count("BEGIN:VTODO")) == (4, 3)
    assert "DTSTART:20230614T093000" in text
    assert "SUMMARY:拜访：江驰电机(示例)" in text
    assert "13800138000" not in text


def test_a_trip_that_moves_keeps_its_title_and_its_report_by_the_rule(bureau: Bureau) -> None:
    trip = trips.create_trip(bureau.book, start_on=MONDAY, end_on=FRIDAY).value.id
    item = next(one for one in _seen(bureau).items if one.kind == "trip")
    calendar.move(bureau.book, item, date(2023, 6, 13))
    moved = trips.trip_page(bureau.book, trip).trip
    again = trips.create_trip(bureau.book, start_on=date(2023, 6, 13), end_on=date(2023, 6, 17)).value.id
    alike = trips.trip_page(bureau.book, again).trip
    assert (moved.title, moved.report_due) == (alike.title, alike.report_due)
