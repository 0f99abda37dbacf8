"""What docs/security.md and docs/ledgers.md say is shown by a test is shown by one that is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", ["security", "ledgers"])
def test_every_test_that_is_named_is_there(document: str) -> None:
    named = NAMED.findall((ROOT / "docs" / f"{document}.md").read_text(encoding="utf-8"))
    assert named
    missing = [f"{file}::{name}" for file, name in named if not _is_there(ROOT / file, name)]
    assert missing == []


def test_whatever_one_may_count_on_of_ledgers_names_its_test() -> None:
    text = (ROOT / "docs" / "ledgers.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line[:2] == "| "]
    assert [row[0] for row in rows if row[0] != "what one may count on" and not NAMED.search(row[1])] == []


def test_every_row_names_a_test_or_says_that_nothing_is_done() -> None:
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in TEXT.splitlines() if line[:2] == "| "]
    rows = [row for row in rows if row[0] != "threat"]
    assert rows
    for row in rows:
        assert len(row) == 4, row[0]
        threat, defence, shown, open_to = row
        assert bool(NAMED.search(shown)) == (defence != "–"), threat
        assert defence != "–" or open_to.strip("– |"), threat


def _is_there(file: Path, name: str) -> bool:
    if not file.is_file():
        return False
    made = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return not name or name in {one.name for one in made if isinstance(one, ast.FunctionDef)}
