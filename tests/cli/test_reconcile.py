"""A paper is looked through at the command line, by the schema, and nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from crm_app.app import main
from tests import templates
from tests.cli.shell import SCHEMAS

SCHEMA = SCHEMAS / "reconcile.json"
HALF = ("--from", "2023-01-01", "--to", "2023-06-30")


def test_a_bulletin_is_reconciled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = str(templates.sample_file(tmp_path / "sample.crm"))
    assert main(["--book", book, "reconcile", "bulletin", *HALF, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(told)
    assert (told["kind"], told["paper"], told["ready"]) == ("bulletin", None, False)
    states = {(point["kind"], point["state"]) for point in told["points"]}
    assert {("gap", "to_look_at"), ("total", "right"), ("twice", "right")} <= states

    assert main(["--book", book, "reconcile", "bulletin", *HALF]) == 0
    assert any(line.startswith("合计与分项 · 相符 · ") for line in capsys.readouterr().out.splitlines())
    assert main(["--book", book, "reconcile", "bulletin"]) == 2
