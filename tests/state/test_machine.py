"""A hundred random steps of a book's life; ``make soak`` walks ten thousand."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.state.machine import BookMachine

TestBook = BookMachine.TestCase
TestBook.settings = settings(
    max_examples=3, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
