"""Who has gone elsewhere is left alone by the page of an enterprise."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt

from crm_app.services import enterprises
from tests.ui.enterprises.hands import Hands
from tests.ui.keyboard import CTRL


def test_a_step_to_the_next_that_came_to_nothing_leads_nowhere_later(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises()
    page.list.search.setText("江驰")
    page.list.search.commit_now()
    hands.until(lambda: page.list.model.complete and page.list.model.rowCount() == 1)
    hands.enterprises(battery)
    hands.until(lambda: page.view.enterprise == battery)
    hands.press(Qt.Key.Key_PageUp, CTRL)
    hands.session.go("enterprises", view="list")
    page.list.search.clear()
    page.list.search.commit_now()
    hands.until(lambda: page.list.model.complete and page.list.model.rowCount() > 1)
    page.list.choose(battery)
    hands.qtbot.wait(100)
    assert page.front.isVisible()


def test_who_is_elsewhere_hears_nothing_of_an_enterprise_that_is_taken_back(hands: Hands) -> None:
    told: list[str] = []
    hands.session.trouble.connect(told.append)
    made = enterprises.create_enterprise(hands.book, name="丁四(示例)公司").value
    page = hands.enterprises(made)
    hands.until(lambda: page.view.enterprise == made)
    hands.session.go("today")
    hands.settle()
    hands.session.undo()
    hands.settle()
    assert told == []
