"""The page after GB/T 9704-2012, and the two forms made from it: duplex, and A4 lying for ledgers.

A4; 天头 37 mm, 订口 28 mm; text block 156 × 225 mm of 22 lines of 28 characters. 3号 is 16 pt, but 28 × 16 pt is wider
than 156 mm: 15.75 pt gives exactly 28. Page numbers 4号, 7 mm below the block, one character in from the outer side.
The standard is one of Chinese: on the same block a paper in English has 32 lines of 12 pt, as letters are read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from crm_app.briefs import fonts
from crm_app.briefs.content import Align, Sheet
from crm_app.briefs.marks import MM, Ink, Role
from crm_app.briefs.typeset import Style

SIZE, PITCH, LINES = 15.75, 28.99, 22
ENGLISH_SIZE, ENGLISH_LINES = 12.0, 32
FOLIO_SIZE = 14.0
CAPTION = Style(Role.HEAD, 12, 20, align="center")
NOTE = Style(Role.BODY, 10.5, 16.5)
MISSING = Style(Role.KAI, 12, 20, ink=Ink.RED)


@dataclass(frozen=True, slots=True)
class TableType:
    """What a table is set in: its cells, its header, and the points between its rules and a text."""

    cell: Style
    head: Style
    pad_x: float
    pad_y: float


TABLES = TableType(Style(Role.BODY, 10.5, 15.5, align="left"), Style(Role.HEAD, 10.5, 15, align="center"), 3.5, 2.5)
"""五号."""
FACTS = TableType(Style(Role.BODY, 12, 20, spaced=True), Style(Role.HEAD, 11, 20, align="center"), 3.5, 3.0)
"""小四: a form's labels and values."""
ANNEX = "annex"
"""The key of the section whose tables are looked up row by row, and set small."""
ANNEX_TABLES = TableType(Style(Role.BODY, 9, 13, align="left"), Style(Role.HEAD, 9, 13, align="center"), 3.0, 2.0)
"""小五: lists of rows that are looked up, not read."""


def size() -> float:
    """Return the size of running text in the language of the paper that is set, in points."""
    return ENGLISH_SIZE if fonts.in_english() else SIZE


def pitch() -> float:
    """Return from line to line of running text in the language of the paper that is set, in points."""
    return LINES * PITCH / ENGLISH_LINES if fonts.in_english() else PITCH


def title() -> Style:
    """Return the style of a title: 2号."""
    points, line = (18, 30) if fonts.in_english() else (22, 36)
    return Style(Role.TITLE, points, line, align="center")


def subtitle() -> Style:
    """Return the style of the line under a title."""
    return Style(Role.KAI, size(), pitch(), align="center")


def body(*, indent: bool = True) -> Style:
    """Return the style of running text: 3号, two characters of indent, closing points may hang."""
    return Style(Role.BODY, size(), pitch(), indent=2 * size() if indent else 0.0, hang=True, spaced=True)


def heading(level: int) -> Style:
    """Return the style of a heading: 一、黑体, (一)楷体, 1. bold and (1) body."""
    role = {1: Role.HEAD, 2: Role.KAI, 3: Role.BOLD}.get(level, Role.BODY)
    return Style(role, size(), pitch(), indent=2 * size(), align="left", spaced=True)


def aligned(style: Style, align: Align) -> Style:
    """Return ``style`` set to one side or centred, without indent."""
    return replace(style, align=align, indent=0.0)


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet and its text block, in points."""

    width: float
    height: float
    top: float
    left: float
    block_width: float
    block_height: float
    grid: float
    """What blocks begin at multiples of: a line, or a point where the page is all rows of a table."""
    mirrored: bool = False

    def left_of(self, page: int) -> float:
        """Return the block's left edge on ``page`` (from 1): the binding side changes when printed on both sides."""
        return self.width - self.left - self.block_width if self.mirrored and page % 2 == 0 else self.left

    @property
    def bottom(self) -> float:
        """The lower edge of the text block."""
        return self.top + self.block_height


_A4 = (210 * MM, 297 * MM)


def form(sheet: Sheet) -> Form:
    """Return the form of ``sheet``."""
    if sheet is Sheet.LEDGER:
        return Form(_A4[1], _A4[0], 24 * MM, 15 * MM, 267 * MM, 168 * MM, grid=1.0)
    return Form(*_A4, 37 * MM, 28 * MM, 156 * MM, LINES * PITCH, grid=pitch(), mirrored=sheet is Sheet.DUPLEX)
