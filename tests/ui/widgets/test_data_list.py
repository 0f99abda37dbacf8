"""A place's list by keyboard: narrowed under its heads, columns chosen, groups folded, rows copied."""

from __future__ import annotations

from datetime import date

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.listed import LISTS
from crm_app.domain.views import Filter, Op, Query, Sort
from crm_app.services import access, lists, views
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.edit_rows import EditRows
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.list_cells import least_width
from tests.ui.kit import enter
from tests.ui.widgets.listed import CTRL, ROWS, book, filled, listed

__all__ = ["book", "filled", "listed"]


def _names(listed: DataList) -> list[str]:
    return [row.values["name"] for row in listed.model.rows()]


def test_all_rows_are_there_and_those_looked_at_are_read(listed: DataList, qtbot: QtBot) -> None:
    assert listed.model.rowCount() == ROWS
    assert _names(listed)[:2] == ["企业0000", "企业0001"]
    listed.table.setFocus()
    qtbot.keyClick(listed.table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: f"企业{ROWS - 1:04}" in _names(listed))
    assert listed.table.currentIndex().row() == ROWS - 1
    qtbot.keyClick(listed.table, Qt.Key.Key_Home)
    assert listed.table.currentIndex().row() == 0


@pytest.mark.parametrize("group", ["", "cluster"])
def test_a_list_that_goes_while_it_reads_leaves_nothing_unanswered(
    book: Book, session: Session, qtbot: QtBot, group: str
) -> None:
    troubles: list[str] = []
    session.trouble.connect(troubles.append)
    session.attach(book)
    listed = DataList(session, Query("enterprises", group=group), EmptyState("还没有企业"), None)  # type: ignore[arg-type]
    listed.reload()
    listed.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(listed) and not session.background.busy)
    assert not troubles


def test_ctrl_f_types_under_the_head_and_esc_shows_all_again(listed: DataList, qtbot: QtBot) -> None:
    listed.table.setFocus()
    qtbot.keyClick(listed.table, Qt.Key.Key_F, CTRL)
    field = listed.heads.fields["name"]
    assert field.hasFocus()
    enter(field, "007")
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.rowCount() == 11)
    assert listed.chips.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.rowCount() == ROWS)
    assert not listed.chips.isVisible()


def test_what_a_filter_hides_is_not_an_empty_list(listed: DataList, qtbot: QtBot) -> None:
    enter(listed.heads.fields["staff"], ">=100000")
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.rowCount() == 0)
    assert listed.heads.fields["staff"].isVisible()
    assert listed._nothing.isVisible()
    listed.clear_filters()
    qtbot.waitUntil(lambda: listed.model.rowCount() == ROWS)


def test_groups_fold_by_enter(listed: DataList, qtbot: QtBot) -> None:
    listed.show_query(Query("enterprises", sort=Sort("staff", descending=True), group="cluster"))
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.rowCount() == ROWS + 2)
    head = listed.model.head(0)
    assert head is not None
    assert (head.title, head.count) == ("食品", ROWS // 2)
    listed.table.setFocus()
    listed.table.selectRow(0)
    qtbot.keyClick(listed.table, Qt.Key.Key_Return)
    assert listed.model.rowCount() == ROWS + 2 - head.count
    listed.show_query(Query("enterprises"))
    # Until the answer is there the heads stand as they were read.
    assert listed.model.head(0) == head
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.rowCount() == ROWS)


def test_enter_in_a_filter_field_walks_into_the_rows_and_opens_none(listed: DataList, qtbot: QtBot) -> None:
    opened: list[object] = []
    listed.activated.connect(opened.append)
    listed.table.selectRow(3)
    field = listed.heads.fields["name"]
    field.setFocus()
    enter(field, "007")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert listed.table.hasFocus()
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.rowCount() == 11)
    assert opened == []


def test_chosen_rows_are_copied_with_their_heads(book: Book, listed: DataList, qtbot: QtBot) -> None:
    listed.table.setFocus()
    listed.table.selectRow(1)
    qtbot.keyClick(listed.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(listed.table, Qt.Key.Key_C, CTRL)
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: "企业0002" in clipboard.text())
    assert clipboard.text().splitlines() == ["企业名称\t产业集群\t员工数", "企业0001\t食品\t1", "企业0002\t新能源\t2"]
    assert "<td" in clipboard.mimeData().html()
    assert access.entries(book)[0].act == "复制到剪贴板"


