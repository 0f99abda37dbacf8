"""A bug is logged without anybody's data, told in words, and costs nothing that was typed."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from crm_app.crashes import outline
from crm_app.ui.crash import CrashHook
from crm_app.ui.main_window import main_window
from crm_app.ui.report import ReportDialog
from crm_app.ui.session import Session
from tests.ui.kit import MemoryDrafts, PlainPlaces

SECRET = "张三 13800138000"


@pytest.fixture
def installed(hook: CrashHook) -> CrashHook:
    hook.install()
    return hook


def _fail() -> None:
    phone = SECRET
    raise ValueError(f"cannot read {phone}")


def test_an_exception_in_a_slot_is_logged_told_and_survived(
    installed: CrashHook, session: Session, drafts: MemoryDrafts, qtbot: QtBot
) -> None:
    field, button = QLineEdit(), QPushButton()
    qtbot.addWidget(field)
    qtbot.addWidget(button)
    session.autosave(field, "log", lambda: {"name": field.text()})
    field.setText("某新能源")
    button.clicked.connect(_fail)
    with qtbot.waitSignal(session.trouble) as told:
        button.click()
    assert "没有丢失" in told.args[0]
    assert drafts.kept["log"] == {"name": "某新能源"}
    button.clicked.disconnect()
    button.clicked.connect(lambda: field.setText("goes on"))
    button.click()
    assert field.text() == "goes on"


def test_the_log_names_places_and_no_data(installed: CrashHook, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(_fail)
    with qtbot.waitSignal(installed.told):
        button.click()
    logged = installed.log.path.read_text(encoding="utf-8")
    assert "ValueError" in logged
    assert "ui/test_crash.py" in logged
    assert "_fail" in logged
    for word in ("张三", "13800138000", "cannot read", str(installed.log.path.home())):
        assert word not in logged


def test_an_exception_in_a_thread_is_told_on_the_windows_thread(installed: CrashHook, qtbot: QtBot) -> None:
    told_on: list[bool] = []
    installed.told.connect(lambda _words: told_on.append(threading.current_thread() is threading.main_thread()))
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told_on))
    assert told_on == [True]


def test_a_form_that_cannot_keep_does_not_stop_the_others(hook: CrashHook, qtbot: QtBot) -> None:
    kept: list[str] = []
    hook.add_keeper(_fail)
    take_off = hook.add_keeper(lambda: kept.append("kept"))
    hook.keep_drafts()
    assert kept == ["kept"]
    take_off()
    hook.keep_drafts()
    assert kept == ["kept"]


def test_causes_come_first() -> None:
    try:
        try:
            _fail()
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError as error:
        lines = outline(error).splitlines()
    names = [line for line in lines if not line.startswith(" ")]
    assert names == ["builtins.ValueError", "builtins.KeyError"]


def test_the_log_does_not_grow_without_end(hook: CrashHook) -> None:
    try:
        _fail()
    except ValueError as error:
        for _ in range(6000):
            hook.log.note(error)
    files = list(hook.log.path.parent.glob("crash.log*"))
    assert 1 < len(files) <= 4
    assert sum(file.stat().st_size for file in files) < 1_200_000


def everything_kept(hook: CrashHook) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in hook.log.folder.glob("crash*"))


def test_what_fails_beside_the_window_leaves_no_words_in_log_or_report(
    installed: CrashHook, session: Session, qtbot: QtBot
) -> None:
    def work(_progress: object) -> None:
        _fail()

    with qtbot.waitSignal(installed.reported):
        session.background.write("", work)
    with qtbot.waitSignal(installed.reported):
        session.background.read(_fail, print)
    thread = threading.Thread(target=_fail)
    with qtbot.waitSignal(installed.reported):
        thread.start()
    thread.join()
    kept = everything_kept(installed)
    assert kept.count("builtins.ValueError") == 6, "each in the log and in its report"
    for word in ("张三", "13800138000", "cannot read"):
        assert word not in kept


def test_the_bar_leads_to_the_report(hook: CrashHook, session: Session, qtbot: QtBot) -> None:
    window = main_window(session, PlainPlaces())
    qtbot.addWidget(window)
    window.show()
    assert not window.notice.step.isVisible()
    with qtbot.waitSignal(hook.reported):
        hook.report(ValueError(SECRET))
    assert "没有丢失" in window.notice.sentence
    assert window.notice.step.text() == "看看报告"
    window.notice.step.click()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ReportDialog) and one.isVisible())
    assert "builtins.ValueError" in dialog.text.toPlainText()
    assert SECRET not in dialog.text.toPlainText()
    assert dialog.text.isReadOnly()
    dialog.copy()
    assert "builtins.ValueError" in QApplication.clipboard().text()
    dialog.reject()
    session.trouble.emit("另一句话")
    assert not window.notice.step.isVisible()
