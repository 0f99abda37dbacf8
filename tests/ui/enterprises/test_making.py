"""The page of an enterprise is made when the first one is opened, some of it a turn; nobody meets half of it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crm_app.services.book import Book
from crm_app.ui.enterprises.page import EnterprisesPage
from crm_app.ui.enterprises.section import Section
from crm_app.ui.session import Location, Session
from tests.ui.enterprises.hands import Hands
from tests.ui.kit import settle


def test_the_list_stands_until_the_page_of_an_enterprise_is_made(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises()
    hands.session.go("enterprises", battery)
    assert page.front.isVisible()
    hands.until(lambda: not page.front.isVisible())
    assert page.view.isVisible()
    assert hands.focus() is page.view.timeline.list


def test_a_key_meets_the_whole_page(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises()
    hands.session.go("enterprises", battery)
    window = hands.window.windowHandle()
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_Down)
    assert page.view.facts.isVisible()
    assert hands.focus() is page.view.timeline.list


def test_who_goes_on_at_once_finds_what_was_asked_last(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises()
    hands.session.go("enterprises", battery)
    hands.session.go("enterprises")
    hands.settle()
    assert page.front.isVisible()
    assert page.front.isAncestorOf(hands.focus())


def test_what_is_made_beforehand_is_not_seen_before_it_has_its_place(
    book: Book, session: Session, qtbot: QtBot
) -> None:
    session.attach(book)
    page = EnterprisesPage(session)
    qtbot.addWidget(page)
    ahead = page.ahead()
    for _card in range(6):
        next(ahead)
    page.show()
    page.show_location(Location("enterprises"))
    cards = page.findChildren(Section)
    assert cards
    assert not [card for card in cards if card.isVisible()]
    list(ahead)
    settle(qtbot, session.background)
