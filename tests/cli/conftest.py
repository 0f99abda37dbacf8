"""A book to run commands on: an empty one, and the sample's."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app.services import book as books
from crm_app.settings import Settings
from tests.cli.shell import Shell
from tests.templates import new_book, sample_file


@pytest.fixture(autouse=True)
def chinese(own_machine: None) -> None:
    """Speak Chinese, whatever the machine's own language."""
    Settings().language = "zh_CN"


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    path = tmp_path / "t.crm"
    books.close_book(new_book(path))
    return Shell(path, capsys)


@pytest.fixture
def sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(sample_file(tmp_path / "demo.crm"), capsys)
