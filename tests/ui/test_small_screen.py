"""A small laptop at 150 % leaves some 900 by 500 pixels: nothing is squeezed there, what has no room scrolls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.backups import PlaceRow
from crm_app.ui.settings.book import BookPart
from crm_app.ui.shell.first_start import FirstStart
from crm_app.ui.shell.protect_card import ProtectCard
from crm_app.ui.shell.unlock_card import UnlockCard
from tests.ui.enterprises.conftest import book, hands
from tests.ui.enterprises.hands import Hands

__all__ = ["book", "hands"]


def squeezed(root: QWidget) -> list[tuple[str, int, int]]:
    """Return what is lower than it needs to be."""
    return [
        (one.text(), one.height(), _needs(one))
        for kind in (QLabel, QLineEdit, QAbstractButton)
        for one in root.findChildren(kind)
        if one.isVisible() and one.height() < _needs(one)
    ]


def _needs(one: QWidget) -> int:
    # Of words that wrap the hint is a guess; at their width it is known.
    least = one.heightForWidth(one.width()) if one.hasHeightForWidth() else one.minimumSizeHint().height()
    return min(least, one.maximumHeight())


@pytest.mark.parametrize(
    "make",
    [
        lambda session: ProtectCard(session),
        lambda _session: FirstStart("不能打开。", Path("book.crm"), may_restore=True, may_salvage=True),
        lambda _session: UnlockCard("江津招商", may_leave=True),
    ],
    ids=["protect", "first", "unlock"],
)
@pytest.mark.parametrize("height", [430, 300])
def test_a_card_is_whole_in_a_low_window(
    session: Session, qtbot: QtBot, make: Callable[[Session], QWidget], height: int
) -> None:
    card = make(session)
    qtbot.addWidget(card)
    card.resize(860, height)
    card.show()
    qtbot.waitExposed(card)
    qtbot.waitUntil(lambda: squeezed(card) == [])


def test_the_backups_are_whole_in_a_low_window(hands: Hands) -> None:
    hands.window.resize(911, 480)
    part = hands.settings("book").parts["book"]
    assert isinstance(part, BookPart)
    hands.until(part.backups.isVisible)
    hands.until(lambda: squeezed(part) == [])
    for one in part.findChildren(PlaceRow):
        assert one.height() >= one.minimumSizeHint().height()
    assert part.backups.table.height() >= part.backups.table.minimumHeight()


def test_the_parts_of_the_settings_stand_in_the_rail_without_scrolling_on_a_laptop(hands: Hands) -> None:
    page = hands.settings("general")
    hands.until(page.rail.isVisible)
    assert (hands.window.width(), hands.window.height()) == (1366, 768)
    assert page.rail.verticalScrollBar().maximum() == 0
    assert page.rail.horizontalScrollBar().maximum() == 0
    seen = page.rail.viewport().rect()
    assert all(seen.contains(page.rail.visualItemRect(page.rail.item(row))) for row in range(page.rail.count()))
    metrics, air = page.rail.fontMetrics(), 2 * theme.S
    names = [page.rail.item(row).text() for row in range(page.rail.count())]
    assert not [one for one in names if metrics.horizontalAdvance(one) + air > seen.width()]
