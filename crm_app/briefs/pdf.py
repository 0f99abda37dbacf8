"""A laid-out paper to PDF bytes: the same content always gives the same bytes, with every face embedded.

Marks are drawn straight on the canvas, so that nothing in a record is ever markup; reportlab's own ways to fetch what a
text names are closed besides.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFImageXObject
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from crm_app.briefs import fonts
from crm_app.briefs.content import Paper, gaps
from crm_app.briefs.flow import Page
from crm_app.briefs.furniture import watermark
from crm_app.briefs.layout import Layout, lay_out
from crm_app.briefs.marks import Ink, Line, Mark, Picture, Rect, Role, Text
from crm_app.briefs.tagging import Tagger
from crm_app.briefs.typeset import legible
from crm_app.domain.papers import PAPER_KIND_LABELS, PaperState
from crm_app.errors import Refused
from crm_app.i18n import _, ngettext

rl_config.trustedHosts = []
rl_config.trustedSchemes = []
# Streams as text are a quarter larger, and nothing has asked for them since the nineties.
rl_config.useA85 = 0

_STRUCK = 0.025
"""How thick the edge of a letter is drawn, in ems, that has no bold face."""


def render(paper: Paper, *, state: PaperState) -> bytes:
    """Return ``paper`` as PDF: with a watermark before it is final. Raises Refused for a final one with gaps."""
    missing = gaps(paper)
    if state is PaperState.FINAL and missing:
        raise Refused(
            ngettext(
                "{n} item is missing: fill it in or give the reason, then make the paper final.",
                "{n} items are missing: fill them in or give the reasons, then make the paper final.",
                len(missing),
            ).format(n=len(missing))
        )
    with fonts.set_for(paper.language):
        return _paint(paper, lay_out(paper), watermark(paper.kind, state))


def _paint(paper: Paper, layout: Layout, word: str) -> bytes:
    out = io.BytesIO()
    form = layout.form
    canvas = Canvas(
        out,
        pagesize=(form.width, form.height),
        invariant=1,
        pageCompression=1,
        initialFontName=fonts.font_name(Role.BODY),
        lang="zh-CN" if paper.language == "zh_CN" else "en",
    )
    canvas.setTitle(legible(paper.title))
    canvas.setAuthor(legible(paper.author))
    canvas.setSubject(legible(_subject(paper)))
    canvas.setCreator(_("Outreach CRM"))
    if paper.day:
        # The day the paper bears, not the moment it was drawn: the same content gives the same bytes.
        dated = f"D:{paper.day:%Y%m%d}"
        canvas.setDateFormatter(lambda *_moment: dated)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    tagger, painter = Tagger(canvas, layout.root), _Painter(canvas, form.height)
    for number, page in enumerate(layout.pages):
        tagger.begin_page()
        if word and page.marks:
            with tagger.part(None):
                _watermark(canvas, word, form.width, form.height)
        painter.page(page, tagger)
        for i, entry in enumerate(layout.outline):
            if entry.page == number:
                canvas.bookmarkHorizontal(f"entry{i}", 0, form.height - entry.y)
        canvas.showPage()
        # Of a ledger of very many rows the marks are the larger part of what is held.
        page.marks.clear()
    _outline(canvas, layout)
    tagger.finish()
    canvas.save()
    return out.getvalue()


def _subject(paper: Paper) -> str:
    """Return what a file is about: the line under its title, else what kind of paper it is."""
    kinds = {kind.value: label for kind, label in PAPER_KIND_LABELS.items()}
    return paper.subtitle or (_(kinds[paper.kind]) if paper.kind in kinds else "")


def _outline(canvas: Canvas, layout: Layout) -> None:
    """Write the outline; a level is never more than one below the one before it, as PDF wants."""
    depth, base = -1, min((entry.level for entry in layout.outline), default=0)
    for i, entry in enumerate(layout.outline):
        depth = min(entry.level - base, depth + 1)
        canvas.addOutlineEntry(legible(entry.text), f"entry{i}", depth)


def _watermark(canvas: Canvas, word: str, width: float, height: float) -> None:
    size = min(96.0, 0.6 * width / max(fonts.text_width(word, Role.LABEL, 1.0), 1.0))
    canvas.saveState()
    canvas.setFillColor(HexColor("#f1f1f1"))
    canvas.translate(width / 2, height / 2)
    canvas.rotate(40)
    canvas.setFont(fonts.font_name(Role.LABEL), size)
    canvas.drawCentredString(0, -size / 3, word)
    canvas.restoreState()


class _Written(dict[str, tuple[str, str]]):
    """How the characters of a face are written in a document: a font's name there, and the code within that font.

    A face is written in subsets of 256 characters, each a font of its own, in the order they are asked for.
    """

    def __init__(self, face: TTFont, document: PDFDocument) -> None:
        super().__init__()
        self._face, self._document = face, document

    def __missing__(self, character: str) -> tuple[str, str]:
        ((subset, code),) = self._face.splitString(character, self._document)
        self[character] = self._face.getSubsetInternalName(subset, self._document), escapePDF(code)
        return self[character]


_font_of, _code_of = itemgetter(0), itemgetter(1)


class _Painter:
    """Writes marks as the operators of a page, saying a colour, a width or a face only where it changes.

    A ledger has a dozen marks a row: the canvas's own ways to draw one cost three times as much.
    """

    def __init__(self, canvas: Canvas, height: float) -> None:
        self._canvas, self._height = canvas, height
        self._code: list[str] = []
        self._written: dict[str, _Written] = {}
        self._forget()

    def _forget(self) -> None:
        """Go by nothing said before: a page begins without colour, width or face."""
        self._fill: Ink | None = None
        self._stroke: Ink | None = None
        self._thick = 0.0
        self._font = ("", 0.0)

    def page(self, page: Page, tagger: Tagger) -> None:
        """Draw a page, each stretch of marks as a piece of its element."""
        self._forget()
        ends = [*page.parts, (len(page.marks), None)]
        for (begin, element), (end, _next) in pairwise(ends):
            with tagger.part(element):
                self._draw(page.marks[begin:end])

    def _draw(self, marks: Sequence[Mark]) -> None:
        for mark in marks:
            match mark:
                case Text():
                    self._text(mark)
                case Line():
                    self._line(mark)
                case Rect():
                    self._fill_with(mark.ink)
                    bottom = self._height - mark.y - mark.height
                    self._code.append(f"{mark.x:.2f} {bottom:.2f} {mark.width:.2f} {mark.height:.2f} re f")
                case Picture():
                    self._picture(mark)
        self._canvas.addLiteral("\n".join(self._code))
        self._code.clear()

    def _fill_with(self, ink: Ink) -> None:
        if ink is not self._fill:
            self._fill = ink
            self._code.append(f"{_rgb(ink)} rg")

    def _line(self, mark: Line) -> None:
        if mark.ink is not self._stroke:
            self._stroke = mark.ink
            self._code.append(f"{_rgb(mark.ink)} RG")
        if mark.width != self._thick:
            self._thick = mark.width
            self._code.append(f"{mark.width:.2f} w")
        y1, y2 = self._height - mark.y1, self._height - mark.y2
        self._code.append(f"{mark.x1:.2f} {y1:.2f} m {mark.x2:.2f} {y2:.2f} l S")

    def _text(self, mark: Text) -> None:
        if not mark.text:
            return
        self._fill_with(mark.ink)
        struck = mark.role is Role.BOLD and fonts.is_struck()
        parts = ["BT"]
        if struck:
            self._stroke, self._thick = mark.ink, 0.0
            parts.append(f"{_rgb(mark.ink)} RG {_STRUCK * mark.size:.2f} w 2 Tr")
        if mark.spacing:
            parts.append(f"{mark.spacing:.3f} Tc")
        parts.append(f"1 0 0 1 {mark.x:.2f} {self._height - mark.y:.2f} Tm")
        for name, piece in fonts.segments(mark.text, mark.role):
            for font, run in groupby(map(self._as_written(name).__getitem__, piece), _font_of):
                chosen = (font, mark.size)
                if chosen != self._font:
                    self._font = chosen
                    parts.append(f"{font} {mark.size:g} Tf")
                parts.append(f"({''.join(map(_code_of, run))}) Tj")
        if mark.spacing:
            parts.append("0 Tc")
        if struck:
            parts.append("0 Tr")
        parts.append("ET")
        self._code.append(" ".join(parts))

    def _as_written(self, name: str) -> _Written:
        known = self._written.get(name)
        if known is None:
            known = self._written[name] = _Written(fonts.face(name), self._canvas._doc)
        return known

    def _picture(self, mark: Picture) -> None:
        """Put a picture in as it is; one that is drawn twice is in the file once."""
        name = hashlib.sha256(mark.jpeg).hexdigest()
        if not self._canvas.hasForm(name):
            self._canvas._doc.addForm(name, _Jpeg(name, mark))
        self._canvas.addLiteral("\n".join(self._code))
        self._code.clear()
        self._canvas.saveState()
        self._canvas.transform(mark.width, 0, 0, mark.height, mark.x, self._height - mark.y - mark.height)
        self._canvas.doForm(name)
        self._canvas.restoreState()


@cache
def _rgb(ink: Ink) -> str:
    """Return an ink as the three numbers of an operator."""
    return " ".join(f"{part:.3f}" for part in HexColor(ink.value).rgb())


class _Jpeg(PDFImageXObject):  # type: ignore[misc]  # reportlab has no types
    """A picture whose bytes nothing in this program looks into: its measures came with it."""

    def __init__(self, name: str, mark: Picture) -> None:
        self.name, self.width, self.height = name, mark.across, mark.down
        self.bitsPerComponent, self.colorSpace, self.mask = 8, "DeviceRGB", None
        self._filters, self.streamContent = ("DCTDecode",), mark.jpeg
