"""Pages being filled from the top down, on the grid of lines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from crm_app.briefs import forms
from crm_app.briefs.forms import TABLES, Form
from crm_app.briefs.marks import Mark, moved
from crm_app.briefs.structure import Element, Tag
from crm_app.briefs.typeset import SetLine
from crm_app.briefs.widths import Widths


@dataclass
class Page:
    """The marks of one page; ``numbered`` is False on a cover, on a blank page, and on 版记 behind one."""

    marks: list[Mark] = field(default_factory=list)
    numbered: bool = True
    parts: list[tuple[int, Element | None]] = field(default_factory=list)
    """At which mark an element begins, or goes on; None for what is only furniture."""

    def add(self, marks: Iterable[Mark], element: Element | None = None) -> None:
        """Append marks that belong to an element, or to none."""
        if not self.parts or self.parts[-1][1] is not element:
            self.parts.append((len(self.marks), element))
        self.marks += marks


@dataclass(frozen=True, slots=True)
class Box:
    """Where a text of a block stands on a page (from 0), in points from its top left corner.

    ``part`` is what editing.py calls the text, "" the one a block has; a row of a table is told by its number and the
    ``edges`` of its cells, and has no part.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    block: int
    part: str = ""
    row: int = -1
    edges: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline: where a heading stands. ``page`` counts from 0."""

    level: int
    text: str
    page: int
    y: float


class Flow:
    """Where the next block goes. ``y`` is measured from the top of the sheet, in points."""

    def __init__(self, form: Form, blocks: Iterable[object] = ()) -> None:
        self.form = form
        self.widths = Widths(blocks)
        self.pages = [Page()]
        self.outline: list[Entry] = []
        self.y = form.top
        self.tail = 0.0
        """What must stand on the page of the last line of the block being placed: a signature is never alone."""
        self.tables = TABLES
        """What tables are set in: smaller in an annex."""
        self.root = Element(Tag.DOCUMENT)
        self._element = self.root
        self.block = -1
        """The number of the block being placed; -1 is the paper's own title."""
        self.boxes: list[Box] = []
        self._part: str | None = None

    @property
    def width(self) -> float:
        """The measure."""
        return self.form.block_width

    @property
    def left(self) -> float:
        """The text block's left edge on this page."""
        return self.form.left_of(len(self.pages))

    @property
    def room(self) -> float:
        """What is left of this page's text block, in points."""
        return self.form.bottom - self.y

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on this page yet."""
        return not self.pages[-1].marks

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        self.pages.append(Page())
        self.y = self.form.top

    def break_page(self, *, odd: bool = False) -> None:
        """Begin a page unless this one is empty; with ``odd`` a right-hand one, leaving the back blank."""
        if not self.fresh:
            self.new_page()
        if odd and len(self.pages) % 2 == 0:
            self.pages[-1].numbered = False
            self.new_page()

    def need(self, height: float) -> bool:
        """Go to the next page if ``height`` does not fit here; return whether it did so."""
        if height <= self.room + 0.01 or self.y == self.form.top:
            return False
        self.new_page()
        return True

    def snap(self, gap: float = 0.0) -> None:
        """Go down to the next line of the grid, at least ``gap`` points."""
        grid = self.form.grid
        lines = math.ceil((self.y + gap - self.form.top) / grid - 1e-3)
        self.y = self.form.top + max(lines, 0) * grid

    @contextmanager
    def tagged(self, tag: Tag, told: str = "") -> Iterator[None]:
        """Let what is put meanwhile be an element of the document; ``told`` is said for what is only seen."""
        outer = self._element
        self._element = outer.begin(tag, told)
        yield
        self._element = outer

    @contextmanager
    def saying(self, part: str = "") -> Iterator[None]:
        """Note where the lines set meanwhile stand, as a text of the block being placed."""
        outer, self._part = self._part, part
        yield
        self._part = outer

    def note(self, height: float, *, x: float = 0.0, width: float = 0.0, part: str = "") -> None:
        """Note that a text stands from ``y`` down, ``x`` from the block's left edge, over the measure unless told."""
        page, across = len(self.pages) - 1, width or self.width
        self.boxes.append(Box(page, self.left + x, self.y, across, height, self.block, part))

    def note_row(self, height: float, row: int, edges: Sequence[float]) -> None:
        """Note that a row of a table stands from ``y`` down."""
        page = len(self.pages) - 1
        self.boxes.append(Box(page, self.left, self.y, edges[-1], height, self.block, "", row, edges))

    def put(self, marks: Iterable[Mark]) -> None:
        """Place marks given relative to the block's left edge and to ``y``."""
        self.pages[-1].add([moved(mark, self.left, self.y) for mark in marks], self._element)

    def put_in_place(self, marks: Iterable[Mark]) -> None:
        """Place marks that are given as they stand on the sheet: nothing of them is made twice."""
        self.pages[-1].add(marks, self._element)

    def decorate(self, marks: Iterable[Mark]) -> None:
        """Place marks that say nothing to who does not see them: rules, a header that is repeated."""
        self.pages[-1].add([moved(mark, self.left, self.y) for mark in marks])

    def lines(self, lines: Sequence[SetLine], *, keep: int = 0, tail: float = 0.0) -> None:
        """Set lines, breaking between them but never leaving the first or the last alone on a page.

        ``keep`` lines of the grid are wanted below them on the same page: a heading stays with its text. Below the last
        line ``tail`` points are wanted; where they are not free, the last two lines go over with what they hold.
        """
        if keep and lines:
            self.need(len(lines) * lines[0].style.pitch + keep * forms.pitch())
        rest = list(lines)
        while rest:
            pitch = rest[0].style.pitch
            count = min(int((self.room + 0.01) // pitch), len(rest))
            if len(rest) - count == 1:
                count -= 1
            if count == len(rest) and self.room - count * pitch < tail and (count > 3 or self.y > self.form.top):
                count = count - 2 if count > 3 else 0
            if count < min(2, len(rest)):
                count = 0 if self.y > self.form.top else len(rest)
            if count and self._part is not None:
                self.note(sum(line.style.pitch for line in rest[:count]), part=self._part)
            for line in rest[:count]:
                self.put(line.marks(0, 0))
                self.y += pitch
            rest = rest[count:]
            if rest:
                self.new_page()
