"""Traditional characters as they are simplified: 重慶巨灣技研 and 重庆巨湾技研 are one name.

Source: TSCharacters of OpenCC, character by character (resources/dictionaries/traditional.txt). Where a word would
decide (發/髮, 乾/干), names lose nothing: the other meaning comes out as the same character, or stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from crm_app import paths


@cache
def _lines() -> list[str]:
    return (paths.resources() / "dictionaries" / "traditional.txt").read_text(encoding="utf-8").split()


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    known = {char: line[0] for line in _lines() for char in line[1:]}
    return re.compile(f"[{''.join(known)}]"), known


def simplified(text: str) -> str:
    """Return a text of as many characters, all of them simplified."""
    found, known = _table()
    # Of many texts in one, few are traditional as a rule: those characters alone are looked up (3 ns each, not 38).
    return found.sub(lambda one: known[one[0]], text) if found.search(text) else text


@cache
def _spellings() -> dict[str, str]:
    return {line[0]: line for line in _lines()}


def spellings(char: str) -> str:
    """Return a simplified character and the traditional ones it stands for: 台臺颱."""
    return _spellings().get(char, char)


def pattern(text: str) -> str:
    """Return the regular expression of a text in either characters."""
    each = map(spellings, simplified(text))
    return "".join([f"[{chars}]" if len(chars) > 1 else re.escape(chars) for chars in each])
