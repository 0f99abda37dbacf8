"""Traditional characters as they are simplified: 重慶巨灣技研 and 重庆巨湾技研 are one name.

Source: TSCharacters of OpenCC, character by character (resources/dictionaries/traditional.txt). Where a word would
decide (發/髮, 乾/干), names lose nothing: the other meaning comes out as the same character, or stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from crm_app import paths


@cache
def _table() -> tuple[re.Pattern[str], dict[int, str]]:
    lines = (paths.resources() / "dictionaries" / "traditional.txt").read_text(encoding="utf-8").split()
    known = {ord(char): line[0] for line in lines for char in line[1:]}
    return re.compile(f"[{''.join(map(chr, known))}]"), known


def simplified(text: str) -> str:
    """Return a text of as many characters, all of them simplified."""
    found, known = _table()
    return text.translate(known) if found.search(text) else text
