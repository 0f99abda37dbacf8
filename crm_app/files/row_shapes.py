"""Rows of a sheet's XML that are written alike but for their numbers: most of a large sheet is of one or two shapes.

A row is what stands between its runs of digits, with the runs between it. So rows of one shape are parted into their
numbers all at once, and put together again to see whether nothing else is in them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

ROW_END = b"</row>"
NUMBERS = b"0123456789."
USUAL = re.compile(
    rb'<row r="(?P<row>[0-9]+)"[^<>]*(?<!/)>|<c r="(?P<column>[A-Z]{1,3})(?P<again>[0-9]+)"(?: s="(?P<style>[0-9]+)")?'
    rb'(?:/>|(?: t="(?P<kind>[ns])")?><v>(?P<value>-?[0-9]+(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?)</v></c>)'
)
"""The beginning of a row, or a cell as nearly all are: its column and row, its format, kind and value."""
_RUN = re.compile(rb"[0-9.]+")
_ELSE_BLANK = bytes(byte if byte in NUMBERS else ord(" ") for byte in range(256))


class ShapedCell(NamedTuple):
    """A cell of each row of a shape: its column as letters, its format, and which run is its value (None: blank)."""

    column: bytes
    style: bytes
    is_text: bool
    value: int | None


class Shape(NamedTuple):
    """What stands between the runs of digits of a row, and what the runs are.

    ``fixed`` are those that are the same in each, ``again`` those that repeat the number of the row, which is ``at``.
    """

    between: tuple[bytes, ...]
    at: int
    again: tuple[int, ...]
    fixed: tuple[tuple[int, bytes], ...]
    cells: tuple[ShapedCell, ...]

    def runs(self, whole: bytes, amount: int) -> list[list[bytes]] | None:
        """Return the runs of so many rows, those of one place together; None where one of them has another shape."""
        written = whole.translate(_ELSE_BLANK).split()
        width = len(self.between) - 1
        if len(written) != width * amount:
            return None
        found = [written[place::width] for place in range(width)]
        parts = [b""] * ((2 * width + 1) * amount)
        for place, text in enumerate(self.between):
            parts[2 * place :: 2 * width + 1] = [text] * amount
        for place, run in enumerate(found):
            parts[2 * place + 1 :: 2 * width + 1] = run
        same = (
            b"".join(parts) == whole
            and all(found[place] == found[self.at] for place in self.again)
            and all(found[place] == [text] * amount for place, text in self.fixed)
        )
        return found if same else None


def shape_of(row: bytes) -> Shape | None:
    """Return the shape of a row; None where not all in it is usual."""
    found = list(USUAL.finditer(row))
    ends = [0, *(one.end() for one in found)]
    if not found or not found[0]["row"] or [one.start() for one in found] != ends[:-1] or row[ends[-1] :] != ROW_END:
        return None
    runs = [run.span() for run in _RUN.finditer(row)]
    places = {start: place for place, (start, _end) in enumerate(runs)}
    again, fixed, cells = list[int](), list[tuple[int, bytes]](), list[ShapedCell]()
    for one in found[1:]:
        value = None if one["value"] is None else places.get(one.start("value"))
        # A number below nought, or with an exponent, has a run that is not all of it.
        if one["row"] or (one["value"] is not None and (value is None or runs[value] != one.span("value"))):
            return None
        again.append(places[one.start("again")])
        if one["style"] is not None:
            fixed.append((places[one.start("style")], one["style"]))
        cells.append(ShapedCell(one["column"], one["style"] or b"", one["kind"] == b"s", value))
    starts, stops = [0, *(end for _start, end in runs)], [*(start for start, _end in runs), len(row)]
    between = tuple(row[start:stop] for start, stop in zip(starts, stops, strict=True))
    return Shape(between, places[found[0].start("row")], tuple(again), tuple(fixed), tuple(cells))


def skeleton(row: bytes) -> bytes:
    """Return a row without its numbers: rows of other shapes have other ones."""
    return row.translate(None, NUMBERS)
