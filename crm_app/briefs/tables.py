"""Tables and forms on a page: they break between rows, repeat their header, and keep the total with the last row.

Paging is our own: reportlab's tables grow worse than linearly past some thousand rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from crm_app.briefs import forms
from crm_app.briefs.content import Cell, Fact, KeyValue, Run, Table, fact_part
from crm_app.briefs.flow import Flow
from crm_app.briefs.forms import TableType
from crm_app.briefs.furniture import balanced
from crm_app.briefs.marks import Ink, Line, Mark, Rect, Role
from crm_app.briefs.structure import Tag
from crm_app.briefs.typeset import SetLine, set_runs, set_text, text_width
from crm_app.briefs.widths import header, on_one_line

_RULE = 0.5
_FRAME = 0.9
_MOST_KEPT_WHOLE = 14
_LARGEST_KEPT_WHOLE = 0.55
"""A table of few rows is not divided where it takes no more than this part of a page."""
_LARGEST_BLANK = 0.25
"""Of a page: a table that would leave more of it empty is divided after all."""
_NEVER_DIVIDED = 3
"""Rows: of so few one would be left alone under its header."""
_ROWS_BEGUN = 3
_TALL_ROWS_BEGUN = 2
"""Rows that a table which is divided begins with: fewer where each has several lines."""
_MOST_TAGGED = 100
"""Rows of a table whose every cell is an element of the document; of a longer one only the rows are."""

_Set = Sequence[Sequence[SetLine]]


def draw_table(flow: Flow, table: Table) -> None:
    """Place ``table`` with its caption above and its note below."""
    _TableSetter(flow, table).draw()


def table_start(flow: Flow, table: Table, above: float = 0.0) -> float:
    """Return what ``table`` needs on the page it begins on: whole where it is small, else its caption and some rows.

    ``above`` is what comes before it on the same page.
    """
    return _TableSetter(flow, table).start(above)


class _TableSetter:
    """One table being placed; widths and header are worked out once."""

    def __init__(self, flow: Flow, table: Table) -> None:
        self._flow, self._table = flow, table
        self._type = flow.tables
        self._widths = flow.widths.of(table.columns, flow.tables, flow.width)
        self._edges = [0.0, *accumulate(self._widths)]
        self._header = self._titles()
        self._caption = set_text(table.caption, forms.CAPTION, flow.width) if table.caption else []
        self._styles = [replace(self._type.cell, align=column.align) for column in table.columns]
        self._total = self._row(table.total, bold=True) if table.total else []
        self._top = flow.y
        """Where the rows on this page begin."""
        self._note = set_text(table.note, forms.NOTE, flow.width) if table.note else []

    def draw(self) -> None:
        """Place it row by row: only one row is ever set at a time, so that a long ledger stays cheap."""
        flow, rows = self._flow, self._table.rows
        tail = self._tail()
        flow.need(self.start())
        with flow.tagged(Tag.TABLE):
            if self._caption:
                with flow.tagged(Tag.CAPTION), flow.saying("caption"):
                    flow.lines(self._caption)
            self._top = flow.y
            self._place(self._header, Tag.HEAD, wash=True, top=True)
            for number, cells in enumerate(rows):
                row = self._row(cells)
                self._draw_row(row, number, self._height(row) + self._after(number, tail))
            if not rows:
                self._draw_span(self._table.empty)
            if self._total:
                self._draw_row(self._total, len(rows), tail, wash=True)
            self._rule_columns()
        if self._note:
            flow.y += 3
            with flow.tagged(Tag.PARAGRAPH), flow.saying("note"):
                flow.lines(self._note)

    def start(self, above: float = 0.0) -> float:
        """Return the height its first page has to offer, ``above`` being taken there by what comes before it."""
        rows, block = self._table.rows, self._flow.form.block_height
        whole = self.whole() if len(rows) <= _MOST_KEPT_WHOLE else math.inf
        blank = self._flow.room - above
        kept = blank <= block * _LARGEST_BLANK or len(rows) <= _NEVER_DIVIDED
        if whole <= blank or (kept and whole <= block * _LARGEST_KEPT_WHOLE):
            return min(whole, block)
        return min(self._above() + self._begun(), block)

    def _begun(self) -> float:
        """Return the height of the rows it begins with where it is divided."""
        heights = [self._height(self._row(cells)) for cells in self._table.rows[:_ROWS_BEGUN]]
        tall = all(height >= 2 * self._type.cell.pitch for height in heights[:_TALL_ROWS_BEGUN])
        return sum(heights[: _TALL_ROWS_BEGUN if tall else _ROWS_BEGUN])

    def whole(self) -> float:
        """Return the height of all of it."""
        rows = sum(self._height(self._row(cells)) for cells in self._table.rows) or self._type.cell.pitch
        return self._above() + rows + self._tail()

    def _above(self) -> float:
        """Return what stands above the rows: caption and header."""
        return sum(line.style.pitch for line in self._caption) + self._height(self._header)

    def _height(self, row: _Set) -> float:
        return _height(row, self._type.pad_y)

    def _tail(self) -> float:
        """Return what stands with the last row: the total, the note, and what must follow on the same page."""
        note = sum(line.style.pitch for line in self._note) + (3 if self._note else 0)
        return (self._height(self._total) if self._total else 0.0) + note + self._flow.tail

    def _after(self, number: int, tail: float) -> float:
        """Return what is wanted below a row: the last one keeps the total and the note, and is never alone."""
        rows = self._table.rows
        if number == len(rows) - 1:
            return tail
        return self._height(self._row(rows[-1])) + tail if number == len(rows) - 2 else 0.0

    def _titles(self) -> list[list[SetLine]]:
        """Return the header: units behind the titles where all of them have room there, else under them."""
        style, measures = self._type.head, [width - 2 * self._type.pad_x for width in self._widths]
        stacked = [header(column) for column in self._table.columns]
        beside = [on_one_line(title) for title in stacked]
        fits = all(text_width(title, style) <= room for title, room in zip(beside, measures, strict=True))
        return [
            # A title on two lines is divided in its middle: 引进 over 类别, not 引进类 over 别.
            set_text(title, style, room) if fits or "\n" in title else balanced(title, style, room)
            for title, room in zip(beside if fits else stacked, measures, strict=True)
        ]

    def _row(self, cells: Sequence[Cell], *, bold: bool = False) -> list[list[SetLine]]:
        styles = [replace(style, role=Role.BOLD) for style in self._styles] if bold else self._styles
        return [
            set_runs((Run(cell.text, missing=cell.missing, rows=cell.rows),), style, width - 2 * self._type.pad_x)
            for cell, style, width in zip(cells, styles, self._widths, strict=True)
        ]

    def _repeat_header(self) -> None:
        self._rule_columns()
        self._flow.new_page()
        self._top = self._flow.y
        self._flow.decorate(
            [
                *_ruled(self._edges, self._height(self._header), wash=True),
                *_words(self._header, self._edges, self._type, 0.0, 0.0),
            ]
        )
        self._flow.y += self._height(self._header)

    def _rule_columns(self) -> None:
        """Draw the rules between the columns, of all rows of this page at once."""
        self._flow.decorate(_upright(self._edges, self._top - self._flow.y, 0.0))

    def _draw_row(self, row: _Set, number: int, wanted: float, *, wash: bool = False) -> None:
        """Place a row where ``wanted`` points are free; one taller than a page is divided between its lines."""
        full = self._flow.form.block_height - self._height(self._header)
        if wanted <= full:
            if wanted > self._flow.room + 0.01:
                self._repeat_header()
            self._place_row(row, number, wash=wash)
            return
        pitch = self._type.cell.pitch
        if self._flow.room < self._height(self._header) + 3 * pitch:
            self._repeat_header()
        count = int((self._flow.room - 2 * self._type.pad_y) // pitch)
        self._place_row([cell[:count] for cell in row], number, wash=wash)
        rest = [cell[count:] for cell in row]
        if any(rest):
            self._draw_row(rest, number, self._height(rest), wash=wash)

    def _place_row(self, row: _Set, number: int, *, wash: bool) -> None:
        self._flow.note_row(self._height(row), number, self._edges)
        self._place(row, Tag.CELL, wash=wash)

    def _draw_span(self, text: str) -> None:
        """Say in one cell across the table that there are no rows."""
        lines = set_text(text, replace(self._type.cell, align="center"), self._flow.width - 2 * self._type.pad_x)
        # One cell over all columns: the rules of those above end here.
        self._rule_columns()
        _put_row(self._flow, [lines], [0.0, self._flow.width], (Tag.CELL,), self._type)
        self._flow.decorate(_upright([0.0, self._flow.width], 0.0, self._height([lines])))
        self._top = self._flow.y + self._height([lines])
        self._flow.y += self._height([lines])

    def _place(self, row: _Set, tag: Tag, *, wash: bool = False, top: bool = False) -> None:
        tags = (tag,) * len(row) if len(self._table.rows) <= _MOST_TAGGED else ()
        _put_row(self._flow, row, self._edges, tags, self._type, wash=wash, top=top)
        self._flow.y += self._height(row)


def _height(row: _Set, pad: float) -> float:
    """Return the height of a set row: its tallest cell and the room above and below."""
    return max(map(_tall, row), default=0.0) + 2 * pad


def _tall(cell: Sequence[SetLine]) -> float:
    """Return the height of a cell's lines: nearly every one of a ledger has a single line."""
    return cell[0].style.pitch if len(cell) == 1 else sum(line.style.pitch for line in cell)


