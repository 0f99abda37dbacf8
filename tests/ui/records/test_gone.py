"""A page whose record goes while it is read leads away in silence; one behind another changes nothing that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_app.services import book as books
from crm_app.services import enterprises, imports, merging, receptions, recycle_bin, trips, visits
from crm_app.services.book import Book
from crm_app.services.receptions import Receive
from crm_app.services.visits import WriteVisit
from crm_app.ui.records.menu import RecordMenu
from crm_app.ui.session import Session
from tests.projects import new_project
from tests.ui.keyboard import CTRL
from tests.ui.kit import unread
from tests.ui.sampled import Hands, windowed
from tests.ui.sampled import sample as sample

ALT = Qt.KeyboardModifier.AltModifier
NAME, DAY = "待撤电机(示例)", date(2023, 7, 10)

Make = Callable[[Book], UUID]

KINDS: dict[str, tuple[str, Make]] = {
    "enterprise": ("enterprises", lambda book: enterprises.create_enterprise(book, name=NAME).value),
    "project": ("projects", lambda book: new_project(book, NAME, on=DAY).value),
    "trip": ("trips", lambda book: trips.create_trip(book, start_on=DAY, members=()).value.id),
    "visit": ("trips", lambda book: visits.write_visit(book, WriteVisit(name=NAME, on=DAY)).value),
    "reception": ("trips", lambda book: receptions.receive(book, Receive(guests=NAME, on=DAY)).value),
}
"""Table → the place where a record of it is read, and what makes one in one step."""

EVERY_KIND = pytest.mark.parametrize("table", KINDS)


@pytest.fixture
def hands(session: Session, sample: Book, qtbot: QtBot) -> Iterator[Hands]:
    yield from windowed(session, sample, qtbot, ("enterprises", "projects", "trips"))


def shown(hands: Hands) -> list[UUID]:
    """Return the record whose page is seen, if there is any."""
    known = [menu.target() for menu in hands.window.findChildren(RecordMenu) if menu.isVisible()]
    return [one.id for one in known if one]


def read(hands: Hands, table: str, record: UUID) -> None:
    """Go to the page of a record by way of the list, and wait until it is there."""
    place, _make = KINDS[table]
    hands.go(place)
    hands.go(place, record, table if place == "trips" else "")
    hands.until(lambda: shown(hands) == [record])
    hands.settle()


def leads_away(hands: Hands) -> None:
    """Wait until no record is seen, and find that nothing was complained about and a list has the keyboard."""
    hands.until(lambda: not any(menu.isVisible() for menu in hands.window.findChildren(RecordMenu)))
    hands.settle()
    assert hands.told == []
    page = hands.window.page
    assert page is not None
    assert page.isAncestorOf(hands.focus())


@EVERY_KIND
def test_a_record_that_is_taken_back_while_it_is_read_leads_to_the_list(hands: Hands, table: str) -> None:
    record = KINDS[table][1](hands.book)
    read(hands, table, record)
    hands.press(Qt.Key.Key_Z, CTRL)
    leads_away(hands)
    assert len(hands.said) == 1, "the step that was taken back is named once"


@EVERY_KIND
def test_a_record_that_is_taken_back_before_it_is_read_first_leads_to_the_list(hands: Hands, table: str) -> None:
    place, make = KINDS[table]
    hands.go(place)
    record = make(hands.book)
    with unread(hands.session.background):
        hands.session.go(place, record, table if place == "trips" else "")
        for _step in range(9):  # the page is made and on top
            hands.qtbot.wait(5)
        hands.session.undo()
        hands.qtbot.waitUntil(lambda: len(hands.said) == 1)
    leads_away(hands)


@EVERY_KIND
def test_a_record_that_is_deleted_again_leads_to_the_list(hands: Hands, table: str) -> None:
    record = KINDS[table][1](hands.book)
    recycle_bin.delete(hands.book, table, record)
    books.undo(hands.book)
    read(hands, table, record)
    hands.press(Qt.Key.Key_Y, CTRL)
    leads_away(hands)


@EVERY_KIND
def test_the_way_back_leads_past_a_record_that_is_gone(hands: Hands, table: str) -> None:
    record = KINDS[table][1](hands.book)
    hands.go("today")
    read(hands, table, record)
    hands.press(Qt.Key.Key_Z, CTRL)
    leads_away(hands)
    for _list_and_place in range(2):
        hands.press(Qt.Key.Key_Left, ALT)
        hands.settle()
    assert hands.went_to("today").place == "today"
    assert hands.told == []


@EVERY_KIND
@pytest.mark.parametrize("place", ["today", "enterprises", "projects", "trips"])
def test_who_is_elsewhere_stays_there(hands: Hands, table: str, place: str) -> None:
    record = KINDS[table][1](hands.book)
    read(hands, table, record)
    hands.go(place, view={"projects": "table", "trips": "visits"}.get(place, ""))
    before, view = seen(hands), hands.session.settings.last("projects_view")
    hands.session.undo()
    hands.settle()
    assert seen(hands) == before
    assert hands.session.settings.last("projects_view") == view
    assert hands.told == []


def seen(hands: Hands) -> list[QWidget]:
    """Return the pages and lists that lie in the middle of the window now."""
    page = hands.window.page
    assert page is not None
    return [page, *(one for one in page.findChildren(QWidget) if one.isVisible() and one.parent() is page)]


def test_a_record_that_was_gone_before_is_missed_aloud(hands: Hands) -> None:
    project = KINDS["project"][1](hands.book)
    read(hands, "project", project)
    hands.go("today")
    hands.session.undo()
    hands.settle()
    hands.press(Qt.Key.Key_Left, ALT)
    hands.until(lambda: hands.told)
    hands.settle()
    assert len(hands.told) == 1
    assert shown(hands) == []


def test_a_merged_enterprise_leads_to_the_one_it_went_into(hands: Hands) -> None:
    kept = enterprises.create_enterprise(hands.book, name="留存电机(示例)").value
    gone = KINDS["enterprise"][1](hands.book)
    read(hands, "enterprise", gone)
    hands.session.write("", lambda book, _progress: merging.merge(book, kept, [gone]))
    hands.until(lambda: shown(hands) == [kept])
    assert hands.told == []


def test_an_enterprise_stays_when_the_entry_it_was_opened_by_goes(hands: Hands) -> None:
    enterprise = KINDS["enterprise"][1](hands.book)
    visit = visits.write_visit(hands.book, WriteVisit(enterprise_id=enterprise, on=DAY)).value
    hands.go("enterprises", visit)
    hands.until(lambda: shown(hands) == [enterprise])
    hands.session.undo()
    hands.settle()
    assert shown(hands) == [enterprise]
    assert hands.told == []


def test_an_enterprise_of_a_ledger_that_is_taken_back_leads_to_the_list(hands: Hands, tmp_path: Path) -> None:
    ledger = tmp_path / "台账.csv"
    ledger.write_text(f"企业名称,行业\n{NAME},电池\n", "utf-8")
    imports.apply(hands.book, imports.plan(hands.book, ledger))
    (found,) = [one.id for one in enterprises.all_enterprises(hands.book) if one.name == NAME]
    read(hands, "enterprise", found)
    hands.press(Qt.Key.Key_Z, CTRL)
    leads_away(hands)
