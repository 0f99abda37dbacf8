"""A book to run commands on: an empty one, and the sample's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crm_app.app import main
from crm_app.settings import Settings
from tests.cli.shell import Shell


@pytest.fixture(autouse=True)
def chinese(own_machine: None) -> None:
    """Speak Chinese, whatever the machine's own language."""
    Settings().language = "zh_CN"


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    path = tmp_path / "t.crm"
    assert main(["new", str(path)]) == 0
    assert str(path) in capsys.readouterr().out
    return Shell(path, capsys)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.crm"
    assert main(["new", str(path), "--demo"]) == 0
    return path


@pytest.fixture
def sample(demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    path = tmp_path / "demo.crm"
    shutil.copy(demo_file, path)
    return Shell(path, capsys)
