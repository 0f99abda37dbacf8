"""The tour on a machine without a display: numbered pictures of every place, and the papers."""

import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.briefs.reading import count_of

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {
    "bulletin",
    "bulletin-en",
    "calendar",
    "half-year",
    "one-pager",
    "one-pagers",
    "trip-pack",
    "trip-report",
    "visit-report",
}
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def test_the_tour_leaves_pictures_and_papers(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    done = subprocess.run(
        [sys.executable, "main.py", "tour", tmp_path / "out"], cwd=ROOT, env=bare, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    pictures = sorted((tmp_path / "out").glob("*.png"))
    assert len(pictures) >= 20
    assert [picture.name[:3] for picture in pictures] == [f"{n:02d}-" for n in range(1, len(pictures) + 1)]
    for picture in pictures:
        with Image.open(picture) as shown:
            assert shown.size == (1366, 768)
            darkest, lightest = shown.convert("L").getextrema()
            assert darkest != lightest, picture.name
    papers = sorted((tmp_path / "out").glob("*.pdf"))
    assert {paper.stem for paper in papers} == PAPERS
    assert all(count_of(paper.read_bytes()) for paper in papers)
