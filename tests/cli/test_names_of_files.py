"""File names that are no text, as an old archive leaves them: read where they can be, else told in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.shell import BAD_INPUT, Shell

ROOT = Path(__file__).resolve().parents[2]
ODD = os.fsdecode(b"\xc1\xd0\xb1\xed")
"""列表, as GBK spells it."""


def piped(book: Path, *words: str) -> tuple[int, str]:
    """Run a command as a process of its own; return its exit code and what it wrote into the pipe."""
    run = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--book", os.fsencode(book), *map(os.fsencode, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return run.returncode, run.stdout.decode("utf-8")


def test_a_pipe_is_told_which_file_is_not_there(shell: Shell) -> None:
    code, told = piped(shell.book, "import", f"{ODD}.csv")
    assert code == BAD_INPUT
    assert told.count("\n") == 1
    assert ODD.encode("utf-8", "backslashreplace").decode() in told


def test_a_ledger_is_read_and_written_whatever_it_is_called(shell: Shell, tmp_path: Path) -> None:
    ledger, out = tmp_path / f"{ODD}.csv", tmp_path / f"{ODD}.xlsx"
    ledger.write_text("企业名称\n甲公司\n", "utf-8")
    assert shell.json("import", str(ledger))["created"] == 1
    shell("export", "enterprises", str(out))
    assert shell.json("import", str(out))["unchanged"] == 1


def test_a_book_and_a_folder_of_backups_need_a_name_that_is_text(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / ODD
    folder.mkdir()
    assert "改个名字" in shell.refused(BAD_INPUT, "backup", str(folder))
    shell.book = folder / "b.crm"
    assert "改个名字" in shell.refused(BAD_INPUT, "check")
    assert list(folder.iterdir()) == []
