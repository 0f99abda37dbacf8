"""Content to pages: each block placed in turn, then what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from crm_app.briefs import fonts, forms
from crm_app.briefs.charts.printed import chart_height, chart_marks
from crm_app.briefs.content import (
    Block,
    Chart,
    Cover,
    Gap,
    Heading,
    KeyValue,
    Month,
    PageBreak,
    Paper,
    Paragraph,
    Photos,
    Qr,
    Sheet,
    Signature,
    SignOff,
    Table,
    has_own_title,
)
from crm_app.briefs.flow import Box, Entry, Flow, Page
from crm_app.briefs.forms import Form
from crm_app.briefs.furniture import (
    draw_cover,
    draw_red_head,
    draw_sign_off,
    draw_signature,
    draw_title,
    folios,
    signature_height,
)
from crm_app.briefs.month import draw_month
from crm_app.briefs.photos import draw_photos, photos_start
from crm_app.briefs.qr import draw_qr
from crm_app.briefs.settle import counts_gaps, without_most_gaps
from crm_app.briefs.structure import HEADINGS, Element, Tag
from crm_app.briefs.tables import draw_facts, draw_table, facts_start, table_start
from crm_app.briefs.typeset import SetLine, set_runs, set_text
from crm_app.i18n import _

_KEPT_WHOLE = 1 / 3
_ABOVE_TABLE = 6.0
_ABOVE_CHART = 6.0
_BELOW_TABLE = 4.0
_BETWEEN = 6.0
"""Points between a chart and its table, or two tables, besides those above it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper laid out: marks page by page on ``form``, outline, what its marks are (a tree), where its texts are."""

    form: Form
    pages: tuple[Page, ...]
    outline: tuple[Entry, ...]
    root: Element
    boxes: tuple[Box, ...]


def lay_out(paper: Paper) -> Layout:
    """Return ``paper`` on its pages."""
    with fonts.set_for(paper.language):
        return _laid_out(paper)


def _laid_out(paper: Paper) -> Layout:
    flow = Flow(forms.form(paper.sheet), paper.blocks)
    if paper.head:
        draw_red_head(flow, paper.head)
    if not has_own_title(paper):
        draw_title(flow, paper.title, paper.subtitle)
    printed = without_most_gaps(paper.blocks)
    origins, blocks = [number for number, _block in printed], [block for _number, block in printed]
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level <= 1:
            flow.tables = forms.ANNEX_TABLES if block.key == forms.ANNEX else forms.TABLES
        if _table_goes_first(flow, blocks[number:]):
            blocks[number : number + 2] = reversed(blocks[number : number + 2])
            origins[number : number + 2] = reversed(origins[number : number + 2])
        flow.block = origins[number]
        _place_in_turn(flow, blocks, number, ruled=paper.sheet is not Sheet.LEDGER)
    folios(flow, paper)
    return Layout(flow.form, tuple(flow.pages), tuple(flow.outline), flow.root, tuple(flow.boxes))


def _place_in_turn(flow: Flow, blocks: Sequence[Block], number: int, *, ruled: bool) -> None:
    """Place one of ``blocks`` with what it must not be parted from."""
    block, following = blocks[number], blocks[number + 1 :]
    flow.tail = _tail(flow.width, following, after=2 if isinstance(block, Heading) else 1)
    if flow.tail and isinstance(block, (Table, KeyValue)):
        # What comes below a table begins on the next line of the grid.
        flow.tail += _BELOW_TABLE + forms.pitch()
    if _is_small(block) and not (number and _same_list(block, blocks[number - 1])):
        _keep_small(flow, blocks[number:])
    if (isinstance(block, Heading) and block.level) or _leads_in(block):
        _keep_heading(flow, blocks[number:])
    _place(flow, block, ruled=ruled)
    if isinstance(block, Chart) or (ruled and isinstance(block, (Table, KeyValue))):
        _go_below(flow, following)


def _go_below(flow: Flow, following: Sequence[Block]) -> None:
    """Go to where the next block begins below a table or a chart: text on the grid, which neither of them knows."""
    match following[:1]:
        case [Table() | Chart()]:
            flow.y += _BETWEEN
        case [below] if _is_small(below):
            flow.y += _BELOW_TABLE
        case _:
            flow.snap(_BELOW_TABLE)


def _table_goes_first(flow: Flow, blocks: Sequence[Block]) -> bool:
    """Whether a chart has no place on this page while the table beside it has: the chart then stands below it."""
    match blocks[:2]:
        case [Chart() as chart, Table() as table]:
            return _chart_height(chart) > flow.room >= _ABOVE_TABLE + table_start(flow, table, _ABOVE_TABLE)
    return False


def _leads_in(block: Block) -> bool:
    """Whether a paragraph announces what stands below it: a line that ends in a colon. Notes keep together anyway."""
    return (
        isinstance(block, Paragraph)
        and not block.note
        and bool(block.runs)
        and block.runs[-1].text.rstrip().endswith(("：", ":"))
    )


def _keep_heading(flow: Flow, blocks: Sequence[Block]) -> None:
    """Begin a heading, or a lead-in, where what it heads can begin below it: it is never the last on a page."""
    flow.snap()
    flow.need(min(_start(flow, blocks), flow.form.block_height))


def _start(flow: Flow, blocks: Sequence[Block], above: float = 0.0) -> float:
    """Return what the first of ``blocks`` needs on the page it begins on, with what it must not be parted from.

    ``above`` is what stands before it on that page.
    """
    match blocks[0] if blocks else None:
        case Heading(level, text) if level:
            height = len(set_text(text, forms.heading(level), flow.width)) * forms.pitch()
            return height + _start(flow, blocks[1:], above + height)
        case Gap() | Paragraph(note=True):
            return _group_height(flow, blocks)
        case Paragraph() as block if _leads_in(block):
            height = sum(line.style.pitch for line in _paragraph_lines(flow, block))
            return height + _start(flow, blocks[1:], above + height)
        case Paragraph() as block:
            lines = _paragraph_lines(flow, block)
            # Of three lines none can be left behind or go over alone; a signature is not parted from their end.
            whole = len(lines) <= 3
            return sum(line.style.pitch for line in lines[: 3 if whole else 2]) + (flow.tail if whole else 0.0)
        case Table() as block:
            return _ABOVE_TABLE + table_start(flow, block, above + _ABOVE_TABLE)
        case Chart() as block:
            height = _chart_height(block)
            if height <= flow.room - above or not isinstance(blocks[1] if len(blocks) > 1 else None, Table):
                return height
            return min(height, _start(flow, blocks[1:], above))
        case KeyValue() as block:
            return facts_start(flow, block)
        case Photos() as block:
            return photos_start(flow, block, above)
    return 0.0


def _chart_height(chart: Chart) -> float:
    return _ABOVE_CHART + forms.CAPTION.pitch + chart_height(chart)


def _tail(width: float, following: Sequence[Block], after: int) -> float:
    """Return the height of a signature among the next blocks: it is kept with what stands before it."""
    for block in following[:after]:
        if isinstance(block, Signature):
            return signature_height(width, block)
    return 0.0


def _is_small(block: Block) -> bool:
    """Whether a block is a note or a gap: these stand in short lists at a paper's end."""
    return isinstance(block, Gap) or (isinstance(block, Paragraph) and block.note)


