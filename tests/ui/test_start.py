"""The first start: a book is made by keyboard, a locked one is told in words, the sample opens with its own day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import crm_app
from crm_app import clock, paths
from crm_app.services import access, drafts, enterprises, protection, staff
from crm_app.services import book as books
from crm_app.settings import Settings
from crm_app.ui.handbook import Handbook
from crm_app.ui.log.dialog import LogDialog
from crm_app.ui.security.dialog import SecretDialog
from crm_app.ui.security.recovery import RecoveryDialog
from crm_app.ui.settings.restore import RestoreDialog
from crm_app.ui.shell.first_start import FirstStart
from crm_app.ui.shell.protect_card import ProtectCard
from crm_app.ui.shell.sample_bar import SampleBar
from crm_app.ui.shell.unlock_card import UnlockCard
from crm_app.ui.start import SAMPLE_NAME, Program
from crm_app.ui.today.page import TodayPage
from tests.templates import new_book
from tests.ui.kit import enter

PASSPHRASE = "雨后的江津 6 点"
W = TypeVar("W", bound=QWidget)


class Start:
    """One start of the program and what a person sees of it."""

    def __init__(self, app: QApplication, qtbot: QtBot) -> None:
        settings = Settings()
        settings.language = "zh_CN"
        self.qtbot = qtbot
        self.program = Program(app, settings)

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=20_000)

    def cover(self) -> FirstStart:
        """Return the offer, once it can be answered."""

        def found() -> FirstStart | None:
            covers = [
                one for one in self.program.window.findChildren(FirstStart) if one.isVisible() and one.isEnabled()
            ]
            return covers[-1] if covers else None

        self.until(found)
        cover = found()
        assert cover is not None
        return cover

    def card(self, kind: type[W]) -> W:
        """Return a card or a dialog, once it is shown."""

        def found() -> list[W]:
            tops = [self.program.window, *QApplication.topLevelWidgets()]
            return [
                one
                for top in tops
                for one in [top, *top.findChildren(kind)]
                if isinstance(one, kind) and one.isVisible()
            ]

        self.until(found)
        shown = found()[-1]
        shown.activateWindow()
        return shown

    def press(self, key: Qt.Key) -> None:
        """Press a key wherever the focus is."""
        self.until(QApplication.focusWidget)
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)

    def write(self, text: str) -> None:
        """Type wherever the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        enter(focus, text)

    def click(self, words: str) -> None:
        button = next(one for one in self.cover().findChildren(QPushButton) if one.text() == words)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def today(self) -> TodayPage:
        self.until(lambda: isinstance(self.program.window.page, TodayPage))
        page = self.program.window.page
        assert isinstance(page, TodayPage)
        return page


@pytest.fixture
def start(app: QApplication, qtbot: QtBot) -> Iterator[Start]:
    start = Start(app, qtbot)
    yield start
    start.until(lambda: not start.program.session.background.writing)
    start.program.window.close()
    start.program.end()
    start.program.words.use("en")


def test_a_first_start_makes_a_book_by_keyboard(start: Start) -> None:
    start.program.begin(None)
    start.program.window.activateWindow()
    cover = start.cover()
    start.until(cover.name.hasFocus)
    QTest.keyClick(cover.name, Qt.Key.Key_Return)
    assert cover.trouble.isVisible(), "a name is wanted"
    enter(cover.name, "单晓")
    QTest.keyClick(cover.name, Qt.Key.Key_Tab)
    assert cover.bureau.hasFocus()
    enter(cover.bureau, "示例区招商投资促进局")
    QTest.keyClick(cover.bureau, Qt.Key.Key_Return)
    card = start.card(ProtectCard)
    QTest.mouseClick(card.without, Qt.MouseButton.LeftButton)

    start.today()
    book = start.program.session.book
    assert not start.program.session.is_protected
    assert not protection.is_protected_file(book.path)
    assert paths.default_book().is_file()
    assert [one.name for one in staff.colleagues(book)] == ["单晓"]
    assert books.setting(book, books.BUREAU) == "示例区招商投资促进局"
    assert len(enterprises.all_enterprises(book)) == 0


