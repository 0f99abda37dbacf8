"""The keys that go to the view beside, before the first view is shown and after."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_app.ui.widgets.view_tabs import ViewTabs
from tests.ui.keyboard import CTRL


def test_keys_that_come_before_the_first_view_go_nowhere(app: QApplication, qtbot: QtBot) -> None:
    chosen: list[str] = []
    page = QWidget()
    tabs = ViewTabs((("leads", "Leads"), ("board", "Board"), ("table", "Table")), chosen.append, page)
    tabs.listen(page)
    field = QLineEdit(page)
    layout = QVBoxLayout(page)
    layout.addWidget(tabs)
    layout.addWidget(field)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_PageUp, CTRL)
    assert chosen == []
    tabs.show_view("board")
    QTest.keyClick(field, Qt.Key.Key_PageUp, CTRL)
    QTest.keyClick(field, Qt.Key.Key_PageDown, CTRL)
    assert chosen == ["leads", "table"]
