"""A walk at random over all places and dialogs: nothing may break, nothing be warned of. Run by ``make soak``."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from crm_app.services import checkup
from tests.soak.wanderer import Wanderer
from tests.ui.pictures import studio

STEPS = int(os.environ.get("WALK_STEPS", "150"))
SEEDS = 1_000


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    return qapp


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_breaks(seed: int, app: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken: list[str] = []
    with studio(tmp_path) as made:
        wanderer = Wanderer(made, seed)
        made.program.hook.told.connect(broken.append)
        try:
            wanderer.walk(STEPS)
            if seed % 2:
                # Every other window is closed in the midst of it all.
                wanderer.rest()
        finally:
            print("\n".join(wanderer.done))
            # What was copied would outlive Python in the clipboard of a screen in memory, and end its process badly.
            QGuiApplication.clipboard().clear()
        gc.collect()
        assert not broken
    assert not checkup.check(tmp_path / "sample.crm")
