"""Typing: Chinese input is never eaten, offers follow the newest text, Enter never chooses for the user."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from crm_app.domain.listed import LISTS
from crm_app.ui import actions
from crm_app.ui.widgets.filter_row import FilterField
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.people_field import Named, PeopleField
from crm_app.ui.widgets.pickers import fitting
from crm_app.ui.widgets.suggest import Answer, SuggestField, Suggestion
from crm_app.ui.widgets.text_field import TextArea, TextField
from tests.ui.kit import compose, enter

ENTRIES = ["智能网联新能源汽车", "新一代电子信息制造业", "先进材料", "新型显示"]


class _Desk:
    """A dialog with one suggesting field whose answers are given by hand or at once."""

    def __init__(self, qtbot: QtBot, *, preselect: bool = True, later: bool = False) -> None:
        self.asked: list[tuple[str, Answer]] = []
        self.taken: list[Suggestion] = []
        self.dialog = QDialog()
        self.dialog.resize(400, 300)
        self.field = SuggestField(self._later if later else self._now, self.dialog, preselect=preselect)
        self.field.chosen.connect(self.taken.append)
        self.entered: list[None] = []
        self.field.returnPressed.connect(lambda: self.entered.append(None))
        layout = QVBoxLayout(self.dialog)
        layout.addWidget(self.field)
        layout.addWidget(QLineEdit())
        layout.addStretch()
        qtbot.addWidget(self.dialog)
        with qtbot.waitActive(self.dialog):
            self.dialog.show()
            self.dialog.activateWindow()
        self.field.setFocus()

    def _now(self, text: str, answer: Answer) -> None:
        self.asked.append((text, answer))
        answer(fitting(text, ENTRIES))

    def _later(self, text: str, answer: Answer) -> None:
        self.asked.append((text, answer))

    def offered(self) -> list[str]:
        return [one.text for one in self.field.offers]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("新能源", ["智能网联新能源汽车"]),
        ("xjcl", ["先进材料"]),
        ("XXXS", ["新型显示"]),
        ("新", ["新一代电子信息制造业", "新型显示", "智能网联新能源汽车"]),
        ("", ENTRIES),
        ("zzz", []),
    ],
)
def test_any_part_or_the_initials_fit_and_beginnings_come_first(typed: str, found: list[str]) -> None:
    assert [one.text for one in fitting(typed, ENTRIES)] == found
    assert all(fits(typed, entry) for entry in found)


def test_a_word_being_composed_is_not_searched_and_enter_belongs_to_it(app: QApplication, qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    field.show()
    committed: list[str] = []
    entered: list[None] = []
    field.committed.connect(committed.append)
    field.returnPressed.connect(lambda: entered.append(None))
    compose(field, "xin neng")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.wait(200)
    assert (committed, entered) == ([], [])
    compose(field, commit="新能")
    qtbot.waitUntil(lambda: committed == ["新能"])
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(entered) == 1


@pytest.fixture
def desk(app: QApplication, qtbot: QtBot) -> _Desk:
    return _Desk(qtbot)


def test_type_and_enter_takes_the_first_offer(desk: _Desk, qtbot: QtBot) -> None:
    enter(desk.field, "xj")
    qtbot.waitUntil(lambda: desk.offered() == ["先进材料"])
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert [one.value for one in desk.taken] == ["先进材料"]
    assert desk.offered() == []
    assert desk.dialog.isVisible()


def test_arrows_walk_the_offers_and_the_focus_stays_in_the_field(desk: _Desk, qtbot: QtBot) -> None:
    enter(desk.field, "新")
    qtbot.waitUntil(lambda: len(desk.offered()) == 3)
    qtbot.keyClick(desk.field, Qt.Key.Key_Down)
    assert desk.field.hasFocus()
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert desk.taken[0].value == "新型显示"


def test_escape_puts_the_offers_away_before_it_closes_the_dialog(desk: _Desk, qtbot: QtBot) -> None:
    enter(desk.field, "新")
    qtbot.waitUntil(lambda: len(desk.offered()) == 3)
    qtbot.keyClick(desk.field, Qt.Key.Key_Escape)
    assert (desk.offered(), desk.dialog.isVisible()) == ([], True)
    qtbot.keyClick(desk.field, Qt.Key.Key_Escape)
    assert not desk.dialog.isVisible()


def test_without_preselection_enter_does_not_choose(app: QApplication, qtbot: QtBot) -> None:
    desk = _Desk(qtbot, preselect=False)
    enter(desk.field, "新")
    qtbot.waitUntil(lambda: len(desk.offered()) == 3)
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert (desk.taken, len(desk.entered)) == ([], 1)
    qtbot.keyClick(desk.field, Qt.Key.Key_Down)
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert desk.taken[0].value == "新一代电子信息制造业"


def test_an_answer_to_an_older_text_is_not_offered(app: QApplication, qtbot: QtBot) -> None:
    desk = _Desk(qtbot, later=True)
    enter(desk.field, "新")
    qtbot.waitUntil(lambda: len(desk.asked) == 1)
    enter(desk.field, "型")
    qtbot.waitUntil(lambda: len(desk.asked) == 2)
    desk.asked[0][1]([Suggestion("old", 1)])
    assert desk.offered() == []
    desk.asked[1][1]([Suggestion("new", 2)])
    assert desk.offered() == ["new"]


def test_enter_faster_than_the_answer_takes_the_answer_to_what_was_typed(app: QApplication, qtbot: QtBot) -> None:
    desk = _Desk(qtbot, later=True)
    enter(desk.field, "新")
    qtbot.waitUntil(lambda: len(desk.asked) == 1)
    desk.asked[0][1]([Suggestion("old", 1)])
    enter(desk.field, "型")
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert desk.taken == []
    desk.asked[1][1]([Suggestion("new", 2)])
    assert [one.value for one in desk.taken] == [2]


def test_enter_while_the_whole_list_is_shown_takes_what_is_under_the_cursor_and_nothing_else(
    desk: _Desk, qtbot: QtBot
) -> None:
    desk.field.let_choose()
    desk.field.take_text(ENTRIES[1])
    (mark,) = desk.field.findChildren(QToolButton)
    qtbot.mouseClick(mark, Qt.MouseButton.LeftButton)
    assert (desk.offered(), desk.field.offered) == (ENTRIES, ENTRIES[1])
    qtbot.keyClick(desk.field, Qt.Key.Key_Down)
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert [one.value for one in desk.taken] == [ENTRIES[2]]


def test_enter_goes_on_from_a_word_that_fits_nothing_after_the_whole_list_was_looked_at(
    desk: _Desk, qtbot: QtBot
) -> None:
    desk.field.let_choose()
    enter(desk.field, "某")
    qtbot.waitUntil(lambda: len(desk.asked) == 1)
    (mark,) = desk.field.findChildren(QToolButton)
    qtbot.mouseClick(mark, Qt.MouseButton.LeftButton)
    assert (desk.offered(), desk.field.offered) == (ENTRIES, "")
    qtbot.keyClick(desk.field, Qt.Key.Key_Escape)
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert len(desk.entered) == 1
    assert (desk.taken, desk.field.text()) == ([], "某")


def test_an_answer_that_came_while_the_keyboard_was_elsewhere_is_asked_for_anew_by_enter(
    app: QApplication, qtbot: QtBot
) -> None:
    desk = _Desk(qtbot, later=True)
    desk.field.let_choose()
    enter(desk.field, "新")
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    qtbot.keyClick(desk.field, Qt.Key.Key_Tab)
    desk.asked[0][1]([Suggestion("new", 1)])
    desk.field.setFocus()
    assert desk.taken == []
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    desk.asked[-1][1]([Suggestion("new", 2)])
    assert [one.value for one in desk.taken] == [2]


def test_an_enter_that_waited_is_over_once_the_field_is_left(app: QApplication, qtbot: QtBot) -> None:
    desk = _Desk(qtbot, later=True)
    desk.field.let_choose()
    enter(desk.field, "新")
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    qtbot.keyClick(desk.field, Qt.Key.Key_Tab)
    desk.field.setFocus()
    enter(desk.field, "型")
    qtbot.waitUntil(lambda: len(desk.asked) == 2)
    desk.asked[1][1]([Suggestion("new", 2)])
    assert (desk.taken, desk.offered()) == ([], ["new"])


def test_the_mouse_chooses_and_leaving_puts_the_offers_away(desk: _Desk, qtbot: QtBot) -> None:
    enter(desk.field, "新")
    qtbot.waitUntil(lambda: len(desk.offered()) == 3)
    shown = desk.field._list
    assert shown is not None
    assert desk.dialog.rect().contains(shown.geometry())
    place = shown.visualRect(shown.model().index(2, 0)).center()
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.taken[0].value == "智能网联新能源汽车"
    with qtbot.waitSignal(desk.field.committed):
        desk.field.clear()
    enter(desk.field, "新")
    qtbot.waitUntil(lambda: len(desk.offered()) == 3)
    qtbot.keyClick(desk.field, Qt.Key.Key_Tab)
    assert desk.offered() == []


@pytest.mark.parametrize("make", [TextField, TextArea])
def test_while_a_word_is_composed_enter_neither_submits_nor_closes(
    make: type[TextField | TextArea], app: QApplication, qtbot: QtBot
) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    field = make(dialog)
    button = QPushButton("保存", dialog)
    layout = QVBoxLayout(dialog)
    layout.addWidget(field)
    layout.addWidget(button)
    heard: list[str] = []
    button.clicked.connect(lambda: heard.append("button"))
    for name in ("save", "save_and_next", "cancel", "open"):
        actions.make(name, dialog, partial(heard.append, name))
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    field.setFocus()
    compose(field, preedit="huifang")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
        for held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            qtbot.keyClick(field, key, held)
    assert (heard, dialog.isVisible(), _text(field)) == ([], True, "")
    compose(field, commit="回访")
    assert _text(field) == "回访"
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["save"]


def _text(field: TextField | TextArea) -> str:
    return field.text() if isinstance(field, TextField) else field.toPlainText()


def test_a_filter_hears_what_is_committed_and_enter_while_composing_stays_in_it(
    app: QApplication, qtbot: QtBot
) -> None:
    column = LISTS["enterprises"].column("name")
    window = QWidget()
    qtbot.addWidget(window)
    field = FilterField(column, dict, window)
    QVBoxLayout(window).addWidget(field)
    found: list[object] = []
    left: list[bool] = []
    field.chosen.connect(found.append)
    field.left_down.connect(lambda: left.append(True))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    compose(field, preedit="dianchi")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.wait(200)
    assert (found, left) == ([], [])
    compose(field, commit="电池")
    qtbot.waitUntil(lambda: len(found) == 1)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert left == [True]


def test_who_is_known_is_offered_though_the_keyboard_came_before_the_window_was_active(qtbot: QtBot) -> None:
    dialog = QDialog()
    dialog.resize(400, 300)
    people = PeopleField(dialog, "对方人员", "如 张总 总经理")
    people.set_options([Named("1", "张总")])
    layout = QVBoxLayout(dialog)
    layout.addWidget(people)
    layout.addStretch()
    qtbot.addWidget(dialog)
    people.setFocus()
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert [offer.text for offer in people.typing.offers] == ["张总"]

    # Whoever put the offers away and comes back from another program is not asked again.
    people.typing.hide_offers()
    other = QDialog()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    assert people.typing.hasFocus()
    assert not people.typing.offers


def test_a_field_that_goes_while_it_offers_takes_its_offers_along(desk: _Desk, qtbot: QtBot) -> None:
    enter(desk.field, "新")
    qtbot.waitUntil(lambda: bool(desk.offered()))
    desk.field.deleteLater()
    offers = desk.dialog.findChild(QListView, "suggestions")
    assert offers is not None
    assert offers.currentIndex().isValid()
    qtbot.waitUntil(lambda: desk.dialog.findChild(QListView, "suggestions") is None)
