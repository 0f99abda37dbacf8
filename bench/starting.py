"""Starting: the shell painted, against a bare Qt window, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

from bench.measure import Measure
from bench.stock import Stock

_BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.show(); app.processEvents(); window.grab()
"""
_OURS = """
from PySide6.QtWidgets import QApplication
from crm_app.settings import Settings
from crm_app.ui.start import Program
app = QApplication([]); program = Program(app, Settings()); program.window.show(); program.window.grab()
program.end()
"""


def _run(code: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment)


def measures(_stock: Stock, _rows: int) -> Iterator[Measure]:
    """Yield the first paint of the shell."""
    yield Measure("first paint of the shell", lambda: _run(_OURS), lambda: _run(_BARE), "a bare Qt main window")