def _same_list(block: Block, other: Block) -> bool:
    """Whether two small blocks are of one list: the gaps of a draft are none of the notes that stay."""
    return _is_small(other) and _lacks(block) == _lacks(other)


def _lacks(block: Block) -> bool:
    return isinstance(block, Gap) or counts_gaps(block)


def _keep_small(flow: Flow, blocks: Sequence[Block]) -> None:
    """Begin a list of notes or gaps, and what must stand below it, where all of it fits; a long one may be divided."""
    height = _group_height(flow, blocks)
    if height:
        after = list(dropwhile(lambda block: _same_list(blocks[0], block), blocks))
        flow.need(height + _tail(flow.width, after, after=1))


def _group_height(flow: Flow, blocks: Sequence[Block]) -> float:
    """Return the height of the list that ``blocks`` begin with; nothing where it fills over a third of a page."""
    listed = takewhile(lambda block: _same_list(blocks[0], block), blocks)
    height = sum(line.style.pitch for block in listed for line in _small_lines(flow, block))
    return height if height <= flow.form.block_height * _KEPT_WHOLE else 0.0


def _small_lines(flow: Flow, block: Block) -> list[SetLine]:
    if isinstance(block, Gap):
        return set_text(block.text, forms.MISSING, flow.width)
    return _paragraph_lines(flow, block) if isinstance(block, Paragraph) else []


