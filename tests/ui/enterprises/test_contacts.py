"""The list of contacts: found by name or enterprise, opened, changed; and the ways from the views' menu."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from crm_app.services import enterprises
from crm_app.ui.enterprises.contacts import ContactsList
from tests.ui.enterprises.conftest import NAMES
from tests.ui.enterprises.hands import Hands
from tests.ui.keyboard import CTRL
from tests.ui.kit import enter

PEOPLE = (("张大力", "总经理", "13800000001"), ("李小满", "董事长", "13800000002"))


def _contacts(hands: Hands) -> ContactsList:
    for name, (person, title, phone) in zip(NAMES, PEOPLE, strict=False):
        found = enterprises.suggest(hands.book, name)[0].enterprise.id
        enterprises.add_contact(hands.book, found, name=person, title=title, phone=phone)
    page = hands.enterprises()
    page.list.table.setFocus()
    hands.press(Qt.Key.Key_PageDown, CTRL)
    listed = page.front.contacts
    hands.until(lambda: listed.isVisible() and listed.model.complete and listed.model.rowCount() == len(PEOPLE))
    return listed


def _names(listed: ContactsList) -> list[str]:
    return [row.values["name"] for row in listed.model.rows()]


def test_people_are_found_by_their_enterprise_and_it_is_opened(hands: Hands) -> None:
    listed = _contacts(hands)
    assert _names(listed) == ["李小满", "张大力"]
    enter(listed.search, "jcdj")
    hands.until(lambda: _names(listed) == ["李小满"])
    hands.press(Qt.Key.Key_Return)
    page = hands.window.page
    hands.until(lambda: page.view.title.text() == NAMES[1])  # type: ignore[union-attr]
    hands.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    hands.until(listed.isVisible)


def test_a_person_is_changed_and_deleted_from_the_list(hands: Hands) -> None:
    listed = _contacts(hands)
    listed.table.setFocus()
    listed.table.selectRow(1)
    hands.press(Qt.Key.Key_F2)
    dialog = hands.dialog()
    hands.fill(dialog, name="张力")
    hands.save(dialog)
    hands.until(lambda: _names(listed) == ["李小满", "张力"])
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.until(lambda: _names(listed) == ["李小满", "张大力"])


def _chosen_from_the_views(hands: Hands, words: str, shown: Callable[[], object]) -> None:
    hands.press(Qt.Key.Key_V, CTRL | Qt.KeyboardModifier.ShiftModifier)
    hands.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    at = [one.text() for one in menu.actions() if one.isEnabled() and not one.isSeparator()].index(words)
    for _step in range(at):
        hands.qtbot.keyClick(menu, Qt.Key.Key_Down)
    hands.qtbot.keyClick(menu, Qt.Key.Key_Return)
    hands.until(shown)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_of_the_views_leads_to_those_of_the_projects(hands: Hands) -> None:
    page = hands.enterprises()
    page.list.table.setFocus()
    wanted: list[object] = []
    hands.session.wanted.connect(wanted.append)
    _chosen_from_the_views(hands, "从未拜访", lambda: page.list.view == "never_visited")
    hands.until(lambda: page.list.model.complete)
    _chosen_from_the_views(hands, "停滞超过30天", lambda: wanted)
    (location,) = wanted
    assert (location.place, location.view) == ("projects", "table:stalled")  # type: ignore[attr-defined]
