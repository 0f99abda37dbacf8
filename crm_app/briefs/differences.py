"""What two versions of a paper say otherwise: figure by figure where the words are the same, else text by text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crm_app.briefs.content import Heading, Paper, Table
from crm_app.briefs.editing import Place, places
from crm_app.briefs.editing import matched as _matched
from crm_app.briefs.marks import Rows
from crm_app.domain import days

_FIGURE = re.compile(r"[\d０-９][\d０-９.,]*(?:余)?(?:万|亿)?(?:美元|元|个|家次|家|批次|人天|人|亩|%|％)*")
_MONTH = "|".join(name[:3] for name in days.MONTHS)
_DAY = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
    rf"|(?P<day_en>\d{{1,2}}) (?P<month_en>{_MONTH})[a-z]*(?: (?P<year_en>\d{{4}}))?"
)
"""A day as papers write it, in either language, with its year or without."""


@dataclass(frozen=True, slots=True)
class Difference:
    """``what`` the paper speaks of (section, row and column), from ``was`` to ``now``; one is empty for a new text.

    ``rows`` are those it stands on now, or stood on.
    """

    what: str
    was: str
    now: str
    rows: Rows = ()


def differences(then: Paper, now: Paper) -> list[Difference]:
    """Return every difference in the order of the later paper, what is gone last."""
    pairs, new, gone = _matched(places(then), places(now))
    titles, old_titles = _titles(now), _titles(then)
    found = [
        Difference(_what(new_place, titles, now), *said, new_place.rows or old_place.rows)
        for old_place, new_place in pairs
        if not _alike(old_place.text, new_place.text)
        for said in between(old_place.text, new_place.text)
    ]
    found += [Difference(_what(place, titles, now), "", place.text, place.rows) for place in new if place.text]
    return found + [
        Difference(_what(place, old_titles, then), place.text, "", place.rows) for place in gone if place.text
    ]


def _alike(was: str, now: str) -> bool:
    """Say whether two texts say the same: also where one leaves away the year of a day that the other tells."""
    if was == now:
        return True
    if _DAY.sub("#", was) != _DAY.sub("#", now):
        return False
    return all(
        day == other and (year == its_year or not year or not its_year)
        for (year, *day), (its_year, *other) in zip(_told_days(was), _told_days(now), strict=True)
    )


def _told_days(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the days of a text: the year, empty where it is not told, then month and day."""
    for found in _DAY.finditer(text):
        told = found.groupdict("")
        yield (
            told["year"] or told["year_en"],
            told["month"] or told["month_en"],
            told["day"] or told["day_en"],
        )


def between(was: str, now: str) -> Iterator[tuple[str, str]]:
    """Yield the figures that changed where the words between them are the same, else the two texts."""
    if _FIGURE.sub("#", was) == _FIGURE.sub("#", now):
        yield from ((a, b) for a, b in zip(_FIGURE.findall(was), _FIGURE.findall(now), strict=True) if a != b)
    else:
        yield was, now


def _titles(paper: Paper) -> dict[str, str]:
    return {block.key: block.title or block.text for block in paper.blocks if isinstance(block, Heading) and block.key}


def _what(place: Place, titles: dict[str, str], paper: Paper) -> str:
    """Return of what a text speaks: its section, and in a table its row and column."""
    parts = [titles.get(place.section, "")]
    block = paper.blocks[place.index] if place.index >= 0 else None
    kind, _bar, rest = place.part.partition("|")
    if isinstance(block, Table):
        parts.append(block.caption)
    if kind == "cell":
        parts += [_row(block, place), rest.rpartition("|")[2]]
    elif kind == "fact":
        parts.append(rest)
    return " · ".join(part for part in parts if part)


def _row(block: object, place: Place) -> str:
    """Return the name of a cell's row: its first words that are no number."""
    if not isinstance(block, Table):
        return ""
    name = place.part.split("|")[1]
    for cells in (*block.rows, block.total):
        ids = {str(row) for cell in cells for row in cell.rows}
        if cells and (name.split("#")[0] in ids or cells[0].text == name or (name == "total" and cells is block.total)):
            return next((cell.text for cell in cells if not cell.text.isdigit()), "")
    return name