def test_a_first_start_proposes_a_password_and_shows_the_recovery_key_once(start: Start) -> None:
    start.program.begin(None)
    start.program.window.activateWindow()
    cover = start.cover()
    start.until(cover.name.hasFocus)
    start.write("单晓")
    start.press(Qt.Key.Key_Return)
    card = start.card(ProtectCard)
    start.until(card.password.first.hasFocus)
    start.write("12345678")
    start.until(lambda: "太简单" in card.password.strength.text())
    start.press(Qt.Key.Key_Return)
    start.press(Qt.Key.Key_Return)
    start.until(card.password.first.hasFocus)
    card.password.first.clear()
    start.write(PASSPHRASE)
    start.until(lambda: "可以用" in card.password.strength.text())
    start.press(Qt.Key.Key_Return)
    start.until(card.password.again.hasFocus)
    start.write("另一句话")
    start.press(Qt.Key.Key_Return)
    assert "不一致" in card.password.strength.text()
    start.until(card.password.again.hasFocus)
    start.write(PASSPHRASE)
    start.press(Qt.Key.Key_Return)
    assert "不一致" not in card.password.strength.text(), "they are the same now"

    shown = start.card(RecoveryDialog)
    start.press(Qt.Key.Key_Escape)
    assert shown.isVisible(), "the key would be gone for good"
    start.until(shown.kept.hasFocus)
    named = [one.accessibleName() for one in shown.findChildren(QLabel)]
    key = next(name for name in named if protection.is_recovery_key(name))
    start.press(Qt.Key.Key_Space)
    start.press(Qt.Key.Key_Return)
    start.until(lambda: not isValid(shown) or not shown.isVisible())
    start.today()
    book = start.program.session.book
    assert start.program.session.is_protected
    # No password stays behind in a field.
    start.until(lambda: not start.program.window.findChildren(ProtectCard))
    protection.lock(book)
    protection.unlock(book, PASSPHRASE)
    protection.lock(book)
    protection.unlock(book, key)
    # Nobody gave the file its name, so the user need not read it.
    start.program.session.lock_wanted.emit()
    names = [one.text() for one in start.card(UnlockCard).findChildren(QLabel)]
    assert "招商外勤" in names


def test_back_from_the_password_keeps_what_was_typed(start: Start) -> None:
    start.program.begin(None)
    cover = start.cover()
    enter(cover.name, "单晓")
    start.click("新建台账库")
    card = start.card(ProtectCard)
    back = next(one for one in card.findChildren(QPushButton) if one.text() == "上一步")
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    assert start.cover() is cover
    assert cover.name.text() == "单晓"


def test_a_protected_book_asks_for_its_password(start: Start, tmp_path: Path) -> None:
    path, recovery = tmp_path / "江津招商.crm", protection.new_recovery_key()
    books.close_book(books.create_book(path, PASSPHRASE, recovery))
    start.program.begin(path)
    start.program.window.activateWindow()
    card = start.card(UnlockCard)
    start.until(card.secret.hasFocus)
    start.write("不是这一句话呀")
    start.press(Qt.Key.Key_Return)
    start.until(card.trouble.isVisible)
    assert card.secret.hasFocus()
    start.write(PASSPHRASE)
    assert not card.trouble.isVisible(), "it spoke of what was typed before"
    start.press(Qt.Key.Key_Return)
    start.today()
    assert start.program.session.is_protected
    start.until(lambda: not start.program.session.background.writing)
    assert [one.act for one in access.entries(start.program.session.book)] == ["解锁"]
    start.until(lambda: not start.program.window.findChildren(UnlockCard))


def test_the_recovery_key_opens_it_and_a_new_password_is_offered(start: Start, tmp_path: Path) -> None:
    path, recovery = tmp_path / "江津招商.crm", protection.new_recovery_key()
    books.close_book(books.create_book(path, PASSPHRASE, recovery))
    start.program.begin(path)
    start.program.window.activateWindow()
    card = start.card(UnlockCard)
    start.until(card.secret.hasFocus)
    start.write(recovery.replace("-", " ").lower())
    start.press(Qt.Key.Key_Return)
    dialog = start.card(SecretDialog)
    assert dialog.new is not None
    start.until(dialog.new.first.hasFocus)
    for _field in range(2):
        start.write("石门大桥 2023")
        start.press(Qt.Key.Key_Return)
    start.until(lambda: not isValid(dialog) or not dialog.isVisible())
    book = start.program.session.book
    protection.lock(book)
    protection.unlock(book, "石门大桥 2023")


