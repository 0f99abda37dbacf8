"""The place of figures: a window in words, every figure leading to its rows, every row to its record."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTableWidget

from crm_app.services import enterprises
from crm_app.ui.figures.page import FiguresPage
from tests.ui.sampled import Hands


def place(hands: Hands) -> FiguresPage:
    page = hands.go("figures")
    assert isinstance(page, FiguresPage)
    hands.until(page.table.rowCount)
    return page


def card(page: FiguresPage, name: str) -> QPushButton:
    """Return the link of a head figure."""
    return next(one for one in page.cards.findChildren(QPushButton) if one.accessibleName().startswith(name))


def section(hands: Hands, page: FiguresPage, title: str) -> dict[str, list[str]]:
    """Walk to a section by the arrow keys; return its lines."""
    page.focus_first()
    for _step in range(page.list.count()):
        item = page.list.currentItem()
        if item.text() == title:
            break
        hands.press(Qt.Key.Key_Down)
    assert page.list.currentItem().text() == title
    return {text(page.table, row, 0): cells(page.table, row) for row in range(page.table.rowCount())}


def text(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    return item.text() if item else ""


def cells(table: QTableWidget, row: int) -> list[str]:
    return [text(table, row, column) for column in range(1, table.columnCount())]


def test_the_half_year_stands_on_top(hands: Hands) -> None:
    page = place(hands)
    names = {button.accessibleName() for button in page.cards.findChildren(QPushButton)}
    assert {"签约项目数 70", "签约金额 534亿", "10亿元以上 14", "拜访企业数 312"} <= names
    assert card(page, "10亿元以上").text() == "其中50亿元以上 2 个"
    assert card(page, "外出").text().endswith("人天")
    assert ".0" not in card(page, "外出").text()


def test_a_window_typed_in_words_changes_every_figure(hands: Hands) -> None:
    page = place(hands)
    page.window_bar.start.setFocus()
    page.window_bar.start.setText("2023年1月")
    page.window_bar.end.setFocus()
    page.window_bar.end.setText("2023.7.12")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: "签约项目数 72" in {one.accessibleName() for one in page.cards.findChildren(QPushButton)})
    lines = section(hands, page, "按产业集群")
    assert lines["智能网联新能源汽车"][:2] == ["11", "141.4亿"]


def test_a_ready_window_is_chosen(hands: Hands) -> None:
    page = place(hands)
    page.window_bar.preset.setFocus()
    page.window_bar.preset.setCurrentIndex(page.window_bar.preset.findText("上年全年"))
    assert page.window_bar.start.text() == "2022-01-01"
    hands.until(lambda: "签约项目数 70" not in {one.accessibleName() for one in page.cards.findChildren(QPushButton)})


def test_a_window_that_cannot_be_read_is_told(hands: Hands) -> None:
    page = place(hands)
    page.window_bar.start.setFocus()
    page.window_bar.start.setText("某天")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: hands.told)
    page.window_bar.start.setText("2023-07-01")
    page.window_bar.end.setText("2023-06-30")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: len(hands.told) == 2)
    assert "起止" in hands.told[-1]


def test_a_head_figure_lists_its_rows_and_a_row_goes_to_its_project(hands: Hands) -> None:
    page = place(hands)
    hands.click(card(page, "签约项目数"))
    hands.until(lambda: page.rows.rowCount() == 70)
    assert page.rows_title.text() == "签约项目数：70条明细"
    amounts = {text(page.rows, row, 2) for row in range(70)}
    assert {"72亿", "56亿", "32亿", "27亿", "10亿"} <= amounts

    page.rows.setFocus()
    page.rows.setCurrentCell(0, 0)
    hands.press(Qt.Key.Key_Return)
    assert hands.went_to("projects").record is not None


def test_a_line_lists_its_rows_by_click_and_by_enter(hands: Hands) -> None:
    page = place(hands)
    lines = section(hands, page, "按投资规模")
    assert lines["10亿元以上"][0] == "14"
    row = list(lines).index("10亿元以上")
    item = page.table.item(row, 0)
    assert item is not None
    where = page.table.visualItemRect(item).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    hands.until(lambda: page.rows.rowCount() == 14)

    page.table.setFocus()
    page.table.setCurrentCell(list(lines).index("50亿元以上"), 0)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: page.rows.rowCount() == 2)


def test_a_bar_lists_the_rows_of_its_line(hands: Hands) -> None:
    page = place(hands)
    section(hands, page, "按投资规模")
    QTest.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=QPoint(120, 10))
    hands.until(lambda: page.rows.rowCount() == 70)


def test_the_parts_of_every_distribution_sum_to_the_total(hands: Hands) -> None:
    page = place(hands)
    for title in ("按产业集群", "按招商方式", "按平台", "按外引内培"):
        lines = section(hands, page, title)
        assert sum(int(cells[0]) for cells in lines.values()) == 70
        assert round(sum(float(cells[1].rstrip("亿")) for cells in lines.values()), 2) == 534


def test_an_enterprise_of_the_per_mu_table_opens(hands: Hands) -> None:
    page = place(hands)
    lines = section(hands, page, "亩均指标")
    page.table.setFocus()
    page.table.setCurrentCell(0, 0)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: page.rows.rowCount() == 1)
    page.rows.setFocus()
    page.rows.setCurrentCell(0, 0)
    hands.press(Qt.Key.Key_Return)
    record = hands.went_to("enterprises").record
    assert record is not None
    assert enterprises.enterprise_page(hands.book, record).enterprise.name == next(iter(lines))


def test_what_is_not_counted_says_why(hands: Hands) -> None:
    page = place(hands)
    lines = section(hands, page, "待确认")
    assert any("日期" in cells[0] for cells in lines.values())


def test_a_change_in_the_book_is_counted_at_once(hands: Hands) -> None:
    page = place(hands)
    trips = section(hands, page, "外出与拜访")["新增线索"][0]
    hands.session.changed.emit(enterprises.create_enterprise(hands.book, name="新企业(示例)").changes)
    hands.settle()
    assert page.list.currentItem().text() == "外出与拜访"
    assert section(hands, page, "外出与拜访")["新增线索"][0] == trips
