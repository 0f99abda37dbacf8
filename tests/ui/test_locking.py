"""The lock: by key, by time, by sleep; nothing shows, nothing typed is lost, and everything comes back as it was."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.errors import Locked
from crm_app.services import access, enterprises, protection
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.ui.imports import open_import
from crm_app.ui.log.dialog import LogDialog
from crm_app.ui.main_window import MainWindow
from crm_app.ui.session import Session
from crm_app.ui.shell.unlock_card import UnlockCard
from crm_app.ui.visits import open_visit
from tests.ui.keyboard import CTRL
from tests.ui.kit import MemoryDrafts, enter
from tests.ui.sampled import Hands, windowed

PASSPHRASE = "雨后的江津 6 点"
NAME = "渝能电池(示例)"
TYPED = "去年营收十二亿元，没写完"
MINUTE = 60_000


@pytest.fixture(scope="module")
def recovery() -> str:
    return protection.new_recovery_key()


@pytest.fixture(scope="module")
def guarded_file(tmp_path_factory: pytest.TempPathFactory, recovery: str) -> Path:
    path = tmp_path_factory.mktemp("guarded") / "江津招商.crm"
    made = books.create_book(path, PASSPHRASE, recovery)
    books.be(made, "单晓")
    enterprises.create_enterprise(made, name=NAME)
    books.close_book(made)
    return path


@pytest.fixture
def guarded(guarded_file: Path, tmp_path: Path) -> Iterator[Book]:
    for file in guarded_file.parent.glob("江津招商.crm*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    opened = books.open_book(tmp_path / guarded_file.name, PASSPHRASE)
    yield opened
    books.close_book(opened)


@pytest.fixture
def hands(session: Session, guarded: Book, qtbot: QtBot) -> Iterator[Hands]:
    yield from windowed(session, guarded, qtbot)


def card(hands: Hands) -> UnlockCard:
    """Return the card, once a password can be typed."""
    hands.until(lambda: hands.window.lock.card is not None and hands.window.lock.card.is_ready)
    found = hands.window.lock.card
    assert found is not None
    return found


def unlock(hands: Hands, secret: str = PASSPHRASE) -> None:
    field = card(hands).secret
    hands.window.activateWindow()
    hands.until(field.hasFocus)
    enter(field, secret)
    QTest.keyClick(field, Qt.Key.Key_Return)
    hands.until(lambda: not hands.window.lock.is_on)
    hands.settle()


def shown(window: MainWindow) -> list[QWidget]:
    """Return every widget of the program on the screen that is neither the lock's card nor what carries it."""
    covering = window.lock.card
    assert covering is not None
    carriers = {window, window.centralWidget()}
    return [
        one
        for one in QApplication.allWidgets()
        if one.isVisible() and one not in carriers and one is not covering and not covering.isAncestorOf(one)
    ]


def logging(hands: Hands) -> LogDialog:
    QTest.keyClick(hands.window, Qt.Key.Key_N, CTRL)
    dialog = hands.dialog(LogDialog)
    enter(dialog.enterprise, "瑞图储能")
    dialog.note.setFocus()
    enter(dialog.note, TYPED)
    return dialog


def test_ctrl_l_hides_everything_and_forgets_the_key(hands: Hands, guarded: Book) -> None:
    hands.go("today")
    enter(hands.window.topbar.search, "渝能")
    hands.settle()
    QTest.keyClick(hands.window, Qt.Key.Key_L, CTRL)
    assert shown(hands.window) == []
    assert hands.window.topbar.search.text() == ""
    assert NAME not in hands.window.windowTitle()
    card(hands)
    assert guarded.is_locked
    with pytest.raises(Locked):
        len(enterprises.all_enterprises(guarded))
    unlock(hands)
    assert not guarded.is_locked
    assert hands.window.page is not None
    assert hands.window.page.isVisible()
    assert hands.told == []
    # When it was opened, and now.
    assert [one.act for one in access.entries(guarded)] == ["解锁", "解锁"]


def test_half_typed_dialogs_survive_with_their_text_and_focus(
    hands: Hands, guarded: Book, drafts: MemoryDrafts
) -> None:
    dialog = logging(hands)
    visit = open_visit(hands.session, dialog)
    hands.until(lambda: visit.form is not None)
    assert visit.form is not None
    visit.activateWindow()
    visit.form.talk.setFocus()
    hands.until(visit.form.talk.hasFocus)
    enter(visit.form.talk, TYPED)
    QTest.keyClick(visit.form.talk, Qt.Key.Key_L, CTRL)
    assert hands.window.lock.is_on
    assert shown(hands.window) == []
    # Kept before the key is gone, so that a laptop that dies asleep loses nothing.
    assert drafts.load("log")["note"] == TYPED
    assert TYPED in [text for kept in drafts.kept.values() for text in kept.values()]
    unlock(hands)
    assert dialog.isVisible()
    assert visit.isVisible()
    assert visit.isModal()
    assert (dialog.enterprise.text(), dialog.note.toPlainText()) == ("瑞图储能", TYPED)
    assert visit.form.talk.toPlainText() == TYPED
    hands.until(visit.form.talk.hasFocus)
    visit.reject()
    hands.dialog(LogDialog)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(dialog)
    assert {one.name for one in enterprises.all_enterprises(guarded)} == {NAME, "瑞图储能"}


