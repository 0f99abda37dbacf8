"""Where things stand on the pages of a paper: its figures with their rows, its texts with what a hand would change.

A preview leads from a place on a page to the rows below a figure, to a text in the editor of texts, to a record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crm_app.briefs import fonts
from crm_app.briefs.content import Cell, Gap, Paper, Table
from crm_app.briefs.editing import Place, cell_part, named_rows, own_part, places
from crm_app.briefs.flow import Box
from crm_app.briefs.layout import Layout, lay_out
from crm_app.briefs.marks import Line, Picture, Rect, Rows, Text


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A figure's place on a page (from 0), in points from its top left corner, and the rows it stands on."""

    page: int
    x: float
    y: float
    width: float
    height: float
    rows: Rows


@dataclass(frozen=True, slots=True)
class Area:
    """What a place on a page (from 0) says, in points from its top left corner: one of three.

    ``place`` is a text that may be changed, ``row`` the record that a row of a table is about, ``gap`` what is missing.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    place: Place | None = None
    row: Rows = ()
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of a paper and its texts, each with its place."""

    figures: tuple[Hotspot, ...]
    areas: tuple[Area, ...]


def standing(paper: Paper, drafted: Paper, origins: Sequence[int]) -> Standing:
    """Return what stands where in ``paper``, its texts by their names in ``drafted``.

    ``origins`` gives the number in ``drafted`` of each block of ``paper``.
    """
    layout = lay_out(paper)
    return Standing(tuple(_figures(layout)), tuple(_areas(layout, drafted, origins)))


def _figures(layout: Layout) -> Iterator[Hotspot]:
    for number, page in enumerate(layout.pages):
        for mark in page.marks:
            if not isinstance(mark, Line) and mark.rows:
                yield _spot(number, mark)


def _spot(page: int, mark: Text | Rect | Picture) -> Hotspot:
    if not isinstance(mark, Text):
        return Hotspot(page, mark.x, mark.y, mark.width, mark.height, mark.rows)
    width = fonts.text_width(mark.text, mark.role, mark.size) + mark.spacing * len(mark.text)
    return Hotspot(page, mark.x, mark.y - mark.size, width, 1.25 * mark.size, mark.rows)


def _areas(layout: Layout, drafted: Paper, origins: Sequence[int]) -> Iterator[Area]:
    texts = {(place.index, place.part): place for place in places(drafted)}
    tables: dict[int, list[tuple[str, tuple[Cell, ...]]]] = {}
    for box in layout.boxes:
        number = origins[box.block] if box.block >= 0 else -1
        block = drafted.blocks[number] if number >= 0 else None
        if isinstance(block, Table) and box.row >= 0:
            rows = tables.setdefault(number, list(named_rows(block)))
            yield from _row_areas(box, block, rows[box.row], number, texts)
        elif isinstance(block, Gap):
            yield _at(box, gap=block)
        elif (number, box.part or own_part(block)) in texts:
            yield _at(box, place=texts[number, box.part or own_part(block)])


def _row_areas(
    box: Box, table: Table, row: tuple[str, tuple[Cell, ...]], number: int, texts: dict[tuple[int, str], Place]
) -> Iterator[Area]:
    name, cells = row
    record = _record_of(table, cells)
    own = [cell.rows if len(cell.rows) == 1 else record for cell in cells] if record else [()] * len(cells)
    if record and len(set(own)) == 1:
        yield _at(box, row=record)
        return
    for column, rows, (left, right) in zip(table.columns, own, pairwise(box.edges), strict=True):
        place = None if rows else texts[number, cell_part(name, column)]
        yield Area(box.page, box.x + left, box.y, right - left, box.height, place, rows)


def _record_of(table: Table, cells: Sequence[Cell]) -> Rows:
    """Return the record a row of a table is about: the first that it names, in words; one it only counts is none."""
    named = (c.rows for column, c in zip(table.columns, cells, strict=True) if column.align == "left")
    return next((rows for rows in named if len(rows) == 1), ())


def _at(box: Box, place: Place | None = None, row: Rows = (), gap: Gap | None = None) -> Area:
    return Area(box.page, box.x, box.y, box.width, box.height, place, row, gap)
