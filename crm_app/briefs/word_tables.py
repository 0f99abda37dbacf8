"""Tables of a Word document, forms of facts, and 版记.

A header is repeated on every page, no row is divided, and the total is never alone. Cells are made as elements: through
the objects of the library a ledger of some thousand rows takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt

from crm_app.briefs.content import Align, Cell, Column, Fact, KeyValue, Month, Run, SignOff, Table
from crm_app.briefs.forms import Form
from crm_app.briefs.month import as_table
from crm_app.briefs.tables import in_rows
from crm_app.briefs.widths import header
from crm_app.briefs.word_page import HAIR, RED, element, readable, write

_WASH = "EEF0F3"
_TALL = 3
"""Line breaks in a cell from which on its text begins at the top."""
_ABOUT_MONTH = 130.0
"""Points of a page for what stands above and below the weeks of a month."""
_LABEL = 0.17
"""What of the page's width a label of a form takes."""
_PAD_X, _PAD_Y = 70, 50
"""Twentieths of a point between a cell's rules and its text."""
_FACT_PAD = 30
"""A form has wide lines already, and has to stay on its page in faces that run wider than ours."""
_TWIPS = 20
"""Twentieths of a point in a point."""
_TWIP = 635
"""English metric units in a twentieth of a point."""
_SIDES: dict[Align, str] = {"left": "left", "center": "center", "right": "right"}


def add_table(document: Any, table: Table, widths: Sequence[float], *, small: bool = False) -> None:
    """Write a table, its columns in these proportions, with its caption above and its note below; ``small`` in 小五."""
    cell, head = ("Annexcell", "Annexcellhead") if small else ("Cell", "Cellhead")
    if table.caption:
        caption = document.add_paragraph(style="Caption")
        write(caption, table.caption)
        caption.paragraph_format.keep_with_next = True
    grid = _Grid(document, widths)
    grid.add(_heads(table.columns, head), head=True)
    for number, row in enumerate(table.rows):
        # The total is never alone on a page: the last row goes over with it.
        kept = bool(table.total) and number == len(table.rows) - 1
        grid.add(_cells(row, table.columns, cell, kept=kept))
    if not table.rows:
        grid.add([_Cell((Run(table.empty),), "Cell", "center", span=len(table.columns))])
    if table.total:
        grid.add(_cells(table.total, table.columns, cell, bold=True))
    # Word joins two tables that touch.
    write(document.add_paragraph(style="Note"), table.note if table.rows else "")


def add_month(document: Any, block: Month, form: Form) -> None:
    """Write a month as a table of weeks, each of one height, so that it stays on its page."""
    high = (form.block_height - _ABOUT_MONTH) / max(len(block.weeks), 1)
    table = as_table(block, form.block_width / len(block.weekdays), high)
    grid = _Grid(document, [1.0] * len(block.weekdays))
    grid.add(_heads(table.columns, "Cellhead"), head=True)
    for row in table.rows:
        grid.add(_cells(row, table.columns, "Day", top=True), high=high)
    document.add_paragraph(style="Note").paragraph_format.line_spacing = Pt(HAIR)


def _heads(columns: Sequence[Column], style: str) -> list[_Cell]:
    return [_Cell((Run(header(column)),), style, "center", wash=True) for column in columns]


def _cells(
    row: Sequence[Cell],
    columns: Sequence[Column],
    style: str,
    *,
    bold: bool = False,
    kept: bool = False,
    top: bool = False,
) -> list[_Cell]:
    return [
        _Cell((Run(cell.text, bold, cell.missing),), style, column.align, wash=bold, kept=kept, top=top)
        for cell, column in zip(row, columns, strict=True)
    ]


def add_facts(document: Any, block: KeyValue) -> None:
    """Write a form of facts, two to a row unless wide."""
    half = 0.5 - _LABEL
    grid = _Grid(document, (_LABEL, half, _LABEL, half), pad=_FACT_PAD)
    for group in in_rows(block.facts):
        made = [cell for fact in group for cell in _fact(fact)]
        grid.add([*made[:-1], replace(made[-1], span=3)] if len(group) == 1 else made)
    document.add_paragraph(style="Note").paragraph_format.line_spacing = Pt(HAIR)


def _fact(fact: Fact) -> tuple[_Cell, _Cell]:
    taken = 1 + sum(run.text.count("\n") for run in fact.runs)
    free = Run("\n" * max(0, fact.lines - taken))
    return _Cell((Run(fact.label),), "Facthead", "center"), _Cell((*fact.runs, free), "Fact")


