"""The visit form: by keyboard alone, and nothing typed is lost."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from crm_app.domain.visits import Intent
from crm_app.services import enterprises, recycle_bin, trips, visits
from crm_app.services.visits import WriteVisit
from crm_app.ui.session import Location
from crm_app.ui.visits import open_visit
from crm_app.ui.visits.dialog import VisitDialog
from crm_app.ui.visits.form import VisitForm
from tests.ui.keyboard import CTRL
from tests.ui.kit import held_up
from tests.ui.trips.hands import NAMES, TODAY, Hands, a_trip

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


def opened(hands: Hands, **asked: object) -> tuple[VisitDialog, VisitForm]:
    hands.go()
    dialog = open_visit(hands.session, hands.window, **asked)  # type: ignore[arg-type]
    hands.until(lambda: dialog.form is not None)
    form = dialog.form
    assert form is not None
    hands.until(lambda: form.isAncestorOf(hands.focus()))
    return dialog, form


def saved(hands: Hands, dialog: VisitDialog) -> None:
    hands.press(ENTER, CTRL)
    hands.until(lambda: dialog.saved is not None)
    hands.settle()


def test_a_visit_is_written_by_keyboard_alone(hands: Hands) -> None:
    a_trip(hands.book)
    dialog, form = opened(hands)
    hands.write("yndc")
    hands.press(ENTER)
    hands.until(lambda: form.enterprise.text() == NAMES[0])
    hands.until(lambda: form.theirs.typing.hasFocus())
    hands.settle()
    hands.write("张总 总经理")
    hands.tab_to(form.talk)
    hands.write("去年营收十二亿元。计划在西南布局第二基地。关注园区的产业配套。")
    hands.press(TAB)
    hands.write("五万平米厂房")
    hands.press(TAB)
    hands.write("七月来考察")
    hands.press(TAB)
    hands.press(Qt.Key.Key_B)
    hands.press(TAB)
    hands.write("下周三 回访")
    saved(hands, dialog)

    (sheet,) = hands.only_trip().sheets
    assert (sheet.enterprise.name, sheet.visit.on, sheet.visit.intent) == (NAMES[0], TODAY, Intent.B)
    assert sheet.visit.place == "深圳市南山区科技园8号"
    assert [one.name for one in sheet.our_people] == ["单晓"]
    assert [(contact.name, title) for contact, title in sheet.their_people] == [("张总", "总经理")]
    assert [(task.what, task.due) for task, _owner in sheet.tasks] == [("回访", date(2023, 6, 21))]

    wanted: list[Location] = []
    hands.session.wanted.connect(wanted.append)
    hands.press(ENTER)  # the report is the first thing offered
    hands.closed()
    assert [(one.place, one.record, one.view) for one in wanted] == [("papers", sheet.visit.id, "visit")]


def test_a_known_contact_is_offered_on_arrival(hands: Hands) -> None:
    known = enterprises.suggest(hands.book, NAMES[0])[0].enterprise.id
    enterprises.add_contact(hands.book, known, name="张伟", title="总经理")
    dialog, form = opened(hands, enterprise_id=known)
    hands.until(lambda: form.theirs.typing.offers)
    assert [offer.text for offer in form.theirs.typing.offers] == ["张总"]
    hands.press(ENTER)
    saved(hands, dialog)
    (visit,) = visits.visits_of(hands.book, known)
    sheet = visits.visit_sheet(hands.book, visit.id)
    assert [(contact.name, title) for contact, title in sheet.their_people] == [("张伟", "总经理")]
    hands.press(Qt.Key.Key_Escape)
    hands.closed()


def test_two_of_one_name_are_not_chosen_for_the_user(hands: Hands) -> None:
    for region in ("广东省深圳市", "江苏省苏州市"):
        enterprises.create_enterprise(hands.book, name="同名(示例)公司", region=region)
    dialog, form = opened(hands)
    hands.write("同名(示例)公司")
    hands.until(lambda: len(form.enterprise.offers) >= 2)
    hands.press(ENTER)
    assert form.enterprise.enterprise_id is None
    form.enterprise.setFocus()
    hands.press(Qt.Key.Key_Down)
    hands.until(lambda: form.enterprise.offers)
    hands.press(Qt.Key.Key_Down)
    hands.press(ENTER)
    assert form.enterprise.enterprise_id is not None
    dialog.reject()
    hands.closed()


def test_escape_keeps_a_draft_and_saving_ends_it(hands: Hands) -> None:
    trip = a_trip(hands.book, planned=1)
    plan = trips.trip_page(hands.book, trip).plans[0].plan.id
    _dialog, form = opened(hands, trip_id=trip, plan_id=plan)
    hands.tab_to(form.talk)
    hands.write("说到一半")
    hands.press(Qt.Key.Key_Escape)
    hands.closed()
    assert hands.only_trip().sheets == []

    again, form = opened(hands, trip_id=trip, plan_id=plan)
    assert form.talk.toPlainText() == "说到一半"
    saved(hands, again)
    hands.press(Qt.Key.Key_Escape)
    hands.closed()
    hands.session.crash_hook.keep_drafts()  # what the window does when it closes
    assert hands.session.drafts.load(f"visit:{plan}") == {}
    assert hands.only_trip().sheets[0].visit.talk == "说到一半"


def test_an_untouched_form_leaves_no_draft(hands: Hands) -> None:
    trip = a_trip(hands.book, planned=1)
    plan = trips.trip_page(hands.book, trip).plans[0].plan.id
    dialog, _form = opened(hands, trip_id=trip, plan_id=plan)
    hands.press(Qt.Key.Key_Escape)
    if dialog.isVisible():  # the first Esc puts the offered contacts away
        hands.press(Qt.Key.Key_Escape)
    hands.closed()
    assert hands.session.drafts.load(f"visit:{plan}") == {}


def test_what_is_wrong_is_said_under_its_field(hands: Hands) -> None:
    dialog, form = opened(hands)
    hands.press(ENTER, CTRL)
    assert "请填写企业名称" in form._parts["enterprise"].error.text()
    hands.write("新来的(示例)公司")
    form.on.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.write("明天")
    hands.press(ENTER, CTRL)
    assert "不能晚于今天" in form._parts["on"].error.text()
    assert form.on.hasFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.write("昨天")
    saved(hands, dialog)
    (pair,) = visits.recent_visits(hands.book)
    assert (pair[1].name, pair[0].on) == ("新来的(示例)公司", date(2023, 6, 13))
    hands.press(Qt.Key.Key_Escape)
    hands.closed()


def test_a_visit_is_read_and_corrected(hands: Hands) -> None:
    trip = a_trip(hands.book)
    earlier = WriteVisit(name=NAMES[0], on=date(2023, 5, 9), asks="请协调用电容量", next_step="6-20 答复用电容量")
    first = visits.write_visit(hands.book, earlier).value
    hands.go(first, "visit")
    hands.until(lambda: hands.page.visit.title.text() == NAMES[0])
    told = " ".join(label.text() for label in hands.page.visit.findChildren(QLabel))
    assert "上次拜访 此前无拜访记录" in told, "it is never said that who is visited was never visited"
    asked = WriteVisit(name=NAMES[0], trip_id=trip, talk="第一稿", their_people=("张总 总经理",), time="9:30")
    visit = visits.write_visit(hands.book, asked).value
    hands.go(visit, "visit")
    view = hands.page.visit
    hands.until(lambda: view._sheet is not None and view._sheet.visit.id == visit)
    beside = " ".join(label.text() for label in view.findChildren(QLabel))
    assert "2023年5月9日" in beside, "what one knew before stands beside it"
    assert "请协调用电容量" in beside
    assert "答复用电容量" in beside, "and what is still open"
    hands.press(Qt.Key.Key_F2)
    dialog = hands.dialog(VisitDialog)
    hands.until(lambda: dialog.form is not None)
    form = dialog.form
    assert form is not None
    assert not form.enterprise.isEnabled()
    form.talk.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.write("定稿")
    hands.press(ENTER, CTRL)
    hands.closed()
    sheet = visits.visit_sheet(hands.book, visit)
    assert (sheet.visit.talk, sheet.visit.trip_id, sheet.visit.time) == ("定稿", trip, "09:30")
    assert [(contact.name, title) for contact, title in sheet.their_people] == [("张总", "总经理")]


def test_a_name_of_two_words_stays_one_person(hands: Hands) -> None:
    known = enterprises.suggest(hands.book, NAMES[0])[0].enterprise.id
    enterprises.add_contact(hands.book, known, name="John Smith", title="CEO")
    asked = WriteVisit(enterprise_id=known, their_people=("John Smith",))
    visit = visits.write_visit(hands.book, asked).value
    _dialog, form = opened(hands, visit_id=visit)
    form.talk.setFocus()
    hands.write("谈得好")
    hands.press(ENTER, CTRL)
    hands.closed()
    sheet = visits.visit_sheet(hands.book, visit)
    assert [(contact.name, title) for contact, title in sheet.their_people] == [("John Smith", "CEO")]


def test_a_visit_that_is_gone_leads_to_the_list(hands: Hands) -> None:
    visit = visits.write_visit(hands.book, WriteVisit(name=NAMES[0])).value
    recycle_bin.delete(hands.book, "visit", visit)
    hands.go(visit, "visit")
    hands.until(lambda: hands.told)
    assert hands.page.lists.isVisible()


def test_going_on_in_a_round_takes_nothing_along(hands: Hands) -> None:
    trip = a_trip(hands.book)
    known = [enterprises.suggest(hands.book, name)[0].enterprise.id for name in NAMES[:2]]
    first, second = trips.plan_visits(hands.book, trip, known, on=TODAY).value
    dialog, form = opened(hands, trip_id=trip, plan_id=first)
    form.talk.setFocus()
    hands.write("看了")
    hands.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    form.talk.setPlainText("看了厂房")
    hands.until(lambda: dialog.form is not form)
    hands.settle()
    assert hands.session.drafts.load(f"visit:{first}")["talk"] == "看了厂房"
    again = dialog.form
    assert again is not None
    hands.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    hands.until(lambda: dialog.form not in (None, again))
    with held_up(hands.session.background):
        hands.press(ENTER, CTRL)
        hands.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
        hands.qtbot.wait(200)
    hands.until(lambda: dialog.saved is not None)
    assert hands.session.drafts.load(f"visit:{first}") == hands.session.drafts.load(f"visit:{second}") == {}
    dialog.reject()
