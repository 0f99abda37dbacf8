"""The wheel by itself: built from the checkout, put into an empty environment, it has its words and prints."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tools import setup

ROOT = Path(__file__).resolve().parent.parent
WORDS = "crm_app/resources/locale/zh_CN/LC_MESSAGES/crm_app.mo"


def run(*command: object, folder: Path, **environment: str) -> str:
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=folder, env={**os.environ, **environment}, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Iterator[Path]:
    """Give the programs' folder of an environment that holds the wheel and what it declares, nothing else."""
    settings = setup.uv_environment() | {"UV_COMPILE_BYTECODE": "0"}
    # On the disk of uv's cache: its files are linked, not copied.
    with tempfile.TemporaryDirectory(prefix="empty-", dir=setup.TOOLS) as folder:
        environment = Path(folder) / "environment"
        run(setup.UV, "venv", "-q", "--python", sys.executable, environment, folder=wheel.parent, **settings)
        install = (setup.UV, "pip", "install", "-q", "--python", environment, "-c", ROOT / "requirements.lock", wheel)
        run(*install, folder=wheel.parent, **settings)
        yield environment / ("Scripts" if sys.platform == "win32" else "bin")


def test_wheel_carries_words_fonts_and_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert WORDS in names
    assert any(name.startswith("crm_app/resources/fonts/") and name.endswith(".ttf") for name in names)
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert any(name.endswith("/share/applications/outreach-crm.desktop") for name in names)
    assert any(name.endswith("/share/icons/hicolor/scalable/apps/outreach-crm.svg") for name in names)
    shipped = {"LICENSES.md", "dependencies.md", "handbook/zh_CN/today.md", "handbook/en/today.md"}
    assert {f"crm_app/resources/{name}" for name in shipped} <= names
    assert not [name for name in names if name.startswith(("tests/", "tools/", "bench/"))]


def test_wheel_is_the_same_when_built_again(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, folder=ROOT)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_installed_wheel_prints_the_bulletin(installed: Path, tmp_path: Path) -> None:
    program = installed / "crm-app"
    # The paper is read in Chinese, whatever the machine speaks.
    speaking = {"LC_ALL": "zh_CN.UTF-8"}
    run(program, "new", "sample.crm", "--demo", folder=tmp_path, **speaking)
    window = ("--from", "2023-01-01", "--to", "2023-06-30")
    asked = ("--book", "sample.crm", "brief", "bulletin", *window, "-o", "bulletin.pdf")
    run(program, *asked, folder=tmp_path, **speaking)
    with pypdfium2.PdfDocument(tmp_path / "bulletin.pdf") as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "534亿" in text
