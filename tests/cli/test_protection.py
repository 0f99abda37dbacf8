"""Passwords at the command line: from the environment or a terminal, never an argument; refused in one sentence."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crm_app.app import main
from crm_app.services import protection

PASSPHRASE, ANOTHER = "雨后的江津 6 点", "石门大桥 2023"
REFUSED, BAD_INPUT = 3, 2
RECOVERY = re.compile(r"\b(?:[0-9A-Z]{4}-){8}[0-9A-Z]{4}\b")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CRM_PASSPHRASE", raising=False)
    monkeypatch.delenv("CRM_NEW_PASSPHRASE", raising=False)


@pytest.fixture
def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "g.crm"
    monkeypatch.setenv("CRM_PASSPHRASE", PASSPHRASE)
    assert main(["new", str(path), "--protect"]) == 0
    assert RECOVERY.search(capsys.readouterr().out)
    assert protection.is_protected_file(path)
    return path


def test_every_command_works_with_the_password_and_none_without(
    guarded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = ["--book", str(guarded)]
    for words in (["log", "渝能电池(示例)"], ["check"], ["backup", str(tmp_path)]):
        assert main([*book, *words]) == 0
    copy = Path(capsys.readouterr().out.split("\n")[-2])
    assert protection.is_protected_file(copy)
    assert main([*book, "restore", str(copy)]) == 0
    assert main([*book, "undo"]) == 0
    capsys.readouterr()
    for given in (None, "不是这一句话呀"):
        if given is None:
            monkeypatch.delenv("CRM_PASSPHRASE")
        else:
            monkeypatch.setenv("CRM_PASSPHRASE", given)
        for words in (["check"], ["restore", str(copy)], ["log", "江驰电机(示例)"], ["unprotect"], ["passphrase"]):
            assert main([*book, *words]) == REFUSED
            said = capsys.readouterr()
            assert said.out == ""
            assert said.err.count("\n") == 1


def test_a_password_is_put_on_changed_and_taken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.crm"
    assert main(["new", str(path)]) == 0
    book = ["--book", str(path)]
    assert main([*book, "protect"]) == BAD_INPUT
    assert main([*book, "passphrase"]) == REFUSED
    assert main([*book, "unprotect"]) == REFUSED
    monkeypatch.setenv("CRM_PASSPHRASE", "12345678")
    assert main([*book, "protect"]) == BAD_INPUT
    monkeypatch.setenv("CRM_PASSPHRASE", PASSPHRASE)
    capsys.readouterr()
    assert main([*book, "protect"]) == 0
    found = RECOVERY.search(capsys.readouterr().out)
    assert found
    assert main([*book, "protect"]) == REFUSED
    monkeypatch.setenv("CRM_NEW_PASSPHRASE", ANOTHER)
    assert main([*book, "passphrase"]) == 0
    assert main([*book, "check"]) == REFUSED
    # The printed key opens it too, until another one is printed.
    monkeypatch.setenv("CRM_PASSPHRASE", found[0])
    assert main([*book, "check"]) == 0
    assert main([*book, "recovery"]) == 0
    assert main([*book, "check"]) == REFUSED
    monkeypatch.setenv("CRM_PASSPHRASE", ANOTHER)
    assert main([*book, "unprotect"]) == 0
    assert not protection.is_protected_file(path)
    monkeypatch.delenv("CRM_PASSPHRASE")
    assert main([*book, "check"]) == 0


def test_a_terminal_is_asked_and_shows_nothing(guarded: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "CRM_PASSPHRASE"}
    person, terminal = os.openpty()
    with subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "--book", str(guarded), "check"],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=terminal,
        env=environment,
        # Without a controlling terminal, getpass asks on stdin and stderr.
        start_new_session=True,
    ) as child:
        os.close(terminal)
        # What is typed before the question is thrown away by getpass.
        shown = os.read(person, 4096)
        os.write(person, f"{PASSPHRASE}\n".encode())
        out = child.communicate(timeout=60)[0].decode()
        shown += os.read(person, 4096)
    os.close(person)
    assert child.returncode == 0
    assert "完好" in out
    assert "密码" in shown.decode()
    assert PASSPHRASE not in shown.decode()


def test_a_backup_with_a_password_is_restored_over_a_plain_book(
    guarded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--book", str(guarded), "backup"]) == 0
    copy = capsys.readouterr().out.strip()
    plain = ["--book", str(tmp_path / "plain.crm")]
    assert main(["new", plain[1]]) == 0
    monkeypatch.delenv("CRM_PASSPHRASE")
    assert main([*plain, "restore", copy]) == REFUSED
    assert not protection.is_protected_file(Path(plain[1]))
    monkeypatch.setenv("CRM_PASSPHRASE", PASSPHRASE)
    capsys.readouterr()
    assert main([*plain, "restore", copy]) == 0
    assert "密码" in capsys.readouterr().out
    assert protection.is_protected_file(Path(plain[1]))
    assert main([*plain, "check"]) == 0
