"""The page after GB/T 9704-2012, and the two forms made from it: duplex, and A4 lying for ledgers.

A4; 天头 37 mm, 订口 28 mm; text block 156 × 225 mm of 22 lines of 28 characters. 3号 is 16 pt, but 28 × 16 pt is wider
than 156 mm: 15.75 pt gives exactly 28. Page numbers 4号, 7 mm below the block, one character in from the outer side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from crm_app.briefs.content import Align, Sheet
from crm_app.briefs.marks import MM, Ink, Role
from crm_app.briefs.typeset import Style

SIZE = 15.75
PITCH = 28.99
FOLIO_SIZE = 14.0
CAPTION = Style(Role.HEAD, 12, 20, align="center")
NOTE = Style(Role.BODY, 10.5, 16.5)
FORM_TITLE = Style(Role.TITLE, 22, 36, align="center")
SUBTITLE = Style(Role.KAI, SIZE, PITCH, align="center")
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


def body(*, indent: bool = True) -> Style:
    """Return the style of running text: 3号, two characters of indent, closing points may hang."""
    return Style(Role.BODY, SIZE, PITCH, indent=2 * SIZE if indent else 0.0, hang=True, spaced=True)


def heading(level: int) -> Style:
    """Return the style of a heading: 一、黑体, (一)楷体, 1. bold and (1) body."""
    role = {1: Role.HEAD, 2: Role.KAI, 3: Role.BOLD}.get(level, Role.BODY)
    return Style(role, SIZE, PITCH, indent=2 * SIZE, align="left", spaced=True)


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
    mirrored: bool = False
    grid: float = PITCH
    """What blocks begin at multiples of: a line, or a point where the page is all rows of a table."""

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
    return Form(*_A4, 37 * MM, 28 * MM, 156 * MM, 22 * PITCH, mirrored=sheet is Sheet.DUPLEX)
