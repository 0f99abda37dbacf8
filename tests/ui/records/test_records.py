"""The history and the deletion of a record, from its page, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from crm_app.services import enterprises, follow_ups, leads, receptions, recycle_bin, trips
from crm_app.services.book import Book
from crm_app.services.receptions import Receive
from crm_app.ui.projects.page import ProjectsPage
from crm_app.ui.records.deleting import DeleteDialog
from crm_app.ui.records.history import HistoryDialog
from crm_app.ui.records.menu import RecordMenu
from crm_app.ui.session import Session
from tests.projects import new_project
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.sampled import Hands, windowed
from tests.ui.sampled import sample as sample


@pytest.fixture
def hands(session: Session, sample: Book, qtbot: QtBot) -> Iterator[Hands]:
    yield from windowed(session, sample, qtbot, ("enterprises", "projects", "trips"))


def made(hands: Hands, name: str = "待删电机(示例)") -> UUID:
    logged = leads.log_lead(hands.book, leads.LogLead(name, next_step="2023-07-20 回访")).value
    follow_ups.log_follow_up(hands.book, content="电话里谈过", mode="电话", enterprise_id=logged.enterprise_id)
    return logged.enterprise_id


def shown(hands: Hands, place: str, record: UUID, view: str = "") -> None:
    """Go to the page of a record and wait until it is read."""
    hands.go(place, record, view)

    def is_read() -> bool:
        page = hands.window.page
        assert page is not None
        known = [menu.target() for menu in page.findChildren(RecordMenu) if menu.isVisible()]
        return [one.id for one in known if one] == [record]

    hands.until(is_read)
    hands.settle()


def ask(hands: Hands) -> DeleteDialog:
    hands.press(Qt.Key.Key_Delete, CTRL | SHIFT)
    return hands.dialog(DeleteDialog)


def living(hands: Hands, enterprise: UUID) -> bool:
    return any(one.id == enterprise for one in enterprises.all_enterprises(hands.book))


def test_an_enterprise_says_what_goes_along_and_comes_back_with_undo(hands: Hands) -> None:
    enterprise = made(hands)
    shown(hands, "enterprises", enterprise)
    dialog = ask(hands)
    assert "3" in dialog.along.text()
    hands.press(Qt.Key.Key_Return)
    hands.closed(dialog)
    hands.until(lambda: not living(hands, enterprise))
    assert hands.said[-1][1]
    assert hands.told == []
    hands.window.setFocus()
    hands.session.undo()
    hands.until(lambda: living(hands, enterprise))


def test_undo_and_redo_with_nothing_left_are_no_trouble(hands: Hands) -> None:
    for key, words in ((Qt.Key.Key_Z, "没有可撤销的操作。"), (Qt.Key.Key_Y, "没有可重做的操作。")):
        hands.window.setFocus()
        hands.press(key, CTRL)
        hands.until(lambda words=words: hands.said[-1:] == [(words, False)])  # type: ignore[misc]
    assert hands.told == []
    assert not hands.window.notice.isVisible()


def test_escape_deletes_nothing(hands: Hands) -> None:
    enterprise = made(hands)
    shown(hands, "enterprises", enterprise)
    dialog = ask(hands)
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)
    assert living(hands, enterprise)


def test_a_project_a_trip_and_a_visit_are_deleted_from_their_pages(hands: Hands) -> None:
    enterprise = made(hands)
    project = new_project(hands.book, "待删项目(示例)", [enterprise]).value
    trip = trips.create_trip(hands.book, start_on=date(2023, 7, 10), members=()).value.id
    visit = receptions.receive(hands.book, Receive(guests="客人一行", on=date(2023, 7, 11))).value
    for place, record, view in (("projects", project, ""), ("trips", trip, "trip"), ("trips", visit, "reception")):
        shown(hands, place, record, view)
        dialog = ask(hands)
        hands.press(Qt.Key.Key_Return)
        hands.closed(dialog)
        hands.until(lambda record=record: record in {one.row for one in recycle_bin.list_deleted(hands.book)})
    assert hands.told == []


def test_what_is_kept_is_said_in_the_bar_and_nothing_asked(hands: Hands) -> None:
    enterprise = made(hands)
    new_project(hands.book, "投资项目(示例)", [enterprise])
    shown(hands, "enterprises", enterprise)
    hands.press(Qt.Key.Key_Delete, CTRL | SHIFT)
    hands.until(lambda: hands.told)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, DeleteDialog) and one.isVisible()]
    assert living(hands, enterprise)


def test_a_lead_and_a_follow_up_are_deleted_where_they_are_listed(hands: Hands) -> None:
    enterprise = made(hands)
    shown(hands, "enterprises", enterprise)
    hands.press(Qt.Key.Key_Delete, CTRL)
    dialog = hands.dialog(DeleteDialog)
    hands.press(Qt.Key.Key_Return)
    hands.closed(dialog)
    hands.until(lambda: recycle_bin.list_deleted(hands.book))
    page = hands.go("projects", view="leads")
    assert isinstance(page, ProjectsPage)
    hands.settle()
    hands.until(page.leads.list.current)
    page.leads.focus_first()
    hands.press(Qt.Key.Key_Delete, CTRL)
    dialog = hands.dialog(DeleteDialog)
    hands.press(Qt.Key.Key_Return)
    hands.closed(dialog)
    hands.until(lambda: {one.table for one in recycle_bin.list_deleted(hands.book)} >= {"lead"})


def test_the_history_tells_every_field_newest_first_and_filters(hands: Hands) -> None:
    enterprise = made(hands)
    enterprises.change_enterprise(hands.book, enterprise, region="重庆市", address="双福大道1号")
    shown(hands, "enterprises", enterprise)
    hands.press(Qt.Key.Key_H, CTRL)
    dialog = hands.dialog(HistoryDialog)
    hands.until(lambda: dialog.list.model.complete)
    rows = dialog.list.model.rows()
    assert {one.new for one in rows[:2]} == {"重庆市", "双福大道1号"}
    assert rows[-1].field == ""
    dialog.list.search.setFocus()
    hands.write("双福")
    hands.until(lambda: [one.new for one in dialog.list.model.rows()] == ["双福大道1号"])
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)


def test_enter_presses_the_button_that_has_the_keyboard_not_the_one_that_is_proposed(hands: Hands) -> None:
    enterprise = made(hands)
    shown(hands, "enterprises", enterprise)
    page = hands.window.page
    dialog = ask(hands)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return)
    hands.closed(dialog)
    assert living(hands, enterprise), "Cancel had the keyboard"
    hands.window.rail.findChildren(QAbstractButton)[0].setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: hands.window.page is not page)
