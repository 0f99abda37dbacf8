"""Hundreds of damaged books: whatever is damaged, and each page that holds a table together, the rest is saved."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from crm_app import clock
from tests.faults import damage
from tests.faults.begun import PASSPHRASE
from tests.faults.damage import Healthy
from tests.templates import sample_file

ROUNDS, AMOUNTS = 50, (1, 5, 40)


def run() -> str:
    """Damage and salvage a plain and a protected book; return in words how often."""
    seed = clock.now_ms()
    print(f"seed {seed}", flush=True)
    chance, salvaged = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as made:
        for healthy in _books(Path(made)):
            for amount in AMOUNTS * ROUNDS:
                with tempfile.TemporaryDirectory() as folder:
                    damage.hold(healthy, Path(folder), amount, chance)
                    salvaged += 1
            for n in damage.interesting_pages(healthy):
                with tempfile.TemporaryDirectory() as folder:
                    damage.salvaged(healthy, damage.harm(healthy, Path(folder), {n: "zero"}, chance), {n: "zero"})
                    salvaged += 1
    return f"{salvaged} damaged books, the rest of each was saved"


def _books(folder: Path) -> Iterator[Healthy]:
    plain = damage.read(sample_file(folder / "sample.crm"), None)
    (folder / "protected").mkdir()
    yield from (plain, damage.behind_a_password(plain, folder / "protected", PASSPHRASE))
