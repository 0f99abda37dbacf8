"""A week on the road by keyboard alone: a trip, three enterprises planned, two visits written, the evening table."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from crm_app.domain.trips import PlanState
from crm_app.domain.visits import Intent
from crm_app.services import trips
from crm_app.ui.session import Location
from crm_app.ui.trips.copying import CopyDialog
from crm_app.ui.trips.new_trip import TripDialog
from crm_app.ui.visits.dialog import VisitDialog
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.kit import held_up, unread
from tests.ui.trips.hands import MONDAY, NAMES, TODAY, Hands, a_trip

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
ALT = Qt.KeyboardModifier.AltModifier


def make_the_trip(hands: Hands) -> None:
    QTest.keyClick(hands.window, Qt.Key.Key_4, CTRL)
    hands.settle()
    hands.press(Qt.Key.Key_Space)  # the empty list offers a new trip
    dialog = hands.dialog(TripDialog)
    hands.settle()
    hands.write("深圳、广州")
    hands.press(TAB)
    hands.write("06-12")
    hands.press(TAB)
    hands.write("5天")
    assert dialog.echo.text() == "→ 2023年6月12日 周一 – 6月16日 周五  5天"
    hands.tab_to(dialog.purpose)
    hands.write("对接新能源企业")
    hands.press(ENTER, CTRL)
    hands.closed()


def test_a_week_on_the_road(hands: Hands) -> None:
    make_the_trip(hands)
    made = hands.only_trip()
    assert (made.trip.title, made.trip.start_on, made.trip.purpose) == ("赴深圳、广州招商", MONDAY, "对接新能源企业")
    assert [one.person.name for one in made.members] == ["单晓"]

    hands.until(lambda: hands.trip.itinerary.add.hasFocus())
    for initials in ("yndc", "jcdj", "hzjg"):
        hands.write(initials)
        hands.press(ENTER)  # at once, before the book has answered
        hands.until(lambda: not hands.trip.itinerary.add.text())
        hands.settle()
    assert [row.enterprise.name for row in hands.only_trip().plans] == list(NAMES)

    hands.tab_to(hands.trip.itinerary.rows()[0].on)
    for day, time in (("12", "9点半"), ("周二", "14:00"), ("第2天", "14:00")):
        hands.write(day)
        hands.press(TAB)
        hands.write(time)
        hands.settle()
        # A stop with a day leaves the tray; on to the day of the next one.
        left = [row for row in hands.trip.itinerary.rows() if row.planned.plan.on is None]
        if left:
            hands.tab_to(left[0].on)
    hands.press(TAB)
    hands.settle()
    planned = hands.only_trip()
    assert {(row.plan.on, row.plan.time) for row in planned.plans} == {
        (date(2023, 6, 12), "09:30"),
        (date(2023, 6, 13), "14:00"),
    }
    assert len(planned.conflicts) == 1
    assert any("时间重叠" in row.told.text() for row in hands.trip.itinerary.rows())

    hands.tab_to(hands.trip.head.round)
    hands.press(Qt.Key.Key_Space)
    dialog = hands.dialog(VisitDialog)
    hands.until(lambda: dialog.form and dialog.form.theirs.typing.hasFocus())
    assert dialog.form is not None
    assert dialog.form.enterprise.text() == NAMES[0]
    assert dialog.geometry() == hands.window.geometry()  # nothing else is needed meanwhile
    assert dialog.beside.progress.text() == "第1家，共3家"
    hands.press(Qt.Key.Key_PageDown, ALT)
    hands.until(lambda: dialog.form and dialog.form.enterprise.text() == NAMES[1])
    assert dialog.beside.progress.text() == "第2家，共3家"
    hands.press(Qt.Key.Key_PageUp, ALT)
    hands.until(lambda: dialog.form and dialog.form.enterprise.text() == NAMES[0])
    hands.until(lambda: dialog.form and dialog.form.theirs.typing.hasFocus())
    hands.write("张总 总经理")
    hands.tab_to(dialog.form.talk)
    hands.write("企业计划在西南布局第二基地")
    hands.tab_to(dialog.form.next_step.field)
    hands.write("下周三 回访")
    assert dialog.form.next_step.echo.text() == "→ 6月21日 周三：回访"
    hands.press(TAB)  # in the last field: save, and the next enterprise
    hands.until(lambda: dialog.form and dialog.form.enterprise.text() == NAMES[1])
    hands.until(lambda: dialog.form and dialog.form.theirs.typing.hasFocus())
    hands.tab_to(dialog.form.talk)
    hands.write("愿意来考察")
    hands.press(ENTER, CTRL | SHIFT)
    hands.until(lambda: dialog.form and dialog.form.enterprise.text() == NAMES[2])
    hands.press(Qt.Key.Key_Escape)
    hands.closed()

    written = hands.only_trip()
    assert [(sheet.enterprise.name, sheet.visit.talk) for sheet in written.sheets] == [
        (NAMES[0], "企业计划在西南布局第二基地"),
        (NAMES[1], "愿意来考察"),
    ]
    assert [task.what for task, _owner in written.sheets[0].tasks] == ["回访"]
    assert [(contact.name, title) for contact, title in written.sheets[0].their_people] == [("张总", "总经理")]
    assert (written.coverage.done, written.coverage.open) == (2, 1)

    fill_the_evening(hands)
    shown = hands.trip.summary
    hands.trip.show_tab("summary")
    texts = [shown.gaps.item(number).text() for number in range(shown.gaps.count())]
    # What is written after the return is no gap while the trip lasts.
    assert not any("启示" in text for text in texts)
    assert not any(NAMES[1] in text for text in texts)
    assert any(NAMES[2] in text and "对方人员" in text for text in texts)
    reached = [one for one in shown.findChildren(QPushButton) if one.text() == NAMES[0] and one.isVisible()]
    hands.qtbot.mouseClick(reached[0], Qt.MouseButton.LeftButton)
    hands.until(lambda: hands.page.visit.title.text() == NAMES[0])
    hands.go(hands.only_trip().trip.id, "summary")


def fill_the_evening(hands: Hands) -> None:
    hands.go(hands.only_trip().trip.id, "evening")
    evening = hands.trip.evening
    assert evening is not None
    hands.until(lambda: evening.lines)
    first, second, third = evening.lines
    hands.until(lambda: first.asks.hasFocus())  # the first field that is still empty
    hands.write("5万平方米厂房")
    hands.press(TAB)
    hands.write("7月来考察")
    hands.press(TAB)
    hands.press(Qt.Key.Key_B)
    # Who of the second was met is missing, and what comes next: in red, filled in place.
    assert second.lacking() == [second.their_people, second.next_step.field]
    assert first.lacking() == []
    hands.tab_to(second.their_people)
    hands.write("李芳 副总经理")
    hands.tab_to(second.next_step.field)
    hands.write("周五 发送清单")
    assert second.lacking() == []
    hands.tab_to(third.talk)
    hands.write("对园区有兴趣")
    hands.press(ENTER, CTRL)
    hands.settle()
    after = hands.only_trip()
    battery = after.sheets[[sheet.enterprise.name for sheet in after.sheets].index(NAMES[0])]
    assert (battery.visit.asks, battery.visit.consensus, battery.visit.intent) == (
        "5万平方米厂房",
        "7月来考察",
        Intent.B,
    )
    assert battery.visit.talk == "企业计划在西南布局第二基地"
    assert {sheet.enterprise.name for sheet in after.sheets} == set(NAMES)
    assert all(row.plan.state is PlanState.DONE for row in after.plans)
    assert hands.trip.evening is None


def test_the_evening_is_saved_once_and_leaves_no_draft(hands: Hands) -> None:
    trip = a_trip(hands.book, planned=1)
    hands.go(trip, "evening")
    evening = hands.trip.evening
    assert evening is not None
    hands.until(lambda: evening.lines)
    hands.tab_to(evening.lines[0].next_step.field)
    hands.write("周五 发送清单")
    with held_up(hands.session.background):
        for _twice in range(2):
            QTest.keyClick(evening, ENTER, CTRL)
        assert not evening.lines[0].talk.isEnabled(), "what is typed from now on would not be saved"
        QTest.keyClick(evening, Qt.Key.Key_Escape)
        assert hands.trip.evening is None
    hands.settle()
    (sheet,) = hands.only_trip().sheets
    assert [task.what for task, _owner in sheet.tasks] == ["发送清单"]
    assert hands.session.drafts.load(f"evening:{trip}") == {}


def test_a_copy_asks_only_for_its_day(hands: Hands) -> None:
    a_trip(hands.book, planned=2)
    hands.go()
    hands.page.lists.top.copy_current()
    hands.dialog(CopyDialog)
    hands.write("下周一")
    hands.press(ENTER)
    hands.closed()
    copied = trips.list_trips(hands.book)[0].trip
    assert (copied.start_on, copied.end_on) == (date(2023, 6, 19), date(2023, 6, 23))
    assert hands.trip.trip_id == copied.id
    assert hands.trip.itinerary.add.hasFocus()


def test_a_name_typed_before_it_is_known_who_there_is_is_kept(hands: Hands) -> None:
    hands.go()
    with unread(hands.session.background):
        hands.page.lists.top.make_new()
        hands.dialog(TripDialog).members.typing.setFocus()
        hands.write("周局长")
        hands.press(Qt.Key.Key_Escape)
    hands.closed()
    with unread(hands.session.background):
        hands.page.lists.top.make_new()
        again = hands.dialog(TripDialog)
        assert again.members.typing.text() == "周局长"
        again.members.typing.setFocus()
        hands.press(Qt.Key.Key_End)
        hands.write("、吴")
    hands.settle()
    assert again.members.typing.text() == "周局长、吴"


def test_the_return_before_the_departure_is_said_under_its_field(hands: Hands) -> None:
    hands.go()
    hands.page.lists.top.make_new()
    dialog = hands.dialog(TripDialog)
    dialog.start_on.setText("06-19")
    dialog.end_on.setText("2023-06-01")
    hands.press(ENTER, CTRL)
    hands.until(lambda: not dialog._parts["end_on"].error.isHidden())
    assert "早于出发日期" in dialog._parts["end_on"].error.text()
    assert trips.list_trips(hands.book) == []
    dialog.members.typing.setFocus()
    hands.write("周局长")
    dialog.reject()
    hands.closed()
    hands.page.lists.top.make_new()
    again = hands.dialog(TripDialog)
    assert again.start_on.text() == "06-19"  # kept as a draft
    hands.until(lambda: again.members.typing.text() == "周局长")  # and who was half typed
    again.reject()
    hands.closed()


def test_a_day_outside_the_trip_is_said_in_its_row(hands: Hands) -> None:
    hands.go(a_trip(hands.book, planned=1), "itinerary")
    (row,) = hands.trip.itinerary.rows()
    row.on.setFocus()
    hands.write("7月1日")
    hands.press(TAB)
    hands.until(lambda: row.told.text())
    assert "请在其间选择日期" in row.told.text()
    assert hands.only_trip().plans[0].plan.on is None


def test_the_state_and_the_contact_are_set_in_place(hands: Hands) -> None:
    hands.go(a_trip(hands.book, planned=1), "itinerary")
    (row,) = hands.trip.itinerary.rows()
    row.contact.setFocus()
    hands.write("李芳 副总经理")
    hands.press(TAB)
    hands.until(lambda: hands.only_trip().plans[0].contact is not None)
    hands.settle()
    row.state.setFocus()
    hands.press(Qt.Key.Key_Down)
    hands.until(lambda: hands.only_trip().plans[0].plan.state is PlanState.AGREED)
    contact = hands.only_trip().plans[0].contact
    assert contact is not None
    assert contact.name == "李芳"


def test_an_unknown_enterprise_is_made_on_the_way(hands: Hands) -> None:
    hands.go(a_trip(hands.book), "itinerary")
    hands.until(lambda: hands.trip.itinerary.add.hasFocus())
    hands.write("南粤装备(示例)有限公司")
    hands.press(ENTER)
    hands.until(lambda: hands.only_trip().plans)
    assert hands.only_trip().plans[0].enterprise.name == "南粤装备(示例)有限公司"


def test_members_come_and_their_days_are_halves(hands: Hands) -> None:
    hands.go(a_trip(hands.book), "members")
    hands.until(lambda: hands.trip.members.add.hasFocus())
    hands.write("zm")
    hands.until(lambda: hands.trip.members.add.offers)
    hands.press(ENTER)
    hands.until(lambda: len(hands.only_trip().members) == 2)
    hands.settle()
    hands.press(TAB)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.write("2.5")
    hands.press(TAB)
    hands.until(lambda: str(hands.only_trip().members[0].member.days) == "2.5")


def test_what_the_trip_taught_is_saved_and_no_gap_any_more(hands: Hands) -> None:
    hands.go(a_trip(hands.book), "conclusion")
    for text in ("产业链招商见效", "用地指标不足", "7月前完成回访"):
        hands.write(text)
        hands.press(TAB)
    hands.press(ENTER, CTRL)
    hands.settle()
    page = hands.only_trip()
    assert (page.trip.findings, page.trip.problems, page.trip.plans) == (
        "产业链招商见效",
        "用地指标不足",
        "7月前完成回访",
    )
    assert not any(gap.field in ("findings", "problems", "plans") for gap in page.gaps)


def test_papers_are_asked_for_by_kind(hands: Hands) -> None:
    trip = a_trip(hands.book)
    hands.go(trip, "trip")
    wanted: list[Location] = []
    hands.session.wanted.connect(wanted.append)
    hands.tab_to(hands.trip.head.round)
    hands.press(TAB)
    hands.press(TAB)
    hands.press(Qt.Key.Key_Space)
    assert [(one.place, one.record, one.view) for one in wanted] == [("papers", trip, "trip")]


def test_today_is_a_day_of_the_trip(hands: Hands) -> None:
    hands.go(a_trip(hands.book, planned=1, on=TODAY), "records")
    hands.until(lambda: hands.trip.records.list.model.rowCount() == 1)
    hands.trip.records.list.table.setFocus()
    hands.trip.records.list.table.selectRow(0)
    hands.press(ENTER)
    dialog = hands.dialog(VisitDialog)
    hands.until(lambda: dialog.form is not None)
    assert dialog.form is not None
    assert dialog.form.on.text() == "2023年6月14日"
    dialog.reject()
    hands.closed()