def add_sign_off(document: Any, sign_off: SignOff) -> None:
    """Write 版记: 报/送/发 and the issuer between rules; Word leaves it where the text ends."""
    grid = _Grid(document, (3, 2), ruled=False)
    for text in sign_off.lines:
        grid.add([_Cell((Run(text),), "Sign-off", span=2)])
    grid.add([_Cell((Run(sign_off.issuer),), "Sign-off"), _Cell((Run(sign_off.printed),), "Sign-off", "right")])


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell; ``style`` is the id of its paragraph's style, ``kept``: with the next row, ``span`` columns wide.

    ``top`` lets its text begin at the upper edge.
    """

    runs: tuple[Run, ...]
    style: str
    side: Align | None = None
    wash: bool = False
    kept: bool = False
    span: int = 1
    top: bool = False


class _Grid:
    """A table over the page's whole width, at the document's end, its columns in these proportions."""

    def __init__(self, document: Any, shares: Sequence[float], *, ruled: bool = True, pad: int = _PAD_Y) -> None:
        section = document.sections[-1]
        width = (section.page_width - section.left_margin - section.right_margin) / _TWIP
        self._widths = [round(width * share / sum(shares)) for share in shares]
        made = document.add_table(rows=0, cols=len(shares), style="Table Grid")
        made.autofit = False
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        for column, twips in zip(made._tbl.tblGrid.gridCol_lst, self._widths, strict=True):
            column.set(qn("w:w"), str(twips))
        if not ruled:
            borders = element("w:tblBorders")
            for side in ("left", "right", "insideV"):
                borders.append(element(f"w:{side}", val="nil"))
            _put_before(made._tbl.tblPr, borders, "w:tblLayout", "w:tblLook")
        room = element("w:tblCellMar")
        for side, twips in (("top", pad), ("left", _PAD_X), ("bottom", pad), ("right", _PAD_X)):
            room.append(element(f"w:{side}", w=twips, type="dxa"))
        _put_before(made._tbl.tblPr, room, "w:tblLook")
        self._rows = made._tbl

    def add(self, cells: Iterable[_Cell], *, head: bool = False, high: float | None = None) -> None:
        """Add a row that is never divided; a ``head`` is repeated on every page.

        It is as ``high`` as is said, in points, or as its text wants.
        """
        row, kind = element("w:tr"), element("w:trPr")
        kind.append(element("w:cantSplit"))
        if high is not None:
            kind.append(element("w:trHeight", val=round(high * _TWIPS), hRule="exact"))
        if head:
            kind.append(element("w:tblHeader"))
        row.append(kind)
        at = 0
        for cell in cells:
            row.append(_made(cell, sum(self._widths[at : at + cell.span])))
            at += cell.span
        self._rows.append(row)


def _put_before(kind: Any, part: Any, *later: str) -> None:
    """Put a part where the schema wants it: before the first there is of those that come later."""
    found = next((one for one in map(kind.find, map(qn, later)) if one is not None), None)
    if found is None:
        kind.append(part)
    else:
        found.addprevious(part)


def _made(cell: _Cell, twips: int) -> Any:
    made, kind = element("w:tc"), element("w:tcPr")
    kind.append(element("w:tcW", w=twips, type="dxa"))
    if cell.span > 1:
        kind.append(element("w:gridSpan", val=cell.span))
    if cell.wash:
        kind.append(element("w:shd", val="clear", color="auto", fill=_WASH))
    tall = cell.top or sum(run.text.count("\n") for run in cell.runs) >= _TALL
    kind.append(element("w:vAlign", val="top" if tall else "center"))
    made.append(kind)
    paragraph, shape = element("w:p"), element("w:pPr")
    shape.append(element("w:pStyle", val=cell.style))
    if cell.kept:
        shape.append(element("w:keepNext"))
    if cell.side:
        shape.append(element("w:jc", val=_SIDES[cell.side]))
    paragraph.append(shape)
    for run in cell.runs:
        paragraph.append(_run(run))
    made.append(paragraph)
    return made


def _run(run: Run) -> Any:
    made = element("w:r")
    if run.bold or run.missing:
        look = element("w:rPr")
        if run.bold:
            look.append(element("w:b"))
        if run.missing:
            look.append(element("w:color", val=RED))
        made.append(look)
    for number, line in enumerate(readable(run.text).split("\n")):
        if number:
            made.append(element("w:br"))
        text = element("w:t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(text)
    return made
