"""A ledger is looked at row by row, written as one unit, taken back as one; what is wrong comes back with reasons."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from crm_app.services import enterprises, imports, targets
from crm_app.services.book import Book
from crm_app.ui.background import Job
from crm_app.ui.imports.about import about_targets, facts_of
from crm_app.ui.imports.dialog import HIGHEST, WIDEST, ImportDialog
from crm_app.ui.imports.sheet_pane import SheetPane, Step
from crm_app.ui.imports.shown import Tab
from crm_app.ui.imports.sources import State, writes
from crm_app.ui.imports.words import KIND_WORDS, PLACE_OF
from crm_app.ui.main_window import MainWindow
from crm_app.ui.session import Session
from tests.ui.imports.conftest import Open
from tests.ui.imports.ledgers import GOOD, Row, write_ledger
from tests.ui.kit import held_up

CTRL = Qt.KeyboardModifier.ControlModifier


def pane_of(dialog: ImportDialog) -> SheetPane:
    assert dialog.pane is not None
    return dialog.pane


def chips_of(bar: QTabBar) -> list[str]:
    return [bar.tabText(place) for place in range(bar.count()) if bar.isTabVisible(place)]


def rows_of(dialog: ImportDialog, tab: Tab, qtbot: QtBot) -> list[list[str]]:
    """Choose a chip and return what the table shows."""
    preview = pane_of(dialog).preview
    if preview.tab is not tab:
        with qtbot.waitSignal(preview.rows.filled):
            preview.show_tab(tab)
    model = preview.rows.model
    return [
        [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def detail_of(dialog: ImportDialog) -> list[str]:
    card = pane_of(dialog).preview.detail.widget()
    assert card is not None
    return [label.text() for label in card.findChildren(QLabel)]


def write(dialog: ImportDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.undo.isVisible() and dialog.desk.busy is None)


def test_the_preview_says_what_happens_before_anything_is_written(
    opened: Open, ledger: Path, book: Book, qtbot: QtBot
) -> None:
    dialog = opened(ledger)
    assert pane_of(dialog).step is Step.ROWS
    assert chips_of(pane_of(dialog).preview.tabs) == ["全部 5", "新增 2", "更新 1", "疑似重复 1", "退回 2"]
    assert dialog.write.text() == "导入 3 行"
    assert rows_of(dialog, Tab.UPDATE, qtbot) == [
        ["4", "更新", "星河电池(示例)有限公司", "注册地：四川省成都市 → 重庆市江津区；新增 张三、线索"]
    ]
    assert rows_of(dialog, Tab.DUPLICATE, qtbot)[0][1:3] == ["疑似重复", "云岭电机(示例)有限公司"]
    both = "表中：云岭电机(示例)有限公司\n库中：云岭电机(示例)股份有限公司"
    qtbot.waitUntil(lambda: both in detail_of(dialog))
    assert [row[0] for row in rows_of(dialog, Tab.REJECT, qtbot)] == ["7", "8"]
    qtbot.waitUntil(lambda: "远帆材料(示例)有限公司" in detail_of(dialog))
    assert any("91110000600037341X" in said and "校验位" in said for said in detail_of(dialog))
    assert [row[0] for row in rows_of(dialog, Tab.ALL, qtbot)] == ["4", "5", "6", "7", "8"]
    assert len(enterprises.all_enterprises(book)) == 2


def test_it_says_what_was_understood_of_the_sheet(opened: Open, ledger: Path) -> None:
    pane = pane_of(opened(ledger))
    assert [fact for _name, fact in facts_of(pane.shown, 0)] == [
        "企业台账",
        "第 2 行",
        "10 列中识别 7 列",
        "数据 5 行",
        "标题 1 行、合计 1 行、说明 1 行",
    ]
    taken = {row.header: row.title for row in pane.columns.rows}
    assert taken["企业名称"] == "企业 · 企业名称"
    assert taken["联系人 › 职务"].endswith("职务")
    assert taken["领导批示"] == ""
    assert pane.columns.rows[1].values == (
        "星河电池(示例)有限公司",
        "云岭电机(示例)有限公司",
        "临江传感(示例)股份有限公司",
    )


def test_a_ledger_without_amounts_has_no_column_of_units(opened: Open, tmp_path: Path, qtbot: QtBot) -> None:
    bare, counted = tmp_path / "名册.csv", tmp_path / "员工.csv"
    bare.write_text("企业名称,电话\n星河电池(示例)有限公司,13812345678\n", encoding="utf-8")
    counted.write_text("企业名称,年营收(万元)\n星河电池(示例)有限公司,1200\n", encoding="utf-8")
    for path, gone in ((bare, True), (counted, False)):
        pane = pane_of(opened(path))
        pane.show_step(Step.COLUMNS)
        head = pane.columns.table.horizontalHeader()
        qtbot.waitUntil(lambda head=head, gone=gone: head.isVisible() and head.isSectionHidden(3) is gone)


def test_hidden_rows_and_columns_and_what_is_not_taken_are_said(opened: Open, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "筛选过.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("客商")
    for row, cells in enumerate(
        (("企业名称", "注册地", "批示"), ("甲(示例)有限公司", "重庆市", "阅"), ("乙(示例)有限公司", "", ""))
    ):
        sheet.write_row(row, 0, cells)
    sheet.set_column(1, 2, None, None, {"hidden": True})
    sheet.set_row(2, None, None, {"hidden": True})
    workbook.close()
    pane = pane_of(opened(path))
    assert dict(facts_of(pane.shown, 0))["隐藏内容"] == "1个隐藏行、隐藏列（注册地），与其他行列一样导入"
    assert pane.shown.counts[0, Tab.ALL] == 2
    said = [one.text() for one in pane.preview.findChildren(QLabel) if one.isVisible()]
    assert "以下各列不导入：批示。需要导入的，请在第 2 步指定含义。" in said


def test_typing_finds_a_row(opened: Open, ledger: Path, qtbot: QtBot) -> None:
    rows = pane_of(opened(ledger)).preview.rows
    rows.search.setText("校验位")
    qtbot.waitUntil(lambda: rows.model.rowCount() == 1)
    assert rows.model.row(0).number == 7


def test_import_undo_and_import_again_leave_what_the_file_says(
    opened: Open, ledger: Path, book: Book, session: Session, qtbot: QtBot
) -> None:
    dialog = opened(ledger)
    write(dialog, qtbot)
    assert len(enterprises.all_enterprises(book)) == 4
    assert "退回 2 行" in dialog.foot.note.text()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(dialog, Qt.Key.Key_Z, CTRL)
    assert len(enterprises.all_enterprises(book)) == 2
    regions = {one.region for one in enterprises.all_enterprises(book)}
    assert regions == {"四川省成都市", None}
    qtbot.waitUntil(lambda: dialog.desk.busy is None and dialog.write.isEnabled())
    write(dialog, qtbot)
    assert len(enterprises.all_enterprises(book)) == 4
    dialog.reject()
    again = opened(ledger)
    assert chips_of(pane_of(again).preview.tabs) == ["全部 5", "新增 0", "更新 0", "无变化 3", "退回 2"]
    assert not again.write.isEnabled()


def test_rejected_rows_go_to_a_file_that_is_put_right_and_imported_again(
    opened: Open, ledger: Path, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = opened(ledger)
    write(dialog, qtbot)
    back = tmp_path / "退回表.xlsx"
    dialog.save_rejects(back)
    qtbot.waitUntil(lambda: "已写入 2 行" in dialog.foot.note.text())
    plan = imports.plan(book, back)
    assert "校验位" in str(plan.rows[0].cells[-1])
    assert plan.rows[1].cells[-1] == "缺企业名称。"
    right = [list(row) for row in GOOD[:1]]
    right[0][1] = "远帆材料(示例)有限公司"
    fixed = write_ledger(tmp_path / "改好.xlsx", right)
    dialog.take_files([fixed])
    qtbot.waitUntil(lambda: dialog.desk.busy is None and dialog.write.isEnabled())
    assert pane_of(dialog).source.path == fixed
    write(dialog, qtbot)
    assert len(enterprises.all_enterprises(book)) == 5


def test_the_ledger_itself_is_never_written_over(opened: Open, ledger: Path) -> None:
    dialog, before = opened(ledger), ledger.read_bytes()
    dialog.save_rejects(ledger)
    assert dialog.foot.note.text() == "这就是正在导入的文件，请换一个文件名。"
    assert ledger.read_bytes() == before


def test_an_import_stopped_before_it_began_changes_nothing(
    opened: Open, ledger: Path, book: Book, session: Session, qtbot: QtBot
) -> None:
    dialog, go_on = opened(ledger), Event()
    session.background.write("", lambda _progress: go_on.wait(20))
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    go_on.set()
    qtbot.waitUntil(lambda: dialog.foot.note.text() == "已停止，未作任何更改。")
    assert dialog.isVisible()
    assert dialog.write.isEnabled()
    assert len(enterprises.all_enterprises(book)) == 2


def test_an_import_stopped_half_way_changes_nothing(
    opened: Open, book: Book, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    rows: list[Row] = [
        (n, f"第{n}号智能(示例)有限公司", None, None, f"周{n}", "总监", f"139{n:08d}", 1, None, None)
        for n in range(900)
    ]
    dialog = opened(write_ledger(tmp_path / "长.xlsx", rows))

    def stop(job: Job, done: int, total: int, _text: str) -> None:
        if 0 < done < total:
            job.cancel()

    # Direct: said on the writer's thread, while the unit of work is open.
    session.background.progressed.connect(stop, Qt.ConnectionType.DirectConnection)
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.foot.note.text() == "已停止，未作任何更改。")
    assert len(enterprises.all_enterprises(book)) == 2


def test_a_file_that_is_dropped_once_more_while_it_is_written_is_written_all_the_same(
    opened: Open, ledger: Path, session: Session, book: Book, qtbot: QtBot
) -> None:
    dialog = opened(ledger)
    with held_up(session.background):
        qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
        dialog.take_files([ledger])
        assert [one.state for one in dialog.desk.sources] == [State.WRITING]
    qtbot.waitUntil(lambda: [one.state for one in dialog.desk.sources] == [State.DONE])
    assert len(enterprises.all_enterprises(book)) == 4


def test_a_book_that_changes_meanwhile_is_looked_at_again(
    opened: Open, ledger: Path, book: Book, session: Session, qtbot: QtBot
) -> None:
    dialog = opened(ledger)
    before = pane_of(dialog)
    session.write("", lambda held, _progress: enterprises.create_enterprise(held, name="临江传感(示例)股份有限公司"))
    qtbot.waitUntil(lambda: dialog.pane not in (None, before) and dialog.desk.busy is None)
    assert "更新 2" in chips_of(pane_of(dialog).preview.tabs)


def test_what_another_hand_changed_unheard_is_refused_and_planned_again(
    opened: Open, ledger: Path, book: Book, qtbot: QtBot
) -> None:
    dialog = opened(ledger)
    enterprises.create_enterprise(book, name="临江传感(示例)股份有限公司")
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.again.isVisible)
    assert "预览" in dialog.foot.note.text()
    qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.desk.busy is None and dialog.write.isEnabled())
    assert "更新 2" in chips_of(pane_of(dialog).preview.tabs)


@pytest.mark.parametrize(("name", "text"), [("信.docx", "x"), ("空.csv", ""), ("诗.csv", "白日依山尽\n黄河入海流\n")])
def test_what_is_no_ledger_is_said_in_words(name: str, text: str, opened: Open, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    dialog = opened(path)
    qtbot.waitUntil(lambda: dialog.middle.currentWidget() is dialog.trouble, timeout=20_000)
    said = [label.text() for label in dialog.trouble.findChildren(QLabel)]
    assert any(path.stem in sentence for sentence in said)
    assert not dialog.write.isEnabled()


def test_another_kind_reads_the_sheet_anew(opened: Open, ledger: Path, qtbot: QtBot) -> None:
    dialog = opened(ledger)
    before = pane_of(dialog)
    before.show_step(Step.ABOUT)
    before.about.kind.setFocus()
    before.about.kind.setCurrentIndex(before.about.kind.findData("leads"))
    before.about.kind.activated.emit(before.about.kind.currentIndex())
    qtbot.waitUntil(lambda: dialog.pane not in (None, before))
    assert pane_of(dialog).plan.kind == "leads"
    assert pane_of(dialog).step is Step.ABOUT


def test_several_files_are_written_in_one_step_and_taken_back_in_one(
    opened: Open, book: Book, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    """A file whose rows lack what the other brings is written with it, wherever it stands on the list."""
    met = tmp_path / "资金.csv"
    met.write_text("企业名称,项目名称,到位时间,到位金额(万元)\n甲公司,电池基地,2023-06-05,500\n", "utf-8")
    signed = tmp_path / "项目.csv"
    signed.write_text("项目名称,投资主体,总投资(亿元)\n电池基地,甲公司,7\n", "utf-8")
    dialog = opened(met, signed)
    assert [writes(one) for one in dialog.desk.sources] == [0, 1]
    write(dialog, qtbot)
    qtbot.waitUntil(lambda: [one.state for one in dialog.desk.sources] == [State.DONE, State.DONE])
    assert [one.result.created for one in dialog.desk.sources if one.result] == [1, 1]
    assert dialog.foot.note.text() == "已导入：新增 2，更新 0"
    assert not dialog.rejects.isVisible()
    with qtbot.waitSignal(session.changed):
        qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert len(enterprises.all_enterprises(book)) == 2


def test_files_of_the_same_rows_make_each_once(
    opened: Open, book: Book, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    first = write_ledger(tmp_path / "一.xlsx", GOOD[:2])
    second = write_ledger(tmp_path / "二.xlsx", GOOD[1:])
    dialog = opened(first, second)
    assert dialog.sources.list.count() == 2
    write(dialog, qtbot)
    qtbot.waitUntil(lambda: [one.state for one in dialog.desk.sources] == [State.DONE, State.DONE])
    assert len(enterprises.all_enterprises(book)) == 4
    with qtbot.waitSignal(session.changed):
        qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert len(enterprises.all_enterprises(book)) == 2


def test_a_file_is_taken_off_the_list(opened: Open, ledger: Path, qtbot: QtBot) -> None:
    dialog = opened(ledger)
    qtbot.mouseClick(dialog.sources.remove, Qt.MouseButton.LeftButton)
    assert dialog.middle.currentWidget() is dialog.beginning
    assert not dialog.write.isEnabled()


def test_it_opens_by_its_shortcut_and_fits_a_small_screen(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_I, CTRL)
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    assert dialog.width() <= WIDEST
    assert dialog.height() <= HIGHEST
    assert dialog.minimumSizeHint().height() <= 736


def test_files_dropped_on_the_window_are_read(window: MainWindow, ledger: Path, tmp_path: Path, qtbot: QtBot) -> None:
    drop(window, [ledger, write_ledger(tmp_path / "二.xlsx", GOOD)])
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.desk.busy is None and dialog.pane is not None)
    assert [one.path.name for one in dialog.desk.sources] == [ledger.name, "二.xlsx"]


def test_every_kind_has_its_word_and_its_place() -> None:
    assert set(imports.KINDS) <= set(KIND_WORDS)
    assert set(imports.KINDS) <= {"auto", *PLACE_OF}


def drop(window: MainWindow, paths: list[Path]) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 50), copy, held, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, held, left, none))


def test_a_notice_of_what_was_achieved_is_compared_and_sets_no_target(
    opened: Open, tmp_path: Path, book: Book, qtbot: QtBot
) -> None:
    path = tmp_path / "通报.csv"
    title = "2023年1-6月招商引资完成情况通报,,,,\n"
    path.write_text(f"{title}指标,目标,完成,完成率,排名\n正式签约项目个数,60,70,116.7%,2/12\n", "utf-8-sig")
    dialog = opened(path)
    pane = pane_of(dialog)
    assert pane.about.kind.currentData() == "rankings"
    assert "不导入" in about_targets(pane.plan)
    qtbot.waitUntil(lambda: any("通报70；本台账0，少70" in text for text in detail_of(dialog)), timeout=20_000)
    write(dialog, qtbot)
    assert targets.list_targets(book) == []
    assert [(one.rank, one.of, one.value) for one in targets.list_rankings(book)] == [(2, 12, 70)]


def test_tab_walks_the_import_as_it_is_read_and_comes_round(opened: Open, ledger: Path) -> None:
    dialog = opened(ledger)
    dialog.activateWindow()
    dialog.sources.list.setFocus()
    walked: list[QWidget | None] = []
    for _step in range(30):
        walked.append(QApplication.focusWidget())
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is walked[0]:
            break
    assert walked[0] is QApplication.focusWidget() is dialog.sources.list, "Tab comes round"
    pane = pane_of(dialog)
    steps, rows, write = (walked.index(one) for one in (pane.steps, pane.preview.rows.table, dialog.write))
    assert steps < rows < write
