"""The place of figures: windows in words, charts by keyboard and mouse, every figure leading to its rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTableView

from crm_app.services import access, enterprises
from crm_app.ui.figures.page import FiguresPage
from crm_app.ui.figures.section import Shape
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.sampled import Hands


def place(hands: Hands) -> FiguresPage:
    page = hands.go("figures")
    assert isinstance(page, FiguresPage)
    hands.until(page.list.count)
    return page


def card(page: FiguresPage, name: str) -> QPushButton:
    """Return the link of a head figure."""
    return next(one for one in page.cards.findChildren(QPushButton) if one.accessibleName().startswith(name))


def cards(page: FiguresPage) -> set[str]:
    return {one.accessibleName() for one in page.cards.findChildren(QPushButton) if not one.parentWidget().isHidden()}


def section(hands: Hands, page: FiguresPage, title: str) -> dict[str, list[str]]:
    """Walk to a section by the arrow keys; return its lines."""
    page.focus_first()
    hands.press(Qt.Key.Key_Home)
    for _step in range(page.list.count()):
        if page.list.currentItem().text() == title:
            break
        hands.press(Qt.Key.Key_Down)
    assert page.list.currentItem().text() == title
    return lines(page.pane.table)


def lines(table: QTableView) -> dict[str, list[str]]:
    model = table.model()
    cells = [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    return {row[0]: row[1:] for row in cells}


def rows(page: FiguresPage) -> int:
    return len(page.pane.rows.table.rows)


def test_the_half_year_stands_on_top_beside_the_year_before(hands: Hands) -> None:
    page = place(hands)
    assert {"签约项目数 70", "签约金额 534亿", "10亿元以上 14", "拜访企业数 312"} <= cards(page)
    assert card(page, "签约项目数").text() == "同比+70.7%"
    # Nobody was visited in that half-year: a base of nought has a difference and no percentage.
    assert card(page, "拜访企业数").text() == "同比+312"
    compared = section(hands, page, "按产业集群")
    assert compared["软件信息服务"] == ["13亿", "27.3亿", "−14.3亿", "−52.4%", "2.4%"]
    assert compared["智能网联新能源汽车"][2:4] == ["+140.2亿", ""]

    page.window_bar.other.setFocus()
    page.window_bar.other.setCurrentIndex(page.window_bar.other.findData("none"))
    page.window_bar.other.activated.emit(page.window_bar.other.currentIndex())
    hands.until(lambda: len(section(hands, page, "按产业集群")["其他"]) == 3)
    assert page.pane.chart.names == ("2023年上半年",)
    page.window_bar.other.setCurrentIndex(page.window_bar.other.findData("custom"))
    page.window_bar.other.activated.emit(page.window_bar.other.currentIndex())
    hands.until(lambda: page.pane.chart.names == ("2023年上半年", "2022年上半年"))
    assert page.window_bar.unlike.text() == ""
    page.window_bar.other_span.start.setText("2022年")
    page.window_bar.other_span.end.setFocus()
    page.window_bar.other_span.end.setText("2022年")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: page.pane.chart.names[1] == "2022年")
    assert page.window_bar.unlike.text() == "181天对365天，长短不同"
    months = section(hands, page, "按月份")
    assert list(months)[5:7] == ["6月", "2022-07"], "the longer window has all its months"
    whole = sum(Decimal(cells[1].rstrip("亿")) for cells in months.values())
    assert whole == sum(Decimal(cells[1].rstrip("亿")) for cells in section(hands, page, "按产业集群").values())
    page.window_bar.other_span.start.setText("1999年")
    page.window_bar.other_span.end.setFocus()
    page.window_bar.other_span.end.setText("1999年")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: card(page, "签约项目数").text() == "无对比期数据")
    assert "无对比期数据" in page.pane.chart.drawing.spots[0].told


def test_a_window_typed_in_words_changes_every_figure(hands: Hands) -> None:
    page = place(hands)
    hands.click(card(page, "签约项目数"))
    hands.until(lambda: rows(page) == 70)
    page.window_bar.start.setFocus()
    page.window_bar.start.setText("2023年1月")
    page.window_bar.end.setFocus()
    page.window_bar.end.setText("2023.7.12")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: "签约项目数 72" in cards(page))
    # A supplement adds to the amount and is no project of its own; its row says so.
    hands.until(lambda: rows(page) == 73)
    assert [row.title for row in page.pane.rows.table.rows if "补充" in row.title]
    assert section(hands, page, "按产业集群")["智能网联新能源汽车"][0] == "141.4亿"
    assert page.window_bar.preset.currentText() == "自定时段"

    page.window_bar.start.setFocus()
    page.window_bar.start.setText("某天")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: hands.told)
    page.window_bar.start.setText("2023-07-01")
    page.window_bar.end.setText("2023-06-30")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: len(hands.told) == 2)
    assert "起止" in hands.told[-1]

    page.window_bar.preset.setCurrentIndex(page.window_bar.preset.findText("上年全年"))
    page.window_bar.preset.activated.emit(page.window_bar.preset.currentIndex())
    assert page.window_bar.start.text() == "2022年1月1日"
    hands.until(lambda: "签约项目数 72" not in cards(page))
    assert hands.session.settings.last("figures_window") == "Last year"


def test_a_head_figure_lists_its_rows_which_open_and_go_out(hands: Hands, tmp_path: Path) -> None:
    page = place(hands)
    hands.click(card(page, "签约项目数"))
    hands.until(lambda: rows(page) == 70)
    table = page.pane.rows.table
    assert page.pane.rows.title.text() == "签约项目数：70条明细"
    assert {"72亿", "56亿", "32亿", "27亿", "10亿"} <= {cells[1] for cells in lines(table).values()}

    hands.press(Qt.Key.Key_C, CTRL)
    hands.until(lambda: hands.said)
    assert len(QApplication.clipboard().text().splitlines()) == 71
    page.pane.rows.export_to(tmp_path / "明细.csv")
    hands.until(lambda: len(hands.said) == 2)
    assert len((tmp_path / "明细.csv").read_text("utf-8-sig").splitlines()) == 71
    assert all("70" in one.what for one in access.entries(hands.book)[:2])

    table.setFocus()
    hands.press(Qt.Key.Key_Escape)
    assert hands.focus() is page.pane.chart
    hands.click(card(page, "签约项目数"))
    hands.until(lambda: hands.focus() is table)
    hands.press(Qt.Key.Key_Return)
    assert hands.went_to("projects").record is not None


def test_every_chart_is_walked_by_the_arrow_keys_and_tells_its_values(hands: Hands) -> None:
    page = place(hands)
    chart = page.pane.chart
    told: list[str] = []
    chart.told.connect(told.append)
    for number in range(page.list.count()):
        if page.list.item(number).flags() == Qt.ItemFlag.NoItemFlags:
            continue
        page.list.setCurrentRow(number)
        shown = page.pane._section
        assert shown is not None
        if not shown.drawn:
            continue
        page.list.setFocus()
        hands.tab_to(chart)
        told.clear()
        for _line in shown.drawn[1:]:
            hands.press(Qt.Key.Key_Right if shown.shape is Shape.COLUMNS else Qt.Key.Key_Down)
        assert [one.name in words for one, words in zip(shown.drawn[1:], told, strict=True)].count(False) == 0
        assert chart.accessibleDescription() == (told or [chart.drawing.spots[0].told])[-1]


def test_enter_and_a_click_on_a_mark_list_its_rows(hands: Hands) -> None:
    page = place(hands)
    assert list(section(hands, page, "按投资规模"))[3] == "10亿元以上"
    hands.tab_to(page.pane.chart)
    for _step in range(3):
        hands.press(Qt.Key.Key_Down)
    assert "14" not in page.pane.told.text()
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: rows(page) == 14)
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Right)
    assert "2022年上半年" in page.pane.told.text()
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: rows(page) == 6)
    spot = page.pane.chart.drawing.spots[0]
    QTest.mouseClick(page.pane.chart, Qt.MouseButton.LeftButton, pos=QPoint(round(spot.x) + 200, round(spot.y) + 12))
    hands.until(lambda: rows(page) == 70)

    # Another measure has other rows: the visits of a month, not its contracts.
    section(hands, page, "按月份")
    page.pane.measure.setCurrentIndex(page.pane.measure.findText("家次"))
    page.pane.measure.activated.emit(page.pane.measure.currentIndex())
    hands.tab_to(page.pane.chart)
    hands.press(Qt.Key.Key_Home)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: rows(page) == 61)


def test_a_chart_is_copied_as_a_picture_and_as_a_table_and_says_how_it_counts(hands: Hands) -> None:
    page = place(hands)
    section(hands, page, "按平台")
    hands.tab_to(page.pane.chart)
    hands.press(Qt.Key.Key_C, CTRL)
    image = QApplication.clipboard().image()
    assert image.width() == 1520
    assert image.pixelColor(2, 2).name() == "#ffffff"
    caption = page.pane.caption()
    assert caption.title == "按平台 · 金额"
    assert caption.window == "2023年上半年，对比2022年上半年"
    assert caption.source.startswith("示例区招商投资促进局")
    hands.press(Qt.Key.Key_C, CTRL | SHIFT)
    assert QApplication.clipboard().text().startswith("按平台\t金额\t对比期")
    hands.press(Qt.Key.Key_I)
    assert page.pane.definition.isVisible()
    assert "按签约时的平台计" in page.pane.definition.text()
    hands.press(Qt.Key.Key_I)
    assert not page.pane.definition.isVisible()


def test_the_parts_of_every_distribution_sum_to_the_total(hands: Hands) -> None:
    page = place(hands)
    for title in ("按产业集群", "按招商方式", "按平台", "按来源地", "按人员", "按外引内培", "按月份"):
        parts = section(hands, page, title)
        assert round(sum(float(cells[0].rstrip("亿")) for cells in parts.values()), 2) == 534


def test_an_enterprise_of_the_per_mu_table_opens_and_what_is_not_counted_says_why(hands: Hands) -> None:
    page = place(hands)
    assert any("日期" in cells[0] for cells in section(hands, page, "待确认").values())
    found = section(hands, page, "亩均指标")
    # The parks with their thresholds stand above the enterprises.
    first = next(number for number, cells in enumerate(found.values()) if cells[0])
    assert first
    page.pane.table.setFocus()
    page.pane.table.selectRow(first)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: rows(page) == 1 and hands.focus() is page.pane.rows.table)
    hands.press(Qt.Key.Key_Return)
    record = hands.went_to("enterprises").record
    assert record is not None
    assert enterprises.enterprise_page(hands.book, record).enterprise.name == list(found)[first]


def test_a_change_in_the_book_is_counted_at_once(hands: Hands) -> None:
    page = place(hands)
    trips = section(hands, page, "外出与拜访")["新增线索"][0]
    hands.session.changed.emit(enterprises.create_enterprise(hands.book, name="新企业(示例)").changes)
    hands.settle()
    assert page.list.currentItem().text() == "外出与拜访"
    assert section(hands, page, "外出与拜访")["新增线索"][0] == trips


def test_in_a_narrow_window_chart_and_table_have_the_whole_width_behind_tabs(hands: Hands) -> None:
    page = place(hands)
    section(hands, page, "阶段停留")
    tabs, bar = page.pane.tabs, page.pane.table.horizontalScrollBar()
    assert page.pane.chart.isVisible()
    assert page.pane.table.isVisible()
    hands.window.resize(911, 512)
    hands.until(lambda: tabs.isTabVisible(0))
    assert page.pane.chart.isVisible()
    tabs.setFocus()
    hands.press(Qt.Key.Key_Right)
    assert tabs.tabText(tabs.currentIndex()) == "表格"
    assert page.pane.table.isVisible()
    assert not page.pane.chart.isVisible()
    hands.until(lambda: bar.maximum() == 0)
    hands.press(Qt.Key.Key_Left)
    page.pane.chart.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: rows(page) > 0)
    hands.press(Qt.Key.Key_Escape)
    assert page.pane.chart.hasFocus()
    hands.window.resize(1366, 768)
    hands.until(page.pane.table.isVisible)
    assert page.pane.chart.isVisible()
    assert not tabs.isTabVisible(0)


def test_a_table_of_figures_gives_up_what_is_empty_and_cuts_words_before_it_scrolls_sideways(hands: Hands) -> None:
    page = place(hands)
    assert section(hands, page, "逾期项目")
    table, head = page.pane.table, page.pane.table.horizontalHeader()
    whole = sum(map(head.sectionSize, range(head.count())))
    narrowed = []
    for width in (whole + 100, whole - 60, whole - 120):
        table.setFixedWidth(width)
        hands.until(lambda width=width: table.width() == width)
        narrowed.append(table.horizontalScrollBar().maximum())
    assert narrowed == [0, 0, 0]
    figures = table.fontMetrics().horizontalAdvance(str(table.model().index(0, 1).data()))
    assert head.sectionSize(1) > figures, "a figure is never cut"


def test_overdue_projects_are_read_in_english_without_scrolling_sideways_in_a_small_window(hands: Hands) -> None:
    hands.session.set_language("en")
    hands.window.resize(911, 512)
    page = hands.go("figures", view="overdue")
    assert isinstance(page, FiguresPage)
    table = page.pane.table
    hands.until(lambda: page.pane.title.text() == "Overdue projects" and table.model().rowCount())
    assert {one[1] for one in lines(table).values()} >= {"17 Apr 2022"}
    assert table.horizontalScrollBar().maximum() == 0
