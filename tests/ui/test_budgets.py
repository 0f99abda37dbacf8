"""What a person's hands take: a lead in twenty seconds, a visit or a reception in ninety, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_app.domain.visits import Intent
from crm_app.services import enterprises, leads, receptions, visits
from crm_app.services.book import Book
from crm_app.ui.log.dialog import LogDialog
from crm_app.ui.receptions.dialog import ReceptionDialog
from crm_app.ui.session import Session
from crm_app.ui.visits.dialog import VisitDialog
from tests.ui.counted_keys import CountedKeys
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.sampled import Hands, sample, windowed

__all__ = ["sample"]

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


@pytest.fixture
def hands(session: Session, sample: Book, qtbot: QtBot) -> Iterator[Hands]:
    yield from windowed(session, sample, qtbot, ("today", "enterprises"))


def test_a_lead_with_contact_phone_and_next_step_takes_twenty_seconds(hands: Hands, app: QApplication) -> None:
    keyboard = CountedKeys(app)
    keyboard.press(Qt.Key.Key_N, CTRL)
    dialog = hands.dialog(LogDialog)
    hands.until(dialog.enterprise.hasFocus)
    keyboard.decide("who it is")
    keyboard.write("瑞图|储能")
    keyboard.press(ENTER)
    keyboard.write("张总")
    keyboard.press(ENTER)
    keyboard.decide("the number, read off a card")
    keyboard.write("13812345678")
    keyboard.press(ENTER)
    hands.until(dialog.note.hasFocus)
    keyboard.press(TAB)
    hands.until(dialog.next_step.field.hasFocus)
    keyboard.decide("what comes next, and when")
    keyboard.write("7.19 |回访")
    keyboard.press(ENTER, CTRL)
    hands.closed(dialog)
    assert keyboard.seconds <= 20, (keyboard.keys, keyboard.decisions)

    lead = leads.list_leads(hands.book)[0]
    page = enterprises.enterprise_page(hands.book, lead.enterprise.id)
    assert lead.enterprise.name == "瑞图储能"
    assert [(one.contact.name, one.contact.phone) for one in page.contacts] == [("张总", "+8613812345678")]
    assert [(task.what, task.due) for task in page.tasks] == [("回访", date(2023, 7, 19))]


def test_a_visit_takes_ninety_seconds(hands: Hands, app: QApplication) -> None:
    known = next(one for one in enterprises.all_enterprises(hands.book) if one.name.startswith("上海骏辰"))
    search = hands.window.topbar.search
    keyboard = CountedKeys(app)
    keyboard.press(Qt.Key.Key_K, CTRL)
    keyboard.decide("who it was")
    keyboard.write("shjc")
    keyboard.decide("that it is the one meant")
    hands.until(lambda: any(one.text == known.name for one in search.offers))
    while search.offered != known.name:
        keyboard.press(Qt.Key.Key_Down)
    keyboard.press(ENTER)
    hands.settle()
    keyboard.press(Qt.Key.Key_V)
    dialog = hands.dialog(VisitDialog)
    hands.until(lambda: dialog.form is not None and dialog.form.theirs.typing.hasFocus())
    form = dialog.form
    assert form is not None
    keyboard.decide("whom we met")
    keyboard.write("张总| |总经理")
    for _step in range(4):
        if form.talk.hasFocus():
            break
        keyboard.press(TAB)
    keyboard.decide("what was said")
    keyboard.write("去年|营收|十二|亿元。|计划|在|西南|布局|第二|基地。|关注|园区|的|产业|配套。")
    keyboard.press(TAB)
    keyboard.decide("what they ask")
    keyboard.write("五万|平米|厂房")
    keyboard.press(TAB)
    keyboard.decide("what was agreed")
    keyboard.write("七月|来|考察")
    keyboard.press(TAB)
    keyboard.decide("how keen they are")
    keyboard.press(Qt.Key.Key_B)
    keyboard.press(TAB)
    keyboard.decide("what comes next, and when")
    keyboard.write("下|周三| |回访")
    keyboard.press(ENTER, CTRL)
    hands.until(lambda: dialog.saved is not None)
    assert keyboard.seconds <= 90, (keyboard.keys, keyboard.decisions)

    (sheet,) = [
        visits.visit_sheet(hands.book, visit.id)
        for visit, enterprise in visits.recent_visits(hands.book, 5)
        if enterprise.id == known.id and visit.intent is Intent.B and visit.asks == "五万平米厂房"
    ]
    assert [(contact.name, title) for contact, title in sheet.their_people] == [("张总", "总经理")]
    assert [(task.what, task.due) for task, _owner in sheet.tasks] == [("回访", date(2023, 7, 19))]
    dialog.close()


def test_a_reception_takes_ninety_seconds_from_today(hands: Hands, app: QApplication) -> None:
    known = next(one for one in enterprises.all_enterprises(hands.book) if one.name.startswith("上海骏辰"))
    keyboard = CountedKeys(app)
    keyboard.press(Qt.Key.Key_R, CTRL | SHIFT)
    dialog = hands.dialog(ReceptionDialog)
    hands.until(lambda: dialog.form is not None and dialog.form.enterprise.hasFocus())
    form = dialog.form
    assert form is not None
    keyboard.decide("who came")
    keyboard.write("shjc")
    keyboard.decide("that it is the one meant")
    hands.until(lambda: any(one.text == known.name for one in form.enterprise.offers))
    while form.enterprise.offered != known.name:
        keyboard.press(Qt.Key.Key_Down)
    keyboard.press(ENTER)
    hands.until(form.guests.hasFocus)
    keyboard.decide("who led them, and how many")
    keyboard.write("张总|一行|5|人")
    for _step in range(3):
        keyboard.press(TAB)
    hands.until(form.hosts.typing.hasFocus)
    keyboard.press(TAB)
    keyboard.decide("what they were shown")
    keyboard.write("双福|园区")
    keyboard.press(TAB)
    hands.until(form.result.hasFocus)
    keyboard.decide("what was said")
    keyboard.write("看|了|标准|厂房，|认可|交通|条件，|计划|建设|西南|生产|基地。")
    keyboard.press(TAB)
    keyboard.decide("what they ask")
    keyboard.write("五万|平米|厂房")
    keyboard.press(TAB)
    keyboard.decide("what was promised, and until when")
    keyboard.write("7.21 |回复|电价")
    keyboard.press(TAB)
    keyboard.decide("what comes next, and when")
    keyboard.write("下|周三| |回访")
    keyboard.press(ENTER, CTRL)
    hands.closed(dialog)
    assert keyboard.seconds <= 90, (keyboard.keys, keyboard.decisions)

    page = enterprises.enterprise_page(hands.book, known.id)
    (entry,) = [one for one in page.timeline if one.kind == "reception" and one.text.startswith("看了标准厂房")]
    sheet = receptions.reception_sheet(hands.book, entry.id)
    assert (sheet.reception.guests, sheet.reception.sites) == ("张总一行5人", ("双福园区",))
    assert [(task.what, task.due) for task, _owner in sheet.tasks] == [("回访", date(2023, 7, 19))]
    assert [one.due for one in page.needs if one.text == "回复电价"] == [date(2023, 7, 21)]
