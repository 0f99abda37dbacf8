"""Columns that are months (1月 … 12月, 2023年5月): one row then tells of a whole year, amount by amount.

A target is ``fund.month:2023-05``; the year is 0000 where nothing says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crm_app.domain import numerals
from crm_app.domain.import_headers import JOIN

_TARGET = re.compile(r"fund\.month:(\d{4})-(\d\d)")
_HEADER = re.compile(
    r"(?:(?P<year>20\d\d)\s*[年./-])?\s*(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?:资金)?(?:到位|到账|到资)?"
    r"(?:资金|金额|额|数)?"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?(?!\d)")


def target_of(header: str, year: int | None = None) -> str:
    """Return the target of a header of one or several rows that is a month, else nothing.

    ``year`` is what the sheet says of itself; one in the header goes before it.
    """
    *above, lowest = header.split(JOIN)
    read = _HEADER.fullmatch("".join(lowest.split()))
    if read is None:
        return ""
    said = read["year"] or next((found[1] for part in reversed(above) if (found := _YEAR.search(part))), None)
    month = int(read["month"]) if read["month"].isdigit() else int(numerals.read(read["month"]) or 0)
    return f"fund.month:{int(said or year or 0):04}-{month:02}"


def month_of(target: str) -> tuple[int, int] | None:
    """Return year (0: unknown) and month of a target that is one."""
    read = _TARGET.fullmatch(target)
    return (int(read[1]), int(read[2])) if read else None


def year_in(texts: str) -> int | None:
    """Return the only year that titles and names of a sheet tell; None where they tell none or several."""
    years = set(_YEAR.findall(texts))
    return int(years.pop()) if len(years) == 1 else None


def held(targets: Iterable[str]) -> set[str]:
    """Return targets with what columns that are months stand for: both the day and the amount."""
    known = set(targets)
    if any(month_of(target) for target in known):
        known |= {"fund.on", "fund.amount"}
    return known
