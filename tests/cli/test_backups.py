"""Backups at the command line: made, listed, put back, and a damaged book kept as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app.app import main
from tests.cli.shell import BAD_INPUT, REFUSED, Shell


def test_a_backup_brings_everything_back(shell: Shell, tmp_path: Path) -> None:
    kept = shell("log", "渝能电池(示例)").strip()
    copy = Path(shell("backup", str(tmp_path)).strip())
    assert copy.is_file()
    gone = shell("log", "江驰电机(示例)").strip()

    told = shell("restore", str(copy))
    before = next(path for path in tmp_path.glob("*.crm-backups/*.crm") if str(path) in told)
    assert shell.json("show", kept)["id"] == kept
    shell.refused(BAD_INPUT, "show", gone)
    assert shell("check").strip() == "台账库完好。"
    assert Shell(before, shell.capsys).json("show", gone)["id"] == gone


def test_a_file_that_is_no_book_is_not_restored(shell: Shell, tmp_path: Path) -> None:
    kept = shell("log", "渝能电池(示例)").strip()
    (tmp_path / "no.crm").write_bytes(b"not a book at all" * 100)
    assert main(["--book", str(shell.book), "restore", str(tmp_path / "no.crm")]) in (BAD_INPUT, REFUSED)
    shell.capsys.readouterr()
    assert shell.json("show", kept)["id"] == kept


def test_a_backup_into_no_folder_is_bad_input(shell: Shell, tmp_path: Path) -> None:
    shell.refused(BAD_INPUT, "backup", str(tmp_path / "nowhere"))


def test_an_empty_file_is_not_restored(shell: Shell, tmp_path: Path) -> None:
    kept = shell("log", "渝能电池(示例)").strip()
    (tmp_path / "empty.crm").touch()
    shell.refused(REFUSED, "restore", str(tmp_path / "empty.crm"))
    assert shell.json("show", kept)["id"] == kept


@pytest.mark.parametrize("content", [b"", b"\xff" * 20_000])
def test_a_book_that_is_damaged_is_replaced_and_kept_as_it_was(shell: Shell, tmp_path: Path, content: bytes) -> None:
    kept = shell("log", "渝能电池(示例)").strip()
    copies = tmp_path / "copies"
    copies.mkdir()
    copy = Path(shell("backup", str(copies)).strip())
    shell.book.write_bytes(content)
    assert main(["--book", str(shell.book), "check"]) == REFUSED
    shell.capsys.readouterr()
    told = shell("restore", str(copy))
    before = next(path for path in tmp_path.glob("*.crm-backups/*.crm") if str(path) in told)
    assert before.read_bytes() == content or not content
    assert shell.json("show", kept)["id"] == kept
    assert shell("check").strip() == "台账库完好。"


def test_a_backup_that_cannot_be_written_is_refused(shell: Shell, tmp_path: Path) -> None:
    lock = tmp_path / "other.crm-lock"
    lock.mkdir()
    assert main(["new", str(tmp_path / "other.crm")]) == REFUSED
    assert shell.capsys.readouterr().err.count("\n") == 1


def test_backups_are_listed_newest_first(shell: Shell) -> None:
    assert shell("backup", "--list") == ""
    first, second = shell("backup").strip(), shell("backup").strip()
    listed = [line.split("\t") for line in shell("backup", "--list").splitlines()]
    assert sorted(line[2] for line in listed) == sorted([first, second])
    assert {line[1] for line in listed} == {"手动"}


def test_a_book_that_is_gone_is_restored(shell: Shell) -> None:
    kept = shell("log", "渝能电池(示例)").strip()
    copy = shell("backup").strip()
    shell.book.unlink()
    assert shell("restore", copy).strip() == "已恢复。"
    assert shell.json("show", kept)["id"] == kept
