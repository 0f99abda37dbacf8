from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.trips import PlanState, TripKind
from crm_app.errors import BadInput, NotFound, Refused
from crm_app.services import book as books
from crm_app.services import enterprises, recycle_bin, trips, visits
from crm_app.services.visits import WriteVisit
from tests.services.conftest import Bureau

MONDAY, FRIDAY = date(2023, 6, 12), date(2023, 6, 16)


def make(bureau: Bureau, **values: Any) -> trips.TripSaved:
    wanted: dict[str, Any] = {
        "start_on": MONDAY,
        "end_on": FRIDAY,
        "regions": ("广东省深圳市", "广东省广州市"),
    } | values
    return trips.create_trip(bureau.book, **wanted).value


def test_a_title_and_the_day_of_the_report_are_proposed(bureau: Bureau) -> None:
    trip = trips.trip_page(bureau.book, make(bureau).id).trip
    assert trip.title == "赴广东省深圳市、广东省广州市招商"
    assert trip.kind is TripKind.OUTING
    # Five working days after Friday the 16th; the 22nd and 23rd are the dragon boat festival, the 25th is worked.
    assert trip.report_due == date(2023, 6, 26)


def test_an_overseas_trip_is_reported_fifteen_days_after_the_return(bureau: Bureau) -> None:
    trip = trips.trip_page(bureau.book, make(bureau, regions=("泰国",), overseas_countries=("泰国",)).id).trip
    assert trip.kind is TripKind.OVERSEAS
    assert trip.report_due == date(2023, 7, 1)


def test_the_days_until_the_report_are_a_setting(bureau: Bureau) -> None:
    books.change_setting(bureau.book, trips.REPORT_WORKDAYS_INSIDE, "1")
    assert trips.trip_page(bureau.book, make(bureau).id).trip.report_due == date(2023, 6, 19)


def test_a_return_before_the_departure_is_refused_in_words(bureau: Bureau) -> None:
    with pytest.raises(BadInput, match=days.show_date(date(2023, 6, 11))) as refused:
        make(bureau, end_on=date(2023, 6, 11))
    assert refused.value.field == "end_on"
    assert trips.list_trips(bureau.book) == []


def test_the_author_goes_along_for_all_days_unless_others_are_named(bureau: Bureau) -> None:
    (alone,) = trips.trip_page(bureau.book, make(bureau).id).members
    assert (alone.person.id, alone.member.days) == (bureau.me, Decimal(5))
    (other,) = trips.trip_page(bureau.book, make(bureau, members=[bureau.colleague]).id).members
    assert (other.person.id, other.member.days) == (bureau.colleague, Decimal(5))


def test_days_come_in_halves(bureau: Bureau) -> None:
    (mine,) = trips.trip_page(bureau.book, make(bureau).id).members
    with pytest.raises(BadInput) as refused:
        trips.change_member(bureau.book, mine.member.id, Decimal("1.3"))
    assert refused.value.field == "days"


def test_a_member_on_another_trip_is_told_and_not_forbidden(bureau: Bureau) -> None:
    make(bureau, title="深圳行")
    (told,) = make(bureau, start_on=FRIDAY, end_on=FRIDAY).warnings
    assert "单晓" in told
    assert "深圳行" in told
    assert make(bureau, start_on=date(2023, 6, 17), end_on=date(2023, 6, 18)).warnings == ()
    assert make(bureau, members=[bureau.colleague]).warnings == ()


def test_a_copy_takes_people_and_purpose_but_no_visits(bureau: Bureau) -> None:
    first = make(bureau, purpose="动力电池补链", channel="产业链招商", leader_id=bureau.colleague)
    trips.add_members(bureau.book, first.id, [bureau.colleague, bureau.me])
    trips.plan_visits(bureau.book, first.id, [bureau.battery])
    copy = trips.trip_page(bureau.book, trips.copy_trip(bureau.book, first.id, date(2023, 7, 3)).value.id)
    assert (copy.trip.start_on, copy.trip.end_on) == (date(2023, 7, 3), date(2023, 7, 7))
    assert (copy.trip.purpose, copy.trip.channel, copy.trip.leader_id) == (
        "动力电池补链",
        "产业链招商",
        bureau.colleague,
    )
    assert [one.person.name for one in copy.members] == ["单晓", "曾敏"]
    assert copy.plans == []


