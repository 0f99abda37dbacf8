"""The part on security: a password put on, changed and taken off, another recovery key, when the book is locked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from crm_app.errors import Locked
from crm_app.services import book as books
from crm_app.services import enterprises, protection, recovery
from crm_app.services.book import Book
from crm_app.ui.background import Progress
from crm_app.ui.security.dialog import SecretDialog, Secrets
from crm_app.ui.security.recovery import RecoveryDialog
from crm_app.ui.session import Session
from crm_app.ui.settings.security import SecurityPart
from crm_app.ui.widgets.printing import Printing
from tests.briefs import reading
from tests.templates import protected_book
from tests.ui.enterprises.hands import Hands, window_on

OLD, NEW = "雨后的江津 6 点", "石门大桥 2023"
NAME = "渝能电池(示例)"
ENTER = Qt.Key.Key_Return
D = TypeVar("D", bound=QDialog)


@pytest.fixture(scope="module")
def key() -> str:
    return protection.new_recovery_key()


@pytest.fixture
def guarded(tmp_path: Path, session: Session, qtbot: QtBot, key: str) -> Iterator[Hands]:
    made = protected_book(tmp_path / "江津招商.crm", OLD, key)
    enterprises.create_enterprise(made, name=NAME)
    with window_on(made, session, qtbot, protected=True) as hands:
        yield hands
    books.close_book(made)


def security(hands: Hands) -> SecurityPart:
    part = hands.settings("security").parts["security"]
    assert isinstance(part, SecurityPart)
    return part


def opened(hands: Hands, kind: type[D]) -> D:
    def shown() -> list[D]:
        return [one for one in hands.window.findChildren(kind) if one.isVisible()]

    hands.until(shown)
    dialog = shown()[-1]
    dialog.activateWindow()
    hands.until(lambda: dialog.isAncestorOf(hands.focus()))
    return dialog


def closed(hands: Hands, dialog: QDialog) -> None:
    hands.until(lambda: not isValid(dialog) or not dialog.isVisible())
    hands.window.activateWindow()


def keep_key(hands: Hands) -> str:
    """Read the key, say that it is kept, and go on, by keyboard."""
    dialog = opened(hands, RecoveryDialog)
    key = next(name for one in dialog.findChildren(QLabel) if protection.is_recovery_key(name := one.accessibleName()))
    dialog.kept.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.press(ENTER)
    closed(hands, dialog)
    return key


def opens(book: Book, secret: str) -> bool:
    protection.lock(book)
    try:
        protection.unlock(book, secret)
    except Locked:
        return False
    return True


def test_a_plain_book_gets_a_password_and_can_then_be_locked(hands: Hands) -> None:
    enterprises.create_enterprise(hands.book, name=NAME)
    part = security(hands)
    assert part.protect.isVisible()
    assert not part.lock.isVisible()
    assert not hands.window.rail.lock.isVisible()
    hands.session.lock_wanted.emit()
    assert not hands.window.lock.is_on, "a plain book is not locked"
    part.focus_first()
    hands.press(Qt.Key.Key_Space)
    dialog = opened(hands, SecretDialog)
    assert dialog.new is not None
    hands.write(dialog.new.first, OLD)
    hands.press(ENTER)
    hands.write(dialog.new.again, OLD)
    hands.press(ENTER)
    key = keep_key(hands)
    assert hands.session.is_protected
    assert protection.is_protected_file(hands.book.path)
    assert "已设置密码" in part.note.text()
    assert part.change.isVisible()
    assert hands.window.rail.lock.isVisible()
    for secret in (OLD, key):
        assert opens(hands.book, secret)
    part.lock.click()
    hands.until(lambda: hands.book.is_locked)


def test_the_password_is_changed_and_a_wrong_old_one_is_told(guarded: Hands, key: str) -> None:
    part = security(guarded)
    part.change.click()
    dialog = opened(guarded, SecretDialog)
    assert dialog.old is not None
    assert dialog.new is not None
    guarded.press(ENTER)
    guarded.until(dialog.new.first.hasFocus)
    for old in ("不是这一句话呀", OLD):
        guarded.write(dialog.old, old)
        guarded.press(ENTER)
        for field in (dialog.new.first, dialog.new.again):
            guarded.write(field, NEW)
            guarded.press(ENTER)
        guarded.written()
        if old != OLD:
            guarded.until(lambda: "密码不对" in dialog.error.text())
            assert dialog.old.hasFocus()
    closed(guarded, dialog)
    assert "密码已修改" in part.note.text()
    assert not opens(guarded.book, OLD)
    assert opens(guarded.book, NEW)
    assert opens(guarded.book, key)


def test_another_recovery_key_takes_the_place_of_the_old_one(guarded: Hands, key: str) -> None:
    part = security(guarded)
    part.renew.click()
    dialog = opened(guarded, SecretDialog)
    guarded.write(dialog.old, OLD)
    guarded.press(ENTER)
    another = keep_key(guarded)
    assert another != key
    assert not opens(guarded.book, key)
    assert opens(guarded.book, another)


def test_the_password_is_removed_after_asking_for_it(guarded: Hands) -> None:
    part = security(guarded)
    part.remove.click()
    dialog = opened(guarded, SecretDialog)
    assert dialog.old is not None
    dialog.run()
    assert "请先输入" in dialog.error.text()
    guarded.write(dialog.old, OLD)
    guarded.press(ENTER)
    closed(guarded, dialog)
    guarded.until(lambda: not guarded.session.is_protected)
    assert not protection.is_protected_file(guarded.book.path)
    assert part.protect.isVisible()
    assert not guarded.window.rail.lock.isVisible()
    assert [one.name for one in enterprises.all_enterprises(guarded.book)] == [NAME]


def test_what_takes_long_says_how_far_it_is_and_can_be_stopped(hands: Hands) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def act(_book: Book, _secrets: Secrets, progress: Progress) -> None:
        progress.report(5_000_000_000, 10_000_000_000, "正在加密")
        reached.set()
        go_on.wait()
        progress.report(6_000_000_000, 10_000_000_000, "正在加密")

    dialog = SecretDialog(hands.session, hands.window, "加密", "说明", "开始", act, asks_old=False, asks_new=False)
    dialog.open()
    dialog.run()
    reached.wait()
    bar = dialog.findChild(QProgressBar)
    hands.until(lambda: bar.isVisible() and bar.value() * 2 == bar.maximum())
    assert "正在加密" in [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    hands.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    go_on.set()
    hands.until(lambda: dialog.error.isVisible())
    assert "未作任何更改" in dialog.error.text()
    assert dialog.go.isEnabled()
    hands.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_idle_minutes_are_kept(guarded: Hands) -> None:
    part = security(guarded)
    assert part.idle.currentData() == 10
    part.idle.setFocus()
    guarded.press(Qt.Key.Key_Down)
    guarded.until(lambda: guarded.session.settings.idle_minutes == 15)
    for _time in range(2):
        guarded.press(Qt.Key.Key_Down)
    guarded.until(lambda: guarded.session.settings.idle_minutes == 0)


@pytest.mark.parametrize("way", ["save", "print"])
def test_the_sheet_is_made_in_memory_and_goes_where_it_was_sent(
    guarded: Hands, key: str, tmp_path: Path, way: str
) -> None:
    dialog = RecoveryDialog(guarded.session, guarded.window, key)
    dialog.open()
    out = tmp_path / "纸" / "密钥.pdf"
    out.parent.mkdir()
    if way == "save":
        dialog.save_to(out)
    else:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFileName(str(out))
        printer.setResolution(72)
        dialog.print_on(printer, Printing("密钥"))
    guarded.until(lambda: dialog.note.isVisible())
    assert out.stat().st_size > 1000
    assert [file.name for file in out.parent.iterdir()] == [out.name]
    if way == "save":
        assert key.replace("-", "") in reading.text_of(out.read_bytes()).replace("-", "").replace("\n", "")


def test_the_sheet_says_whose_key_it_is(key: str) -> None:
    text = reading.text_of(recovery.sheet("江津招商", key, date(2023, 6, 14)))
    assert "江津招商" in text
    assert "恢复密钥" in text