def _put_row(
    flow: Flow,
    row: _Set,
    edges: Sequence[float],
    tags: Sequence[Tag],
    kind: TableType,
    *,
    wash: bool = False,
    top: bool = True,
) -> None:
    """Place a ruled row at the flow's place; each cell is what ``tags`` says, or the row alone an element."""
    height = _height(row, kind.pad_y)
    flow.decorate(_ruled(edges, height, wash=wash, top=top))
    with flow.tagged(Tag.ROW):
        if not tags:
            flow.put_in_place(_words(row, edges, kind, flow.left, flow.y))
            return
        for cell, left, tag in zip(row, edges[:-1], tags, strict=True):
            with flow.tagged(tag):
                flow.put(_cell_words(cell, left + kind.pad_x, height))


def _ruled(edges: Sequence[float], height: float, *, wash: bool = False, top: bool = True) -> list[Mark]:
    """Return the ground and the rules above and below a row whose top left corner is (0, 0).

    ``top`` rules its upper edge too, which the row above has done otherwise.
    """
    marks: list[Mark] = [Rect(0, 0, edges[-1], height, Ink.WASH)] if wash else []
    marks += [Line(0, y, edges[-1], y, _RULE) for y in ((0.0, height) if top or wash else (height,))]
    return marks


def _upright(edges: Sequence[float], top: float, foot: float) -> list[Mark]:
    """Return the rules beside and between cells, from ``top`` to ``foot``."""
    return [Line(x, top, x, foot, _FRAME if x in (edges[0], edges[-1]) else _RULE) for x in edges]


