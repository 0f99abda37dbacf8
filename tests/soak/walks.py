"""Walks at random over the window, each in a process of its own, so that what brings one down ends no other."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

WALKS = 60
_ROOT = Path(__file__).resolve().parents[2]
_BESIDE = 4
"""Processes beside one another: most of the time each waits for its window to be at rest."""
_LONGEST_S = 600


def run() -> str:
    """Walk, and say how often."""
    with ThreadPoolExecutor(_BESIDE) as walking:
        told = list(walking.map(_walk, range(WALKS)))
    broken = [words for words in told if words]
    assert not broken, "\n".join(broken)
    return f"{WALKS} walks, nothing broke and nothing was warned of"


def _walk(seed: int) -> str:
    """Walk by one seed; answer what broke, empty where nothing did."""
    test = f"tests/soak/walking.py::test_nothing_breaks[{seed}]"
    command = [sys.executable, "-X", "faulthandler", "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
    try:
        done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=_LONGEST_S, check=False)
    except subprocess.TimeoutExpired as hung:
        return f"walk {seed} came to no end:\n{hung.stdout}"
    return f"walk {seed}:\n{done.stdout}{done.stderr}" if done.returncode else ""
