"""Duplicates and merging at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from crm_app.app import main
from tests.cli.shell import SCHEMAS

BAD_INPUT = 2
LONG, SHORT = "宁德时代新能源科技股份有限公司", "宁德时代新能源"


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = str(tmp_path / "t.crm")
    assert main(["new", path]) == 0
    for name in (LONG, SHORT, "上海新能源科技有限公司"):
        assert main(["--book", path, "log", name]) == 0
    capsys.readouterr()
    return path


def asked(capsys: pytest.CaptureFixture[str], book: str, command: str, *words: str) -> Any:
    assert main(["--book", book, command, *words, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    schema = json.loads((SCHEMAS / f"{command}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(printed)
    return printed


def test_what_is_found_is_merged_and_taken_back(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, book, "duplicates")
    (group,) = found["groups"]
    assert (found["compared"], group["verdict"]) == (3, "likely")
    assert [one["name"] for one in group["members"]] == [LONG, SHORT]
    assert group["pairs"][0]["evidence"][0]["sign"] == "words"
    winner, loser = (one["id"] for one in group["members"])
    dry = asked(capsys, book, "merge", winner, loser, "--dry-run")
    assert (dry["unit"], dry["moved"]) == (None, {"lead": 1})
    done = asked(capsys, book, "merge", winner, loser)
    assert done["names"] == [{"name": SHORT, "kind": "alias"}]
    assert asked(capsys, book, "show", loser)["id"] == winner
    assert asked(capsys, book, "duplicates")["groups"] == []
    assert main(["--book", book, "undo", "--unit", str(done["unit"])]) == 0
    capsys.readouterr()
    assert asked(capsys, book, "show", loser)["id"] == loser


def test_a_person_reads_it_too(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    winner, loser = (one["id"] for one in asked(capsys, book, "duplicates")["groups"][0]["members"])
    assert main(["--book", book, "duplicates"]) == 0
    assert "名称相近" in capsys.readouterr().out
    assert main(["--book", book, "merge", winner, loser]) == 0
    assert "线索 1" in capsys.readouterr().out


def test_one_cannot_go_into_itself_or_into_a_lead(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    winner = asked(capsys, book, "duplicates")["groups"][0]["members"][0]["id"]
    assert main(["--book", book, "merge", winner, winner]) == BAD_INPUT
    (lead,) = (hit["id"] for hit in asked(capsys, book, "search", LONG, "--kind", "lead")[:1])
    assert main(["--book", book, "merge", winner, lead]) == BAD_INPUT
    assert capsys.readouterr().err.count("\n") == 1