def test_a_wrong_password_is_told_and_the_window_stays_alive(hands: Hands, guarded: Book, recovery: str) -> None:
    recovered: list[str] = []
    hands.window.lock.recovered.connect(recovered.append)
    QTest.keyClick(hands.window, Qt.Key.Key_L, CTRL)
    asked = card(hands)
    for wrong in ("不是这一句话呀", "又不是"):
        enter(asked.secret, wrong)
        QTest.keyClick(asked.secret, Qt.Key.Key_Return)
        # Argon2 runs beside: the field stays the focus and takes no second Enter.
        assert not asked.is_ready
        QTest.keyClick(asked.secret, Qt.Key.Key_Return)
        hands.until(lambda: asked.is_ready)
        assert asked.trouble.isVisible()
        assert "密码不对" in asked.trouble.text()
        assert asked.secret.hasFocus()
        assert asked.secret.selectedText()
        assert guarded.is_locked
    unlock(hands, recovery.lower())
    assert recovered == [recovery.lower()]


def test_the_preview_of_an_import_is_still_there_after_the_lock(hands: Hands, guarded: Book, tmp_path: Path) -> None:
    ledger = tmp_path / "台账.csv"
    ledger.write_text("企业名称,所在地区\n瑞图储能(示例),重庆市江津区\n", "utf-8")
    dialog = open_import(hands.session, hands.window, [ledger])
    assert dialog is not None
    hands.until(lambda: dialog.pane is not None and dialog.desk.busy is None)
    before = dialog.pane
    QTest.keyClick(dialog, Qt.Key.Key_L, CTRL)
    assert hands.window.lock.is_on
    assert shown(hands.window) == []
    unlock(hands)
    assert dialog.isVisible()
    hands.until(lambda: dialog.desk.busy is None and dialog.write.isEnabled())
    assert dialog.pane is before
    QTest.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    hands.until(lambda: dialog.undo.isVisible() and dialog.desk.busy is None)
    assert len(enterprises.all_enterprises(guarded)) == 2
    dialog.close()


def test_idle_minutes_lock_and_a_touch_counts_anew(hands: Hands) -> None:
    lock, session = hands.window.lock, hands.session
    now = clock.now_ms()
    assert session.settings.idle_minutes == 10
    assert not lock.idle.look(now + 9 * MINUTE)
    session.settings.idle_minutes = 0
    assert not lock.idle.look(now + 1000 * MINUTE)
    session.settings.idle_minutes = 5
    assert lock.idle.look(now + 6 * MINUTE)
    assert lock.is_on
    unlock(hands)
    assert not lock.idle.look(clock.now_ms() + 4 * MINUTE)
    lock.idle.begin()
    handle = hands.window.windowHandle()
    QTest.mouseMove(handle, QPoint(300, 300))
    assert not lock.is_on


def test_sleep_hides_everything_first_and_is_let_go_when_the_key_is_forgotten(hands: Hands, guarded: Book) -> None:
    lock, order = hands.window.lock, list[tuple[bool, bool]]()
    lock.shut.connect(lambda: order.append((lock.is_on, guarded.is_locked)))
    dialog = logging(hands)
    lock.asleep.prepare_for_sleep(True)
    assert lock.is_on
    assert shown(hands.window) == []
    card(hands)
    assert order == [(True, True)]
    lock.asleep.prepare_for_sleep(False)
    lock.asleep.screen_saver(True)
    unlock(hands)
    assert dialog.note.toPlainText() == TYPED
    dialog.reject()


def test_a_write_that_runs_is_finished_before_the_key_goes(hands: Hands, guarded: Book) -> None:
    entered, go_on = threading.Event(), threading.Event()
    done: list[object] = []

    def slowly(book: Book, _progress: object) -> object:
        entered.set()
        go_on.wait()
        return enterprises.create_enterprise(book, name="江驰电机(示例)")

    hands.session.write("登记", slowly, done.append)  # type: ignore[arg-type]
    hands.session.write("登记", lambda book, _progress: enterprises.create_enterprise(book, name="后一家"), done.append)
    entered.wait()
    hands.session.lock_wanted.emit()
    assert hands.window.lock.is_on
    assert shown(hands.window) == []
    assert not guarded.is_locked
    go_on.set()
    card(hands)
    assert guarded.is_locked
    assert done == [], "nothing is answered to a page that is not to be seen"
    unlock(hands)
    assert len(done) == 2
    assert len(enterprises.all_enterprises(guarded)) == 3
    assert hands.told == []


