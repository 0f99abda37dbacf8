"""Lists page by key, sort in the book, filter as one types, and say what to do when they are empty."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crm_app.errors import Refused
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import CELL, Cell, Column
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.paging import BLOCK, Block, Fetch, Sort


@dataclass(frozen=True)
class Row:
    number: int
    name: str


class Shelf:
    """Rows to page through, and a note of what was asked, and from which thread."""

    def __init__(self, count: int) -> None:
        self.rows = [Row(number, f"企业{number:04}") for number in range(count)]
        self.asked: list[tuple[str, Sort, Any, int]] = []
        self.on_main = False
        self.broken = False

    def fetch_for(self, query: str) -> Fetch[Row]:
        def fetch(sort: Sort, after: Any, limit: int) -> Block[Row]:
            self.on_main |= threading.current_thread() is threading.main_thread()
            self.asked.append((query, sort, after, limit))
            if self.broken:
                raise Refused("The book is closed.")
            rows = [row for row in self.rows if query in row.name]
            rows.sort(key=lambda row: row.number, reverse=sort.descending)
            start = after or 0
            end = start + limit
            return Block(rows[start:end], end if end < len(rows) else None)

        return fetch


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(350)


@pytest.fixture
def listed(shelf: Shelf, session: Session, qtbot: QtBot) -> RecordList[Row]:
    columns = [
        Column[Row]("name", "企业名称", lambda row: Cell(row.name), 200, "name", stretch=True),
        Column[Row]("number", "编号", lambda row: Cell(str(row.number)), 80, right=True),
    ]
    empty = EmptyState("还没有企业", "登记第一家", step="登记", run=lambda: None)
    listed = RecordList(session, "test", columns, shelf.fetch_for, Sort("name"), empty)
    qtbot.addWidget(listed)
    listed.resize(600, 500)
    with qtbot.waitActive(listed):
        listed.show()
        listed.activateWindow()
    with qtbot.waitSignal(listed.filled):
        listed.reload()
    return listed


def test_the_first_block_comes_beside_the_windows_thread(listed: RecordList[Row], shelf: Shelf) -> None:
    assert listed.model.rowCount() == BLOCK
    assert shelf.asked == [("", Sort("name"), None, BLOCK)]
    assert not shelf.on_main
    assert listed.model.index(3, 1).data(CELL) == Cell("3")


def test_scrolling_reads_block_after_block_to_the_end(listed: RecordList[Row], shelf: Shelf, qtbot: QtBot) -> None:
    ends: list[tuple[int, bool]] = []
    listed.filled.connect(lambda held, whole: ends.append((held, whole)))
    while not listed.model.complete:
        with qtbot.waitSignal(listed.filled):
            listed.table.scrollToBottom()
    assert ends == [(200, False), (300, False), (350, True)]
    assert [asked[2] for asked in shelf.asked] == [None, 100, 200, 300]
    assert [row.number for row in listed.model.rows()] == list(range(350))


def test_a_click_on_a_head_sorts_in_the_book_and_unsortable_ones_do_nothing(
    listed: RecordList[Row], shelf: Shelf, qtbot: QtBot
) -> None:
    head = listed.table.horizontalHeader()
    with qtbot.waitSignal(listed.filled):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=head.rect().center())
    assert shelf.asked[-1][1] == Sort("name", descending=True)
    assert listed.model.row(0).number == 349
    asked = len(shelf.asked)
    place = head.rect().center()
    place.setX(head.sectionViewportPosition(1) + 10)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(shelf.asked) == asked
    assert head.sortIndicatorSection() == 0


def test_typing_filters_and_nothing_found_is_not_an_empty_list(
    listed: RecordList[Row], shelf: Shelf, qtbot: QtBot
) -> None:
    qtbot.keyClick(listed.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert listed.search.hasFocus()
    with qtbot.waitSignal(listed.filled):
        qtbot.keyClicks(listed.search, "034")
    assert [row.number for row in listed.model.rows()] == [34, *range(340, 350)]
    with qtbot.waitSignal(listed.filled):
        qtbot.keyClicks(listed.search, "x")
    assert "没有符合的内容" in _shown_words(listed)


def test_an_empty_list_says_what_to_do_next(listed: RecordList[Row], shelf: Shelf, qtbot: QtBot) -> None:
    shelf.rows = []
    with qtbot.waitSignal(listed.filled):
        listed.reload()
    assert "登记第一家" in _shown_words(listed)


def _shown_words(listed: RecordList[Row]) -> str:
    return " ".join(label.text() for label in listed.findChildren(QLabel) if label.isVisible())


def test_a_refresh_keeps_what_was_scrolled_to(listed: RecordList[Row], shelf: Shelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(listed.filled):
        listed.table.scrollToBottom()
    with qtbot.waitSignal(listed.filled):
        listed.reload()
    assert shelf.asked[-1] == ("", Sort("name"), None, 200)
    assert listed.model.rowCount() == 200


def test_enter_and_double_click_open_the_row(listed: RecordList[Row], qtbot: QtBot) -> None:
    opened: list[Row] = []
    listed.activated.connect(opened.append)
    listed.focus_first()
    listed.table.setCurrentIndex(listed.model.index(0, 0))
    qtbot.keyClick(listed.table, Qt.Key.Key_Down)
    qtbot.keyClick(listed.table, Qt.Key.Key_Return)
    place = listed.table.visualRect(listed.model.index(4, 0)).center()
    qtbot.mouseClick(listed.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(listed.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.number for row in opened] == [1, 4]
    current = listed.current()
    assert current is not None
    assert current.number == 4


def test_a_failed_read_is_told_and_the_list_stays(
    listed: RecordList[Row], shelf: Shelf, session: Session, qtbot: QtBot
) -> None:
    shelf.broken = True
    with qtbot.waitSignal(session.trouble) as told:
        listed.reload()
    assert told.args == ["The book is closed."]
    assert listed.model.rowCount() == BLOCK


def test_column_widths_are_remembered(listed: RecordList[Row], shelf: Shelf, session: Session, qtbot: QtBot) -> None:
    listed.table.horizontalHeader().resizeSection(1, 133)
    qtbot.waitUntil(lambda: bool(session.settings.geometry("columns-list-test")))
    again = RecordList(session, "test", listed.model.columns, shelf.fetch_for, Sort("name"), EmptyState("x"))
    qtbot.addWidget(again)
    assert again.table.horizontalHeader().sectionSize(1) == 133


def test_columns_take_what_stands_in_them_and_give_up_what_is_empty_first(
    listed: RecordList[Row], shelf: Shelf, session: Session, qtbot: QtBot
) -> None:
    head = listed.table.horizontalHeader()
    assert head.length() == listed.table.viewport().width()
    words = "重庆市江津区招商投资促进中心"
    columns = [
        Column[Row]("name", "企业名称", lambda row: Cell(row.name * 4), 200, stretch=True),
        Column[Row]("by", "下达单位", lambda _row: Cell(words), 60),
        Column[Row]("from", "起始日", lambda _row: Cell(), 300),
        Column[Row]("sum", "金额", lambda _row: Cell("888.88亿元"), 60, right=True),
    ]
    others = RecordList(session, "others", columns, shelf.fetch_for, Sort("name"), EmptyState("x"))
    qtbot.addWidget(others)
    others.resize(1000, 300)
    others.show()
    with qtbot.waitSignal(others.filled):
        others.reload()
    head, whole = others.table.horizontalHeader(), QFontMetrics(others.table.font()).horizontalAdvance
    name, by, empty, amount = map(head.sectionSize, range(4))
    assert name > whole("企业0001" * 4)
    assert by > whole(words)
    assert empty == 300
    assert amount > whole("888.88亿元")
    assert head.length() == others.table.viewport().width()
    others.resize(750, 300)
    qtbot.waitUntil(lambda: head.length() == others.table.viewport().width())
    assert [head.sectionSize(number) for number in (1, 3)] == [by, amount]
    others.resize(480, 300)
    qtbot.waitUntil(lambda: head.length() == others.table.viewport().width())
    assert head.sectionSize(3) == amount, "a figure is never cut"
    assert head.sectionSize(1) < by


def test_columns_that_can_be_spared_go_before_names_are_cut(shelf: Shelf, session: Session, qtbot: QtBot) -> None:
    columns = [
        Column[Row]("name", "企业名称", lambda row: Cell(row.name * 4), 200),
        Column[Row]("sum", "金额", lambda _row: Cell("888.88亿元"), 60, right=True),
        Column[Row]("by", "下达单位", lambda _row: Cell("江津区招商投资促进中心"), 110, spare=True),
        Column[Row]("document", "文号", lambda _row: Cell("江津招商发〔2023〕1号"), 140, stretch=True, spare=True),
    ]
    listed = RecordList(session, "spare", columns, shelf.fetch_for, Sort("name"), EmptyState("x"))
    qtbot.addWidget(listed)
    listed.resize(1000, 300)
    listed.show()
    with qtbot.waitSignal(listed.filled):
        listed.reload()
    head = listed.table.horizontalHeader()

    def gone(width: int) -> list[int]:
        listed.resize(width, 300)
        qtbot.waitUntil(lambda: not listed.table.horizontalScrollBar().maximum())
        return [number for number in range(4) if head.isSectionHidden(number)]

    assert [gone(width) for width in (1000, 430, 320)] == [[], [3], [2, 3]]
    assert gone(1000) == []


def test_rows_are_26_pixels_and_twenty_fit_a_small_laptop(listed: RecordList[Row]) -> None:
    assert listed.table.rowHeight(0) == 26


def test_qts_own_tester_finds_nothing_wrong_with_the_model(listed: RecordList[Row], qtbot: QtBot) -> None:
    tester = QAbstractItemModelTester(listed.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.waitUntil(lambda: listed.model.rowCount() == 2 * BLOCK)
    with qtbot.waitSignal(listed.filled):
        listed.reload()
    tester.deleteLater()
