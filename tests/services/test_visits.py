from __future__ import annotations

from datetime import date, timedelta

import pytest

from crm_app import clock
from crm_app.errors import BadInput, NotFound
from crm_app.services import attachments, enterprises, receptions, recycle_bin, staff, tasks, trips, visits
from crm_app.services import book as books
from crm_app.services.attachments import Given
from crm_app.services.receptions import Receive
from crm_app.services.visits import WriteVisit
from tests.services.conftest import TODAY, Bureau

MONDAY = date(2023, 6, 12)


def test_a_visit_is_written_in_one_go(bureau: Bureau) -> None:
    visit = visits.write_visit(
        bureau.book,
        WriteVisit(
            name="渝能电池（示例）",
            time="上午",
            their_people=("曾总 总经理", "单工"),
            talk="谈到扩产",
            consensus="月底来访",
            next_step="下周三 送方案",
        ),
    ).value
    sheet = visits.visit_sheet(bureau.book, visit)
    assert (sheet.enterprise.id, sheet.visit.on, sheet.trip) == (bureau.battery, TODAY, None)
    assert [person.name for person in sheet.our_people] == ["单晓"]
    assert [(contact.name, title) for contact, title in sheet.their_people] == [("曾总", "总经理"), ("单工", "")]
    ((task, owner),) = sheet.tasks
    assert (task.what, task.due, task.enterprise_id) == ("送方案", date(2023, 6, 21), bureau.battery)
    assert owner is not None
    assert owner.name == "单晓"


def test_a_visit_is_never_in_the_future(bureau: Bureau) -> None:
    tomorrow = date(2023, 6, 15)
    with pytest.raises(BadInput) as refused:
        visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, on=tomorrow))
    assert refused.value.field == "on"
    visit = visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery)).value
    with pytest.raises(BadInput):
        visits.change_visit(bureau.book, visit, on=tomorrow)


def test_the_trip_is_the_authors_of_that_day(bureau: Bureau) -> None:
    mine = trips.create_trip(bureau.book, start_on=MONDAY, end_on=TODAY).value.id
    trips.create_trip(bureau.book, start_on=MONDAY, end_on=TODAY, members=[bureau.colleague])
    within = visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, on=MONDAY)).value
    before = visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, on=date(2023, 6, 1))).value
    assert visits.visit_sheet(bureau.book, within).visit.trip_id == mine
    assert visits.visit_sheet(bureau.book, before).trip is None


def test_a_visit_keeps_the_title_held_that_day(bureau: Bureau) -> None:
    clock.pin_today(date(2023, 5, 1))
    contact = enterprises.add_contact(bureau.book, bureau.battery, name="解敏", title="副总经理").value
    visit = visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, their_people=("解敏",))).value
    clock.pin_today(TODAY)
    (held,) = enterprises.enterprise_page(bureau.book, bureau.battery).contacts
    enterprises.change_contact_at(bureau.book, held.position.id, title="总经理")
    visits.change_visit(bureau.book, visit, talk="补记", their_people=("解敏",))
    assert [title for _who, title in visits.visit_sheet(bureau.book, visit).their_people] == ["副总经理"]
    late = WriteVisit(enterprise_id=bureau.battery, on=date(2023, 6, 1), their_people=("解敏",))
    written_late = visits.write_visit(bureau.book, late).value
    assert visits.visit_sheet(bureau.book, written_late).their_people[0][1] == "副总经理"
    today = visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, their_people=("解总",))).value
    ((who, title),) = visits.visit_sheet(bureau.book, today).their_people
    assert (who.id, title) == (contact, "总经理")


def test_people_given_replace_those_noted(bureau: Bureau) -> None:
    visit = visits.write_visit(
        bureau.book, WriteVisit(enterprise_id=bureau.battery, their_people=("甲总", "乙总"))
    ).value
    visits.change_visit(bureau.book, visit, their_people=("乙总 董事长", "丙总"), our_people=(bureau.colleague,))
    sheet = visits.visit_sheet(bureau.book, visit)
    assert {(who.name, title) for who, title in sheet.their_people} == {("乙总", "董事长"), ("丙总", "")}
    assert [person.name for person in sheet.our_people] == ["曾敏"]
    assert sheet.visit.our_level == "区领导带队"


