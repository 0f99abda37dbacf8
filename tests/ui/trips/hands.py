"""A window on a book of its own, at the place of trips, and hands that use the keyboard and count its keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from crm_app.services import enterprises, staff, trips
from crm_app.services.book import Book
from crm_app.services.trips import TripPage
from crm_app.ui.session import Session
from crm_app.ui.trips.page import TripsPage
from crm_app.ui.trips.trip_view import TripView
from tests.templates import own_book
from tests.ui.keyboard import CountedKeys
from tests.ui.kit import PlainPlaces, window_in_front

TODAY = date(2023, 6, 14)
"""A Wednesday."""
MONDAY, FRIDAY = date(2023, 6, 12), date(2023, 6, 16)
NAMES = ("渝能电池(示例)有限公司", "江驰电机(示例)有限公司", "华智激光(示例)有限公司")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with own_book(tmp_path / "t.crm", TODAY) as made:
        staff.add_colleague(made, name="曾敏", title="副局长")
        for name in NAMES:
            enterprises.create_enterprise(made, name=name, address="深圳市南山区科技园8号")
        yield made


class Hands(CountedKeys):
    """Keys, at the place of trips."""

    @property
    def page(self) -> TripsPage:
        assert isinstance(self.window.page, TripsPage)
        return self.window.page

    @property
    def trip(self) -> TripView:
        trip = self.page.trip
        assert trip is not None
        return trip

    def go(self, record: UUID | None = None, view: str = "") -> None:
        self.session.go("trips", record, view)
        self.settle()

    def closed(self) -> None:
        """Do what a window manager does when a dialog is gone; the screen of the tests has none."""
        self.until(
            lambda: not any(isinstance(one, QDialog) and one.isVisible() for one in QApplication.topLevelWidgets())
        )
        self.window.activateWindow()
        self.settle()

    def only_trip(self) -> TripPage:
        (row,) = trips.list_trips(self.book)
        return trips.trip_page(self.book, row.trip.id)


@pytest.fixture
def hands(session: Session, book: Book, qtbot: QtBot) -> Iterator[Hands]:
    window = window_in_front(session, PlainPlaces({"trips": TripsPage}), qtbot)
    told: list[str] = []
    session.trouble.connect(told.append)
    session.attach(book)
    hands = Hands(window, session, book, qtbot, told)
    yield hands
    # Not by qtbot, which deletes the window while it still waits for what is being saved.
    hands.settle()
    window.close()
    hands.until(lambda: not window.isVisible())
    window.deleteLater()
    session.background.finish()


def a_trip(book: Book, *, planned: int = 0, on: date | None = None) -> UUID:
    """Make this week's trip, with the first enterprises planned for a day."""
    made = trips.create_trip(book, start_on=MONDAY, end_on=FRIDAY, regions=("深圳",), purpose="对接企业").value.id
    known = [enterprises.suggest(book, name)[0].enterprise.id for name in NAMES]
    trips.plan_visits(book, made, known[:planned], on)
    return made
