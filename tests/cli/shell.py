"""Runs commands on one book, as a script does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from crm_app.app import main

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"
BAD_INPUT, REFUSED = 2, 3


def promised(command: str, printed: Any) -> Any:
    """Return what a command printed, once it is what its schema promises."""
    schema = json.loads((SCHEMAS / f"{command}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(printed)
    return printed


@dataclass
class Shell:
    """Runs commands on one book and keeps what they printed."""

    book: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str) -> str:
        """Run a command that succeeds; return its stdout."""
        code = main(["--book", str(self.book), *words])
        said = self.capsys.readouterr()
        assert code == 0, said.err
        return said.out

    def json(self, *words: str) -> Any:
        """Return what a command prints with ``--json``, which is what docs/schemas promise of it."""
        return promised(words[0], json.loads(self(*words, "--json")))

    def refused(self, code: int, *words: str) -> str:
        """Run a command that does not; return the one line on stderr."""
        assert main(["--book", str(self.book), *words]) == code
        said = self.capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
        return said.err