def _words(row: _Set, edges: Sequence[float], kind: TableType, left: float, top: float) -> Iterator[Mark]:
    """Yield the text of all cells of a row whose top left corner is (left, top)."""
    height = _height(row, kind.pad_y)
    for cell, edge in zip(row, edges[:-1], strict=True):
        yield from _cell_words(cell, left + edge + kind.pad_x, height, top)


def _cell_words(cell: Sequence[SetLine], left: float, height: float, top: float = 0.0) -> Iterator[Mark]:
    """Yield a cell's text from ``left``, in the middle of the height of its row that begins at ``top``."""
    y = top + (height - _tall(cell)) / 2
    for line in cell:
        yield from line.marks(left, y)
        y += line.style.pitch


def draw_facts(flow: Flow, block: KeyValue) -> None:
    """Place a form of facts, two to a row unless wide; a tall value goes on over the page."""
    with flow.tagged(Tag.TABLE):
        for group in in_rows(block.facts):
            row, edges = _fact_row(flow.width, group)
            _draw_fact_row(flow, row, edges, [fact_part(fact) for fact in group])


def _fact_row(width: float, group: Sequence[Fact]) -> tuple[list[list[SetLine]], list[float]]:
    """Return a row of a form, label and value in turn, and the edges of its cells."""
    label = 0.17 * width
    edges = [0.0, label, width] if len(group) == 1 else [0.0, label, width / 2, width / 2 + label]
    edges = edges if len(group) == 1 else [*edges, width]
    row: list[list[SetLine]] = []
    for fact, left in zip(group, range(1, len(edges), 2), strict=False):
        row.append(balanced(fact.label, forms.FACTS.head, label - 2 * forms.FACTS.pad_x))
        measure = edges[left + 1] - edges[left] - 2 * forms.FACTS.pad_x
        # Half a line is too short to be spread.
        style = forms.FACTS.cell if len(group) == 1 else replace(forms.FACTS.cell, align="left")
        value = set_runs(fact.runs, style, measure)
        row.append(value + set_text("", style, measure) * max(fact.lines - len(value), 0))
    return row, edges