def test_a_copy_asks_again_whom_the_first_did_not_reach(bureau: Bureau) -> None:
    first = make(bureau).id
    trips.plan_visits(bureau.book, first, [bureau.battery, bureau.motors, bureau.association])
    plans = trips.trip_page(bureau.book, first).plans
    cancelled = next(row.plan.id for row in plans if row.enterprise.id == bureau.battery)
    trips.change_plan(bureau.book, cancelled, state=PlanState.CANCELLED)
    trips.plan_visits(bureau.book, first, [bureau.battery])
    visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, trip_id=first))
    copied = trips.copy_trip(bureau.book, first, date(2023, 7, 3), not_reached=True).value.id
    plans = trips.trip_page(bureau.book, copied).plans
    assert {row.enterprise.id for row in plans} == {bureau.motors, bureau.association}
    assert all(row.plan.state is PlanState.TO_ASK and row.plan.on is None for row in plans)


def test_a_route_leads_to_no_day_that_is_over(bureau: Bureau) -> None:
    first = make(bureau).id
    regions = {bureau.battery: "广东省深圳市", bureau.motors: "重庆市江津区", bureau.association: "广东省深圳市"}
    for one, region in regions.items():
        enterprises.change_enterprise(bureau.book, one, region=region)
        trips.plan_visits(bureau.book, first, [one])
    plan = {row.enterprise.id: row.plan.id for row in trips.trip_page(bureau.book, first).plans}
    for one, at in ((bureau.battery, "09:30"), (bureau.motors, "11:00")):
        trips.change_plan(bureau.book, plan[one], on=MONDAY, time=at)
    today = date(2023, 6, 14)
    route = trips.proposed_route(bureau.book, first, today)
    assert route.keys() == set(plan.values())
    assert all(place.on is not None and place.on >= today for place in route.values())


def test_chosen_enterprises_propose_where_a_trip_goes_and_which_could_take_them(bureau: Bureau) -> None:
    regions = {bureau.battery: "广东省深圳市南山区", bureau.motors: "重庆市江津区", bureau.association: "广东省深圳市"}
    for one, region in regions.items():
        enterprises.change_enterprise(bureau.book, one, region=region)
    over = make(bureau, start_on=date(2023, 5, 1), end_on=date(2023, 5, 5)).id
    to_come = make(bureau, start_on=date(2023, 7, 3), end_on=date(2023, 7, 4)).id
    proposed = trips.propose_trip(bureau.book, list(regions))
    assert proposed.regions == ("深圳", "重庆")
    assert [one.id for one in proposed.enterprises] == list(regions)
    assert [one.id for one in proposed.trips] == [to_come]
    assert over not in [one.id for one in proposed.trips]
    with pytest.raises(BadInput):
        trips.propose_trip(bureau.book, [])
    made = make(bureau, regions=proposed.regions, enterprises=list(regions))
    assert {row.enterprise.id for row in trips.trip_page(bureau.book, made.id).plans} == set(regions)


def test_proposals_follow_the_trip_until_somebody_writes_over_them(bureau: Bureau) -> None:
    trip = make(bureau).id
    trips.change_trip(bureau.book, trip, regions=("浙江省宁波市",), end_on=date(2023, 6, 15))
    changed = trips.trip_page(bureau.book, trip).trip
    assert (changed.title, changed.report_due) == ("赴浙江省宁波市招商", date(2023, 6, 25))
    trips.change_trip(bureau.book, trip, title="宁波之行", report_due=date(2023, 6, 30))
    trips.change_trip(bureau.book, trip, regions=("福建省厦门市",), end_on=FRIDAY)
    kept = trips.trip_page(bureau.book, trip).trip
    assert (kept.title, kept.report_due) == ("宁波之行", date(2023, 6, 30))


def test_an_enterprise_is_planned_once(bureau: Bureau) -> None:
    trip = make(bureau).id
    first = trips.plan_visits(bureau.book, trip, [bureau.battery, bureau.motors, bureau.battery], on=MONDAY).value
    assert len(first) == 2
    assert trips.plan_visits(bureau.book, trip, [bureau.battery]).value == []
    trips.change_plan(bureau.book, first[0], state=PlanState.CANCELLED)
    assert len(trips.plan_visits(bureau.book, trip, [bureau.battery]).value) == 1


def test_a_plan_lies_within_the_trip(bureau: Bureau) -> None:
    trip = make(bureau).id
    with pytest.raises(BadInput, match=days.show_date(MONDAY)):
        trips.plan_visits(bureau.book, trip, [bureau.battery], on=date(2023, 6, 17))
    (plan,) = trips.plan_visits(bureau.book, trip, [bureau.battery]).value
    with pytest.raises(BadInput):
        trips.change_plan(bureau.book, plan, on=date(2023, 6, 11))


