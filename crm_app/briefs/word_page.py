"""The page and the styles of a Word document: margins, grid, page numbers, watermark, and the faces of an office.

The faces are named, not embedded: an office has 仿宋, 黑体, 楷体 and 方正小标宋简体, and Word takes 宋体 for the last
where it is lacking. Where the bureau has a face of its own, that one is named.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from crm_app.briefs import forms
from crm_app.briefs.content import Align, Cover, Paper, Sheet
from crm_app.briefs.fonts import in_english, own_family
from crm_app.briefs.furniture import watermark
from crm_app.briefs.marks import Role
from crm_app.briefs.typeset import legible
from crm_app.domain.papers import PaperState

RED = "C00000"
HAIR = 1.0
"""Points of a line that is there for Word alone."""
_LATIN = "Times New Roman"
_SIZE = 16.0
"""3号; Word knows no quarter of a point, so that running text is set narrower instead: 28 characters are 156 mm."""
_NARROWER = -5
_TWIPS = 20
"""Twentieths of a point are Word's measure, here in a point."""


class Face(Enum):
    """What a text is set in: the name of a Chinese face."""

    BODY = "仿宋"
    HEAD = "黑体"
    KAI = "楷体"
    TITLE = "方正小标宋简体"
    SONG = "宋体"


_ROLES = {Face.BODY: Role.BODY, Face.HEAD: Role.HEAD, Face.KAI: Role.KAI, Face.TITLE: Role.TITLE}


def readable(text: str) -> str:
    """Return what of a text a document may hold: nothing that acts instead of being read, nothing XML does not know."""
    return "".join(c for c in legible(text) if ord(c) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(c) <= 0xFDEF)


def write(paragraph: Any, text: str) -> list[Any]:
    """Write plain text at a paragraph's end, with its line breaks, and return the runs made."""
    made = []
    for number, line in enumerate(readable(text).split("\n")):
        if number:
            paragraph.add_run().add_break()
        made.append(paragraph.add_run(line))
    return made


def align(paragraph: Any, side: Align) -> None:
    """Set a paragraph to one side or in the middle."""
    sides = WD_ALIGN_PARAGRAPH
    paragraph.alignment = {"left": sides.LEFT, "center": sides.CENTER, "right": sides.RIGHT}[side]


def indent(paragraph: Any, first: int, *, right: float = 0) -> None:
    """Indent the first line by so many characters, and the right side."""
    kept = paragraph._p.get_or_add_pPr()
    made = element("w:ind", firstLineChars=100 * first, firstLine=round(first * _running() * _TWIPS))
    if right:
        made.set(qn("w:rightChars"), str(round(100 * right)))
        made.set(qn("w:right"), str(round(right * _running() * _TWIPS)))
    for old in kept.findall(qn("w:ind")):
        kept.remove(old)
    kept.insert_element_before(
        made, "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection",
        "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
        "w:pPrChange",
    )  # fmt: skip


def resize(paragraph: Any, points: float) -> None:
    """Set a paragraph in so many points, to the half point Word knows."""
    for run in paragraph.runs:
        run.font.size = Pt(int(2 * points) / 2)


def right_tab(paragraph: Any, document: Any) -> None:
    """Let what follows a tab end at the right margin."""
    section = document.sections[-1]
    width = section.page_width - section.left_margin - section.right_margin
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def rule_below(paragraph: Any, colour: str, eighths: int) -> None:
    """Draw a line under a paragraph, ``eighths`` of a point thick."""
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz=eighths, space=6, color=colour))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
        "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing",
        "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr",
    )  # fmt: skip


