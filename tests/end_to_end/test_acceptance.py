"""The acceptance period by the command line alone: the published figures, and the bulletin that tells them.

Published in July 2023: 70 signed projects, 53.4 billion yuan, 14 of 1 billion and more, 2 of 5 billion and more; 11
vehicle projects, more than 14 billion, up to the day of publication.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from crm_app.settings import Settings
from tests.briefs.reading import fonts_of, text_of
from tests.cli.shell import Shell

ROOT = Path(__file__).resolve().parents[2]
VEHICLES = "智能网联新能源汽车"
NAMED = ("巨湾技研", "拓博尔", "东风小康", "中国大唐", "康硕")
YI = 100_000_000
DISTRIBUTIONS = ("by_cluster", "by_channel", "by_park", "by_origin")


def crm(*words: object) -> str:
    """Run a command as a script would, in Chinese; return what it printed."""
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", *map(str, words)],
        env=os.environ | {"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("acceptance") / "d.crm"
    crm("new", path, "--demo")
    return path


@pytest.fixture(scope="module")
def half_year(sample: Path) -> dict[str, Any]:
    words = ("figures", "--from", "2023-01-01", "--to", "2023-06-30", "--json")
    found: dict[str, Any] = json.loads(crm("--book", sample, *words))
    return found


@pytest.fixture
def shell(sample: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Run commands on the sample in this process, in Chinese: each would take longer to start than to run."""
    Settings().language = "zh_CN"
    return Shell(sample, capsys)


def vehicles(found: dict[str, Any]) -> tuple[int, int]:
    (part,) = (part for part in found["by_cluster"]["value"] if part["name"] == VEHICLES)
    return part["count"], part["amount_yuan"]


def test_the_half_year_is_as_published(half_year: dict[str, Any]) -> None:
    assert half_year["signed"]["value"] == {"count": 70, "amount_yuan": 534 * YI}
    bands = {band["at_least_yuan"]: band["count"] for band in half_year["bands"]["value"]}
    assert (bands[10 * YI], bands[50 * YI]) == (14, 2)
    assert vehicles(half_year) == (10, 14_020_000_000)
    assert half_year["last_year"]["value"]["count"] < 70


def test_the_day_of_publication_is_a_window_of_its_own(shell: Shell) -> None:
    published = shell.json("figures", "--from", "2023-01-01", "--to", "2023-07-12")
    assert vehicles(published) == (11, 14_140_000_000)
    assert published["trips"]["value"]["count"] == 53
    assert published["visits"]["value"] == {"enterprises": 312, "visits": 431}


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_the_parts_sum_to_the_total(half_year: dict[str, Any], name: str) -> None:
    parts = half_year[name]["value"]
    assert sum(part["count"] for part in parts) == 70
    assert sum(part["amount_yuan"] for part in parts) == 534 * YI
    rows = [row for part in parts for row in part["rows"]]
    assert sorted(rows) == sorted(half_year["signed"]["rows"])
    assert len(set(rows)) == 70


def test_every_figure_names_its_window_and_its_rows(half_year: dict[str, Any]) -> None:
    for name, figure in half_year.items():
        assert figure["window"].keys() == {"from", "to"}, name
        assert all(UUID(row) for row in figure["rows"]), name


def test_a_row_of_a_figure_can_be_shown(shell: Shell, half_year: dict[str, Any]) -> None:
    row = half_year["signed"]["rows"][0]
    assert row in shell("show", row, "--json")


def test_the_bulletin_tells_the_figures(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "bulletin.pdf"
    crm("--book", sample, "brief", "bulletin", "--from", "2023-01-01", "--to", "2023-06-30", "-o", out)
    text = text_of(out.read_bytes())
    for said in ("70个", "534亿", "14个", "2个", *NAMED):
        assert said in text
    fonts = fonts_of(out.read_bytes())
    assert fonts
    assert all(embedded for _name, embedded in fonts)


def test_the_sample_is_sound(shell: Shell, tmp_path: Path) -> None:
    lead = shell("log", "示例望江新材料有限公司", "--contact", "周总", "--note", "看厂房").strip().split()[-1]
    assert UUID(lead)
    assert "望江" in shell("search", "wjxc")
    shell("undo")
    assert "望江" not in shell("search", "wjxc")
    shell("backup", str(tmp_path))
    shell("check")
