"""What is kept of a bug says where it was and nothing of what was typed, however the program dies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

import crm_app
from crm_app import clock, crashes, paths
from crm_app.crashes import CrashLog, NativeWatch
from crm_app.domain.staff import Setting
from crm_app.services import book as books
from tests.templates import new_book

NAME, PHONE, NOTE = "逯晴岚", "13987654321", "嗜饮毛尖"
SECRET = f"{NAME} {PHONE} {NOTE}"
ROOT = Path(crm_app.__file__).parent.parent


def child(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a process of its own with this test's folders."""
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
        env=os.environ,
    )


def nothing_told(*texts: str) -> None:
    """Assert that nothing typed stands in what was said, nor in any file of the log folder."""
    kept = [file.read_text(encoding="utf-8", errors="replace") for file in paths.log_folder().iterdir()]
    for text in (*texts, *kept):
        for word in (NAME, PHONE, NOTE, str(Path.home())):
            assert word not in text


def raised() -> ValueError:
    try:
        note = SECRET
        raise ValueError(f"cannot read {note}")
    except ValueError as error:
        return error


def test_a_report_names_places_and_no_data() -> None:
    log = CrashLog()
    path = log.report(log.note(raised()))
    told = path.read_text(encoding="utf-8")
    assert "builtins.ValueError" in told
    assert "tests/test_crashes.py" in told
    assert crm_app.__version__ in told
    nothing_told()
    log.close()


def test_reports_do_not_pile_up() -> None:
    log = CrashLog()
    made = [log.report(f"n {n}") for n in range(20)]
    left = sorted(paths.log_folder().glob("crash-*.txt"))
    assert left == made[-8:]
    log.close()


def test_reports_of_one_moment_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now_ms", lambda: 1_700_000_000_000)
    log = CrashLog()
    made = [log.report(f"n {n}") for n in range(20)]
    assert sorted(paths.log_folder().glob("crash-*.txt")) == made[-8:]
    log.close()


def test_the_newest_report_stays_though_the_clock_went_back(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(range(1_700_000_020_000, 1_700_000_000_000, -1_000))
    monkeypatch.setattr(clock, "now_ms", lambda: next(moments))
    log = CrashLog()
    for n in range(20):
        path = log.report(f"n {n}")
        assert path.exists()
    assert len(list(paths.log_folder().glob("crash-*.txt"))) == 8
    log.close()


def test_an_error_of_the_book_holds_no_value(tmp_path: Path) -> None:
    book = new_book(tmp_path / "t.crm")
    with book.unit("两次") as unit:
        unit.insert(Setting, key=SECRET, value=SECRET)
        with pytest.raises(IntegrityError) as met:
            unit.insert(Setting, key=SECRET, value=SECRET)
    assert NAME not in str(met.value)
    log = CrashLog()
    log.report(log.note(met.value))
    nothing_told(str(met.value))
    log.close()
    book.close()


def test_a_command_that_fails_tells_its_outline_alone(tmp_path: Path) -> None:
    """The book's day is no day: a bug whose own message quotes what stands there."""
    book = new_book(tmp_path / "t.crm")
    books.change_setting(book, books.BOOK_DAY, SECRET)
    books.close_book(book)
    done = child("-m", "crm_app", "--book", str(tmp_path / "t.crm"), "undo")
    assert done.returncode == 1
    assert "builtins.ValueError" in done.stderr
    assert "services/book.py" in done.stderr
    nothing_told(done.stdout, done.stderr)
    assert (paths.log_folder() / crashes.LOG_NAME).exists()
    assert len(list(paths.log_folder().glob("crash-*.txt"))) == 1


def test_a_command_that_is_stopped_says_so_and_nothing_else() -> None:
    done = child("-c", "from crm_app import crashes; crashes.watch_commands(); raise KeyboardInterrupt")
    assert done.returncode
    assert done.stderr == "Stopped. What was not finished is not in the book.\n"
    assert not list(paths.log_folder().glob("crash-*.txt"))


def test_a_command_that_is_stopped_while_it_is_loaded_says_so_too() -> None:
    script = (
        "import sys; from crm_app import app\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_more):\n"
        "        if name == 'crm_app.cli.main': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop()); app.main(['check'])"
    )
    done = child("-c", script)
    assert done.stderr == "Stopped. What was not finished is not in the book.\n"


def test_a_thread_of_a_command_tells_its_outline_alone() -> None:
    script = (
        "import threading; from crm_app import crashes; crashes.watch_commands()\n"
        f"def fail(): raise KeyError({SECRET!r})\n"
        "thread = threading.Thread(target=fail); thread.start(); thread.join()"
    )
    done = child("-c", script)
    assert "builtins.KeyError" in done.stderr
    nothing_told(done.stdout, done.stderr)


def test_a_native_crash_is_found_at_the_next_start_without_paths() -> None:
    script = (
        "from crm_app.crashes import NativeWatch; import faulthandler\n"
        "watch = NativeWatch(); watch.begin()\n"
        f"def somewhere(note): faulthandler._sigsegv()\n"
        f"somewhere({SECRET!r})"
    )
    done = child("-c", script)
    assert done.returncode != 0
    watch = NativeWatch()
    died = watch.left()
    assert died.startswith("Fatal Python error: Segmentation fault")
    assert "somewhere" in died
    assert str(Path.home()) not in died
    nothing_told(died)
    assert watch.left() == ""


def test_a_clean_end_leaves_nothing_and_a_running_program_is_left_alone() -> None:
    running, other = NativeWatch(), NativeWatch()
    running.begin()
    assert other.left() == ""
    assert len(list(paths.log_folder().glob("native-*"))) == 1
    running.end()
    assert list(paths.log_folder().glob("native-*")) == []
    assert other.left() == ""


def test_last_words_nobody_knows_are_not_kept() -> None:
    (paths.log_folder() / "native-1.log").write_text(
        f'Fatal Python error: Aborted\n{SECRET}\n  File "/home/{NAME}/crm_app/ui/log.py", line 12 in save\n',
        encoding="utf-8",
    )
    assert NativeWatch().left() == "Fatal Python error: Aborted\n  ui/log.py:12 save"
