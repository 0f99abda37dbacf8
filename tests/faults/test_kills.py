"""Fifteen kills at random moments; ``make soak`` does a thousand."""

from __future__ import annotations

from pathlib import Path

from tests.faults.kills import kill_again_and_again

ROUNDS = 15


def test_what_was_acknowledged_survives_a_kill_at_any_moment(tmp_path: Path) -> None:
    assert kill_again_and_again(tmp_path, ROUNDS, 20230712) >= ROUNDS
