"""A thousand kills at random moments of one book's life."""

from __future__ import annotations

import tempfile
from pathlib import Path

from crm_app import clock
from tests.faults.kills import kill_again_and_again

ROUNDS = 1_000


def run() -> str:
    """Kill, and say how many saves were looked for."""
    seed = clock.now_ms()
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        saves = kill_again_and_again(Path(folder), ROUNDS, seed)
    return f"{ROUNDS} kills, {saves} acknowledged saves, all there"