def test_what_is_asked_while_locked_waits_and_is_answered_afterwards(hands: Hands) -> None:
    session, counted, made = hands.session, [0], list[object]()
    session.lock_wanted.emit()
    card(hands)
    session.read(enterprises.all_enterprises, lambda found: counted.append(len(found)), owner=hands.window)
    session.latest().read(lambda: len(enterprises.all_enterprises(hands.book)), lambda n: counted.append(n))
    session.write("登记", lambda book, _progress: enterprises.create_enterprise(book, name="后一家"), made.append)
    session.go("figures")
    hands.qtbot.wait(100)
    assert counted == [0]
    assert not made
    assert shown(hands.window) == []
    unlock(hands)
    hands.until(lambda: made and len(counted) == 3)
    assert hands.told == []


def test_a_read_the_lock_cut_off_is_read_again(hands: Hands) -> None:
    begun, go_on = threading.Event(), threading.Event()
    counted: list[int] = []

    def late_read(book: Book) -> int:
        begun.set()
        go_on.wait()
        return len(enterprises.all_enterprises(book))

    hands.session.read(late_read, counted.append, owner=hands.window)
    begun.wait()
    hands.session.lock_wanted.emit()
    card(hands)
    go_on.set()
    hands.qtbot.wait(100)
    assert counted == []
    unlock(hands)
    hands.until(lambda: counted == [1])
    assert hands.told == []


def test_the_picture_of_a_locked_window_tells_nothing_of_what_was_shown(hands: Hands) -> None:
    clipboard = QApplication.clipboard()
    clipboard.setText(TYPED)
    pictures = []
    for place in ("today", "papers"):
        page = hands.go(place)
        before = hands.window.grab().toImage()
        hands.session.lock_wanted.emit()
        card(hands).secret.clearFocus()
        pictures.append(hands.window.grab().toImage())
        assert pictures[-1] != before
        card(hands).secret.setFocus()
        unlock(hands)
        assert hands.window.page is page
    assert pictures[0] == pictures[1]
    assert clipboard.text() == TYPED


def test_a_locked_window_closes_and_keeps_what_was_typed(hands: Hands, guarded: Book, drafts: MemoryDrafts) -> None:
    logging(hands)
    hands.session.lock_wanted.emit()
    card(hands)
    hands.window.close()
    assert not hands.window.isVisible()
    assert drafts.load("log")["note"] == TYPED
    assert guarded.is_locked


@pytest.mark.parametrize("ask", [QFileDialog, QDialog])
def test_a_dialog_somebody_waits_for_ends_as_cancelled(hands: Hands, ask: type[QDialog]) -> None:
    answers: list[int] = []
    dialog = ask(hands.window)
    if isinstance(dialog, QFileDialog):
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    else:
        QVBoxLayout(dialog).addWidget(QLabel(NAME))

    def locked_from_inside() -> None:
        hands.session.lock_wanted.emit()
        answers.append(len(shown(hands.window)))

    QTimer.singleShot(0, locked_from_inside)
    answers.append(dialog.exec())
    assert answers == [0, QDialog.DialogCode.Rejected]
    unlock(hands)
    assert not dialog.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_an_open_menu_goes(hands: Hands) -> None:
    menu = QMenu(hands.window)
    menu.addAction(NAME)
    menu.popup(QPoint(10, 10))
    hands.session.lock_wanted.emit()
    assert shown(hands.window) == []
    unlock(hands)
    assert not menu.isVisible()


@pytest.mark.parametrize("turns", [0, 3])
def test_the_lock_falls_while_a_page_is_being_filled(turns: int, session: Session, guarded: Book, qtbot: QtBot) -> None:
    known = enterprises.all_enterprises(guarded)[0].id
    places = ("today", "enterprises", "projects", "trips", "papers", "figures", "settings")
    for hands in windowed(session, guarded, qtbot, places):
        for place, record in (*((place, None) for place in places), ("enterprises", known)):
            session.go(place, record)
            for _turn in range(turns):
                QApplication.processEvents()
            session.lock_wanted.emit()
            assert shown(hands.window) == []
            unlock(hands)
            page = hands.window.page
            assert page is not None
            assert (page.isVisible(), hands.told) == (True, []), place


def test_what_takes_the_focus_behind_the_lock_hears_no_key(hands: Hands) -> None:
    hands.session.go("enterprises")
    hands.settle()
    taking = hands.window.findChildren(QAbstractButton)[0]
    hands.until(taking.isVisible)
    hands.session.lock_wanted.emit()
    field = card(hands).secret
    hands.window.activateWindow()
    hands.until(field.hasFocus)
    taking.setFocus()
    assert field.hasFocus()
    unlock(hands)
    assert hands.focus().isVisible()
