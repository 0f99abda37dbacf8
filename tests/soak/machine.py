"""Ten thousand random steps of a book's life beside its model."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.state.machine import BookMachine

LIVES, STEPS = 200, 50


def run() -> str:
    """Walk, and say how far."""
    run_state_machine_as_test(
        BookMachine,
        settings=settings(
            max_examples=LIVES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    return f"{LIVES} books, up to {STEPS} steps each, no difference"
