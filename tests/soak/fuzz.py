"""Every parser and reader with thousands of inputs."""

from __future__ import annotations

import contextlib
import os
import sys

from hypothesis import HealthCheck, given, settings

from tests.fuzz import files
from tests.fuzz.run import once
from tests.fuzz.targets import TARGETS, Target

INPUTS = 3_000
FILES = 2_000
"""Each starts a child of its own."""


def run() -> str:
    """Try, and say how many."""
    for target in TARGETS:
        print(f"  {target.name}", flush=True)
        _try(target)
    print("  damaged ledgers", flush=True)
    _read()
    return f"{len(TARGETS)} targets, up to {INPUTS} inputs each, {FILES} files, only expected errors"


def _read() -> None:
    @settings(max_examples=FILES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(files.damaged())
    def tried(file: tuple[str, bytes]) -> None:
        files.read(*file)

    tried()


def _try(target: Target) -> None:
    @settings(max_examples=INPUTS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(target.given)
    def tried(value: object) -> None:
        # The command line tells its mistakes itself.
        with (
            open(os.devnull, "w", errors="backslashreplace") as nowhere,
            contextlib.redirect_stderr(nowhere),
            contextlib.redirect_stdout(nowhere),
        ):
            once(target, value)

    tried()
    sys.stdout.flush()
