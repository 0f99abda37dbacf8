"""What a column means, how its days are written and whose word counts is decided beside the table, and remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.visits import Visit
from crm_app.services import enterprises
from crm_app.services.book import Book
from crm_app.services.imports import Action, Policy
from crm_app.ui.imports.dialog import ImportDialog
from crm_app.ui.imports.sheet_pane import SheetPane, Step
from crm_app.ui.imports.shown import Tab
from crm_app.ui.main_window import MainWindow
from crm_app.ui.session import Session
from tests.ui.imports.conftest import Open
from tests.ui.imports.test_import import chips_of, pane_of, write
from tests.ui.kit import enter

VISITS = (
    "企业名称,拜访日期,洽谈内容\n星河电池(示例)有限公司,03/04/2023,谈扩产\n"
    "云岭电机(示例)股份有限公司,05/06/2023,看厂房\n"
)
LEDGER = "企业名称,地段\n星河电池(示例)有限公司,滨江路1号\n远帆材料(示例)有限公司,滨江路2号\n"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "六月.csv"
    path.write_text(LEDGER, "utf-8")
    return path


def again(dialog: ImportDialog, before: SheetPane, qtbot: QtBot) -> SheetPane:
    """Wait for the plan that follows a decision."""
    qtbot.waitUntil(lambda: dialog.pane not in (None, before) and dialog.desk.busy is None)
    return pane_of(dialog)


def pick(pane: SheetPane, header: str) -> None:
    """Walk to a column."""
    pane.show_step(Step.COLUMNS)
    pane.columns.table.selectRow([row.header for row in pane.columns.rows].index(header))


def choose_address(dialog: ImportDialog, qtbot: QtBot) -> SheetPane:
    """Say by keyboard that a column holds addresses."""
    pane = pane_of(dialog)
    pick(pane, "地段")
    pane.columns.table.setFocus()
    qtbot.keyClick(pane.columns.table, Qt.Key.Key_Return)
    field = pane.columns.editor.target
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    enter(field, "企业 · 地址")
    qtbot.waitUntil(lambda: bool(field.offers))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    return again(dialog, pane, qtbot)


def test_ambiguous_days_are_asked_once_with_the_examples_read_both_ways(
    opened: Open, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "走访记录.csv"
    path.write_text(VISITS, "utf-8")
    dialog = opened(path)
    pane = pane_of(dialog)
    assert pane.step is Step.COLUMNS
    assert "1 处待确认" in pane.steps.tabText(Step.COLUMNS)
    asked = [order.text() for order in pane.columns.editor.orders]
    assert any("03/04/2023 即 2023年4月3日" in text for text in asked)
    assert any("03/04/2023 即 2023年3月4日" in text for text in asked)
    assert not dialog.write.isEnabled()
    first = next(order for order in pane.columns.editor.orders if "2023年4月3日" in order.text())
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    pane = again(dialog, pane, qtbot)
    assert pane.columns.editor.orders == []
    write(dialog, qtbot)
    with book.read() as reader:
        assert sorted(visit.on.isoformat() for visit in reader.find(Visit)) == ["2023-04-03", "2023-06-05"]


def test_a_column_is_given_another_meaning_by_keyboard_and_the_cursor_stays(
    opened: Open, odd: Path, qtbot: QtBot
) -> None:
    dialog = opened(odd)
    pane = choose_address(dialog, qtbot)
    assert pane.step is Step.COLUMNS
    assert pane.columns.at == 1
    assert pane.plan.columns[1].target == "enterprise.address"
    assert chips_of(pane.preview.tabs)[:3] == ["全部 2", "新增 1", "更新 1"]
    before = pane
    qtbot.mouseClick(pane.columns.editor.leave, Qt.MouseButton.LeftButton)
    assert again(dialog, before, qtbot).plan.columns[1].target == ""


def test_what_was_chosen_is_recognised_the_next_time_and_can_be_forgotten(
    opened: Open, odd: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = opened(odd)
    choose_address(dialog, qtbot)
    write(dialog, qtbot)
    dialog.reject()
    july = tmp_path / "七月.csv"
    july.write_text(LEDGER.replace("1号", "8号"), "utf-8")
    dialog = opened(july)
    pane = pane_of(dialog)
    assert pane.plan.columns[1].target == "enterprise.address"
    said = [label.text() for label in pane.about.findChildren(QLabel)]
    assert f"与上次相同（六月.csv，{days.show_date(clock.today())}）" in said
    pane.show_step(Step.ABOUT)
    qtbot.mouseClick(pane.about.forget, Qt.MouseButton.LeftButton)
    assert again(dialog, pane, qtbot).plan.columns[1].target == ""


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_meaning_of_a_column_is_found_by_either_language_pinyin_and_initials(
    opened: Open, session: Session, odd: Path, language: str, qtbot: QtBot
) -> None:
    session.set_language(language)
    pane = pane_of(opened(odd))
    pick(pane, "地段")
    field = pane.columns.editor.target
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    for typed in ("地址", "dizhi", "qydz", "address"):
        field.selectAll()
        enter(field, typed)
        qtbot.waitUntil(lambda: "enterprise.address" in [one.value for one in field.offers])
        assert len(field.offers) < 9


@pytest.mark.parametrize(
    ("policy", "region", "address"),
    [
        (Policy.KEEP, "四川省成都市", None),
        (Policy.FILL, "四川省成都市", "滨江路1号"),
        (Policy.TAKE, "重庆市江津区", "滨江路1号"),
    ],
)
def test_whose_word_counts_is_chosen_for_the_file(
    policy: Policy, region: str, address: str | None, opened: Open, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("企业名称,注册地,地址\n星河电池(示例)有限公司,重庆市江津区,滨江路1号\n", "utf-8")
    dialog = opened(path)
    if policy is not Policy.TAKE:
        pane = pane_of(dialog)
        pane.preview.policy.setCurrentIndex(pane.preview.policy.findData(policy))
        pane.preview.policy.activated.emit(pane.preview.policy.currentIndex())
        pane = again(dialog, pane, qtbot)
        assert pane.preview.policy.currentData() == policy
    if pane_of(dialog).shown.plan.rows[0].action is Action.UPDATE:
        write(dialog, qtbot)
    known = enterprises.suggest(book, "星河电池(示例)有限公司")[0].enterprise
    assert (known.region, known.address) == (region, address)


def test_one_field_may_keep_mine_while_the_file_takes_theirs(
    opened: Open, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("企业名称,注册地,地址\n星河电池(示例)有限公司,重庆市江津区,滨江路1号\n", "utf-8")
    dialog = opened(path)
    pane = pane_of(dialog)
    pick(pane, "注册地")
    policy = pane.columns.editor.policy
    policy.setCurrentIndex(policy.findData(Policy.KEEP))
    policy.activated.emit(policy.currentIndex())
    again(dialog, pane, qtbot)
    write(dialog, qtbot)
    known = enterprises.suggest(book, "星河电池(示例)有限公司")[0].enterprise
    assert (known.region, known.address) == ("四川省成都市", "滨江路1号")


def test_a_sheet_is_left_out_and_taken_in_again(
    opened: Open, tmp_path: Path, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    path = tmp_path / "两表.xlsx"
    workbook = xlsxwriter.Workbook(path)
    for name in ("一季度", "二季度"):
        sheet = workbook.add_worksheet(name)
        sheet.write_row(0, 0, ("企业名称", "注册地"))
        sheet.write_row(1, 0, (f"{name}材料(示例)有限公司", "重庆市江津区"))
    workbook.close()
    dialog = opened(path)
    assert dialog.sources.list.count() == 2
    pane = pane_of(dialog)
    assert pane.shown.counts[0, Tab.ALL] == 1
    pane.show_step(Step.ABOUT)
    pane.about.take.click()
    pane = again(dialog, pane, qtbot)
    assert dialog.sources.list.count() == 1
    back = next(one for one in pane.about.findChildren(QPushButton) if "一季度" in one.text())
    back.click()
    again(dialog, pane, qtbot)
    assert dialog.sources.list.count() == 2


def test_the_encoding_of_a_text_is_shown_and_changed(opened: Open, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, "gb18030")
    dialog = opened(path)
    pane = pane_of(dialog)
    pane.show_step(Step.ABOUT)
    encoding = pane.about.encoding
    assert encoding.currentText() == "GB18030"
    encoding.setCurrentIndex(encoding.findData("big5"))
    encoding.activated.emit(encoding.currentIndex())
    qtbot.waitUntil(lambda: dialog.desk.busy is None and dialog.middle.currentWidget() is dialog.trouble)
    back = dialog.trouble.encoding
    assert back.isVisible()
    back.setCurrentIndex(back.findData("gb18030"))
    back.activated.emit(back.currentIndex())
    qtbot.waitUntil(lambda: dialog.pane is not None and dialog.desk.busy is None)
    assert dialog.write.text() == "导入 1 行"


def test_a_sheet_that_may_be_of_several_kinds_says_why_and_is_asked_about(
    opened: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "表1.csv").write_text("项目名称,日期,金额(万元),备注\n电池基地,2023-06-05,500,首笔\n", "utf-8")
    dialog = opened(tmp_path / "表1.csv")
    pane = pane_of(dialog)
    assert pane.step is Step.ABOUT
    said = " ".join(one.text() for one in pane.about.findChildren(QLabel))
    assert "项目名称" in said
    answers = {one.text(): one for one in pane.about.kinds}
    assert {"项目", "资金"} <= answers.keys()
    answers["资金"].setFocus()
    qtbot.keyClick(answers["资金"], Qt.Key.Key_Space)
    pane = again(dialog, pane, qtbot)
    assert pane.plan.kind == "funds"
    assert pane.about.kinds == []


def test_the_keyboard_stays_on_the_encoding_while_it_walks_through_them(
    opened: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "enterprises.csv"
    path.write_text("Enterprise name,Address\nStar Battery,Riverside 1\n", "ascii")
    dialog = opened(path)
    pane = pane_of(dialog)
    pane.show_step(Step.ABOUT)
    found, kind = pane.about.encoding.currentData(), pane.about.kind.currentData()
    pane.about.encoding.setFocus()
    seen = []
    for _time in range(2):
        qtbot.keyClick(pane.about.encoding, Qt.Key.Key_Down)
        pane = again(dialog, pane, qtbot)
        qtbot.waitUntil(pane.about.encoding.hasFocus)
        seen.append(pane.about.encoding.currentData())
    assert len({found, *seen}) == 3
    assert pane.about.kind.currentData() == kind


def test_where_an_encoding_leaves_no_table_the_keyboard_stands_on_the_others(
    opened: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, "utf-8")
    dialog = opened(path)
    pane = pane_of(dialog)
    pane.show_step(Step.ABOUT)
    pane.about.encoding.setFocus()
    qtbot.keyClick(pane.about.encoding, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.desk.busy is None and dialog.middle.currentWidget() is dialog.trouble)
    qtbot.waitUntil(dialog.trouble.encoding.hasFocus)
    qtbot.keyClick(dialog.trouble.encoding, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: dialog.pane is not None and dialog.desk.busy is None)
    assert dialog.write.text() == "导入 1 行"
