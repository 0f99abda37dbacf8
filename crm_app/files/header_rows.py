"""Finds the header of a table in a sheet as offices keep it: titles above, two or three merged rows, words or not.

Pure: it looks at cells alone. Which words are headers is the caller's knowledge, handed in as ``known``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crm_app.domain.import_headers import JOIN, SERIAL, UNITS, as_read
from crm_app.files.cells import Cell, Merge, as_text

Known = Callable[[str], bool]

_LOOKED_AT = 30
"""Rows in which a header is looked for."""
_MOST_HEADER_ROWS = 3
HEAD = 64
"""Rows of a sheet from which its header is known."""
_LONGEST_HEADER = 30
DITTO = frozenset(("同上", "〃", "″", "ditto", "do."))
"""What stands for what is above it."""

_UNIT_OF_TABLE = re.compile(
    rf"(?:(?:金额)?单位|金额)\s*[:：]\s*((?:{UNITS})(?:\s*[、,，/和及]\s*(?:{UNITS}))*)(?![a-zA-Z一-鿿])"
)
_UNIT_OF_TITLE = re.compile(r"[（(]\s*((?:百万|[亿万千])?美?元)\s*[）)]\s*$")
"""到位资金统计表（万元）"""


@dataclass(frozen=True)
class Header:
    """The header of a table, and what is known before its first row of data. Rows are numbered from 0.

    ``headers`` has one entry a column, header rows joined by ``JOIN``; they stand from row ``first`` to ``last``.
    ``lowest`` is the lowest of them as it is written, ``unit`` is said once for the table (单位：万元), ``titles`` are
    the rows above that hold anything, ``title`` what they say, ``serial`` the columns that only count. ``ditto``: cells
    say that they hold what stands above them (同上).
    """

    headers: tuple[str, ...]
    first: int
    last: int
    lowest: tuple[str, ...]
    unit: str
    titles: tuple[int, ...]
    title: str
    serial: frozenset[int]
    ditto: bool = False


def find_header(rows: Sequence[Sequence[Cell]], merges: Sequence[Merge], known: Known) -> Header | None:
    """Return the header among the first ``HEAD`` rows of a sheet, or None where no row looks like one."""
    head = rows[:HEAD]
    texts = [[" ".join(as_text(cell).split()) for cell in row] for row in head[: _LOOKED_AT + _MOST_HEADER_ROWS]]
    scores = [sum(known(text) for text in row if text) for row in texts[:_LOOKED_AT]]
    if not any(scores) or _is_form(texts, scores, known):
        return None
    best = _first_of_several(head, scores, known)
    first, last = _header_span(texts, best, merges, known)
    headers = _headers(texts, first, last, merges)
    unit = _unit_above([text for row in texts[:first] for text in row if text])
    titles = tuple(number for number in range(first) if any(texts[number]))
    title = " ".join(text for number in titles for text in texts[number] if text)
    serial = _serial_columns(headers, head, last)
    ditto = any(is_ditto(cell) for row in head[last + 1 :] for cell in row)
    return Header(headers, first, last, tuple(texts[last]), unit, titles, title, serial, ditto)


def is_ditto(cell: Cell) -> bool:
    """Say whether a cell stands for what is above it."""
    return isinstance(cell, str) and cell.strip().casefold() in DITTO


def _unit_above(texts: Sequence[str]) -> str:
    """Return the unit said once above a table: of several (亩、万元、%) that of amounts, else one behind its title."""
    plain = [as_read(text) for text in texts]
    for said in (found[1] for text in plain if (found := _UNIT_OF_TABLE.search(text))):
        units: list[str] = re.findall(UNITS, said)
        return next((one for one in units if "元" in one), units[0])
    return next((found[1] for text in plain if (found := _UNIT_OF_TITLE.search(text))), "")


def reads_like_header(cells: Sequence[Cell], known: Known) -> bool:
    """Say whether the filled cells of a row can only be headers: words alone, two of them and half of all known."""
    words = [" ".join(cell.split()) for cell in cells if isinstance(cell, str)]
    if len(words) < len(cells) or any(len(word) > _LONGEST_HEADER or _looks_like_data(word) for word in words):
        return False
    return sum(map(known, words)) >= max(2, len(words) / 2)


def _is_form(texts: list[list[str]], scores: Sequence[int], known: Known) -> bool:
    """Say whether headers stand under one another, each beside its value: a form of one record, no table."""
    if max(scores) > 1:
        return False
    top = scores.index(1)
    column = next(column for column, text in enumerate(texts[top]) if text and known(text))
    below = {_at(row, column) for row in texts[top + 1 :]}
    return sum(known(text) for text in below if text and text != texts[top][column]) > 1


def _first_of_several(head: Sequence[Sequence[Cell]], scores: Sequence[int], known: Known) -> int:
    """Return the row with the most known headers; of tables under one another, that of the first."""
    best = scores.index(max(scores))
    for row in (number for number in range(best) if scores[number] > 1):
        between = [[cell for cell in cells if cell is not None] for cells in head[row + 1 : best]]
        parted = [] in between and any(len(filled) > 1 for filled in between[: between.index([])])
        if parted and reads_like_header([cell for cell in head[row] if cell is not None], known):
            return row
    return best


def _header_span(texts: list[list[str]], best: int, merges: Sequence[Merge], known: Known) -> tuple[int, int]:
    first = last = best
    while first > 0 and last - first + 1 < _MOST_HEADER_ROWS and _is_upper(texts, first - 1, merges):
        first -= 1
    while last + 1 < len(texts) and last - first + 1 < _MOST_HEADER_ROWS and _is_lower(texts, last, merges, known):
        last += 1
    return first, last


def _joined_downwards(row: int, merges: Sequence[Merge]) -> bool:
    """Say whether a merged block holds both ``row`` and the one below it."""
    return any(top <= row < bottom for top, _left, bottom, _right in merges)


def _is_upper(texts: list[list[str]], row: int, merges: Sequence[Merge]) -> bool:
    above, below = texts[row], texts[row + 1]
    filled = [column for column, text in enumerate(above) if text]
    if len(filled) < 2 or any(len(above[column]) > _LONGEST_HEADER or "：" in above[column] for column in filled):
        return False
    return _joined_downwards(row, merges) or any(not _at(below, column) for column in filled)


def _is_lower(texts: list[list[str]], row: int, merges: Sequence[Merge], known: Known) -> bool:
    above, below = texts[row], texts[row + 1]
    filled = [(column, text) for column, text in enumerate(below) if text]
    if not filled or any(len(text) > _LONGEST_HEADER for _column, text in filled):
        return False
    if _joined_downwards(row, merges):
        # A block that begins in the header and reaches down has no data beside it: 2022年, 2023年 below 产值.
        return True
    if any(_looks_like_data(text) for _column, text in filled):
        return False
    if not any(known(text) or known(_over(above, column) + text) for column, text in filled):
        return _names_parts(above, [column for column, _text in filled])
    under_blank = any(not _at(above, column) for column, _text in filled)
    blank_under = any(text and not _at(below, column) for column, text in enumerate(above))
    return under_blank and blank_under


def _names_parts(above: list[str], filled: Sequence[int]) -> bool:
    """Say whether words stand below wide headers and nowhere else: the names of their parts, whatever they are."""
    heads = [column for column, text in enumerate(above) if text]
    if not heads or heads[0] in filled:
        return False
    widths: Counter[int] = Counter()
    for column in filled:
        if not _at(above, column) and column - 1 not in filled:
            return False
        widths[max((head for head in heads if head <= column), default=-1)] += 1
    return min(widths.values()) > 1 and -1 not in widths


def _looks_like_data(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,:/\-%年月日\s]+", text))


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _over(row: Sequence[str], column: int) -> str:
    """Return what stands over a column: its own text, or the nearest one to the left of a blank."""
    return next((row[i] for i in range(min(column, len(row) - 1), -1, -1) if row[i]), "")


def _headers(texts: list[list[str]], first: int, last: int, merges: Sequence[Merge]) -> tuple[str, ...]:
    width = max(len(texts[row]) for row in range(first, last + 1))
    anchors = {
        (row, column): texts[top][left]
        for top, left, bottom, right in merges
        if first <= top <= last and left < len(texts[top])
        for row in range(top, min(bottom, last) + 1)
        for column in range(left, min(right, width - 1) + 1)
    }
    headers = []
    for column in range(width):
        parts: list[str] = []
        for row in range(first, last + 1):
            text = _at(texts[row], column) or anchors.get((row, column), "")
            if not text and not merges and any(_at(texts[lower], column) for lower in range(row + 1, last + 1)):
                text = _over(texts[row], column)
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        headers.append(JOIN.join(parts))
    return tuple(headers)


def _serial_columns(headers: Sequence[str], rows: Sequence[Sequence[Cell]], last: int) -> frozenset[int]:
    found = {column for column, header in enumerate(headers) if header.casefold() in SERIAL}
    for column, header in enumerate(headers):
        if header:
            continue
        numbers = [row[column] for row in rows[last + 1 :] if column < len(row) and row[column] is not None]
        if numbers and all(as_text(cell) == str(n) for n, cell in enumerate(numbers, 1)):
            found.add(column)
    return frozenset(found)


def is_header_again(column: int, cell: Cell, header: Header) -> bool:
    """Say whether a cell repeats what stands above its column, in any row of the header."""
    if not isinstance(cell, str) or column >= len(header.headers):
        return False
    text = " ".join(cell.split())
    return text in (header.headers[column], *header.headers[column].split(JOIN))
