"""Slow work never stops the window, and its end always reaches somebody."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from crm_app.errors import Cancelled, CrmError, Refused
from crm_app.ui.background import Background, Latest, Progress
from crm_app.ui.crash import Bug, CrashHook


def _ignoring_progress(work: Callable[[], object], _progress: Progress) -> object:
    return work()


@pytest.fixture
def background(hook: CrashHook) -> Iterator[Background]:
    background = Background(hook)
    yield background
    background.finish()


def test_writes_run_one_after_another_and_answer_on_the_windows_thread(background: Background, qtbot: QtBot) -> None:
    running: list[int] = []
    most: list[int] = []
    answers: list[tuple[object, bool]] = []

    def work(number: int) -> int:
        running.append(number)
        most.append(len(running))
        running.remove(number)
        return number

    for number in range(5):
        background.write(
            "",
            partial(_ignoring_progress, partial(work, number)),
            lambda answer: answers.append((answer, threading.current_thread() is threading.main_thread())),
        )
    assert background.writing
    qtbot.waitUntil(lambda: len(answers) == 5)
    assert answers == [(number, True) for number in range(5)]
    assert max(most) == 1
    assert not background.writing


def test_an_expected_error_is_a_sentence(background: Background, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise Refused("The book is locked.")

    with qtbot.waitSignal(background.trouble) as told:
        background.read(refuse, lambda _answer: None)
    assert told.args == ["The book is locked."]
    heard: list[CrmError] = []
    background.read(refuse, lambda _answer: None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert str(heard[0]) == "The book is locked."


def test_a_bug_goes_to_the_crash_hook_and_frees_the_form(background: Background, hook: CrashHook, qtbot: QtBot) -> None:
    heard: list[CrmError] = []
    with qtbot.waitSignal(hook.told):
        background.write("", lambda _progress: 1 // 0, None, heard.append)
    assert isinstance(heard[0], Bug)
    assert "ZeroDivisionError" in hook.log.path.read_text(encoding="utf-8")


def test_cancelled_work_stops_at_its_next_report(background: Background, qtbot: QtBot) -> None:
    begun, go_on = threading.Event(), threading.Event()
    heard: list[CrmError] = []

    def work(progress: Progress) -> None:
        begun.set()
        go_on.wait(20)
        progress.report(1, 10)
        raise AssertionError("it went on")

    job = background.write("Importing", work, None, heard.append)
    assert begun.wait(20)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], Cancelled)


def test_progress_is_told_but_not_too_often(background: Background, qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    background.progressed.connect(lambda _job, done, total, _text: told.append((done, total)))
    ended: list[None] = []

    def work(progress: Progress) -> None:
        for number in range(1001):
            progress.report(number, 1000)

    background.write("Importing", work, ended.append)
    qtbot.waitUntil(lambda: bool(ended))
    assert told[-1] == (1000, 1000)
    assert len(told) < 200


def test_only_the_newest_answer_counts(background: Background, qtbot: QtBot) -> None:
    slow = threading.Event()
    answers: list[str] = []
    latest = Latest(background)

    def first() -> str:
        slow.wait(20)
        return "old"

    latest.read(first, answers.append)
    latest.read(lambda: "new", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    slow.set()
    done: list[int] = []
    background.read(lambda: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))
    qtbot.wait(50)
    assert answers == ["new"]


def test_an_answer_for_a_closed_form_is_dropped(background: Background, qtbot: QtBot) -> None:
    form = QObject()
    answers: list[int] = []
    wait = threading.Event()
    background.read(lambda: wait.wait(20) or 1, lambda _answer: answers.append(1), owner=form)
    shiboken6.delete(form)
    wait.set()
    done: list[int] = []
    background.write("", lambda _progress: 2, done.append)
    qtbot.waitUntil(lambda: bool(done))
    qtbot.wait(20)
    assert answers == []


def test_finish_waits_for_the_writer(hook: CrashHook) -> None:
    background = Background(hook)
    written: list[int] = []
    for number in range(20):
        background.write("", partial(_ignoring_progress, partial(written.append, number)))
    background.finish()
    assert written == list(range(20))


def test_what_is_typed_is_kept_beside_a_long_write_and_before_a_lock(background: Background, qtbot: QtBot) -> None:
    may_end = threading.Event()
    order: list[str] = []
    background.write("A paper", lambda _progress: may_end.wait(), lambda _answer: order.append("paper"))
    background.keep(lambda: None, lambda _answer: order.append("draft"), lambda _error: None)
    qtbot.waitUntil(lambda: order == ["draft"])
    began = threading.Event()

    def second() -> None:
        began.wait()
        order.append("kept")

    background.keep(second, lambda _answer: None, lambda _error: None)
    background.aside(lambda: order.append("locked"), lambda _answer: None)
    may_end.set()
    qtbot.waitUntil(lambda: "paper" in order)
    began.set()
    qtbot.waitUntil(lambda: "locked" in order)
    assert order == ["draft", "paper", "kept", "locked"]


def test_a_read_asked_for_after_the_end_is_dropped(hook: CrashHook) -> None:
    background = Background(hook)
    background.finish()
    background.read(lambda: 1, lambda _answer: pytest.fail("nobody is left to be answered"))
    assert not background.busy
