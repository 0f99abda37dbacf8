"""The properties of the rules and of the page with a thousand cases, where the suite takes forty.

One that sets a number of its own keeps it.
"""

from __future__ import annotations

import pytest


def run() -> str:
    """Run what tests rules by properties; an assertion that does not hold ends it."""
    found = pytest.main(["-q", "-x", "-p", "no:xdist", "--hypothesis-profile=thorough", "tests/domain", "tests/briefs"])
    assert found == 0, "a property does not hold"
    return "the properties of the rules and of the page held"
