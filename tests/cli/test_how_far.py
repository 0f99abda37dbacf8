"""What lasts says on a terminal how far it is, in one line that is gone at the end; a script sees nothing of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crm_app.app import main
from tests.cli.shell import Shell

CLEAR = b"\r\x1b[K"
LASTS = ["import 名录.csv", "export enterprises out.csv", "backup", "check"]


@pytest.fixture
def asked(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What lasts, each on what the one before it left."""
    monkeypatch.chdir(tmp_path)
    Path("名录.csv").write_text("企业名称\n" + "".join(f"示例{n:04}机械有限公司\n" for n in range(300)), "utf-8")
    return [["--book", str(shell.book), *words.split()] for words in LASTS]


def test_a_terminal_sees_how_far_it_is_in_one_line_that_is_gone_at_the_end(
    asked: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in asked:
        person, terminal = os.openpty()
        with os.fdopen(terminal, "w") as sees, monkeypatch.context() as at_a_terminal:
            at_a_terminal.setattr("sys.stderr", sees)
            assert main(words) == 0
        shown = os.read(person, 65536)
        # It comes in pieces; where the last is no clearing of the line, the next read fails.
        while not shown.endswith(CLEAR):
            shown += os.read(person, 65536)
        os.close(person)
        _nothing, first, *_others = shown.split(CLEAR)
        assert first, words
        assert b"\n" not in shown
        assert "\x1b" not in capsys.readouterr().out


def test_a_script_sees_nothing_of_it(asked: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    for words in asked:
        assert main(words) == 0
        assert capsys.readouterr().err == ""
