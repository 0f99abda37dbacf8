"""Starting: the shell painted, against a bare Qt window; a command and the reader child, against a bare Python.

Each is a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bench.measure import Measure
from bench.stock import Stock

_BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.show(); app.processEvents(); window.grab()
"""
# As app.py imports its faces: without looking for circles of objects meanwhile.
_OURS = """
from crm_app.collecting import uncollected
with uncollected():
    from PySide6.QtWidgets import QApplication
    from crm_app.settings import Settings
    from crm_app.ui.start import Program
app = QApplication([]); program = Program(app, Settings()); program.window.show(); program.window.grab()
program.end()
"""
_SQL = "import sqlite3, sqlalchemy, argparse, json"
"""What a command that asks a book cannot do without."""
_HELPED = "import argparse, gettext, pathlib"
_CHILD = "import python_calamine, csv, json, zlib"
"""What a reader of sheets cannot do without."""


def _run(*arguments: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL, env=environment)


def _python(code: str) -> Callable[[], None]:
    return partial(_run, "-c", code)


def _program(*arguments: str) -> Callable[[], None]:
    return partial(_run, "-m", "crm_app", *arguments)


def measures(stock: Stock, _rows: int) -> Iterator[Measure]:
    """Yield the first paint of the shell, the help, short commands on a small book, and the reader child."""
    yield Measure("first paint of the shell", _python(_OURS), _python(_BARE), "a bare Qt main window")
    yield Measure("help of the command line", _program("--help"), _python(_HELPED), "a bare Python with argparse")
    book = ("--book", str(stock.book(1_000)))
    short: Sequence[tuple[str, ...]] = (("changes",), ("search", "科技"))
    for command in short:
        yield Measure(
            f"a short command: {command[0]}", _program(*book, *command), _python(_SQL), "a bare Python with SQLAlchemy"
        )
    yield Measure("the reader child", _program("--reader", "ledgers"), _python(_CHILD), "a bare Python with calamine")
