"""Surnames that need care: those of two characters, and those read otherwise than their character (曾 zeng, 单 shan).

They are kept in resources/dictionaries/surnames.txt, one a line with its syllables.
"""

from __future__ import annotations

from functools import cache

from crm_app import paths


@cache
def readings() -> dict[str, list[str]]:
    """Return surname → syllables."""
    lines = (paths.resources() / "dictionaries" / "surnames.txt").read_text(encoding="utf-8").splitlines()
    return {name: syllables for name, *syllables in (line.split() for line in lines)}
