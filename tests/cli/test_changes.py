"""Undo, redo and the list of steps at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from crm_app.app import main
from tests.cli.shell import SCHEMAS

SCHEMA = SCHEMAS / "changes.json"
REFUSED = 3


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = str(tmp_path / "t.crm")
    assert main(["new", path]) == 0
    for name in ("渝能电池(示例)", "江驰电机(示例)"):
        assert main(["--book", path, "log", name]) == 0
    capsys.readouterr()
    return path


def steps(capsys: pytest.CaptureFixture[str], book: str, *words: str) -> list[dict[str, Any]]:
    assert main(["--book", book, "changes", *words, "--json"]) == 0
    printed: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(printed)
    return printed


def test_an_earlier_step_is_undone_and_redone_by_its_number(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    second, first = steps(capsys, book, "--limit", "2")
    assert (second["standing"], first["standing"], first["undoes"]) == ("stands", "stands", None)
    assert first["rows"] == {"enterprise": 1, "lead": 1}
    assert main(["--book", book, "undo", "--unit", str(first["n"])]) == 0
    assert first["label"] in capsys.readouterr().out
    undo, _second, undone = steps(capsys, book, "--limit", "3")
    assert (undo["undoes"], undone["standing"]) == (first["n"], "undone")
    assert main(["--book", book, "redo", "--unit", str(first["n"])]) == 0
    assert first["label"] in capsys.readouterr().out
    assert [one["standing"] for one in steps(capsys, book) if one["n"] == first["n"]] == ["stands"]


def test_undo_and_redo_without_a_number_take_the_last(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    last = steps(capsys, book, "--limit", "1")[0]
    assert main(["--book", book, "undo"]) == 0
    assert main(["--book", book, "redo"]) == 0
    assert capsys.readouterr().out.count(last["label"]) == 2
    assert main(["--book", book, "redo"]) == REFUSED


def test_what_never_goes_back_is_refused_in_one_line(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    made = steps(capsys, book)[-1]
    assert made["standing"] == "final"
    for number in (made["n"], 9999):
        assert main(["--book", book, "undo", "--unit", str(number)]) == REFUSED
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1


def test_the_list_is_read_by_a_person_too(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    newest = steps(capsys, book, "--limit", "1")[0]
    assert main(["--book", book, "changes", "--limit", "1"]) == 0
    line = capsys.readouterr().out
    assert line.startswith(str(newest["n"]))
    assert "企业 1" in line