def set_up(document: Any, paper: Paper, state: PaperState) -> None:
    """Make the page, the styles, and what stands around the text."""
    _styles(document)
    section = document.sections[0]
    _measures(section, paper.sheet)
    settings = document.settings
    if paper.sheet is not Sheet.LEDGER:
        settings.odd_and_even_pages_header_footer = True
    if paper.sheet is Sheet.DUPLEX:
        _mirror(settings.element)
    section.different_first_page_header_footer = bool(paper.blocks) and isinstance(paper.blocks[0], Cover)
    if paper.sheet is Sheet.LEDGER:
        _ledger_head(section, paper)
    else:
        _folio(section.footer, right=True)
        _folio(section.even_page_footer, right=False)
    word = watermark(paper.kind, state)
    if word:
        heads = [section.header, section.first_page_header]
        for head in heads if paper.sheet is Sheet.LEDGER else [*heads, section.even_page_header]:
            _watermark(head, word)


def _mirror(settings: Any) -> None:
    """Let inner and outer margins change sides; the schema wants the word right behind the zoom."""
    zoom = settings.find(qn("w:zoom"))
    settings.insert(0 if zoom is None else settings.index(zoom) + 1, element("w:mirrorMargins"))


def _running() -> float:
    """Return the size of running text, in points."""
    return forms.size() if in_english() else _SIZE


def _shapes() -> tuple[tuple[str, Face, float, bool, Align | None, float], ...]:
    """Return of each style its name, face, size in points, bold, alignment, line pitch in points."""
    size, pitch, title = _running(), forms.pitch(), forms.title()
    return (
        ("Title", Face.TITLE, title.size, False, "center", title.pitch),
        ("Subtitle", Face.KAI, size, False, "center", pitch),
        ("Heading 1", Face.HEAD, size, False, None, pitch),
        ("Heading 2", Face.KAI, size, False, None, pitch),
        ("Heading 3", Face.BODY, size, True, None, pitch),
        ("Heading 4", Face.BODY, size, False, None, pitch),
        ("Caption", Face.HEAD, 12, False, "center", 20),
        ("Plain", Face.BODY, size, False, None, pitch),
        ("Note", Face.BODY, 10.5, False, None, 16.5),
        ("Gap", Face.KAI, 12, False, None, 20),
        ("Cell", Face.BODY, 10.5, False, None, 15.5),
        ("Cell head", Face.HEAD, 10.5, False, "center", 15.5),
        ("Annex cell", Face.BODY, 9, False, None, 13),
        ("Annex cell head", Face.HEAD, 9, False, "center", 13),
        ("Day", Face.BODY, 8, False, None, 10.5),
        ("Fact", Face.BODY, 12, False, None, 20),
        ("Fact head", Face.HEAD, 11, False, "center", 20),
        ("Sign-off", Face.BODY, 14, False, None, 25),
        ("Red head", Face.TITLE, 48, False, "center", 58),
    )


def _styles(document: Any) -> None:
    known = document.styles
    normal = known["Normal"]
    _dress(normal, Face.BODY, _running(), bold=False)
    normal.paragraph_format.line_spacing = Pt(forms.pitch())
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    normal.paragraph_format.space_after = Pt(0)
    for name, face, size, bold, side, pitch in _shapes():
        style = known[name] if name in known else known.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _dress(style, face, size, bold=bold)
        shape = style.paragraph_format
        shape.line_spacing, shape.space_before, shape.space_after = Pt(pitch), Pt(0), None
        sides = WD_ALIGN_PARAGRAPH
        shape.alignment = sides.CENTER if side == "center" else sides.LEFT
        if pitch != forms.pitch():
            style.element.get_or_add_pPr().insert_element_before(
                element("w:snapToGrid", val=0), "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
            )
        if name.startswith("Heading"):
            shape.first_line_indent = Pt(2 * _running())
            shape.keep_with_next = True
    known["Title"].paragraph_format.space_after = Pt(0.4 * forms.pitch())
    known["Caption"].paragraph_format.space_before = Pt(6)
    for name in ("Gap", "Red head"):
        known[name].font.color.rgb = RGBColor.from_string(RED)
    for borders in known["Title"].element.iter(qn("w:pBdr")):
        borders.getparent().remove(borders)
        break


