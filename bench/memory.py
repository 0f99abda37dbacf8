"""The most memory a process and its children held together, watched from outside."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_EVERY = 0.02
"""Seconds between two looks."""


def peak_mb(arguments: Sequence[str]) -> float | None:
    """Run python with these arguments and return the peak in MB; None where the system does not tell (no /proc)."""
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        most = max(most, sum(_resident(pid) for pid in _family(process.pid)))
        time.sleep(_EVERY)
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    return most / 1024 if most else None


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += _family(int(child))
        except OSError:
            continue
    return found


def _resident(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
