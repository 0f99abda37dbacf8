"""Giving one input to one target."""

from __future__ import annotations

import contextlib
from typing import Any

from tests.fuzz.targets import Target


def once(target: Target, value: Any) -> None:
    """Run a target on a value; any error it may not raise comes out."""
    with contextlib.suppress(target.may_raise):
        target.run(value)
