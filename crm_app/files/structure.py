"""Finds the table in a sheet as offices keep it: titles above, headers of two or three merged rows, totals, notes.

Pure: it looks at cells alone. Which words are headers is the caller's knowledge, handed in as ``known``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from crm_app.domain.import_headers import JOIN, UNITS
from crm_app.files.cells import Cell, Merge, SheetRows, as_text

Known = Callable[[str], bool]

_LOOKED_AT = 30
"""Rows in which a header is looked for."""
_MOST_HEADER_ROWS = 3
_LONGEST_HEADER = 30

_UNIT_OF_TABLE = re.compile(rf"(?:金额)?单位\s*[:：]\s*({UNITS})(?![a-zA-Z一-鿿])")
_TOTAL = re.compile(r"(?:本[页月季年]|全[区市县])?(?:合|小|总|累|共|总合)计(?:[（(:：].*)?|(?:sub|grand)?total:?", re.I)
_NOTE = re.compile(
    r"(?:备?注|说明|填[表报]\w*|制表\w*|审核\w*|审批\w*|单位负责人|报送\w*|数据来源|联系电话|notes?)\s*[:：\d、].*",
    re.I | re.S,
)
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、.．]")
_SERIAL = ("序号", "序", "行号", "项次", "no", "no.", "#", "№")


class LeftOut(StrEnum):
    """Why a row is no data."""

    TITLE = "title"
    HEADER = "header"
    TOTAL = "total"
    NOTE = "note"
    HEADING = "heading"


@dataclass(frozen=True)
class Structure:
    """A table found in a sheet. Rows are numbered from 0 as they stand in it.

    ``headers`` has one entry a column, header rows joined by ``JOIN``; ``unit`` is said once for the table
    (单位：万元); ``rows`` are the sheet's, with what is merged downwards written into every row it covers.
    """

    headers: tuple[str, ...]
    data: tuple[int, ...]
    rows: Sequence[Sequence[Cell]]
    unit: str = ""
    serial: frozenset[int] = frozenset()
    left_out: dict[int, LeftOut] = field(default_factory=dict)


def find(sheet: SheetRows, known: Known) -> Structure | None:
    """Return the table of a sheet, or None where no row looks like its header."""
    texts = [[" ".join(as_text(cell).split()) for cell in row] for row in sheet.rows[: _LOOKED_AT + _MOST_HEADER_ROWS]]
    scores = [sum(known(text) for text in row if text) for row in texts[:_LOOKED_AT]]
    if not any(scores):
        return None
    best = scores.index(max(scores))
    first, last = _header_span(texts, best, sheet.merges, known)
    headers = _headers(texts, first, last, sheet.merges)
    rows = _filled(sheet, last)
    left_out = dict.fromkeys((i for i in range(first) if any(texts[i])), LeftOut.TITLE)
    left_out |= dict.fromkeys(range(first, last + 1), LeftOut.HEADER)
    unit = next((found.group(1) for row in texts[:first] for text in row if (found := _UNIT_OF_TABLE.search(text))), "")
    serial = _serial_columns(headers, rows, last)
    data = []
    for number in range(last + 1, len(rows)):
        why = _why_left_out(rows[number], texts[last], serial, sheet.merges, number)
        if why is not None:
            left_out[number] = why
        elif any(cell is not None for column, cell in enumerate(rows[number]) if column not in serial):
            data.append(number)
    return Structure(headers, tuple(data), rows, unit, serial, left_out)


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
    if not filled or any(len(text) > _LONGEST_HEADER or _looks_like_data(text) for _column, text in filled):
        return False
    if not any(known(text) or known(_over(above, column) + text) for column, text in filled):
        return False
    if _joined_downwards(row, merges):
        return True
    under_blank = any(not _at(above, column) for column, _text in filled)
    blank_under = any(text and not _at(below, column) for column, text in enumerate(above))
    return under_blank and blank_under


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


def _filled(sheet: SheetRows, last_header: int) -> list[list[Cell]]:
    """Return the rows with every block merged downwards filled: one enterprise beside its three contacts."""
    rows = list(sheet.rows)
    for top, left, bottom, _right in sheet.merges:
        if top <= last_header or bottom == top or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in range(top + 1, min(bottom, len(rows) - 1) + 1):
            if left < len(rows[row]) and rows[row][left] is None:
                rows[row] = [*rows[row][:left], rows[top][left], *rows[row][left + 1 :]]
    return rows


def _serial_columns(headers: Sequence[str], rows: Sequence[Sequence[Cell]], last: int) -> frozenset[int]:
    found = {column for column, header in enumerate(headers) if header.casefold() in _SERIAL}
    for column, header in enumerate(headers):
        if header:
            continue
        numbers = [row[column] for row in rows[last + 1 :] if column < len(row) and row[column] is not None]
        if numbers and all(as_text(cell) == str(n) for n, cell in enumerate(numbers, 1)):
            found.add(column)
    return frozenset(found)


def _why_left_out(
    row: Sequence[Cell], header: Sequence[str], serial: frozenset[int], merges: Sequence[Merge], number: int
) -> LeftOut | None:
    filled = [(column, cell) for column, cell in enumerate(row) if cell is not None]
    if not filled:
        return None
    words = [as_text(cell).strip() for _column, cell in filled[:2] if not isinstance(cell, date)]
    if any(_TOTAL.fullmatch("".join(word.split())) for word in words):
        return LeftOut.TOTAL
    if len(filled) <= 3 and words and _NOTE.fullmatch(words[0]):
        return LeftOut.NOTE
    alone = len(filled) == 1
    if alone and words and _HEADING.match(words[0]):
        return LeftOut.HEADING
    if alone and any(top == number and right - left + 1 > len(header) / 2 for top, left, _bottom, right in merges):
        return LeftOut.NOTE
    same = sum(1 for column, cell in filled if column < len(header) and as_text(cell).strip() == header[column])
    if same >= 2 and same == len(filled):
        return LeftOut.HEADER
    return None