def _place(flow: Flow, block: Block, *, ruled: bool) -> None:
    match block:
        case Heading(level, text):
            _heading(flow, level, text)
        case Paragraph():
            _paragraph(flow, block)
        case Table():
            flow.y += _ABOVE_TABLE if (ruled or block.caption) and flow.y > flow.form.top else 0
            draw_table(flow, block)
        case Chart():
            _chart(flow, block)
        case Month():
            draw_month(flow, block)
        case KeyValue():
            draw_facts(flow, block)
        case Photos():
            draw_photos(flow, block)
        case Qr():
            draw_qr(flow, block)
        case Gap():
            with flow.tagged(Tag.PARAGRAPH), flow.saying():
                flow.lines(_small_lines(flow, block), tail=flow.tail)
        case Signature():
            draw_signature(flow, block)
        case SignOff():
            draw_sign_off(flow, block)
        case Cover():
            draw_cover(flow, block)
        case PageBreak(odd):
            flow.break_page(odd=odd and flow.form.mirrored)


def _heading(flow: Flow, level: int, text: str) -> None:
    if level == 0:
        flow.outline.append(Entry(0, text, len(flow.pages) - 1, flow.y))
        draw_title(flow, text)
        return
    flow.snap()
    lines = set_text(text, forms.heading(level), flow.width)
    flow.outline.append(Entry(level, text, len(flow.pages) - 1, flow.y))
    with flow.tagged(HEADINGS[level]), flow.saying():
        flow.lines(lines)


def _paragraph(flow: Flow, block: Paragraph) -> None:
    if not block.note:
        flow.snap()
    with flow.tagged(Tag.PARAGRAPH), flow.saying():
        flow.lines(_paragraph_lines(flow, block), tail=flow.tail)


def _paragraph_lines(flow: Flow, block: Paragraph) -> list[SetLine]:
    style = forms.NOTE if block.note else forms.body(indent=block.indent and block.align is None)
    if block.align:
        style = forms.aligned(style, block.align)
    return set_runs(block.runs, style, flow.width)


def _chart(flow: Flow, chart: Chart) -> None:
    height = chart_height(chart)
    flow.y += _ABOVE_CHART
    caption = set_text(chart.caption, forms.CAPTION, flow.width)
    flow.need(len(caption) * forms.CAPTION.pitch + height)
    with flow.tagged(Tag.CAPTION):
        flow.lines(caption)
    with flow.tagged(Tag.FIGURE, _told(chart)):
        flow.put(chart_marks(chart, flow.width))
    flow.y += height


def _told(chart: Chart) -> str:
    """Return a chart in words, for who has it read aloud."""
    values = (_(", ").join(part for part in (bar.shown, bar.shown_then) if part) for bar in chart.bars)
    bars = [_("{label}: {value}").format(label=bar.label, value=v) for bar, v in zip(chart.bars, values, strict=True)]
    return f"{chart.caption}. {_('; ').join(bars)}"
