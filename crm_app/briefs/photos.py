"""Photos on a page: two or three to a row, each with its caption under it; a row is never divided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm_app.briefs import forms
from crm_app.briefs.content import Photo, Photos
from crm_app.briefs.flow import Flow
from crm_app.briefs.marks import MM, Picture
from crm_app.briefs.structure import Tag
from crm_app.briefs.typeset import SetLine, set_text

_BETWEEN = 4 * MM
_ABOVE, _BELOW = 5.0, 4.0
HIGHEST, LOWEST = 62 * MM, 38 * MM
"""Photos are as high as the rest of the page lets all of them be, within these: upright ones would fill it."""
_FEW = 4
"""Up to so many photos stand two to a row."""
_BRACKET = "（"
_CAPTION = replace(forms.NOTE, align="center")


def draw_photos(flow: Flow, block: Photos) -> None:
    """Place the photos row by row, on this page where all of them can be on it."""
    highest, column = _highest(flow, block, flow.room), _column(flow, block)
    for row in rows_of(block):
        high = _row_height(row, column, highest)
        flow.need(high)
        flow.y += _ABOVE
        boxes = [_size(photo, column, highest) for photo in row]
        tallest = max(height for _width, height in boxes)
        for number, (photo, (width, height)) in enumerate(zip(row, boxes, strict=True)):
            left = _left(flow.width, column, len(row), number)
            x = left + (column - width) / 2
            with flow.tagged(Tag.FIGURE, photo.caption):
                picture = Picture(x, tallest - height, width, height, photo.jpeg, photo.width, photo.height, photo.rows)
                flow.put([picture])
            with flow.tagged(Tag.CAPTION):
                y = tallest + _BELOW
                for line in _caption(photo, column):
                    flow.put(line.marks(left, y))
                    y += line.style.pitch
        flow.y += high - _ABOVE
    flow.snap()


def photos_start(flow: Flow, block: Photos, above: float = 0.0) -> float:
    """Return what the photos need on the page they begin on, ``above`` being taken there by what comes before them."""
    highest = _highest(flow, block, flow.room - above)
    return max((_row_height(row, _column(flow, block), highest) for row in rows_of(block)[:1]), default=0.0)


def _highest(flow: Flow, block: Photos, room: float) -> float:
    """Return how high photos may be so that all of them stand in ``room``; as high as ever where they cannot."""
    rows, column = rows_of(block), _column(flow, block)
    besides = sum(_besides(row, column) for row in rows)
    for millimetres in range(round(HIGHEST / MM), round(LOWEST / MM) - 1, -2):
        if besides + sum(_tallest(row, column, millimetres * MM) for row in rows) <= room:
            return millimetres * MM
    return HIGHEST


def rows_of(block: Photos) -> list[Sequence[Photo]]:
    """Return the photos two by two, many of them three by three."""
    across = columns_of(block)
    return [block.photos[at : at + across] for at in range(0, len(block.photos), across)]


def columns_of(block: Photos) -> int:
    """Return how many photos stand beside one another."""
    return 2 if len(block.photos) <= _FEW else 3


def _left(whole: float, column: float, count: int, number: int) -> float:
    """Return where a photo's column begins; the photos of a row stand in the middle of the page."""
    return (whole - count * column - (count - 1) * _BETWEEN) / 2 + number * (column + _BETWEEN)


def _column(flow: Flow, block: Photos) -> float:
    across = columns_of(block)
    return (flow.width - (across - 1) * _BETWEEN) / across


def _size(photo: Photo, column: float, highest: float) -> tuple[float, float]:
    scale = min(column / photo.width, highest / photo.height)
    return photo.width * scale, photo.height * scale


def _caption(photo: Photo, column: float) -> list[SetLine]:
    """Return a caption's lines; where it takes two, the day in brackets stands on the second, undivided."""
    lines = set_text(photo.caption, _CAPTION, column)
    words, bracket, day = photo.caption.rpartition(_BRACKET)
    if len(lines) < 2 or not words.strip():
        return lines
    return set_text(f"{words.rstrip()}\n{bracket}{day}", _CAPTION, column)


def _row_height(row: Sequence[Photo], column: float, highest: float) -> float:
    return _tallest(row, column, highest) + _besides(row, column)


def _tallest(row: Sequence[Photo], column: float, highest: float) -> float:
    return max(_size(photo, column, highest)[1] for photo in row)


def _besides(row: Sequence[Photo], column: float) -> float:
    """Return what a row takes besides its photos: the room about them and the captions."""
    return _ABOVE + _BELOW + max(len(_caption(photo, column)) for photo in row) * _CAPTION.pitch
