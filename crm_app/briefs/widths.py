"""How wide the columns of a table are: by what stands in them, so that every cell takes about as many lines.

A column is never narrower than its longest word, and takes no more than its longest text. What is left where all texts
fit is shared out; where they do not, the columns are filled alike. The shares of the content hold for what is empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from crm_app.briefs.content import Cell, Column, Table
from crm_app.briefs.forms import TableType
from crm_app.briefs.linebreak import fragments, words_of
from crm_app.briefs.typeset import text_width
from crm_app.i18n import _

_LOOKED_AT = 120
"""Rows that tell how long the texts of a table are, spread over all of them."""
_FEW_CHARACTERS = 7
"""Chinese may be divided anywhere, but a month, a stage or a name of up to so many is not."""
_FEWEST_CHARACTERS = 4
"""A person's name, a stage: never divided."""
_FEW_LETTERS = 9
"""Of a Latin text that stands on one line: Jan 2023."""
_DAY = re.compile(r"[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}([.-])[0-9]{1,2}\1[0-9]{1,2}(?:（[^（）]{1,4}）| \([^()]{1,8}\))")
"""5月29日, 2023.5.29（逾期）, 2023-05-29 (overdue): in two lines it would make every row of a list twice as high."""
_LARGEST_LEAST = 0.4
"""Of the whole: a longer word is divided."""
_BESIDE = 2
"""Characters of a title that do not stand under one another: 序号, 我方 over 人员."""
_USUAL = 0.9
"""The part of the texts that are no longer than what a column is made for: one long text does not narrow the others."""
_FEW_LINES, _MOST_LINES = 3.5, 60.0
"""Lines of a row up to which short texts stay whole, and more than any row has."""
_SPARE = 0.4
"""Points that keep a text which just fits from being divided by a rounding."""

_Measure = Callable[[str], float]


def header(column: Column) -> str:
    """Return a column's title, with its unit under it."""
    if not column.unit:
        return column.title
    return _("{title}\n({unit})").format(title=column.title, unit=column.unit)


def on_one_line(title: str) -> str:
    """Return a title with its unit behind it: Chinese has no space before the bracket."""
    before, feed, unit = title.partition("\n")
    return title if not feed else f"{before}{unit}" if before[-1:] >= "\u2e80" else f"{before} {unit}"


class Widths:
    """How wide the columns of a paper's tables are; tables of the same columns are set alike."""

    def __init__(self, blocks: Iterable[object]) -> None:
        self._rows: dict[tuple[Column, ...], list[tuple[Cell, ...]]] = {}
        self._found: dict[tuple[tuple[Column, ...], TableType, float], list[float]] = {}
        for block in blocks:
            if isinstance(block, Table):
                # The last row has the longest number.
                rows = (*block.rows[:: len(block.rows) // _LOOKED_AT + 1], *block.rows[-1:])
                self._rows.setdefault(block.columns, []).extend([*rows, block.total] if block.total else rows)

    def of(self, columns: tuple[Column, ...], kind: TableType, width: float) -> list[float]:
        """Return the widths of ``columns`` set in ``kind``, the room beside a text included; they sum to ``width``."""
        known = self._found.get((columns, kind, width))
        if known is None:
            known = self._found[columns, kind, width] = _widths(columns, self._rows.get(columns, []), kind, width)
        return known


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], kind: TableType, width: float) -> list[float]:
    whole = sum(column.width for column in columns)
    room = width - 2 * kind.pad_x * len(columns)
    cell, head = (partial(text_width, style=style) for style in (kind.cell, kind.head))
    claims = [
        _claim(column, [row[at].text for row in rows], room, column.width / whole, cell, head)
        for at, column in enumerate(columns)
    ]
    return [inner + 2 * kind.pad_x for inner in _shared(claims, room)]


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a column asks for, in points.

    At ``least``, or a word is torn; ``easily``, or a short text is divided; at ``most``, and ``beside`` with its unit
    behind its title; its texts are of the ``usual`` length.
    """

    least: float
    easily: float
    most: float
    beside: float
    usual: float

    def in_lines(self, lines: float) -> float:
        """Return the width for about so many lines; short texts are divided beside long ones only."""
        floor = self.easily if lines <= _FEW_LINES else max(self.least, self.easily / 2)
        return min(max(self.usual / lines, floor), self.most)


def _claim(column: Column, texts: Sequence[str], room: float, share: float, cell: _Measure, head: _Measure) -> _Claim:
    lines = [line for text in texts for line in text.split("\n")]
    lengths = [cell(line) for line in lines]
    longest = max(lengths, default=0.0) or share * room
    titles = header(column).split("\n")
    words = [
        *(cell(word) for line in set(lines) for word in _undivided(line)),
        *(head(word) for title in titles for word in words_of(title)),
    ]
    words.append(head(column.title[:_BESIDE]))
    least = min(max(words, default=0.0), _LARGEST_LEAST * room)
    two_lines = min(head(column.title), max(head(column.title) / 2, head("国国国")))
    easily = max(least, min(cell("国" * _FEW_CHARACTERS), longest), two_lines, *map(head, titles[1:]))
    usual = sorted(lengths)[int(_USUAL * len(lengths))] if any(lengths) else longest
    most = max(longest, easily, *map(head, titles))
    beside = max(most, head(on_one_line(header(column))))
    return _Claim(least + _SPARE, easily + _SPARE, most + _SPARE, beside + _SPARE, max(usual, least))


def _undivided(line: str) -> list[str]:
    """Return the pieces of a text that are torn only where nothing else helps.

    An amount, a short text, and a day with what is said of it are one.
    """
    short = len(line) <= (_FEW_LETTERS if line.isascii() else _FEWEST_CHARACTERS)
    return [line] if short or _DAY.fullmatch(line) else fragments(line)


def _shared(claims: Sequence[_Claim], room: float) -> list[float]:
    """Share ``room`` out: to each what it asks for at most where that fits, else for as few lines as can be."""
    least, most = sum(one.least for one in claims), sum(one.most for one in claims)
    beside = sum(one.beside for one in claims)
    if least >= room:
        return [one.least * room / least for one in claims]
    if beside <= room:
        return [one.beside * room / beside for one in claims]
    if most <= room:
        return [one.most * room / most for one in claims]
    lines, given = 1.0, [one.most for one in claims]
    while sum(given) > room and lines < _MOST_LINES:
        lines *= 1.1
        given = [one.in_lines(lines) for one in claims]
    if sum(given) > room:
        return [
            one.least + (points - one.least) * (room - least) / (sum(given) - least)
            for one, points in zip(claims, given, strict=True)
        ]
    wanted = sum(one.most for one in claims) - sum(given)
    return [
        points + (one.most - points) * (room - sum(given)) / wanted for one, points in zip(claims, given, strict=True)
    ]
