"""What a laid-out page is made of: text, lines and rectangles, for the PDF painter and the screen painter alike.

Lengths are points (1/72 inch); x runs right and y runs down from the top left corner, and text stands on its baseline.
A mark may carry the ids of the rows its figure stands on, so that a preview can drill down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

MM = 72 / 25.4

Rows: TypeAlias = tuple[UUID, ...]


class Role(StrEnum):
    """What a piece of text is, typographically; fonts.py says which face serves it."""

    BODY = "body"
    BOLD = "bold"
    TITLE = "title"
    HEAD = "head"
    KAI = "kai"
    LABEL = "label"


class Ink(StrEnum):
    """The few colours a paper is printed in."""

    BLACK = "#000000"
    GREY = "#555555"
    PALE = "#d0d0d0"
    WASH = "#eef0f3"
    BAR = "#4a5a6e"
    THEN = "#8c97a3"
    TRACK = "#e3e7ec"
    RED = "#d0021b"


@dataclass(frozen=True, slots=True)
class Text:
    """Text whose left end stands at (x, y); ``spacing`` points are added after each character."""

    x: float
    y: float
    text: str
    role: Role
    size: float
    ink: Ink = Ink.BLACK
    spacing: float = 0.0
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line, ``width`` points thick."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.5
    ink: Ink = Ink.BLACK


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle with (x, y) as its top left corner."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of ``across`` × ``down`` pixels as JPEG, its top left corner at (x, y)."""

    x: float
    y: float
    width: float
    height: float
    jpeg: bytes
    across: int
    down: int
    rows: Rows = ()


Mark: TypeAlias = Text | Line | Rect | Picture


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """Return the mark shifted by (dx, dy)."""
    match mark:
        case Text(x, y, text, role, size, ink, spacing, rows):
            return Text(x + dx, y + dy, text, role, size, ink, spacing, rows)
        case Line(x1, y1, x2, y2, width, ink):
            return Line(x1 + dx, y1 + dy, x2 + dx, y2 + dy, width, ink)
        case Rect(x, y, width, height, ink, rows):
            return Rect(x + dx, y + dy, width, height, ink, rows)
        case Picture():
            return replace(mark, x=mark.x + dx, y=mark.y + dy)
