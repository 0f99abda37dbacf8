"""What is pasted is told apart: cells become a sheet, people and pictures cards, files are read, the rest is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from crm_app.services import targets
from crm_app.ui.cards.dialog import CardsDialog
from crm_app.ui.imports.dialog import ImportDialog
from crm_app.ui.imports.pasted import cells_of_html, held_by
from crm_app.ui.main_window import MainWindow
from crm_app.ui.notices import NoticeDialog, open_notice
from crm_app.ui.session import Session
from tests.ui.kit import PlainPage, enter, settle

CTRL = Qt.KeyboardModifier.ControlModifier
CELLS = "企业名称\t联系人\t手机\r\n远帆材料(示例)有限公司\t张三\t13800000003\r\n"
HTML = (
    "<html><style>td{}</style><table><tr><th>企业名称</th><th>联系人</th></tr>"
    "<tr><td>远帆材料<br>(示例)有限公司</td><td> 张三 &amp; 李四 </td></tr></table>"
)
CHAT = "张总 13800000001，星河电池(示例)有限公司，想看厂房"


def data(**held: object) -> QMimeData:
    made = QMimeData()
    for kind, value in held.items():
        if isinstance(value, str):
            (made.setText if kind == "text" else made.setHtml)(value)
        elif isinstance(value, list):
            made.setUrls([QUrl.fromLocalFile(str(path)) for path in value])
        else:
            made.setImageData(value)
    return made


def test_cells_go_before_a_picture_of_them_and_html_counts_where_text_is_missing() -> None:
    picture = QImage(20, 10, QImage.Format.Format_RGB32)
    assert held_by(data(text=CELLS, html=HTML, image=picture)).cells.decode().startswith("企业名称\t")
    assert b"\t" in held_by(data(html=HTML)).cells
    assert cells_of_html(HTML).splitlines() == ["企业名称\t联系人", "远帆材料 (示例)有限公司\t张三 & 李四"]
    assert held_by(data(image=picture)).picture is not None
    assert held_by(data(text=CHAT)).text == CHAT
    assert not held_by(data(text="明天上午九点开会"))
    assert not held_by(data(html="<p>明天</p>"))


def paste(window: MainWindow, qtbot: QtBot, **held: object) -> None:
    QGuiApplication.clipboard().setMimeData(data(**held))
    qtbot.keyClick(window, Qt.Key.Key_V, CTRL)


def test_pasted_cells_are_previewed_and_written(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    paste(window, qtbot, text=CELLS)
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.desk.busy is None and dialog.write.isEnabled())
    assert dialog.write.text() == "导入 1 行"
    qtbot.keyClick(dialog, Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: dialog.desk.busy is None)
    assert dialog.sources.list.count() == 2


def test_people_open_as_cards_also_from_the_import(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    paste(window, qtbot, text=CHAT)
    cards = window.findChild(CardsDialog)
    assert cards is not None
    assert (cards.person.name.text(), cards.person.note.toPlainText()) == ("张总", "想看厂房")
    qtbot.waitUntil(lambda: cards.entry.enterprise_id is not None)


def test_a_picture_file_opens_as_a_card_and_a_ledger_beside_it_as_a_table(
    window: MainWindow, ledger: Path, tmp_path: Path, session: Session, qtbot: QtBot
) -> None:
    picture = tmp_path / "名片.png"
    QImage(320, 200, QImage.Format.Format_RGB32).save(str(picture))
    session.import_wanted.emit([picture, ledger])
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    cards = dialog.findChild(CardsDialog)
    assert cards is not None
    assert cards.entry.picture is not None
    qtbot.waitUntil(lambda: dialog.desk.busy is None)


def test_what_is_nothing_to_take_in_is_said(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.said) as said:
        paste(window, qtbot, text="明天上午九点开会")
    assert said.args is not None
    assert "剪贴板" in said.args[0]
    assert window.findChild(QDialog) is None


def test_a_clipboard_that_was_cleared_holds_nothing(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(session.said) as said:
        qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    assert said.args is not None
    assert "剪贴板" in said.args[0]


@pytest.mark.parametrize("text", [CELLS, CHAT])
def test_in_a_text_field_pasting_is_the_fields_own(text: str, window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    assert isinstance(page, PlainPage)
    page.field.setFocus()
    QGuiApplication.clipboard().setMimeData(data(text=text))
    qtbot.keyClick(page.field, Qt.Key.Key_V, CTRL)
    assert isinstance(page.field, QLineEdit)
    assert page.field.text()
    assert window.findChild(QDialog) is None


def test_a_pasted_notice_is_confirmed_field_by_field(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    text = "截至6月底，我区签约项目70个，总投资534亿元，位居全市第二；招商工作走在全市前列。"
    paste(window, qtbot, text=text)
    dialog = window.findChild(NoticeDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.entries) == 3, timeout=20_000)
    assert dialog.found.currentRow() == 1
    assert "位居全市第二" in dialog.source.text()
    qtbot.waitUntil(lambda: "本台账" in dialog.beside.text(), timeout=20_000)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert targets.list_rankings(session.book) == [], "a notice without a title names no board"
    board = dialog.form.editors["board"].focusProxy()
    assert board is not None
    enter(board, "全市招商引资考核")
    dialog.text.setPlainText(text + "各单位要再接再厉。")
    settle(qtbot, session.background)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog = open_notice(session, window, "截至7月底，我区签约项目80个，位居全市第一。")
    settle(qtbot, session.background)
    assert dialog.text.toPlainText().startswith("截至7月底"), "one notice's draft does not stand in another's place"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog = open_notice(session, window, text)
    settle(qtbot, session.background)
    assert dialog.text.toPlainText().endswith("再接再厉。"), "what was kept of this one is back"
    assert dialog.entries[1].typed["board"] == "全市招商引资考核", "a word more in the text takes nothing typed away"
    board = dialog.form.editors["board"].focusProxy()
    assert board is not None
    qtbot.keyClick(board, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(targets.list_rankings(session.book)) == 1, timeout=20_000)
    (one,) = targets.list_rankings(session.book)
    assert (one.board, one.rank, one.of, one.value) == ("全市招商引资考核", 2, None, 53_400_000_000)
    assert one.source is not None
    assert "第二" in one.source
