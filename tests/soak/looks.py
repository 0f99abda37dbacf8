"""Every place and dialog in every variant of the look, drawn twice, and once in a language nobody speaks.

The matrix is too large to be kept (a thousand pictures, 100 MB), and every change of a word would renew half of it. So
every variant is drawn by two processes, which have to agree, and nothing in it may be cut off; what was found good is
kept of the core alone (tests/ui/golden.py). What differs is left in the folder that is named.
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
_OF_THE_MOMENT = ("settings-book", "dialog-erase", "dialog-restore")
"""Scenes that tell in which folder the book lies and when its backups were made."""
_BESIDE = 4
"""Processes beside one another: most of the time each waits for its window to be at rest."""
_FOOT = 39
"""The height of the line at the foot, in dots, where it is highest."""


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
        if path.stem in _OF_THE_MOMENT:
            continue
        share = golden.difference(_without_foot(path), _without_foot(other))
        if share > golden.SHARE:
            off.append(f"{path} and {other}: {share:.1%} differs")
    assert not off, "\n".join(off)
    print("  every place in every variant, and in longer words", flush=True)
    _python("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/soak/room.py")
    return f"{len(drawn)} pictures, twice the same; nothing cut off, every word through the catalogue"


def _draw(out: Path, variant: str) -> None:
    print(f"  drawing, {out.name}: {variant}", flush=True)
    _python("-m", "tests.ui.pictures", str(out), "--variants", variant)


def _without_foot(path: Path) -> QImage:
    """Return a picture without the line at the window's foot, which tells how long ago a backup was made."""
    whole = QImage(str(path))
    return whole.copy(0, 0, whole.width(), whole.height() - _FOOT)


def _python(*words: str) -> None:
    subprocess.run([sys.executable, *words], check=True, cwd=_ROOT, env={**os.environ, "PYTHONHASHSEED": "0"})
