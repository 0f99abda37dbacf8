"""Every place and dialog in every variant of the look, drawn twice, and once in a language nobody speaks.

The matrix is too large to be kept (a thousand pictures, 100 MB), and every change of a word would renew half of it. So
every variant is drawn by two processes, which have to agree, and nothing in it may be cut off. Of one variant every
place and dialog is kept small, as it was found good (tests/ui/golden.py). What differs is left in the folder that is
named.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtGui import QImage

from tests.ui import golden
from tests.ui.pictures import VARIANTS

_ROOT = Path(__file__).resolve().parents[2]
_BESIDE = 4
"""Processes beside one another: most of the time each waits for its window to be at rest."""


def run() -> str:
    """Draw, and say how much."""
    out = Path(tempfile.mkdtemp(prefix="looks-"))
    with ThreadPoolExecutor(_BESIDE) as drawing:
        for drawn_now in [
            drawing.submit(_draw, out / turn, variant.name) for turn in ("one", "two") for variant in VARIANTS
        ]:
            drawn_now.result()
    drawn = sorted((out / "one").rglob("*.png"))
    off = []
    for path in drawn:
        other = out / "two" / path.relative_to(out / "one")
        if path.stem in golden.OF_THE_MOMENT:
            continue
        one, two = (golden.without_foot(QImage(str(drawing))) for drawing in (path, other))
        share = golden.difference(one, two)
        if share > golden.SHARE:
            off.append(f"{path} and {other}: {share:.1%} differs")
    off += golden.unlike_kept(out / "one" / golden.EVERY_IN)
    assert not off, "\n".join([*off, "What is as it shall be is kept by python -m tests.ui.golden."])
    print("  every place in every variant, and in longer words", flush=True)
    _python("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/soak/room.py")
    return f"{len(drawn)} pictures, twice the same; nothing cut off, every word through the catalogue"


def _draw(out: Path, variant: str) -> None:
    print(f"  drawing, {out.name}: {variant}", flush=True)
    _python("-m", "tests.ui.pictures", str(out), "--variants", variant)


def _python(*words: str) -> None:
    subprocess.run([sys.executable, *words], check=True, cwd=_ROOT, env={**os.environ, "PYTHONHASHSEED": "0"})
