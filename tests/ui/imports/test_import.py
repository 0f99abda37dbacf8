"""A ledger is looked at row by row, written as one unit, taken back as one; what is wrong comes back with reasons."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QTabBar
from pytestqt.qtbot import QtBot

from crm_app.services import enterprises, imports
from crm_app.services.book import Book
from crm_app.ui.background import Job
from crm_app.ui.imports.dialog import HIGHEST, WIDEST, ImportDialog
from crm_app.ui.imports.preview import Preview
from crm_app.ui.imports.tables import Tab
from crm_app.ui.imports.words import KIND_WORDS
from crm_app.ui.main_window import MainWindow
from crm_app.ui.session import Session
from tests.ui.imports.conftest import Open
from tests.ui.imports.ledgers import GOOD, Row, write_ledger

CTRL = Qt.KeyboardModifier.ControlModifier


def preview_of(dialog: ImportDialog) -> Preview:
    assert dialog.preview is not None
    return dialog.preview


def tabs_of(bar: QTabBar) -> list[str]:
    return [bar.tabText(place) for place in range(bar.count()) if bar.isTabVisible(place)]


def rows_of(dialog: ImportDialog, tab: Tab, qtbot: QtBot) -> list[list[str]]:
    """Bring a tab to the front and return what its table shows."""
    preview = preview_of(dialog)
    with qtbot.waitSignal(preview.rows.filled):
        preview.show_tab(Tab.COLUMNS)
        preview.show_tab(tab)
    model = preview.rows.model
    return [
        [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def detail_of(dialog: ImportDialog) -> list[str]:
    card = preview_of(dialog).detail.widget()
    assert card is not None
    return [label.text() for label in card.findChildren(QLabel)]


def write(dialog: ImportDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.write.isVisible())


def test_the_preview_says_what_happens_before_anything_is_written(
    opened: Open, ledger: Path, book: Book, qtbot: QtBot
) -> None:
    dialog = opened(ledger)
    assert tabs_of(preview_of(dialog).tabs) == ["全部 5", "新增 2", "更新 1", "疑似重复 1", "退回 2", "列 10"]
    assert dialog.write.text() == "导入 3 行"
    assert rows_of(dialog, Tab.UPDATE, qtbot) == [
        ["4", "更新", "星河电池(示例)有限公司", "注册地：四川省成都市 → 重庆市江津区；新增 张三、线索"]
    ]
    assert rows_of(dialog, Tab.DUPLICATE, qtbot)[0][1:3] == ["疑似重复", "云岭电机(示例)有限公司"]
    assert "云岭电机(示例)股份有限公司" in detail_of(dialog)
    assert [row[0] for row in rows_of(dialog, Tab.REJECT, qtbot)] == ["7", "8"]
    assert [row[0] for row in rows_of(dialog, Tab.ALL, qtbot)] == ["4", "5", "6", "7", "8"]
    assert enterprises.count_enterprises(book) == 2


def test_it_says_what_was_understood_of_the_sheet(opened: Open, ledger: Path, qtbot: QtBot) -> None:
    preview = preview_of(opened(ledger))
    said = [label.text() for label in preview.findChildren(QLabel)]
    assert (
        "工作表“企业台账”：企业台账，表头在第 2 行 · 10 列中识别 7 列 · 数据 5 行 · 略去合计 1 行 · 略去说明 1 行"
        in said
    )
    qtbot.waitUntil(lambda: bool(preview.columns.model.rowCount()))
    taken = {row.header: row.taken_for for row in preview.columns.model.rows()}
    assert taken["企业名称"] == "企业 · 企业名称"
    assert taken["联系人 › 职务"] == "联系人 · 职务"
    assert taken["领导批示"] == ""


def test_the_row_under_the_cursor_stands_in_full(opened: Open, ledger: Path, qtbot: QtBot) -> None:
    dialog = opened(ledger)
    rows_of(dialog, Tab.REJECT, qtbot)
    qtbot.waitUntil(lambda: "远帆材料(示例)有限公司" in detail_of(dialog))
    assert any("91110000600037341X" in said and "校验位" in said for said in detail_of(dialog))


def test_typing_finds_a_row(opened: Open, ledger: Path, qtbot: QtBot) -> None:
    rows = preview_of(opened(ledger)).rows
    rows.search.setText("校验位")
    qtbot.waitUntil(lambda: rows.model.rowCount() == 1)
    assert rows.model.row(0).number == 7


def test_import_writes_and_the_second_time_everything_is_as_the_book_says(
    opened: Open, ledger: Path, book: Book, session: Session, qtbot: QtBot
) -> None:
    dialog = opened(ledger)
    with qtbot.waitSignal(session.changed):
        write(dialog, qtbot)
    assert enterprises.count_enterprises(book) == 4
    assert preview_of(dialog).tab is Tab.REJECT
    assert "退回 2 行" in dialog.foot.note.text()
    dialog.reject()
    again = opened(ledger)
    assert tabs_of(preview_of(again).tabs) == ["全部 5", "新增 0", "更新 0", "无变化 3", "退回 2", "列 10"]
    assert not again.write.isEnabled()


def test_without_rejects_it_closes_and_one_undo_takes_all_of_it_back(
    opened: Open, book: Book, window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = opened(write_ledger(tmp_path / "全对.xlsx", GOOD))
    with qtbot.waitSignals([session.said, dialog.accepted]):
        qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    assert enterprises.count_enterprises(book) == 4
    with qtbot.waitActive(window):
        window.activateWindow()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert enterprises.count_enterprises(book) == 2
    regions = {row["region"] for row in enterprises.list_enterprises(book).rows}
    assert regions == {"四川省成都市", None}


def test_rejected_rows_go_to_a_file_that_can_be_put_right(
    opened: Open, ledger: Path, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = opened(ledger)
    back = tmp_path / "退回表.xlsx"
    dialog.save_rejects(back)
    qtbot.waitUntil(lambda: "已写入 2 行" in dialog.foot.note.text())
    plan = imports.plan(book, back)
    reasons = [str(row.cells[-1]) for row in plan.rows]
    assert "校验位" in reasons[0]
    assert reasons[1] == "缺企业名称。"


def test_the_ledger_itself_is_never_written_over(opened: Open, ledger: Path) -> None:
    dialog, before = opened(ledger), ledger.read_bytes()
    dialog.save_rejects(ledger)
    assert dialog.foot.note.text() == "这就是正在导入的文件，请换一个文件名。"
    assert ledger.read_bytes() == before


def test_an_import_stopped_before_it_began_changes_nothing(
    opened: Open, ledger: Path, book: Book, session: Session, qtbot: QtBot
) -> None:
    dialog, go_on = opened(ledger), Event()
    session.background.write("", lambda _progress: go_on.wait(5))
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    go_on.set()
    qtbot.waitUntil(lambda: dialog.foot.note.text() == "已停止，未作任何更改。")
    assert dialog.isVisible()
    assert dialog.write.isEnabled()
    assert enterprises.count_enterprises(book) == 2


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
    qtbot.waitUntil(lambda: dialog.foot.note.text() == "已停止，未作任何更改。", timeout=10_000)
    assert enterprises.count_enterprises(book) == 2


def test_a_book_that_changed_since_the_preview_is_looked_at_again(
    opened: Open, ledger: Path, book: Book, qtbot: QtBot
) -> None:
    dialog = opened(ledger)
    enterprises.create_enterprise(book, name="临江传感(示例)股份有限公司")
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.again.isVisible)
    assert "预览" in dialog.foot.note.text()
    before = dialog.preview
    qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.preview not in (None, before))
    assert "更新 2" in tabs_of(preview_of(dialog).tabs)


@pytest.mark.parametrize(("name", "text"), [("信.docx", "x"), ("空.csv", ""), ("诗.csv", "白日依山尽\n黄河入海流\n")])
def test_what_is_no_ledger_is_said_in_words(
    name: str, text: str, session: Session, window: MainWindow, opened: Open, ledger: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    dialog = opened(ledger)
    dialog.read(path)
    qtbot.waitUntil(lambda: dialog.middle.currentWidget() is dialog.trouble)
    said = [label.text() for label in dialog.trouble.findChildren(QLabel)]
    assert any(path.stem in sentence for sentence in said)
    assert not dialog.write.isEnabled()


def test_another_kind_reads_the_file_anew(opened: Open, ledger: Path, qtbot: QtBot) -> None:
    dialog = opened(ledger)
    before = dialog.preview
    dialog.kind.setFocus()
    for _step in range(3):
        qtbot.keyClick(dialog.kind, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.preview not in (None, before))
    assert preview_of(dialog).plan.sheets[0].kind == dialog.kind.currentData() == "leads"
    assert dialog.kind.hasFocus()


def test_it_opens_by_its_shortcut_and_fits_a_small_screen(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_I, CTRL)
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    assert dialog.width() <= WIDEST
    assert dialog.height() <= HIGHEST
    assert dialog.minimumSizeHint().height() <= HIGHEST


def test_a_file_dropped_on_the_window_is_read(window: MainWindow, ledger: Path, qtbot: QtBot) -> None:
    drop(window, [ledger])
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.preview is not None)
    assert dialog.file.text() == ledger.name


def test_several_files_at_once_are_not_taken(window: MainWindow, ledger: Path) -> None:
    drop(window, [ledger, ledger])
    assert window.findChild(ImportDialog) is None


def test_every_kind_has_its_word() -> None:
    assert set(imports.KINDS) <= set(KIND_WORDS)


def drop(window: MainWindow, paths: list[Path]) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 50), copy, held, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, held, left, none))