def test_two_plans_at_one_hour_are_shown(bureau: Bureau) -> None:
    trip = make(bureau).id
    plans = trips.plan_visits(bureau.book, trip, [bureau.battery, bureau.motors], on=MONDAY).value
    for plan in plans:
        trips.change_plan(bureau.book, plan, time="09:30")
    ((one, other),) = trips.trip_page(bureau.book, trip).conflicts
    assert {one.plan.id, other.plan.id} == set(plans)
    trips.change_plan(bureau.book, plans[0], state=PlanState.CANCELLED)
    assert trips.trip_page(bureau.book, trip).conflicts == []


def test_a_written_visit_ticks_its_plan_off_and_holds_it(bureau: Bureau) -> None:
    trip = make(bureau).id
    (plan,) = trips.plan_visits(bureau.book, trip, [bureau.battery]).value
    visit = visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, talk="谈到扩产")).value
    page = trips.trip_page(bureau.book, trip)
    assert page.plans[0].plan.state is PlanState.DONE
    assert page.plans[0].plan.visit_id == visit
    with pytest.raises(Refused):
        trips.remove_plan(bureau.book, plan)
    with pytest.raises(Refused):
        trips.change_plan(bureau.book, plan, state=PlanState.CANCELLED)
    recycle_bin.delete(bureau.book, "visit", visit)
    assert trips.trip_page(bureau.book, trip).plans[0].plan.state is PlanState.AGREED
    trips.remove_plan(bureau.book, plan)
    assert trips.trip_page(bureau.book, trip).plans == []


def test_coverage_and_both_counts(bureau: Bureau) -> None:
    trip = make(bureau).id
    _first, second, third = trips.plan_visits(
        bureau.book, trip, [bureau.battery, bureau.motors, bureau.association]
    ).value
    trips.change_plan(bureau.book, second, state=PlanState.CANCELLED)
    for on in (MONDAY, date(2023, 6, 13)):
        visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, trip_id=trip, on=on))
    visits.write_visit(bureau.book, WriteVisit(plan_id=third, on=MONDAY))
    page = trips.trip_page(bureau.book, trip)
    assert page.coverage == trips.Coverage(planned=2, done=2, cancelled=1, open=0)
    assert (page.enterprises, page.visits) == (1, 2), "an association is met, but is no enterprise"
    (row,) = trips.list_trips(bureau.book)
    assert (row.planned, row.enterprises, row.visits, row.members) == (2, 1, 2, 1)
    assert trips.trips_between(bureau.book, FRIDAY, date(2023, 6, 30)) == [row]
    assert trips.trips_between(bureau.book, date(2023, 6, 17), date(2023, 6, 30)) == []
    assert trips.latest_trips(bureau.book, 1) == [row.trip]


def test_gaps_name_what_the_report_lacks_and_where(bureau: Bureau) -> None:
    trip = make(bureau, end_on=date(2023, 6, 13), purpose="补链").id
    trips.plan_visits(bureau.book, trip, [bureau.motors])
    visit = visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, on=MONDAY)).value
    gaps = trips.trip_page(bureau.book, trip).gaps
    named = {(gap.table, gap.field) for gap in gaps}
    assert {("trip", "findings"), ("trip", "problems"), ("trip", "plans"), ("trip", "leader_id")} <= named
    assert ("trip", "purpose") not in named
    assert {(gap.id, gap.field) for gap in gaps if gap.table == "visit"} == {(visit, "talk"), (visit, "")}
    assert [gap.label for gap in gaps if gap.table == "trip_plan"] == ["江驰电机(示例)"]


def test_open_plans_are_no_gap_while_the_trip_lasts(bureau: Bureau) -> None:
    trip = make(bureau).id
    trips.plan_visits(bureau.book, trip, [bureau.motors])
    assert not [gap for gap in trips.trip_page(bureau.book, trip).gaps if gap.table == "trip_plan"]


