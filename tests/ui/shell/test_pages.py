"""What is behind the page on top is dressed in another look when one comes back to it."""

from __future__ import annotations

from PySide6.QtGui import QImage

from tests.ui.sampled import Hands


def seen(hands: Hands, place: str) -> QImage:
    page = hands.go(place)
    hands.qtbot.waitUntil(page.isVisible)
    return page.grab().toImage()


def test_a_place_left_in_one_look_comes_back_in_the_other(hands: Hands) -> None:
    session = hands.session
    first = {place: seen(hands, place) for place in ("papers", "today")}
    session.set_look("dark")
    try:
        switched = {place: seen(hands, place) for place in first}
        hands.window.pages.drop()
        made_anew = {place: seen(hands, place) for place in first}
    finally:
        session.set_look("light")
    assert [place for place in first if switched[place] != made_anew[place]] == []
    assert [place for place in first if seen(hands, place) != first[place]] == [], "and back"
    assert first["papers"] != switched["papers"]
