"""A paper as a Word document, for the office to go on editing: the same content, styles by name, no layout of ours.

The page is that of GB/T 9704-2012 as forms.py gives it, 22 lines of 28 characters (in English 32 lines) by the document
grid; headings are Word's own, so that its outline and its tables of contents work. Nothing in a record is ever markup
or a field.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.shared import Pt, RGBColor

from crm_app.briefs import fonts, forms, word_chart, word_page, word_pictures, word_tables
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
    RedHead,
    Run,
    Sheet,
    Signature,
    SignOff,
    Table,
    has_own_title,
)
from crm_app.briefs.forms import ANNEX
from crm_app.briefs.furniture import ABOVE_SIGNATURE, COVER_SIZE, name_size
from crm_app.briefs.settle import without_most_gaps
from crm_app.briefs.widths import Widths
from crm_app.briefs.word_page import RED, readable, write
from crm_app.domain.papers import PaperState
from crm_app.i18n import _

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_NO_DAY = date(1980, 1, 1)
_HEADINGS = {1: "Heading 1", 2: "Heading 2", 3: "Heading 3", 4: "Heading 4"}
_LONGEST_PROPERTY = 255
_SIGNED_IN = 4.0
"""Characters the day ends in from the right."""
_RED_RULE = 20
"""Eighths of a point: 0.7 mm as in the printed head, rounded to what Word offers."""


def render(paper: Paper, *, state: PaperState) -> bytes:
    """Return ``paper`` as .docx, with a watermark before it is final; the same content gives the same bytes."""
    with fonts.set_for(paper.language):
        return _written(paper, state)


def _written(paper: Paper, state: PaperState) -> bytes:
    document = Document()
    word_page.set_up(document, paper, state)
    writer = _Writer(document, paper)
    for _number, block in without_most_gaps(paper.blocks):
        writer.place(block)
    properties = document.core_properties
    properties.title, properties.author = _property(paper.title), _property(paper.author)
    properties.subject, properties.comments = _property(paper.subtitle), ""
    properties.language = "zh-CN" if paper.language == "zh_CN" else "en-GB"
    properties.created = properties.modified = datetime.combine(paper.day or _NO_DAY, time())
    properties.last_modified_by, properties.revision = _("Outreach CRM"), 1
    out = io.BytesIO()
    document.save(out)
    return _dateless(out.getvalue())


def _property(text: str) -> str:
    """Return a text as the properties of a document hold it: in one line, and no longer than they take."""
    return " ".join(readable(text).split())[:_LONGEST_PROPERTY]


def _dateless(made: bytes) -> bytes:
    """Return the archive without the moment it was written, which would make every copy another file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in read.infolist():
            written.writestr(
                zipfile.ZipInfo(entry.filename, _ZIP_EPOCH), read.read(entry), compress_type=zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


class _Writer:
    """Writes the blocks one after the other at the end of the document."""

    def __init__(self, document: Any, paper: Paper) -> None:
        self._document, self._paper = document, paper
        self._widths = Widths(paper.blocks)
        self._annex = self._fresh = False
        if paper.head:
            self._red_head(paper.head)
        if not has_own_title(paper):
            self._title(paper.title, paper.subtitle)

    def place(self, block: Block) -> None:
        """Write one block; a break right behind the one that follows a cover would leave a page empty."""
        fresh, self._fresh = self._fresh, isinstance(block, Cover | PageBreak)
        match block:
            case Heading(0, text):
                self._title(text, "")
            case Heading(level, text, key):
                if level == 1:
                    self._annex = key == ANNEX
                self._add(text, _HEADINGS[level])
            case Paragraph():
                self._paragraph(block)
            case Table():
                self._table(block)
            case Chart():
                self._add(block.caption, "Caption").paragraph_format.keep_with_next = True
                word_chart.add(self._document, block)
            case Month():
                word_tables.add_month(self._document, block, forms.form(self._paper.sheet))
            case KeyValue():
                word_tables.add_facts(self._document, block)
            case Photos():
                word_pictures.add_photos(self._document, block)
            case Qr():
                word_pictures.add_qr(self._document, block)
            case Gap(text):
                self._add(text, "Gap")
            case Signature():
                self._signature(block)
            case SignOff():
                word_tables.add_sign_off(self._document, block)
            case Cover():
                self._cover(block)
            case PageBreak(odd) if not fresh:
                self._break(odd=odd and self._paper.sheet is Sheet.DUPLEX)

    def _table(self, table: Table) -> None:
        kind = forms.ANNEX_TABLES if self._annex else forms.TABLES
        widths = self._widths.of(table.columns, kind, forms.form(self._paper.sheet).block_width)
        word_tables.add_table(self._document, table, widths, small=self._annex)

    def _add(self, text: str, style: str) -> Any:
        made = self._document.add_paragraph(style=style)
        write(made, text)
        return made

    def _title(self, title: str, subtitle: str) -> None:
        self._add(title, "Title")
        if subtitle:
            self._add(subtitle, "Subtitle")

    def _paragraph(self, block: Paragraph) -> None:
        made = self._document.add_paragraph(style="Note" if block.note else "Normal")
        plain = not block.indent or block.align is not None
        if not block.note:
            word_page.indent(made, 0 if plain else 2)
        if block.align:
            word_page.align(made, block.align)
        for run in block.runs:
            self._run(made, run)

    def _run(self, paragraph: Any, run: Run) -> None:
        for made in write(paragraph, run.text):
            made.bold = run.bold or None
            if run.missing:
                made.font.color.rgb = RGBColor.from_string(RED)

    def _red_head(self, head: RedHead) -> None:
        name = self._add(head.name, "Red head")
        word_page.resize(name, name_size(head.name, forms.form(self._paper.sheet).block_width))
        if head.issue:
            word_page.align(self._add(head.issue, "Plain"), "center")
        line = self._document.add_paragraph(style="Plain")
        write(line, head.issuer)
        line.add_run("\t")
        write(line, head.day)
        word_page.right_tab(line, self._document)
        word_page.rule_below(line, RED, _RED_RULE)

    def _signature(self, signature: Signature) -> None:
        """Write 署名 over 成文日期, below the empty lines that a seal wants, the name in the middle over the day."""
        for _line in range(ABOVE_SIGNATURE):
            self._add("", "Plain").paragraph_format.keep_with_next = True
        name, day = (sum(1.0 if c >= "\u2e80" else 0.5 for c in text) for text in (signature.name, signature.day))
        for text, right in ((signature.name, _SIGNED_IN + (day - name) / 2), (signature.day, _SIGNED_IN)):
            made = self._add(text, "Plain")
            word_page.align(made, "right")
            word_page.indent(made, 0, right=max(right, 0.0))
            made.paragraph_format.keep_with_next = text is signature.name

    def _cover(self, cover: Cover) -> None:
        above = self._add("", "Plain")
        above.paragraph_format.space_after = Pt(4 * forms.PITCH)
        made = self._add(cover.title, "Title")
        word_page.resize(made, COVER_SIZE)
        for text in cover.lines:
            self._add(text, "Subtitle")
        for number, text in enumerate(cover.foot):
            foot = self._add(text, "Plain")
            word_page.align(foot, "center")
            if number == 0:
                foot.paragraph_format.space_before = Pt(8 * forms.PITCH)
        self._break(odd=self._paper.sheet is Sheet.DUPLEX)

    def _break(self, *, odd: bool) -> None:
        if odd:
            # Only the cover is without a page number; a section takes that over from the one before it.
            self._document.add_section(WD_SECTION.ODD_PAGE).different_first_page_header_footer = False
        else:
            # A break in a line of its own would leave that line empty at the head of the next page.
            made = self._document.add_paragraph(style="Note")
            made.paragraph_format.page_break_before = True
            made.paragraph_format.line_spacing = Pt(word_page.HAIR)
