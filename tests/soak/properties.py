"""The properties of the rules, of the page and of files with a thousand cases, where the suite takes twenty-five.

One that sets a number of its own keeps it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_PARTS = ("tests/domain", "tests/briefs", "tests/files")
_ROOT = Path(__file__).resolve().parents[2]


def run() -> str:
    """Run what tests rules, pages and files by properties; an assertion that does not hold ends it."""
    asked = ("-q", "-x", "-p", "no:xdist", "--hypothesis-profile=thorough", *_PARTS)
    # In a process of its own: pytest rewrites what it imports first, and the other runs have imported its plugins.
    found = subprocess.run((sys.executable, "-m", "pytest", *asked), cwd=_ROOT, check=False).returncode
    assert found == 0, "a property does not hold"
    return "the properties of the rules, of the page and of files held"