def _dress(style: Any, face: Face, size: float, *, bold: bool) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = _LATIN, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    fonts.set(qn("w:eastAsia"), own_family(_ROLES[face]) or face.value)
    for old in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(old)
    narrower = _NARROWER if size == _SIZE else 0
    style.element.get_or_add_rPr().insert_element_before(
        element("w:spacing", val=narrower), "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang"
    )


def _measures(section: Any, sheet: Sheet) -> None:
    form = forms.form(sheet)
    section.page_width, section.page_height = Pt(form.width), Pt(form.height)
    if sheet is Sheet.LEDGER:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.top_margin = Pt(form.top)
    section.bottom_margin = Pt(form.height - form.bottom)
    section.left_margin = Pt(form.left)
    section.right_margin = Pt(form.width - form.left - form.block_width)
    section.footer_distance = Pt(form.height - form.bottom - 7 * 72 / 25.4 - forms.FOLIO_SIZE)
    section.header_distance = Pt(form.top / 2)
    if sheet is not Sheet.LEDGER:
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        pitch = round(forms.pitch() * _TWIPS)
        section._sectPr.append(element("w:docGrid", type="lines", linePitch=pitch))


def _folio(footer: Any, *, right: bool) -> None:
    """Write the page number as the standard has it: 4号, a dash each side, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    line = footer.paragraphs[0]
    align(line, "right" if right else "left")
    inset = Pt(forms.FOLIO_SIZE)
    if right:
        line.paragraph_format.right_indent = inset
    else:
        line.paragraph_format.left_indent = inset
    parts = [line.add_run("— "), *field(line, "PAGE"), line.add_run(" —")]
    for run in parts:
        run.font.size, run.font.name = Pt(forms.FOLIO_SIZE), _LATIN
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), Face.SONG.value)


def field(paragraph: Any, code: str) -> list[Any]:
    """Add a field, such as PAGE or NUMPAGES, and return its runs."""
    runs = []
    for kind in ("begin", "", "separate", "shown", "end"):
        run = paragraph.add_run("1" if kind == "shown" else "")
        if kind == "":
            instruction = element("w:instrText")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind != "shown":
            run._r.append(element("w:fldChar", fldCharType=kind))
        runs.append(run)
    return runs


def _ledger_head(section: Any, paper: Paper) -> None:
    line = section.header.paragraphs[0]
    width = section.page_width - section.left_margin - section.right_margin
    # The style's own places, in the middle and at the right of an upright page, would catch what follows the tab.
    line.style.paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    write(line, f"{paper.title} {paper.subtitle}".strip())
    line.add_run("\t")
    before, _sign, rest = readable(paper.folio).partition("{page}")
    between, _sign, after = rest.partition("{pages}")
    for text, code in ((before, "PAGE"), (between, "NUMPAGES")):
        line.add_run(text)
        field(line, code)
    line.add_run(after)
    foot = section.footer.paragraphs[0]
    write(foot, paper.author)
    for run in (*line.runs, *foot.runs):
        run.font.size = Pt(9)


def _watermark(header: Any, word: str) -> None:
    """Put a word across the page behind the text, as Word itself does."""
    header.is_linked_to_previous = False
    shape = parse_xml(
        '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="watermark" type="#_x0000_t136" stroked="f" fillcolor="#ececec" '
        'style="position:absolute;width:300pt;height:100pt;rotation:315;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin">'
        '<v:textpath on="t" fitshape="t" style="font-family:&quot;Times New Roman&quot;;font-size:1pt"/>'
        "</v:shape></w:pict>"
    )
    shape[1][0].set("string", word)
    header.paragraphs[0].add_run()._r.append(shape)


def element(tag: str, **attributes: object) -> Any:
    """Return an element of a Word document with these attributes; None leaves one out."""
    made = OxmlElement(tag)
    for attribute, value in attributes.items():
        if value is not None:
            made.set(qn(f"w:{attribute}"), str(value))
    return made
