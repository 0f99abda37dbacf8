"""Photos and codes in a Word document: photos side by side in a table without rules, a code in the top margin."""

from __future__ import annotations

import io
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from crm_app import late
from crm_app.briefs import word_page
from crm_app.briefs.content import Photo, Photos, Qr
from crm_app.briefs.marks import MM
from crm_app.briefs.photos import HIGHEST, columns_of, rows_of
from crm_app.briefs.qr import ABOVE_BLOCK, SIDE
from crm_app.briefs.word_page import element, readable, write

_POINT = 12_700
"""English metric units in a point."""
_BETWEEN = 4 * MM
_DOTS = 8
"""Pixels of a code's module."""


def add_photos(document: Any, block: Photos) -> None:
    """Write the photos, each with its caption under it."""
    section = document.sections[-1]
    whole = section.page_width - section.left_margin - section.right_margin
    across = columns_of(block)
    for row in rows_of(block):
        table = document.add_table(rows=1, cols=len(row))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table._tbl.tr_lst[0].get_or_add_trPr().append(element("w:cantSplit"))
        width = (whole - (across - 1) * int(_BETWEEN * _POINT)) // across
        for cell, photo in zip(table.rows[0].cells, row, strict=True):
            cell.width = Emu(whole // across)
            _photo(cell, photo, width)


def _photo(cell: Any, photo: Photo, width: int) -> None:
    scale = min(width / photo.width, HIGHEST * _POINT / photo.height)
    line = cell.paragraphs[0]
    line.style = line.part.document.styles["Cell"]
    word_page.align(line, "center")
    # Exact line pitches cut off what is higher than a line.
    line.paragraph_format.line_spacing = 1.0
    line.paragraph_format.keep_with_next = True
    size = (Emu(int(photo.width * scale)), Emu(int(photo.height * scale)))
    line.add_run().add_picture(io.BytesIO(photo.jpeg), *size)
    _describe(line, photo.caption)
    caption = cell.add_paragraph(style="Note")
    write(caption, photo.caption)
    word_page.align(caption, "center")


def add_qr(document: Any, block: Qr) -> None:
    """Put a code at the right of the top margin of the page on which the document ends so far."""
    out = io.BytesIO()
    made = late.segno().make_qr(block.text, error="m", encoding="utf-8", boost_error=False)
    made.save(out, kind="png", scale=_DOTS, border=0)
    out.seek(0)
    line = document.paragraphs[-1]
    section = document.sections[-1]
    line.add_run().add_picture(out, Pt(SIDE), Pt(SIDE))
    _describe(line, block.label)
    top = section.top_margin - int((ABOVE_BLOCK + SIDE) * _POINT)
    _float(line, top)


def _describe(line: Any, words: str) -> None:
    for about in line._p.iter(qn("wp:docPr")):
        about.set("descr", readable(words))


def _float(line: Any, top: int) -> None:
    """Let a line's picture stand at the right margin, ``top`` below the sheet's upper edge, and move no text."""
    (inline,) = line._p.iter(qn("wp:inline"))
    anchor = element("wp:anchor")
    for name, value in {
        "simplePos": 0, "relativeHeight": 1, "behindDoc": 0, "locked": 0, "layoutInCell": 1, "allowOverlap": 1,
        "distT": 0, "distB": 0, "distL": 0, "distR": 0,
    }.items():  # fmt: skip
        anchor.set(name, str(value))
    simple = element("wp:simplePos")
    simple.set("x", "0")
    simple.set("y", "0")
    anchor.append(simple)
    anchor.append(_place("wp:positionH", "margin", "wp:align", "right"))
    anchor.append(_place("wp:positionV", "page", "wp:posOffset", str(top)))
    parts = {part.tag: part for part in inline}
    anchor.append(parts[qn("wp:extent")])
    anchor.append(element("wp:wrapNone"))
    for tag in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        if qn(tag) in parts:
            anchor.append(parts[qn(tag)])
    inline.getparent().replace(inline, anchor)


def _place(tag: str, relative: str, kind: str, value: str) -> Any:
    made = element(tag)
    made.set("relativeFrom", relative)
    inner = element(kind)
    inner.text = value
    made.append(inner)
    return made
