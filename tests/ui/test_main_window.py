"""The shell: going places and back, one refresh after a change, words and looks that switch, a safe close."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableWidget
from pytestqt.qtbot import QtBot

from crm_app.db.changes import Changes, Ids
from crm_app.errors import Refused
from crm_app.services.outcome import Outcome
from crm_app.ui.main_window import MainWindow, main_window
from crm_app.ui.session import Session
from crm_app.ui.shell.interrupt import close_on_interrupt
from tests.ui.kit import PlainPage, PlainPlaces

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class _NoBook:
    """A book of which only the place is known."""

    path = Path("none.crm")


@pytest.fixture
def places() -> PlainPlaces:
    return PlainPlaces()


@pytest.fixture
def window(session: Session, places: PlainPlaces, qtbot: QtBot) -> Iterator[MainWindow]:
    window = main_window(session, places)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    session.attach(_NoBook())  # type: ignore[arg-type]
    yield window
    window.close()


def _page(window: MainWindow) -> PlainPage:
    assert isinstance(window.page, PlainPage)
    return window.page


def test_pages_are_made_when_they_are_first_shown(window: MainWindow, places: PlainPlaces, qtbot: QtBot) -> None:
    assert places.made == ["today"]
    for key in (Qt.Key.Key_3, Qt.Key.Key_6, Qt.Key.Key_3):
        qtbot.keyClick(window, key, CTRL)
    assert places.made == ["today", "projects", "figures"]
    assert _page(window).place == "projects"
    assert _page(window).field.hasFocus()


def test_back_and_forward_walk_where_the_user_was(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    record = uuid4()
    session.go("enterprises", record)
    session.go("papers")
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert (_page(window).place, _page(window).shown[-1].record) == ("enterprises", record)
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert _page(window).place == "today"
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    assert _page(window).place == "enterprises"
    session.go("figures")
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    assert _page(window).place == "figures"


def test_the_buttons_at_a_mouses_side_go_back_and_forward_over_a_table_too(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.go("papers")
    page = _page(window)
    rows = QTableWidget(3, 3, page)
    rows.resize(300, 300)
    rows.show()
    there = rows.viewport().mapTo(window, rows.viewport().rect().center())
    for button, place in ((Qt.MouseButton.BackButton, "today"), (Qt.MouseButton.ForwardButton, "papers")):
        QTest.mouseClick(window.windowHandle(), button, pos=there)
        assert _page(window).place == place


def test_one_change_refreshes_every_page_once(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.go("projects")
    changes = Changes(7, "登记线索：某新能源", {"lead": Ids([uuid4().bytes])})
    answers: list[str] = []
    session.write("登记", lambda _book, _progress: Outcome(changes, "id"), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    pages = cast("list[PlainPage]", window.findChildren(PlainPage))
    assert [page.refreshed for page in pages] == [[changes], [changes]]
    assert window.toast.isVisible()
    assert "某新能源" in " ".join(label.text() for label in window.toast.findChildren(QLabel))
    assert "已保存" in " ".join(label.text() for label in window.status.findChildren(QLabel))


def test_an_error_is_told_in_the_bar_and_takes_no_focus(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    _page(window).field.setFocus()
    session.trouble.emit("台账库已在别的程序中打开。")
    assert window.notice.sentence == "台账库已在别的程序中打开。"
    assert _page(window).field.hasFocus()


def test_log_search_and_help_are_reached_from_anywhere(
    window: MainWindow, places: PlainPlaces, session: Session, qtbot: QtBot
) -> None:
    session.go("papers")
    qtbot.keyClicks(_page(window).field, "abc")
    qtbot.keyClick(_page(window).field, Qt.Key.Key_N, CTRL)
    qtbot.keyClick(_page(window).field, Qt.Key.Key_F1)
    assert places.logged == [None]
    assert places.helped == ["papers"]
    qtbot.keyClick(_page(window).field, Qt.Key.Key_K, CTRL)
    assert window.topbar.search.hasFocus()


def test_the_language_switches_everything_and_stays_where_it_was(
    window: MainWindow, session: Session, app: QApplication, qtbot: QtBot
) -> None:
    session.go("trips")
    assert window.windowTitle() == "招商外勤"
    session.set_language("en")
    assert window.windowTitle() == "Outreach CRM"
    assert _page(window).place == "trips"
    assert app.translate("QPlatformTheme", "Cancel") == "Cancel"
    session.set_language("zh_CN")
    assert app.translate("QPlatformTheme", "Cancel") == "取消"
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    assert _page(window).place == "enterprises"


def test_a_narrow_window_shows_icons_only(window: MainWindow, qtbot: QtBot) -> None:
    assert window.rail.width() == 138
    window.resize(980, 700)
    qtbot.waitUntil(lambda: window.rail.width() == 48)


def test_without_a_book_nothing_is_asked_of_it(session: Session, places: PlainPlaces, qtbot: QtBot) -> None:
    window = main_window(session, places)
    qtbot.addWidget(window)
    cover = QLabel("…")
    window.show_cover(cover)
    window.show()
    qtbot.waitExposed(window)
    for key in (Qt.Key.Key_2, Qt.Key.Key_N, Qt.Key.Key_Z):
        qtbot.keyClick(window, key, CTRL)
    assert (places.made, places.logged) == ([], [])
    assert cover.isVisible()


def test_closing_waits_for_what_is_being_written(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    go_on = threading.Event()
    written: list[int] = []

    def work() -> None:
        go_on.wait(20)
        written.append(1)

    session.background.write("Importing", lambda _progress: work())
    window.close()
    assert window.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert written == [1]


def test_the_windows_shape_is_remembered(window: MainWindow, session: Session, places: PlainPlaces) -> None:
    window.resize(1111, 666)
    window.close()
    again = MainWindow(session, places)
    assert (again.width(), again.height()) == (1111, 666)
    again.deleteLater()


def test_a_refused_write_of_a_closed_form_is_still_told(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    form = QLabel()
    heard: list[object] = []
    go_on = threading.Event()

    def refuse() -> Outcome[None]:
        go_on.wait(20)
        raise Refused("已被别人修改。")

    session.write("保存", lambda _book, _progress: refuse(), None, heard.append, owner=form)
    shiboken6.delete(form)
    go_on.set()
    qtbot.waitUntil(lambda: window.notice.sentence == "已被别人修改。")
    assert heard == []


def test_a_place_one_comes_back_to_says_its_count_again(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    def told() -> str:
        return " ".join(label.text() for label in window.status.findChildren(QLabel))

    session.go("figures")
    _page(window).count_changed.emit("312家")
    assert "312家" in told()
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert "312家" not in told()
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    assert "312家" in told()


def test_ctrl_c_in_the_terminal_closes_the_window(window: MainWindow, qtbot: QtBot) -> None:
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    woken_by = signal.set_wakeup_fd(-1)
    try:
        close_on_interrupt(window)
        signal.raise_signal(signal.SIGINT)
        qtbot.waitUntil(lambda: not window.isVisible())
        assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    finally:
        signal.set_wakeup_fd(woken_by)
        signal.signal(signal.SIGINT, before)
