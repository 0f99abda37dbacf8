"""What every test stands on: the folders of nobody, a laptop's screen, Chinese words, repeatable examples.

Set before the first test module is imported, since Qt and the settings read the environment when they load.
"""

from __future__ import annotations

import compileall
import gc
import itertools
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
from hypothesis import settings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_app import clock, i18n
from crm_app.files import asking
from tests import cheap_keys, ready_readers
from tests.ui.patience import PatientBot
from tools import catalogue

assert cheap_keys.REAL, "imported for what it does"

_ROOT = Path(__file__).resolve().parent.parent
_MEMORY, _ENOUGH = Path("/dev/shm"), 2 << 30
"""A disk in memory, where the system has one: the program syncs every save, and a real disk takes 5 ms for each."""

if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH:
    # The workers inherit it; what Python has settled on already is settled anew.
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)
_NOBODY = Path(tempfile.mkdtemp(prefix="crm-tests-"))
_ended = itertools.count(1)
_MANY, _SELDOM = 10_000, 200
"""New objects after which circles are looked for, and tests after which they are among all there are."""
_FOLDERS = {
    "HOME": "home",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
}

# The environment of the wheel's test is filled from what set-up has fetched already.
os.environ.setdefault("UV_CACHE_DIR", platformdirs.user_cache_dir("uv", appauthor=False))
for _variable, _name in _FOLDERS.items():
    os.environ[_variable] = str(_NOBODY / _name)
    (_NOBODY / _name).mkdir()
os.environ.pop("CRM_BOOK", None)
os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_ROOT / 'tests' / 'screen.json'}"
if hasattr(time, "tzset"):
    os.environ["TZ"] = "CST-8"
    time.tzset()

settings.register_profile("house", max_examples=25, deadline=None, derandomize="CI" in os.environ)
settings.register_profile("thorough", max_examples=1_000, deadline=None)
settings.load_profile("house")


def _bring_words_up_to_date() -> None:
    folder = catalogue.words_folder(_ROOT)
    compiled = folder / "crm_app.mo"
    parts = [part.stat().st_mtime for part in (folder / "parts").glob("*.po")]
    if not compiled.exists() or compiled.stat().st_mtime < max(parts, default=0):
        catalogue.build(_ROOT)


_bring_words_up_to_date()
# The tests start the program hundreds of times; it shall not be compiled as often, whatever the environment says.
compileall.compile_dir(_ROOT / "crm_app", quiet=2)
i18n.set_language("zh_CN")
ready_readers.install()


def pytest_collection_finish() -> None:
    """Have Python look for circles of objects between two tests alone, and not among the modules.

    A thread that looked would end objects of Qt that are of the window's, and the process with them; and it took an
    eighth of a window's test.
    """
    gc.freeze()
    gc.disable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Look for circles of objects once a test has let go of all it had."""
    yield
    if next(_ended) % _SELDOM == 0:
        gc.collect()
    elif gc.get_count()[0] > _MANY:
        gc.collect(1)


def pytest_sessionfinish() -> None:
    """End the reader that waits, which a test leaves to the next, and remove the folders of nobody."""
    asking.let_go()
    ready_readers.end()
    if QApplication.instance() is not None:
        # In memory Qt lets go of what was copied once the interpreter is gone, and falls over it.
        QApplication.clipboard().clear()
    shutil.rmtree(_NOBODY, ignore_errors=True)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Wait as long as a busy machine takes."""
    return PatientBot(request)


@pytest.fixture(autouse=True, scope="module")
def own_day() -> Iterator[None]:
    """Let the book that the tests of a file share keep its day for all of them, in any order, and no longer."""
    yield
    clock.pin_today(None)


@pytest.fixture(autouse=True)
def own_machine(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Give each test a user's folders of its own, and take back what it has set for others."""
    folders = tmp_path_factory.mktemp("user")
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(folders / _FOLDERS[variable]))
    day = clock.today() if clock.is_pinned() else None
    yield
    # Settings are written beside the window: that ends before the test's own folder, asked for above, is removed.
    for writer in threading.enumerate():
        if writer.name == "settings":
            writer.join()
    i18n.set_language("zh_CN")
    clock.pin_today(day)