def test_ctrl_a_chooses_every_row_without_reading_them(listed: DataList, qtbot: QtBot) -> None:
    listed.table.setFocus()
    qtbot.keyClick(listed.table, Qt.Key.Key_A, CTRL)
    assert len(listed.chosen()) == ROWS


def test_letters_typed_on_the_rows_search(listed: DataList, qtbot: QtBot) -> None:
    listed.table.setFocus()
    qtbot.keyClicks(listed.table, "qy")
    assert listed.search.text() == "qy"
    qtbot.waitUntil(lambda: listed.model.found == "qy" and listed.model.complete)


def test_a_column_is_chosen_and_remembered(listed: DataList, session: Session, qtbot: QtBot) -> None:
    listed._choose_column("region", True)
    assert list(listed.heads.fields) == ["name", "cluster", "staff", "region"]
    qtbot.waitUntil(lambda: '"region"' in session.settings.geometry("columns-enterprises"))
    again = DataList(session, Query("enterprises"), EmptyState("x"), listed)
    assert "region" in again.heads.fields
    qtbot.waitUntil(lambda: listed.model.complete)


def test_a_list_comes_back_as_it_was_left(listed: DataList, session: Session, book: Book, qtbot: QtBot) -> None:
    food = Query("enterprises", (Filter("cluster", Op.ONE_OF, ("食品",)),), Sort("staff", descending=True))
    kept = views.save_view(book, "食品企业", food).value
    listed.show_query(food, str(kept))
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.rowCount() == ROWS // 2)
    listed.table.selectRow(ROWS // 2 - 1)
    qtbot.waitUntil(lambda: listed.current() is not None)
    left = listed.current()
    session.closing.emit()
    again = DataList(session, Query("enterprises", columns=("name", "cluster", "staff")), EmptyState("x"), listed)
    again.reload()
    qtbot.waitUntil(lambda: again.model.complete and again.current() == left)
    assert (again.model.query.filters, again.view) == (food.filters, str(kept))
    assert "食品" not in session.settings.last("list-enterprises")


def test_a_filter_set_elsewhere_stands_in_its_field(listed: DataList, qtbot: QtBot) -> None:
    listed.show_query(Query("enterprises", (Filter("cluster", Op.ONE_OF, ("食品",)),)))
    assert listed.heads.fields["cluster"].text() == "食品"
    # Each answer leads to the next question, and nobody answers once the session has ended.
    qtbot.waitUntil(lambda: listed.model.complete)


def test_qts_own_tester_finds_nothing_wrong_with_the_model(listed: DataList, qtbot: QtBot) -> None:
    tester = QAbstractItemModelTester(listed.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    listed.model.ask(Query("enterprises", sort=Sort("staff")), "")
    qtbot.waitUntil(lambda: listed.model.complete)
    tester.deleteLater()


def test_chosen_rows_are_changed_after_a_preview_and_come_back_by_undo(
    listed: DataList, session: Session, qtbot: QtBot
) -> None:
    session.changed.connect(lambda _changes: listed.reload())
    listed.table.setFocus()
    listed.table.selectRow(0)
    qtbot.keyClick(listed.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(listed.table, Qt.Key.Key_E, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: listed.window().findChild(EditRows) is not None)
    dialog = listed.window().findChild(EditRows)
    assert isinstance(dialog, EditRows)
    names = [one.name for one in dialog._fields]
    dialog.field.setCurrentIndex(names.index("staff"))
    assert dialog.editor is not None
    # Ctrl+Enter on what nobody typed must not empty the rows.
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert not dialog.set_button.isEnabled()
    assert dialog.told.text()
    enter(dialog.editor.focusProxy(), "77")
    qtbot.waitUntil(lambda: dialog.set_button.text() == "修改 2 行" and dialog.set_button.isEnabled())
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: [row.values["staff"] for row in listed.model.rows()[:3]] == [77, 77, 2])
    assert len(listed.chosen()) == 2
    session.undo()
    qtbot.waitUntil(lambda: [row.values["staff"] for row in listed.model.rows()[:3]] == [0, 1, 2])


@pytest.mark.parametrize("group", ["", "cluster"])
def test_rows_that_were_chosen_stay_chosen_wherever_a_change_moves_them(
    listed: DataList, session: Session, book: Book, qtbot: QtBot, group: str
) -> None:
    listed.show_query(Query("enterprises", columns=("name", "cluster", "staff"), sort=Sort("staff"), group=group))
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.sorting.column == "staff")
    lines = [3, 4, 5, 9]
    listed.table.selectRow(lines[0])
    listed.table.choose(lines)
    query, numbers = listed.model.query, listed.chosen()
    chosen = lists.ids(book, query, numbers)
    with book.unit("move and delete") as unit:
        unit.update(Enterprise, chosen[1], staff=50)
        unit.delete(Enterprise, chosen[0])
        unit.commit()
    listed.reload()
    qtbot.waitUntil(lambda: listed.model.rowCount() == ROWS - 1 + 2 * bool(group))
    # The one under the cursor went; the cursor is on the nearest of the others.
    assert lists.ids(book, query, sorted(listed.chosen())) == chosen[1:]
    assert listed.table.currentIndex().row() in listed.model.lines_of(listed.chosen())
    # Another query begins anew.
    listed.clear_filters()
    qtbot.waitUntil(lambda: listed.model.complete and len(listed.chosen()) < 2)
    books.undo(book)


@pytest.mark.parametrize("others", [1, 2])
def test_a_row_that_was_taken_out_of_the_chosen_ones_stays_out_though_the_cursor_is_on_it(
    listed: DataList, book: Book, qtbot: QtBot, others: int
) -> None:
    listed.show_query(Query("enterprises", columns=("name", "staff"), sort=Sort("staff")))
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.sorting.column == "staff")
    table = listed.table
    table.selectRow(5)
    table.choose(range(others))
    chosen = listed.chosen()
    assert (len(chosen), table.currentIndex().row()) == (others, 5)
    with book.unit("elsewhere") as unit:
        unit.insert(Enterprise, name="另一家(示例)有限公司", staff=90)
        unit.commit()
    listed.reload()
    qtbot.waitUntil(lambda: listed.model.rowCount() == ROWS + 1 and table.currentIndex().row() == 5)
    assert listed.chosen() == chosen
    books.undo(book)


