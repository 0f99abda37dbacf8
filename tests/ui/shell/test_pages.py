"""What is behind the page on top is dressed in another look when one comes back to it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.ui.sampled import Hands


def seen(hands: Hands, place: str) -> QImage:
    """Return the picture of a place once it does not change any more: cards that arrive ask for room in later turns."""
    page = hands.go(place)
    hands.qtbot.waitUntil(page.isVisible)
    pictures: list[QImage] = []

    def at_rest() -> bool:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        pictures.append(page.grab().toImage())
        return len(pictures) > 3 and all(one == other for one, other in pairwise(pictures[-4:]))

    hands.qtbot.waitUntil(at_rest, timeout=20_000)
    return pictures[-1]


def test_a_place_left_in_one_look_comes_back_in_the_other(hands: Hands) -> None:
    session = hands.session
    light = {"today": seen(hands, "today")}
    session.set_look("dark")
    try:
        made_dark = {place: seen(hands, place) for place in ("papers", "trips", "today")}
        session.set_look("light")
        light |= {place: seen(hands, place) for place in made_dark if place != "today"}
        assert seen(hands, "today") == light["today"]
        session.set_look("dark")
        assert [place for place in made_dark if seen(hands, place) != made_dark[place]] == []
    finally:
        session.set_look("light")
    assert [place for place in light if seen(hands, place) != light[place]] == [], "and back"
    assert [place for place in light if light[place] == made_dark[place]] == []
