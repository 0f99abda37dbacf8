"""What the marks of a page are to a reader who does not see it: the tree of a tagged PDF (ISO 32000-1, 14.8).

Layout says it while it places blocks; tagging.py writes it. What is no text of the paper (rules, page numbers, a header
that is repeated) belongs to no element.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Tag(StrEnum):
    """The standard's names of what a paper is made of; the title of a paper is its H1, 一、 is H2."""

    DOCUMENT = "Document"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    H4 = "H4"
    H5 = "H5"
    PARAGRAPH = "P"
    CAPTION = "Caption"
    TABLE = "Table"
    ROW = "TR"
    HEAD = "TH"
    CELL = "TD"
    FIGURE = "Figure"


HEADINGS = (Tag.H1, Tag.H2, Tag.H3, Tag.H4, Tag.H5)
"""By the level of a heading."""


@dataclass(eq=False, slots=True)
class Element:
    """A node; ``told`` is said in place of what is only seen: a chart, a photo, a code."""

    tag: Tag
    told: str = ""
    kids: list[Element] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    """Page (from 0) and number within it of each stretch of marks; filled in as the pages are painted."""

    def begin(self, tag: Tag, told: str = "") -> Element:
        """Return a new node as the last below this one."""
        made = Element(tag, told)
        self.kids.append(made)
        return made
