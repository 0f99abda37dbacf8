"""Numbers of leads, trips, visits and projects: drafts until the office assigns them (counting rule 10).

Two laptops in two cities count alike, so a number made here would collide: a draft says so in its first character, is
never printed, and gives way to whatever the office writes in its place.
"""

from __future__ import annotations

DRAFT_MARK = "草"

PREFIXES = {"lead": "XS", "trip": "WC", "visit": "BF", "project": "XM"}
"""线索, 外出, 拜访, 项目: what the numbers of a table begin with."""


def draft_number(table: str, year: int, n: int) -> str:
    """Return the ``n``-th draft number of a year on this laptop: 草XS-2023-0001."""
    return f"{draft_start(table, year)}{n:04d}"


def draft_start(table: str, year: int) -> str:
    """Return what the draft numbers of a year begin with."""
    return f"{DRAFT_MARK}{PREFIXES[table]}-{year}-"


def assigned(number: str | None) -> str | None:
    """Return a number the office gave; None for a draft or for none."""
    return number if number and not number.startswith(DRAFT_MARK) else None