def facts_start(flow: Flow, block: KeyValue) -> float:
    """Return what a form needs on the page it begins on: its first row, or four lines of a tall one."""
    first = in_rows(block.facts)[:1]
    height = max((_height(_fact_row(flow.width, group)[0], forms.FACTS.pad_y) for group in first), default=0.0)
    return min(height, 4 * forms.FACTS.cell.pitch)


def facts_height(width: float, block: KeyValue) -> float:
    """Return the height of a whole form in a measure ``width`` points wide."""
    return sum(_height(_fact_row(width, group)[0], forms.FACTS.pad_y) for group in in_rows(block.facts))


def _draw_fact_row(flow: Flow, row: list[list[SetLine]], edges: Sequence[float], parts: Sequence[str]) -> None:
    pitch = forms.FACTS.cell.pitch
    height = _height(row, forms.FACTS.pad_y)
    if height > flow.room and (height <= flow.form.block_height / 3 or flow.room < 4 * pitch):
        flow.need(height)
    tags = [Tag.CELL if i % 2 else Tag.HEAD for i in range(len(row))]
    while any(row[1::2]):
        count = max(int((flow.room - 2 * forms.FACTS.pad_y) // pitch), 1)
        part = [cell[:count] if i % 2 else cell for i, cell in enumerate(row)]
        _put_row(flow, part, edges, tags, forms.FACTS)
        for number, name in enumerate(parts):
            left, right = edges[2 * number], edges[2 * number + 2]
            flow.note(_height(part, forms.FACTS.pad_y), x=left, width=right - left, part=name)
        flow.decorate(_upright(edges, 0.0, _height(part, forms.FACTS.pad_y)))
        flow.y += _height(part, forms.FACTS.pad_y)
        row = [cell[count:] if i % 2 else cell for i, cell in enumerate(row)]
        if any(row[1::2]):
            flow.new_page()


def in_rows(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Return the facts of a form row by row: two beside one another unless wide."""
    groups: list[list[Fact]] = []
    for fact in facts:
        if not fact.wide and groups and len(groups[-1]) == 1 and not groups[-1][0].wide:
            groups[-1].append(fact)
        else:
            groups.append([fact])
    return groups
