"""Backups in the window: made by themselves, to a stick when it appears, and one restored after a look inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_app import clock
from crm_app.db import backup
from crm_app.domain.backups import Kind
from crm_app.i18n import _
from crm_app.services import backups, enterprises, protection
from crm_app.services import book as books
from crm_app.services.backups import State
from crm_app.settings import BACKUP_FOLDER
from crm_app.ui.settings.backups import Backups
from crm_app.ui.settings.page import SettingsPage
from crm_app.ui.settings.restore import RestoreDialog
from crm_app.ui.shell.backup_watch import BackupWatch
from tests.ui.enterprises.hands import Hands

HOUR, DAY = 3_600_000, 86_400_000


@pytest.fixture
def watch(hands: Hands) -> Iterator[BackupWatch]:
    made = BackupWatch(hands.session, hands.window)
    yield made
    hands.session.closing.emit()


def shelf_of(hands: Hands) -> Backups:
    shelf = hands.settings("book").findChild(Backups)
    assert shelf is not None
    return shelf


def restore_dialog(hands: Hands) -> RestoreDialog:
    shelf = shelf_of(hands)
    hands.click(shelf.restore_button)
    dialog = shelf.restoring
    assert dialog is not None
    hands.until(lambda: dialog.isVisible() and dialog.table.rowCount())
    return dialog


def test_a_stick_gets_a_backup_when_it_appears(hands: Hands, watch: BackupWatch, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    states: list[State] = []
    said: list[str] = []
    hands.session.backed_up.connect(states.append)
    hands.session.said.connect(lambda sentence, _undo: said.append(sentence))
    hands.session.settings.set_last(BACKUP_FOLDER, str(stick))
    hands.session.backup_wanted.emit()
    hands.until(lambda: states)
    assert len(list(backups.folder_of(hands.book.path).glob("*-auto.crm"))) == 1
    assert not said
    stick.mkdir()
    watch.look()
    hands.until(lambda: states[-1].second_here)
    assert len(list(stick.glob("t-*-auto.crm"))) == 1
    assert said == [_("Backed up to {path}").format(path=stick)]
    # It stays plugged in: nothing has changed, nothing more is copied or said.
    looks = len(states)
    watch.look()
    hands.until(lambda: len(states) > looks)
    assert len(said) == 1


def test_what_is_wrong_is_told_once(hands: Hands, watch: BackupWatch, tmp_path: Path) -> None:
    states: list[State] = []
    hands.session.backed_up.connect(states.append)
    backups.folder_of(hands.book.path).write_text("a file where the folder should be")
    for looks in (1, 2):
        watch.look()
        hands.until(lambda looks=looks: len(states) >= looks)
    assert len(hands.told) == 1
    hands.told.clear()


def test_the_status_line_tells_the_age_and_warns(hands: Hands) -> None:
    status, now = hands.window.status, clock.now_ms()
    assert not status.backup.isVisible()
    for last, second, text, role in (
        (now - 3 * HOUR, None, "上次备份 3小时前", "plain"),
        (now - 4 * DAY, None, "上次备份 4天前", "warning"),
        (now - HOUR, now - 9 * DAY, "上次备份 1小时前  ·  第二位置 9天前", "warning"),
        (None, None, "尚无备份", "warning"),
    ):
        place = Path("stick") if second else None
        hands.session.backed_up.emit(State(last, last, place, second, second_behind=second is not None))
        assert (status.backup.text(), status.backup.property("role")) == (text, role)
    hands.click(status.backup)
    page = hands.window.page
    assert isinstance(page, SettingsPage)
    assert page.parts["book"].isVisible()


def test_a_second_place_is_chosen_and_done_without(hands: Hands, tmp_path: Path) -> None:
    shelf = shelf_of(hands)
    hands.until(lambda: shelf.second.state.text() == _("none chosen"))
    shelf._take_drive(tmp_path)
    stick = tmp_path / _("Outreach CRM backups")
    hands.until(lambda: hands.session.settings.last(BACKUP_FOLDER) == str(stick))
    hands.click(shelf.back_up_button)
    hands.until(lambda: shelf.table.rowCount() == 2)
    assert len(list(stick.glob("t-*.crm"))) == 1
    hands.click(shelf.forget_button)
    hands.until(lambda: shelf.second.state.text() == _("none chosen"))
    assert not hands.session.settings.last(BACKUP_FOLDER)
    # A stick that is pulled between its choice and its first use.
    shelf._take_drive(tmp_path / "pulled")
    hands.until(lambda: str(tmp_path / "pulled") in shelf.answer.text())
    assert not hands.session.settings.last(BACKUP_FOLDER)


def test_a_backup_is_looked_into_and_restored(hands: Hands) -> None:
    enterprises.create_enterprise(hands.book, name="早公司")
    books.back_up(hands.book, None, clock.now_ms() - HOUR)
    enterprises.create_enterprise(hands.book, name="晚公司")
    dialog = restore_dialog(hands)
    hands.until(dialog.restore_button.isEnabled)
    shown = " ".join(label.text() for label in dialog.panel.findChildren(type(dialog.panel.title)))
    assert "比现在少 1" in shown
    assert "单晓" in dialog.panel.last.text()
    said: list[str] = []
    hands.session.said.connect(lambda sentence, _undo: said.append(sentence))
    opened: list[bool] = []
    hands.session.opened.connect(lambda: opened.append(True))
    hands.qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    hands.until(lambda: said)
    assert opened
    (kept,) = backups.folder_of(hands.book.path).glob("*-restore.crm")
    assert kept.name in said[0]
    with hands.book.read() as reader:
        names = {row[0] for row in reader.connection.exec_driver_sql("SELECT name FROM enterprise")}
    assert names == {"早公司"}
    # The window works on what was restored.
    assert hands.enterprises().list.model.rowCount() == 1


def test_a_damaged_backup_is_marked_and_one_with_another_password_asks(hands: Hands, tmp_path: Path) -> None:
    own = backups.folder_of(hands.book.path)
    sound = backup.make(hands.book, _made(own), clock.now_ms() - 3 * HOUR, Kind.AUTO)
    bad = backup.make(hands.book, own, clock.now_ms() - 2 * HOUR, Kind.AUTO)
    content = bytearray(bad.read_bytes())
    content[len(content) // 2] ^= 1
    bad.write_bytes(content)
    secret = "雨后的江津 6 点"
    other = books.create_book(_made(tmp_path / "else") / "t.crm", secret, protection.new_recovery_key())
    locked = backup.copy(other.path, own / "t-20260101-080000.crm", other.key)
    books.close_book(other)
    dialog = restore_dialog(hands)
    rows = {found.path: row for row, found in enumerate(dialog.table._found)}
    dialog.table.setCurrentCell(rows[bad], 0)
    hands.until(dialog.panel.problem.isVisible)
    assert not dialog.restore_button.isEnabled()
    dialog.table.setCurrentCell(rows[sound], 0)
    hands.until(dialog.restore_button.isEnabled)
    assert not dialog.panel.problem.isVisible()
    dialog.table.setCurrentCell(rows[locked], 0)
    hands.until(dialog.panel.password.isVisible)
    hands.write(dialog.panel.password, "wrong, but typed")
    hands.press(Qt.Key.Key_Return)
    hands.until(dialog.trouble.isVisible)
    hands.write(dialog.panel.password, "")
    dialog.panel.password.setText(secret)
    hands.press(Qt.Key.Key_Return)
    hands.until(dialog.restore_button.isEnabled)
    assert dialog.panel.note.isVisible()
    dialog.reject()
    QApplication.processEvents()


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder
