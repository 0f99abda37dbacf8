"""One list of actions: no shortcut is ambiguous, none is taken from the input method."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_app.domain.listed import LISTS
from crm_app.i18n import _
from crm_app.ui import actions
from crm_app.ui.actions import SPECS, Spec, Where
from crm_app.ui.settings.page import PARTS


def _together(one: Spec, other: Spec) -> bool:
    return one.where is other.where or Where.WINDOW in (one.where, other.where)


def _first(keys: str) -> QKeyCombination:
    sequence: Any = QKeySequence(keys)  # its stubs know no indexing
    combination: QKeyCombination = sequence[0]
    return combination


def test_no_two_shortcuts_that_can_be_active_together_are_the_same(app: QApplication) -> None:
    clashes = [
        (one.id, other.id, keys)
        for one, other in combinations(SPECS, 2)
        if _together(one, other)
        for keys in {QKeySequence(k).toString() for k in one.keys} & {QKeySequence(k).toString() for k in other.keys}
    ]
    assert clashes == []


def test_ids_are_unique_and_every_shortcut_can_be_typed(app: QApplication) -> None:
    assert [name for name, n in Counter(spec.id for spec in SPECS).items() if n > 1] == []
    for spec in SPECS:
        for keys in spec.keys:
            assert not QKeySequence(keys).isEmpty(), keys


def test_every_list_and_part_of_the_settings_is_a_command_called_as_it_is() -> None:
    called = {spec.leads: spec.title for spec in SPECS if spec.leads and not spec.then}
    assert {name: called["settings", name] for name, _words, _kind in PARTS} == {
        name: _(words) for name, words, _kind in PARTS
    }
    for view in ("visits", "receptions", "follow_ups"):
        assert called["trips", view] == LISTS[view].title


def test_nothing_is_taken_from_the_input_method(app: QApplication) -> None:
    taken = {Qt.Key.Key_Shift, Qt.Key.Key_Control}
    for spec in SPECS:
        for keys in spec.keys:
            combination = _first(keys)
            assert combination.key() not in taken, keys
            held = combination.keyboardModifiers()
            assert not (combination.key() == Qt.Key.Key_Space and held & Qt.KeyboardModifier.ControlModifier), keys
            # Shift with a letter is how capitals are typed.
            assert held != Qt.KeyboardModifier.ShiftModifier, keys


@pytest.mark.parametrize("field_type", [QLineEdit, QPlainTextEdit])
def test_inside_a_text_field_undo_is_the_fields_own_and_log_is_not(
    field_type: type[QLineEdit | QPlainTextEdit], app: QApplication, qtbot: QtBot
) -> None:
    window = QWidget()
    field = field_type()
    QVBoxLayout(window).addWidget(field)
    heard: list[str] = []
    for name in ("undo", "log", "search", "go_today"):
        actions.make(name, window, partial(heard.append, name))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text() if isinstance(field, QLineEdit) else field.toPlainText()) == ""
    assert heard == []
    for key in (Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_1):
        qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["log", "search", "go_today"]