def test_our_level_is_the_highest_present(bureau: Bureau) -> None:
    other = staff.add_colleague(bureau.book, name="仇立", level="局领导带队").value
    visit = visits.write_visit(
        bureau.book, WriteVisit(enterprise_id=bureau.battery, our_people=(other, bureau.colleague))
    ).value
    assert visits.visit_sheet(bureau.book, visit).visit.our_level == "区领导带队"


def test_the_files_of_a_visit_follow_its_day(bureau: Bureau) -> None:
    enterprise = enterprises.create_enterprise(bureau.book, name="某某机电(示例)有限公司").value
    visit = visits.write_visit(bureau.book, WriteVisit(enterprise_id=enterprise, on=TODAY)).value
    attachments.attach(bureau.book, [Given("车间.txt", b"x")], visit_id=visit)
    before = TODAY - timedelta(days=3)
    visits.change_visit(bureau.book, visit, on=before)
    assert [one.attachment.on for one in attachments.list_attachments(bureau.book, visit_id=visit)] == [before]
    books.undo(bureau.book)
    assert [one.attachment.on for one in attachments.list_attachments(bureau.book, visit_id=visit)] == [TODAY]


@pytest.mark.parametrize(("on", "late"), [(date(2023, 6, 14), False), (date(2023, 6, 1), True)])
def test_over_two_days_later_is_entered_late(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, on: date, late: bool
) -> None:
    noon = int(clock.local_midnight(TODAY).timestamp() * 1000) + 12 * 3600 * 1000
    monkeypatch.setattr(clock, "now_ms", lambda: noon)
    visit = visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, on=on)).value
    assert visits.entered_late(visits.visit_sheet(bureau.book, visit).visit) is late


def test_a_deleted_visit_is_gone_until_undone(bureau: Bureau) -> None:
    visit = visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, their_people=("甲总",))).value
    recycle_bin.delete(bureau.book, "visit", visit)
    assert visits.visits_of(bureau.book, bureau.battery) == []
    with pytest.raises(NotFound):
        visits.visit_sheet(bureau.book, visit)
    books.undo(bureau.book)
    assert [person.name for person in visits.visit_sheet(bureau.book, visit).our_people] == ["单晓"]
    assert visits.visit_sheet(bureau.book, visit).their_people[0][0].name == "甲总"


def test_undoing_a_visit_opens_its_plan_again(bureau: Bureau) -> None:
    trip = trips.create_trip(bureau.book, start_on=MONDAY, end_on=TODAY).value.id
    trips.plan_visits(bureau.book, trip, [bureau.battery])
    visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.battery, next_step="明天 致谢"))
    books.undo(bureau.book)
    page = trips.trip_page(bureau.book, trip)
    assert (page.coverage.open, page.coverage.done, page.sheets) == (1, 0, [])
    assert tasks.agenda(bureau.book).week == []
    books.redo(bureau.book)
    assert trips.trip_page(bureau.book, trip).coverage.done == 1


def test_receptions_stand_in_the_timeline(bureau: Bureau) -> None:
    asked = Receive(guests="渝能电池一行3人", on=TODAY, name="渝能电池(示例)", result="看好双福")
    receptions.receive(bureau.book, asked)
    (entry,) = enterprises.enterprise_page(bureau.book, bureau.battery).timeline
    assert (entry.kind, entry.text, entry.on) == ("reception", "看好双福", TODAY)


def test_the_newest_visits_come_first(bureau: Bureau) -> None:
    for on in (MONDAY, TODAY, date(2023, 6, 1)):
        visits.write_visit(bureau.book, WriteVisit(enterprise_id=bureau.motors, on=on))
    assert [visit.on for visit, _enterprise in visits.recent_visits(bureau.book, limit=2)] == [TODAY, MONDAY]
