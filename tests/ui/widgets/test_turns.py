"""A widget that is filled in several turns: whole before a key is heard, and never half of two records."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from crm_app.ui.widgets.turns import Turns, is_waiting
from tests.ui.keyboard import CTRL


def test_a_key_finds_it_whole_and_another_filling_takes_the_place_of_the_first(app: QApplication, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    field.activateWindow()
    field.setFocus()
    turns, done, heard = Turns(field), list[str](), list[list[str]]()
    field.textEdited.connect(lambda _text: heard.append(list(done)))
    turns.begin([partial(done.append, "one"), partial(done.append, "two")])
    assert (done, field.updatesEnabled(), is_waiting(field)) == ([], False, True)
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert (heard, field.updatesEnabled(), is_waiting(field)) == ([["one", "two"]], True, False)
    four = [partial(done.append, "four")]
    turns.begin([partial(done.append, "three"), partial(turns.begin, four), partial(done.append, "of another record")])
    qtbot.waitUntil(lambda: not is_waiting(field), timeout=20_000)
    assert (done, field.updatesEnabled()) == (["one", "two", "three", "four"], True)


def test_a_shortcut_and_a_drop_find_it_whole_and_what_leads_away_does_not_wait(app: QApplication, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    field.activateWindow()
    qtbot.waitUntil(field.hasFocus, timeout=20_000)
    turns, done, heard = Turns(field), list[str](), list[list[str]]()
    QShortcut("F2", field).activated.connect(lambda: heard.append(list(done)))
    window = field.windowHandle()
    turns.begin([partial(done.append, "of a shortcut")])
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert heard == [["of a shortcut"]]
    turns.begin([partial(done.append, "of a drop")])
    turns.eventFilter(window, QEvent(QEvent.Type.DragEnter))
    assert done[-1] == "of a drop"
    away = ((Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier), (Qt.Key.Key_PageDown, CTRL), (Qt.Key.Key_4, CTRL))
    for key, held in away:
        turns.begin([partial(done.append, "of what leads away")])
        app.sendEvent(window, QKeyEvent(QEvent.Type.ShortcutOverride, key, held))
        assert done[-1] == "of a drop"
