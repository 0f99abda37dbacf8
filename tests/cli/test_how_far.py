"""What lasts says on a terminal how far it is, in one line that is gone at the end; a script sees nothing of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm_app.services import book as books
from tests.templates import new_book

ROOT = Path(__file__).resolve().parents[2]
ROWS = 3000


@pytest.fixture
def commands(tmp_path: Path) -> list[list[str]]:
    """Commands that last, each on what the one before it left."""
    path, ledger = tmp_path / "t.crm", tmp_path / "名录.csv"
    books.close_book(new_book(path))
    ledger.write_text("企业名称\n" + "".join(f"示例{n:04}机械有限公司\n" for n in range(ROWS)), "utf-8")
    begun = [sys.executable, str(ROOT / "main.py"), "--book", str(path)]
    asked = (["import", str(ledger)], ["export", "enterprises", str(tmp_path / "out.csv")], ["backup"], ["check"])
    return [[*begun, *words] for words in asked]


def test_a_terminal_sees_how_far_it_is_in_one_line_that_is_gone_at_the_end(commands: list[list[str]]) -> None:
    for command in commands:
        person, terminal = os.openpty()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal) as child:
            os.close(terminal)
            printed = child.communicate(timeout=60)[0].decode()
        shown = os.read(person, 65536).decode()
        os.close(person)
        assert child.returncode == 0
        first, *others = shown.split("\r\x1b[K")[1:]
        assert first, command
        assert others[-1] == "", "the line is cleared"
        assert "\n" not in shown
        assert "\x1b" not in printed


def test_a_script_sees_nothing_of_it(commands: list[list[str]]) -> None:
    for command in commands:
        run = subprocess.run(command, capture_output=True, check=True, timeout=60)
        assert run.stderr == b""