def test_the_cursor_stays_where_a_row_went(listed: DataList, book: Book, qtbot: QtBot) -> None:
    listed.table.selectRow(40)
    gone = listed.current()
    assert gone is not None
    with book.unit("delete") as unit:
        unit.delete(Enterprise, gone.id)
        unit.commit()
    listed.reload()
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.rowCount() == ROWS - 1)
    qtbot.waitUntil(lambda: listed.table.currentIndex().row() == 40)
    now = listed.current()
    assert now is not None
    assert now.values["name"] > gone.values["name"]
    books.undo(book)
    listed.reload()
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.rowCount() == ROWS)


def test_texts_are_cut_before_the_list_scrolls_sideways_and_dragged_columns_stay(
    listed: DataList, qtbot: QtBot
) -> None:
    wide = listed.heads.sectionSize(0)
    listed.resize(340, 600)
    qtbot.waitUntil(lambda: listed.heads.length() == listed.table.viewport().width())
    assert listed.heads.sectionSize(0) < wide
    listed.heads.resizeSection(1, 90)
    listed.columns.keep()
    listed.resize(900, 600)
    qtbot.waitUntil(lambda: listed.heads.length() == listed.table.viewport().width())
    assert listed.heads.sectionSize(1) == 90
    listed.columns.forget_widths()


@pytest.mark.parametrize(("language", "day"), [("zh_CN", date(2022, 11, 28)), ("en", date(2022, 9, 28))])
def test_no_day_is_cut(listed: DataList, session: Session, language: str, day: date) -> None:
    session.set_language(language)
    column = LISTS["projects"].column("signed_on")
    text = QFontMetrics(listed.table.font())
    least = least_width(column, QFontMetrics(listed.heads.font()), text)
    assert least >= text.horizontalAdvance(days.show_near(day, clock.today())) + 2 * theme.S
    session.set_language("zh_CN")


def test_less_important_columns_go_where_there_is_no_room_until_they_are_asked_for(
    listed: DataList, qtbot: QtBot
) -> None:
    shown = LISTS["enterprises"].shown()
    listed.show_query(Query("enterprises", columns=shown))
    listed.resize(1300, 600)
    qtbot.waitUntil(lambda: not listed.columns.without_room())
    listed.resize(640, 600)
    qtbot.waitUntil(lambda: listed.heads.length() == listed.table.viewport().width())
    gone = listed.columns.without_room()
    assert "honours" in gone
    assert not any(listed.heads.fields[name].isVisible() for name in gone)
    listed.show_query(Query("enterprises", (Filter("honours", Op.CONTAINS, ("上市",)),), columns=shown))
    qtbot.waitUntil(lambda: "honours" not in listed.columns.without_room())
    listed.show_query(Query("enterprises", columns=(*shown, "uscc")))
    qtbot.waitUntil(lambda: not listed.columns.without_room())