def test_an_evening_is_written_in_one_table_and_one_unit(bureau: Bureau) -> None:
    trip = make(bureau).id
    trips.plan_visits(bureau.book, trip, [bureau.motors, bureau.association], on=MONDAY)
    visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, talk="谈到扩产"))
    written, motors, association = trips.evening_table(bureau.book, trip)
    assert (written.enterprise, written.talk) == ("渝能电池(示例)", "谈到扩产")
    outcome = trips.save_evening(
        bureau.book,
        trip,
        [
            replace(written, consensus="月底来渝考察", next_step="下周三 送方案"),
            replace(motors, talk="意向在西部设厂", asks="用地50亩"),
            association,
        ],
    )
    assert len(outcome.value) == 1
    rows = {row.enterprise: row for row in trips.evening_table(bureau.book, trip)}
    assert rows["渝能电池(示例)"].consensus == "月底来渝考察"
    assert rows["渝能电池(示例)"].next_steps == ("送方案",)
    assert rows["江驰电机(示例)"].visit_id == outcome.value[0]
    assert rows["江驰电机(示例)"].on == MONDAY
    assert rows["西部动力协会(示例)"].visit_id is None
    books.undo(bureau.book)
    assert [row.visit_id for row in trips.evening_table(bureau.book, trip)][1:] == [None, None]


def test_an_evening_that_cannot_be_written_names_the_enterprise_and_changes_nothing(bureau: Bureau) -> None:
    trip = make(bureau).id
    trips.plan_visits(bureau.book, trip, [bureau.motors, bureau.battery], on=FRIDAY)
    first, second = trips.evening_table(bureau.book, trip)
    with pytest.raises(BadInput, match="渝能电池") as refused:
        trips.save_evening(bureau.book, trip, [replace(first, on=MONDAY, talk="好"), replace(second, talk="好")])
    assert refused.value.field == "on"
    assert trips.trip_page(bureau.book, trip).sheets == []


def test_a_trip_with_visits_is_not_deleted(bureau: Bureau) -> None:
    trip = make(bureau).id
    visit = visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery)).value
    with pytest.raises(Refused):
        recycle_bin.delete(bureau.book, "trip", trip)
    recycle_bin.delete(bureau.book, "visit", visit)
    recycle_bin.delete(bureau.book, "trip", trip)
    assert trips.list_trips(bureau.book) == []
    with pytest.raises(NotFound):
        trips.trip_page(bureau.book, trip)


def test_members_come_and_go(bureau: Bureau) -> None:
    trip = make(bureau).id
    trips.add_members(bureau.book, trip, [bureau.colleague])
    mine, other = trips.trip_page(bureau.book, trip).members
    trips.change_member(bureau.book, other.member.id, Decimal("0.5"))
    trips.remove_member(bureau.book, mine.member.id)
    (left,) = trips.trip_page(bureau.book, trip).members
    assert (left.person.name, left.member.days) == ("曾敏", Decimal("0.5"))


def test_everyone_on_the_trip_was_at_its_visits(bureau: Bureau) -> None:
    trip = make(bureau, members=[bureau.me, bureau.colleague]).id
    clock.pin_today(MONDAY)
    visit = visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, trip_id=trip)).value
    sheet = visits.visit_sheet(bureau.book, visit)
    assert [person.name for person in sheet.our_people] == ["单晓", "曾敏"]
    assert sheet.visit.our_level == "区领导带队"


def test_an_evening_overwrites_nothing_that_was_written_elsewhere_meanwhile(bureau: Bureau) -> None:
    trip = make(bureau).id
    trips.plan_visits(bureau.book, trip, [bureau.battery, bureau.motors], on=MONDAY)
    first, second = trips.evening_table(bureau.book, trip)
    trips.save_evening(bureau.book, trip, [replace(first, talk="看了厂房")])
    read = trips.evening_table(bureau.book, trip)
    done = next(row for row in read if row.visit_id)
    assert done.visit_id is not None
    visits.change_visit(bureau.book, done.visit_id, talk="看了厂房和电力", consensus="月底再谈")
    other = visits.write_visit(
        bureau.book,
        WriteVisit(enterprise_id=second.enterprise_id, on=MONDAY, trip_id=trip, plan_id=second.plan_id, talk="要用电"),
    ).value
    trips.save_evening(bureau.book, trip, [replace(done, asks="电价"), replace(second, talk="要补贴")], read)
    sheet = visits.visit_sheet(bureau.book, done.visit_id).visit
    assert (sheet.talk, sheet.asks, sheet.consensus) == ("看了厂房和电力", "电价", "月底再谈")
    assert visits.visit_sheet(bureau.book, other).visit.talk == "要用电\n要补贴"
    assert len(visits.visits_of(bureau.book, second.enterprise_id)) == 1
