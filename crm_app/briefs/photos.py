"""Photos on a page: two to a row, each with its caption under it; a row is never divided."""

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
HIGHEST = 62 * MM
"""An upright photo would take half a page otherwise."""
_BRACKET = "（"
_CAPTION = replace(forms.NOTE, align="center")


def draw_photos(flow: Flow, block: Photos) -> None:
    """Place the photos row by row."""
    for row in rows_of(block):
        flow.need(_row_height(flow, row))
        flow.y += _ABOVE
        boxes = [_size(flow, photo) for photo in row]
        tallest = max(height for _width, height in boxes)
        for number, (photo, (width, height)) in enumerate(zip(row, boxes, strict=True)):
            left = _left(flow, len(row), number)
            x = left + (_column(flow) - width) / 2
            with flow.tagged(Tag.FIGURE, photo.caption):
                picture = Picture(x, tallest - height, width, height, photo.jpeg, photo.width, photo.height, photo.rows)
                flow.put([picture])
            with flow.tagged(Tag.CAPTION):
                y = tallest + _BELOW
                for line in _caption(flow, photo):
                    flow.put(line.marks(left, y))
                    y += line.style.pitch
        flow.y += _row_height(flow, row) - _ABOVE
    flow.snap()


def first_row(flow: Flow, block: Photos) -> float:
    """Return what the photos need on the page they begin on."""
    return max((_row_height(flow, row) for row in rows_of(block)[:1]), default=0.0)


def rows_of(block: Photos) -> list[Sequence[Photo]]:
    """Return the photos two by two."""
    return [block.photos[at : at + 2] for at in range(0, len(block.photos), 2)]


def _column(flow: Flow) -> float:
    return (flow.width - _BETWEEN) / 2


def _left(flow: Flow, count: int, number: int) -> float:
    """Return where a photo's column begins; one that is alone stands in the middle."""
    return (flow.width - _column(flow)) / 2 if count == 1 else number * (_column(flow) + _BETWEEN)


def _size(flow: Flow, photo: Photo) -> tuple[float, float]:
    scale = min(_column(flow) / photo.width, HIGHEST / photo.height)
    return photo.width * scale, photo.height * scale


def _caption(flow: Flow, photo: Photo) -> list[SetLine]:
    """Return a caption's lines; where it takes two, the day in brackets stands on the second, undivided."""
    lines = set_text(photo.caption, _CAPTION, _column(flow))
    words, bracket, day = photo.caption.rpartition(_BRACKET)
    if len(lines) < 2 or not words.strip():
        return lines
    return set_text(f"{words.rstrip()}\n{bracket}{day}", _CAPTION, _column(flow))


def _row_height(flow: Flow, row: Sequence[Photo]) -> float:
    tallest = max(_size(flow, photo)[1] for photo in row)
    caption = max(len(_caption(flow, photo)) for photo in row) * _CAPTION.pitch
    return _ABOVE + tallest + _BELOW + caption
