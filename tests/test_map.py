"""What the documents name is there, and what a user asks for by name is in the documents."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from crm_app.cli.commands import COMMANDS
from crm_app.domain.papers import PaperKind

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("ARCHITECTURE.md", "CONTRIBUTING.md")
NAMED = re.compile(r"(?<![\w/.>…])[\w./-]*\w\.(?:py|json)\b")


@pytest.mark.parametrize("document", KEPT)
def test_every_file_that_is_named_is_there(document: str) -> None:
    there = [path.as_posix() for folder in ("crm_app", "tests", "tools", "resources") for path in files(folder)]
    there.append("main.py")
    named = set(NAMED.findall((ROOT / document).read_text("utf-8")))
    assert len(named) > 5
    assert sorted(name for name in named if not any(f"/{path}".endswith(f"/{name}") for path in there)) == []


def files(folder: str) -> list[Path]:
    return [path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".json")]


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_every_command_and_every_paper_is_in_the_tables(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    names = [*(command.name for command in COMMANDS), *PaperKind]
    lacking = [name for name in names if not re.search(rf"`{name}\b", text)]
    assert lacking == [], f"the tables of {document} name every command and every paper"


def test_every_command_that_prints_json_has_its_schema() -> None:
    told = {path.stem for path in (ROOT / "docs" / "schemas").glob("*.json")}
    for command in COMMANDS:
        parser = argparse.ArgumentParser()
        command.handler().arguments(parser)
        prints = any("--json" in action.option_strings for action in parser._actions)
        assert not prints or command.name in told, f"docs/schemas/{command.name}.json is missing"


def test_no_file_has_more_than_400_lines() -> None:
    code = [path for folder in ("crm_app", "bench", "tests", "tools") for path in (ROOT / folder).rglob("*.py")]
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in [*code, ROOT / "main.py"]
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}
