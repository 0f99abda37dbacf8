"""Forms from declared fields: read when left, echoed, complained about under the field, kept as drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import Field, When
from crm_app.domain.kinds import AnyMoney, Choice, Day, Flag, Kind, Money, Number, Range, Ref, Tags, Text, Whole
from crm_app.errors import BadInput
from crm_app.services.enterprises import create_enterprise
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import HIGHEST
from crm_app.ui.widgets.form import Form
from crm_app.ui.widgets.form_dialog import FormDialog, opened
from crm_app.ui.widgets.pickers import ChoiceEditor, RecordEditor, fitting
from tests.ui.kit import MemoryDrafts, enter

FIELDS = (
    Field("name", "Enterprise name", Text(), When.CREATE),
    Field("amount", "Amount", Money()),
    Field("due", "Due", Day()),
    Field("people", "People", Whole(low=1)),
    Field("land", "Land", Number(), unit="亩"),
    Field("regions", "Regions", Tags()),
    Field("listed", "Listed", Flag()),
    Field("note", "Note", Text(lines=3)),
)
CTRL = Qt.KeyboardModifier.ControlModifier
Make = Callable[..., Form]


@pytest.fixture
def make(session: Session, qtbot: QtBot) -> Make:
    clock.pin_today(date(2023, 7, 12))

    def make(fields: tuple[Field, ...] = FIELDS, **more: object) -> Form:
        form = Form(session, fields, **more)  # type: ignore[arg-type]
        qtbot.addWidget(form)
        form.resize(560, 420)
        with qtbot.waitActive(form):
            form.show()
            form.activateWindow()
        form.focus_first()
        return form

    return make


def _type(form: Form, qtbot: QtBot, text: str) -> None:
    focus = form.focusWidget()
    assert focus is not None
    enter(focus, text)
    qtbot.keyClick(focus, Qt.Key.Key_Return)


def test_a_form_is_filled_with_the_keyboard_alone(make: Make, qtbot: QtBot) -> None:
    form = make()
    submitted: list[None] = []
    form.submitted.connect(lambda: submitted.append(None))
    for text in ("某新能源", "5.6亿", "下周三", "120", "35.5亩", "深圳、东莞"):
        _type(form, qtbot, text)
    assert submitted == []
    focus = form.focusWidget()
    qtbot.keyClick(focus, Qt.Key.Key_Space)
    qtbot.keyClick(focus, Qt.Key.Key_Return, CTRL)
    assert len(submitted) == 1
    assert form.values() == {
        "name": "某新能源",
        "amount": 560_000_000,
        "due": date(2023, 7, 19),
        "people": 120,
        "land": Decimal("35.5"),
        "regions": ("深圳", "东莞"),
        "listed": True,
        "note": None,
    }


def test_a_day_in_words_is_echoed_as_the_day_it_means(make: Make, qtbot: QtBot) -> None:
    form = make()
    form.editors["due"].setFocus()
    _type(form, qtbot, "下周三")
    message = form.editors["due"].message
    assert message.text() == "→ 7月19日 周三 · 7天后"
    for typed, told in (
        # Who signs a contract is not late with it.
        ("昨天", "→ 7月11日 周二 · 昨天"),
        ("7月2日", "→ 7月2日 周日 · 10天前"),
        # Which year is meant is what the echo is for.
        ("2021年7月2日", "→ 2021年7月2日 周五"),
        ("2024年1月3日", "→ 2024年1月3日 周三 · 175天后"),
    ):
        form.editors["due"].set_typed("")
        form.editors["due"].setFocus()
        _type(form, qtbot, typed)
        assert message.text() == told


def test_a_bare_number_asks_for_its_unit(make: Make, qtbot: QtBot) -> None:
    form = make()
    editor = form.editors["amount"]
    editor.setFocus()
    _type(form, qtbot, "5600")
    units = [button for button in editor.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in units] == ["亿元", "万元"]
    qtbot.mouseClick(units[1], Qt.MouseButton.LeftButton)
    assert editor.value() == 56_000_000
    assert not units[1].isVisible()


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        (Money(), "如 5.6亿、800万"),
        (AnyMoney(), "如 5.6亿、8000万美元"),
        (Range(), "如 约3-5亿"),
    ],
)
def test_an_amount_is_typed_as_its_field_hints(make: Make, kind: Kind[object], hint: str) -> None:
    editor = make((Field("amount", "Amount", kind),)).editors["amount"]
    assert editor.line.placeholderText() == hint
    for example in hint.removeprefix("如 ").split("、"):
        editor.set_typed(example)
        assert editor.check()
        assert editor.value() is not None


def test_what_is_wrong_stands_under_its_field(make: Make, qtbot: QtBot) -> None:
    form = make()
    form.editors["people"].setFocus()
    _type(form, qtbot, "many")
    assert "many" in form.editors["people"].message.text()
    with pytest.raises(BadInput) as refused:
        form.values()
    assert refused.value.field == "name"
    assert form.editors["name"].message.isVisible()
    assert form.editors["people"].message.isVisible()
    assert form.focusWidget() is form.editors["name"].focusProxy()


def test_a_refusal_of_the_book_finds_its_field(make: Make) -> None:
    form = make()
    assert form.show_error(BadInput("已有同名企业。", field="name"))
    assert form.editors["name"].message.text() == "已有同名企业。"
    assert not form.show_error(BadInput("…", field="other"))


def test_only_what_creating_needs_is_asked_for(make: Make) -> None:
    form = make((*FIELDS, Field("reviewed", "Reviewed", Text(), When.REVIEW)))
    form.set_values({"name": "某"})
    assert form.values()["reviewed"] is None
    strict = make((Field("reviewed", "Reviewed", Text(), When.REVIEW),), required=(When.REVIEW,))
    with pytest.raises(BadInput):
        strict.values()


def test_values_go_in_and_come_out_the_same(make: Make) -> None:
    form = make()
    values = {"name": "某", "amount": 560_000_000, "due": date(2023, 6, 30), "people": 3, "land": Decimal("1.5")}
    values |= {"regions": ("深圳", "东莞"), "listed": False, "note": "两\n行"}
    form.set_values(values)
    assert form.values() == values
    assert form.changed_values(values) == {}
    form.editors["people"].set_typed("4")
    assert form.changed_values(values) == {"people": 4}


def test_a_draft_gives_back_what_was_typed_readable_or_not(make: Make, drafts: MemoryDrafts, qtbot: QtBot) -> None:
    form = make()
    form.keep_draft("enterprise")
    for text in ("某新能源", "5600"):
        _type(form, qtbot, text)
    qtbot.waitUntil(lambda: "enterprise" in drafts.kept, timeout=20_000)
    again = make()
    again.keep_draft("enterprise")
    assert again.typed() == form.typed()
    assert again.editors["amount"].typed() == "5600"


def test_a_choice_is_found_by_initials(make: Make, session: Session, qtbot: QtBot) -> None:
    form = make((Field("cluster", "Cluster", Choice(list_name="cluster")),))
    editor = form.editors["cluster"]
    assert isinstance(editor, ChoiceEditor)
    # As if the list had been read from the book.
    editor.line._ask = lambda text, answer: answer(fitting(text, ["先进材料", "新型显示"]))
    qtbot.keyClicks(editor.line, "xjcl")
    qtbot.waitUntil(lambda: bool(editor.line.offers))
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert form.values() == {"cluster": "先进材料"}


def test_a_choice_wears_the_mark_of_a_list_and_offers_all_of_it(make: Make, qtbot: QtBot) -> None:
    editor = make((Field("cluster", "Cluster", Choice(list_name="cluster")),)).editors["cluster"]
    assert isinstance(editor, ChoiceEditor)
    editor.line._ask = lambda text, answer: answer(fitting(text, ["先进材料", "新型显示"]))
    editor.set_typed("新型显示")
    (mark,) = editor.line.findChildren(QToolButton)
    qtbot.mouseClick(mark, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(editor.line.offers) == 2)


def test_initials_and_enter_in_one_go_choose_in_a_form_and_the_next_enter_goes_on(make: Make, qtbot: QtBot) -> None:
    form = make((Field("cluster", "Cluster", Choice(list_name="cluster")), Field("note", "Note", Text())))
    editor = form.editors["cluster"]
    assert isinstance(editor, ChoiceEditor)
    editor.line._ask = lambda text, answer: answer(fitting(text, ["先进材料", "新型显示"]))
    editor.line.setFocus()
    qtbot.keyClicks(editor.line, "xjcl")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert (editor.typed(), editor.line.hasFocus()) == ("先进材料", True)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert form.focusWidget() is form.editors["note"].focusProxy()


def test_a_record_is_chosen_never_guessed(make: Make, qtbot: QtBot) -> None:
    form = make((Field("parent_id", "Parent", Ref("enterprise")),))
    editor = form.editors["parent_id"]
    assert isinstance(editor, RecordEditor)
    editor.set_typed("0190a1b2-0000-7000-8000-000000000001|某集团")
    chosen = form.values()["parent_id"]
    assert str(chosen).startswith("0190a1b2")
    again = make((Field("parent_id", "Parent", Ref("enterprise")),))
    again.set_typed(form.typed())
    assert again.values()["parent_id"] == chosen
    editor.line.take_text("某集团二")
    with pytest.raises(BadInput):
        form.values()


def test_every_field_of_an_enterprise_has_an_editor_and_nothing_scrolls_sideways(make: Make, qtbot: QtBot) -> None:
    fields = tuple(field for field in Enterprise.fields if not field.derived)
    form = make(fields, columns=2, headings=True)
    form.resize(480, 400)
    qtbot.wait(20)
    assert set(form.editors) == {field.name for field in fields}
    for editor in form.editors.values():
        assert editor.mapTo(form, editor.rect().topRight()).x() <= form.width()
        focus = editor.focusProxy()
        assert focus is not None
        assert focus.accessibleName() == editor.field.title


def _rows(form: Form) -> list[list[str]]:
    """Return the names of the fields as they stand, row by row."""
    at = {name: editor.mapTo(form, QPoint(0, 0)) for name, editor in form.editors.items()}
    rows = sorted({spot.y() for spot in at.values()})
    return [sorted((name for name in at if at[name].y() == y), key=lambda name: at[name].x()) for y in rows]


def test_a_first_and_a_last_day_stand_beside_each_other(make: Make, qtbot: QtBot) -> None:
    days = (Field("begun", "From", Day()), Field("ended", "Until", Day()))
    name, team, basis = Field("name", "Name", Text()), Field("team", "Team", Text()), Field("why", "Why", Text(lines=3))
    form = make((name, *days, team, basis), columns=2)
    qtbot.waitUntil(lambda: _rows(form) == [["name", "team"], ["begun", "ended"], ["why"]])
    form = make((name, *days, basis), columns=2)
    qtbot.waitUntil(lambda: _rows(form) == [["name"], ["begun", "ended"], ["why"]])


def test_a_unit_is_said_in_the_language_of_the_window(make: Make, session: Session) -> None:
    session.set_language("en")
    form = make((Field("staff", "Staff", Whole(), unit="人"),))
    labels = [one.text() for one in form.findChildren(QLabel)]
    assert "Staff (people)" in labels


def test_a_form_is_as_high_as_its_fields_where_the_screen_has_room(session: Session, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    fields = tuple(Field(f"text{number}", f"Text {number}", Text()) for number in range(14))
    dialog = FormDialog(session, window, "Texts", fields, create_enterprise, draft="test:texts", columns=2)
    opened(dialog)
    (area,) = dialog.form.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: dialog.isVisible() and area.verticalScrollBar().maximum() == 0)
    assert dialog.height() > theme.px(HIGHEST)
    dialog.reject()
