"""A QR code in the top margin of a page, where it takes no line of the text; black squares, no picture."""

from __future__ import annotations

from itertools import groupby

from crm_app import late
from crm_app.briefs.content import Qr
from crm_app.briefs.flow import Flow
from crm_app.briefs.marks import MM, Ink, Mark, Rect, Role
from crm_app.briefs.structure import Tag
from crm_app.briefs.typeset import Style, set_text

SIDE = 17 * MM
"""A telephone reads modules from about 0.3 mm on: 57 of them, as a long name wants, fit."""
ABOVE_BLOCK = 6 * MM
_LABEL = Style(Role.LABEL, 7.5, 10, align="right", ink=Ink.GREY)
_LABEL_WIDTH = 60 * MM
_QUIET = 4
"""Modules of white that the standard (ISO/IEC 18004) asks for around a code."""


def matrix(text: str) -> list[list[bool]]:
    """Return the modules of the code for ``text``, in UTF-8, with a sixth of it readable though lost (level M)."""
    made = late.segno().make_qr(text, error="m", encoding="utf-8", boost_error=False)
    return [[bool(module) for module in row] for row in made.matrix]


def draw_qr(flow: Flow, block: Qr) -> None:
    """Place a code at the right of this page's top margin, with its label beside it."""
    modules = matrix(block.text)
    module = SIDE / len(modules)
    top = flow.form.top - ABOVE_BLOCK - SIDE - flow.y
    left = flow.width - SIDE
    with flow.tagged(Tag.FIGURE, block.label):
        flow.put_in_place(_squares(modules, module, flow.left + left, flow.y + top))
    lines = set_text(block.label, _LABEL, _LABEL_WIDTH)
    y = top + SIDE - len(lines) * _LABEL.pitch
    with flow.tagged(Tag.PARAGRAPH):
        for line in lines:
            flow.put(line.marks(left - _QUIET * module - _LABEL_WIDTH, y))
            y += _LABEL.pitch


def _squares(modules: list[list[bool]], side: float, left: float, top: float) -> list[Mark]:
    """Return the dark modules, those beside one another as one: rows that touch leave no hairline of white."""
    marks: list[Mark] = []
    for number, row in enumerate(modules):
        at = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                marks.append(Rect(left + at * side, top + number * side, length * side, side * 1.02, Ink.BLACK))
            at += length
    return marks
