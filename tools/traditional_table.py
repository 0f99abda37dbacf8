"""Write resources/dictionaries/traditional.txt from OpenCC's table of characters, TSCharacters.txt.

Run by hand when OpenCC's data improve: ``python tools/traditional_table.py TSCharacters.txt``. One line a simplified
character: itself, and the traditional ones that are written so in mainland names, the commonest use where there are
several.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

TABLE = Path(__file__).parent.parent / "resources" / "dictionaries" / "traditional.txt"

OTHERWISE = {"帳": "账"}
"""Used so where OpenCC tells the older use first."""

KEPT = "乾徵榘吒拚捱摺薹袷醣夥"
"""These stand in simplified names too, where the simplified one is another word."""


def _in_plane(char: str) -> bool:
    return len(char) == 1 and ord(char) < 0x10000


def main() -> None:
    """Write the table."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    told = dict(line.split("\t") for line in lines if "\t" in line and not line.startswith("#"))
    first = {char: use.split()[0] for char, use in told.items()}
    written: defaultdict[str, str] = defaultdict(str)
    for char, use in sorted(first.items()):
        # Some are simplified in two steps: 薴 苧 苎.
        use = OTHERWISE.get(char, first.get(use, use))
        if char != use and _in_plane(char) and _in_plane(use) and char not in KEPT:
            written[use] += char
    TABLE.write_text("".join(f"{use}{chars}\n" for use, chars in sorted(written.items())), encoding="utf-8")


if __name__ == "__main__":
    main()
