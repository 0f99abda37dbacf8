"""What can be logged from the top bar: a lead by one click, the others from the menu beside it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from crm_app.ui.enterprises.asking import WhichEnterprise
from crm_app.ui.log.dialog import LogDialog
from crm_app.ui.receptions import ReceptionDialog
from crm_app.ui.visits import VisitDialog
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.sampled import Hands

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""The screen of the tests has no popups that take the keyboard."""


def left(hands: Hands, wanted: type[QDialog]) -> None:
    """Wait for a form, and close it again."""
    dialog = hands.dialog(wanted)
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)


def test_a_click_logs_a_lead_and_the_menu_beside_it_the_others(hands: Hands) -> None:
    bar = hands.window.topbar
    hands.click(bar.log)
    left(hands, LogDialog)
    menu = bar.more.menu()
    shown = [entry.text() for entry in menu.actions()]
    assert shown == ["线索\tCtrl+N", "拜访\tCtrl+Shift+W", "接待\tCtrl+Shift+R", "跟进\tCtrl+Shift+J"]
    assert bar.more.accessibleName() == "选择登记内容"
    for n, wanted in enumerate((LogDialog, VisitDialog, ReceptionDialog, WhichEnterprise)):
        hands.click(bar.more)
        hands.until(menu.isVisible)
        at = menu.actionGeometry(menu.actions()[n]).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)
        left(hands, wanted)


def test_the_menu_is_reached_and_answered_by_keys(hands: Hands) -> None:
    bar = hands.window.topbar
    bar.log.setFocus()
    hands.press(Qt.Key.Key_Tab)
    assert bar.more.hasFocus()
    hands.press(Qt.Key.Key_Space)
    hands.until(bar.more.menu().isVisible)
    for _step in range(3):
        QTest.keyClick(bar.more.menu(), Qt.Key.Key_Down)
    QTest.keyClick(bar.more.menu(), Qt.Key.Key_Return)
    left(hands, ReceptionDialog)
    for key, wanted in ((Qt.Key.Key_W, VisitDialog), (Qt.Key.Key_J, WhichEnterprise)):
        hands.press(key, CTRL | SHIFT)
        left(hands, wanted)
