"""Looks at laid-out pages: what stands outside the text block, and what stands on one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from crm_app.briefs import fonts
from crm_app.briefs.layout import Layout
from crm_app.briefs.linebreak import HANGING
from crm_app.briefs.marks import Mark, Picture, Rect, Text

_HAIR = 0.5
_QR_FOOT = 6 * 72 / 25.4
"""How far above the text block a code ends."""


def outside(layout: Layout) -> Iterator[str]:
    """Yield what leaves the text block: for texts of the paper on all four sides, for furniture at the sides."""
    form = layout.form
    for number, page in enumerate(layout.pages, 1):
        left, right = form.left_of(number) - _HAIR, form.left_of(number) + form.block_width + _HAIR
        starts = [*page.parts, (len(page.marks), None)]
        for (begin, element), (end, _next) in pairwise(starts):
            for mark in page.marks[begin:end]:
                x1, y1, x2, y2 = box(mark)
                hung = mark.size if isinstance(mark, Text) and mark.text[-1:] in HANGING else 0.0
                if x1 < left or x2 > right + hung:
                    yield f"page {number}: {mark}"
                low = y2 > form.bottom + _HAIR
                high = y1 < form.top - _HAIR and y2 > form.top - _QR_FOOT + _HAIR
                if element is not None and (low or high):
                    yield f"page {number}: {mark}"


def colliding(layout: Layout) -> Iterator[str]:
    """Yield texts that stand on one another."""
    for number, page in enumerate(layout.pages, 1):
        texts = sorted((mark for mark in page.marks if isinstance(mark, Text) and mark.text.strip()), key=lambda m: m.y)
        for at, one in enumerate(texts):
            for other in texts[at + 1 :]:
                if other.y - one.y > one.size:
                    break
                x1, _y1, x2, _y2 = box(one)
                x3, _y3, x4, _y4 = box(other)
                near = other.y - one.y < 0.6 * min(one.size, other.size)
                if near and min(x2, x4) - max(x1, x3) > 1.0:
                    yield f"page {number}: {one.text} on {other.text}"


def box(mark: Mark) -> tuple[float, float, float, float]:
    """Return the left, upper, right and lower edge of a mark; of a text those of its squares."""
    match mark:
        case Text():
            width = fonts.text_width(mark.text, mark.role, mark.size) + mark.spacing * max(len(mark.text) - 1, 0)
            return mark.x, mark.y - 0.88 * mark.size, mark.x + width, mark.y + 0.12 * mark.size
        case Rect() | Picture():
            return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    return min(mark.x1, mark.x2), min(mark.y1, mark.y2), max(mark.x1, mark.x2), max(mark.y1, mark.y2)
