"""Finds the table in a sheet as offices keep it: which rows below its header are data, and which totals or notes.

Pure: it looks at cells alone. Which words are headers is the caller's knowledge, handed in as ``known``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from crm_app.domain.import_headers import JOIN
from crm_app.domain.traditional import simplified
from crm_app.files.cells import Cell, Merge, SheetRows, as_text
from crm_app.files.header_rows import DITTO, HEAD, Header, Known, find_header, is_ditto, is_header_again

_AT_FIRST_SIGHT = 4
"""Cells of a row that hold something, from which on it is no note, and no total unless it says so."""

_TOTAL = re.compile(r"(?:本[页月季年]|全[区市县])?(?:合|小|总|累|共|总合)计(?:[（(:：].*)?|(?:sub|grand)?total:?", re.I)
_SUBTOTAL = re.compile(r"\S.*\s(?:汇总|计数|平均值|最大值|最小值|total|count|average|max|min)|总计数|grand count", re.I)
"""What a spreadsheet writes below a group it has summed or counted: 双福科技创新城 汇总."""
_TOTAL_WORD = re.compile(r"[计計]|total|\s(?:[汇匯彙][总總]|平均值|最[大小]值|count|average|max|min)$", re.I | re.M)
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?%?")
_NOTE = re.compile(
    r"(?:备?注|说明|填[表报]\w*|制表\w*|审核\w*|审批\w*|单位负责人|报送\w*|数据来源|联系电话|notes?)\s*[:：\d、].*",
    re.I | re.S,
)
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")
_SUMMED = re.compile(r"[（(]\s*(?:共\s*)?\d+\s*[个家项]\s*[）)]|类$|小计")
_WIDE = 5
"""Columns of a header from which on a row with two cells is no row of data."""
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、.．]")


class LeftOut(StrEnum):
    """Why a row is no data."""

    TITLE = "title"
    HEADER = "header"
    TOTAL = "total"
    NOTE = "note"
    HEADING = "heading"
    EMPTY = "empty"


@dataclass(frozen=True)
class Structure:
    """A table found in a sheet, with what each row is.

    ``rows`` are the sheet's, with what is merged downwards written into every row it covers.
    """

    header: Header
    data: tuple[int, ...]
    rows: Sequence[Sequence[Cell]]
    left_out: dict[int, LeftOut] = field(default_factory=dict)

    @property
    def headers(self) -> tuple[str, ...]:
        """What stands above each column."""
        return self.header.headers

    @property
    def unit(self) -> str:
        """The unit said once for the table; empty where none is."""
        return self.header.unit

    @property
    def serial(self) -> frozenset[int]:
        """The columns that only count."""
        return self.header.serial


def find(sheet: SheetRows, known: Known) -> Structure | None:
    """Return the table of a sheet, or None where no row looks like its header."""
    header = find_header(sheet.rows[:HEAD], sheet.merges, known)
    if header is None:
        return None
    left_out = dict.fromkeys(header.titles, LeftOut.TITLE)
    left_out |= dict.fromkeys(range(header.first, header.last + 1), LeftOut.HEADER)
    rows: list[Sequence[Cell]] = list(sheet.rows)
    sorter, data = RowSorter(header, sheet.merges), []
    for number in range(header.last + 1, len(rows)):
        rows[number], why = sorter.take(number, rows[number])
        if why is None:
            data.append(number)
        elif why is not LeftOut.EMPTY:
            left_out[number] = why
    return Structure(header, tuple(data), rows, left_out)


class RowSorter:
    """Says row by row, in their order, which belong to the table below a header."""

    def __init__(self, header: Header, merges: Sequence[Merge]) -> None:
        self._header = header
        self._downwards: dict[int, list[Merge]] = defaultdict(list)
        self._wide: set[int] = set()
        half = len(header.lowest) / 2
        for block in merges:
            top, left, bottom, right = block
            if top > header.last and bottom > top:
                self._downwards[top].append(block)
            if right - left + 1 > half:
                self._wide.add(top)
        self._held: list[tuple[int, int, Cell]] = []
        self._ditto, self._above = header.ditto, tuple[Cell, ...]()
        self._counted = header.serial.issuperset((0, 1))
        self._above_the_first = frozenset((header.headers[0], *header.headers[0].split(JOIN)))

    def take(self, number: int, row: Sequence[Cell]) -> tuple[Sequence[Cell], LeftOut | None]:
        """Return a row with what is merged down into it, and why it is no data (None where it is)."""
        row = self._filled(number, row)
        if self._ditto:
            row = self._as_above(row)
        why = _why_left_out(row, self._header, number in self._wide) if self._odd([row]) else None
        if self._ditto and why is None:
            self._above = tuple(row)
        return row, why

    def in_doubt(self, rows: Sequence[Sequence[Cell]]) -> Sequence[int]:
        """Return the places of those of the next rows that have to be taken; the others are data as they are."""
        if not self._ditto:
            # 同上 may stand in a ledger of thousands for the first time far below its header.
            self._ditto = any(not DITTO.isdisjoint(row) for row in rows)
            self._above = self._above if self._ditto or not rows else tuple(rows[-1])
        # What is merged downwards, or the same as above, is written into rows one after the other.
        return range(len(rows)) if self._downwards or self._ditto else self._odd(rows)

    def _odd(self, rows: Sequence[Sequence[Cell]]) -> Sequence[int]:
        """Return the places of rows that are not data at first sight, as nearly all of 100,000 are.

        Much is in those, and no odd word. A pattern takes ten times as long as to look for a letter of every such word.
        """
        if self._counted:
            return range(len(rows))
        above = self._above_the_first
        return [
            place
            for place, row in enumerate(rows)
            if len(row) - row.count(None) < _AT_FIRST_SIGHT
            or (first := row[0]) is None
            or (second := row[1]) is None
            or (
                (
                    "计" in (words := f"{first}\n{second}")
                    or "計" in words
                    or "o" in words
                    or "O" in words
                    # Before 汇总, as a spreadsheet writes it.
                    or " " in words
                )
                and _TOTAL_WORD.search(words)
            )
            or (isinstance(first, str) and (first if first.isalnum() else " ".join(first.split())) in above)
        ]

    def _as_above(self, row: Sequence[Cell]) -> Sequence[Cell]:
        above = (*self._above, *[None] * (len(row) - len(self._above)))
        return [above[place] if is_ditto(cell) else cell for place, cell in enumerate(row)]

    def _filled(self, number: int, row: Sequence[Cell]) -> Sequence[Cell]:
        """Write into a row what is merged downwards over it: one enterprise beside its three contacts."""
        if not self._held and number not in self._downwards:
            return row
        self._held = [one for one in self._held if one[0] >= number]
        filled = list(row)
        for _bottom, left, cell in self._held:
            if left < len(filled) and filled[left] is None:
                filled[left] = cell
        for _top, left, bottom, _right in self._downwards.get(number, ()):
            if left < len(filled):
                self._held.append((bottom, left, filled[left]))
        return filled


def _why_left_out(row: Sequence[Cell], header: Header, wide: bool) -> LeftOut | None:
    """Return why a row is no data; ``wide`` says that a block of most of the columns begins in it."""
    filled = [(column, cell) for column, cell in enumerate(row) if cell is not None]
    if not filled:
        return LeftOut.EMPTY
    if _is_subtotal([cell for _column, cell in filled]):
        return LeftOut.TOTAL
    if len(filled) <= 3 or any(isinstance(cell, str) and _TOTAL_WORD.search(cell) for _column, cell in filled[:2]):
        why = _by_words(filled, wide)
        if why is not None:
            return why
    if all(column in header.serial for column, _cell in filled):
        return LeftOut.EMPTY
    if _begins_a_section(filled, header):
        return LeftOut.HEADING
    again = len(filled) >= 2 and all(is_header_again(column, cell, header) for column, cell in filled)
    return LeftOut.HEADER if again else None


def _begins_a_section(filled: Sequence[tuple[int, Cell]], header: Header) -> bool:
    """Say whether a row is 一 beside 制造业项目(3个): a numeral that counts sections, and hardly anything else."""
    place, number = filled[0]
    counted = place in header.serial and isinstance(number, str) and _SECTION.fullmatch(number.strip()) is not None
    wide = sum(map(bool, header.headers)) >= _WIDE
    return (
        counted and wide and (len(filled) == 2 or (len(filled) == 3 and _SUMMED.search(str(filled[1][1])) is not None))
    )


def _by_words(filled: Sequence[tuple[int, Cell]], wide: bool) -> LeftOut | None:
    words = [simplified(as_text(cell)).strip() for _column, cell in filled[:2] if not isinstance(cell, date)]
    if any(_TOTAL.fullmatch("".join(word.split())) for word in words):
        return LeftOut.TOTAL
    if len(filled) <= 3 and words and _NOTE.fullmatch(words[0]):
        return LeftOut.NOTE
    if len(filled) > 1 or not words:
        return None
    if _HEADING.match(words[0]):
        return LeftOut.HEADING
    return LeftOut.NOTE if wide else None


def _is_subtotal(filled: Sequence[Cell]) -> bool:
    """Say whether a row names a group that was summed, and beside it holds numbers alone."""
    group, *sums = filled
    named = isinstance(group, str) and _SUBTOTAL.fullmatch(simplified(group).strip()) is not None
    return named and all(_NUMBER.fullmatch(as_text(cell)) for cell in sums)