def test_the_book_of_last_time_opens_at_once(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "last.crm"
    books.close_book(new_book(path))
    start.program.settings.add_recent_book(path)
    start.program.begin(None)
    start.today()
    assert start.program.session.book.path == path


def test_the_status_line_knows_the_copy_of_last_time(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "last.crm"
    book = new_book(path)
    at = clock.now_ms() - 3_600_000
    books.back_up(book, None, at)
    books.close_book(book)
    start.program.begin(path)
    start.today()
    shown = start.program.window.status.backup
    start.until(shown.isVisible)
    assert shown.text() == "上次备份 1小时前"


def test_a_book_that_is_open_elsewhere_is_told_in_words(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "held.crm"
    held = new_book(path)
    try:
        start.program.begin(path)
        cover = start.cover()
        assert "另一个程序" in cover.trouble.text()
        assert cover.trouble.isVisible()
        assert not start.program.session.has_book
    finally:
        books.close_book(held)
    cover.open_wanted.emit(path)
    start.today()


def test_a_file_that_is_no_book_is_told(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "no.crm"
    path.write_bytes(b"not a book at all" * 100)
    start.program.begin(path)
    cover = start.cover()
    assert cover.trouble.text()
    assert path.read_bytes() == b"not a book at all" * 100
    cover.name.setText("单晓")
    cover.open_wanted.emit(path)
    start.until(lambda: start.cover() is not cover)
    assert start.cover().name.text() == "单晓", "what was typed is not typed again"


def test_the_sample_opens_on_its_own_day_says_so_and_is_left_by_one_click(start: Start) -> None:
    program = start.program
    program.begin(None)
    start.click("看看示例")
    page = start.today()
    start.until(page.lines.rowCount)
    assert clock.today() == date(2023, 7, 12)
    path = program.session.book.path
    assert path == paths.data_folder() / SAMPLE_NAME
    assert program.session.is_sample
    bar = start.card(SampleBar)
    program.session.log_wanted.emit(None)
    form = start.card(LogDialog)
    enter(form.enterprise, "示例新能源")
    form.reject()
    QTest.mouseClick(bar.leave, Qt.MouseButton.LeftButton)
    start.cover()
    assert not program.session.has_book
    assert not bar.isVisible()
    assert path not in program.settings.recent_books
    assert clock.today() != date(2023, 7, 12)

    start.click("看看示例")
    start.today()
    assert [one.values["enterprise"] for one in drafts.waiting(program.session.book)] == ["示例新能源"]


def test_leaving_the_sample_leads_to_ones_own_book(start: Start) -> None:
    own = new_book(paths.default_book())
    books.close_book(own)
    start.program.try_sample(paths.data_folder() / SAMPLE_NAME)
    start.today()
    start.program.leave()
    # A double click asks twice.
    start.program.leave()
    start.until(lambda: start.program.session.has_book and not start.program.session.is_sample)
    assert start.program.session.book.path == paths.default_book()


def test_what_is_new_is_told_once_after_an_update(start: Start) -> None:
    window = start.program.window
    start.program.settings.version = "0.0.9"
    start.program.begin(None)
    assert crm_app.__version__ in window.notice.sentence
    QTest.mouseClick(window.notice.step, Qt.MouseButton.LeftButton)
    assert start.card(Handbook).page == "news"
    assert not window.notice.isVisible()
    assert Settings().version == crm_app.__version__, "the next start has nothing to tell"


def test_a_run_that_died_without_a_word_is_told_at_the_next_start(start: Start) -> None:
    died = 'Fatal Python error: Segmentation fault\n  File "/home/somebody/crm_app/ui/log/dialog.py", line 12 in save\n'
    (paths.log_folder() / "native-1.log").write_text(died, encoding="utf-8")
    start.program.begin(None)
    start.cover()
    notice = start.program.window.notice
    assert "意外停止" in notice.sentence
    assert notice.step.text() == "看看报告"
    (report,) = paths.log_folder().glob("crash-*.txt")
    assert "log/dialog.py:12 save" in report.read_text(encoding="utf-8")
    assert "somebody" not in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("secret", [None, "雨后的江津 6 点"])
def test_a_damaged_book_is_restored_from_the_start(start: Start, tmp_path: Path, secret: str | None) -> None:
    path = tmp_path / "last.crm"
    book = books.create_book(path, secret, protection.new_recovery_key() if secret else None)
    enterprises.create_enterprise(book, name="早公司")
    books.back_up(book, None, clock.now_ms())
    books.close_book(book)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    start.program.begin(path)
    if secret:
        start.card(UnlockCard).secret.setText(secret)
        start.press(Qt.Key.Key_Return)
    QTest.mouseClick(start.cover().restore, Qt.MouseButton.LeftButton)
    if secret:
        start.until(lambda: start.card(UnlockCard).secret.hasFocus())
        start.card(UnlockCard).secret.setText(secret)
        start.press(Qt.Key.Key_Return)
    dialog = start.card(RestoreDialog)
    start.until(dialog.restore_button.isEnabled)
    QTest.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    start.today()
    assert len(enterprises.all_enterprises(start.program.session.book)) == 1
    assert start.program.session.is_protected == bool(secret)
