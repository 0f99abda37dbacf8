"""What stands around the text: red head, titles, covers, signatures, 版记, page numbers and the mark of a draft.

Measures are those of GB/T 9704-2012; a bulletin's head (简报) carries name, issue, compiler and day over a red line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from crm_app.briefs import fonts, forms
from crm_app.briefs.content import Cover, Paper, RedHead, Sheet, Signature, SignOff
from crm_app.briefs.flow import Flow
from crm_app.briefs.linebreak import break_lines, words_of
from crm_app.briefs.marks import MM, Ink, Line, Mark, Role, Text
from crm_app.briefs.structure import Tag
from crm_app.briefs.typeset import SetLine, Style, clean, set_text, text_width
from crm_app.domain.papers import WORKING_PAPERS, PaperState
from crm_app.i18n import _

_HEAD_DROP = 35 * MM
COVER_SIZE = 32
"""Points of the title on a cover."""
_COVER_LINE = Style(Role.KAI, 18, forms.PITCH, align="center")
_RULE_THICK = 0.35 * MM
_RULE_THIN = 0.25 * MM
_RED_RULE = 0.7 * MM
_WHOLE = re.compile(
    "股份有限公司|有限责任公司|有限公司|分公司|上半年|下半年|工作打算|工作|招商引资|招商|项目|签约|情况|报告|固定资产|开工日|投产日"
)
"""Legal forms, and the words of titles and heads of columns, which no line ends in the middle of."""


_NAMES = re.compile("[\u2e80-\uffef][^ ]*")
"""Chinese names in an English title."""


def balanced(text: str, style: Style, width: float) -> list[SetLine]:
    """Return centred lines of nearly equal length, as a title is divided."""
    text, centred = clean(text), replace(style, align="center")
    if "\n" not in text and text_width(text, style) <= width:
        return set_text(text, centred, width)
    advances = fonts.advances(text, style.role, style.size)
    lines = len(break_lines(text, advances, width, width))
    narrow = width
    widest = max((text_width(word, style) for word in words_of(text)), default=0.0)
    while lines > 1 and narrow > width / 2:
        tighter = narrow - style.size / 2
        if tighter < widest or len(break_lines(text, advances, tighter, tighter)) > lines:
            break
        narrow = tighter
    whole = _uncut(text, [end for _start, end in break_lines(text, advances, narrow, narrow)[:-1]])
    if whole and len(set_text(whole, centred, width)) == lines:
        return set_text(whole, centred, width)
    inner = set_text(text, centred, narrow)
    shift = (width - narrow) / 2
    return [SetLine(tuple(replace(p, x=p.x + shift) for p in line.pieces), line.style) for line in inner]


def _uncut(text: str, ends: Sequence[int]) -> str:
    """Return a title that is divided before a word it would cut (有|限公司, 开|工日); empty where it cuts none.

    A word that it begins with is divided from what follows.
    """
    whole = chain(_WHOLE.finditer(text), _NAMES.finditer(text) if fonts.in_english() else ())
    for word in whole:
        if any(word.start() < end < word.end() for end in ends):
            at = word.start() or word.end()
            return f"{text[:at]}\n{text[at:]}"
    return ""


def draw_red_head(flow: Flow, head: RedHead) -> None:
    """Place a red head on the first page and go down past its line, by two lines of the grid."""
    style = Style(Role.TITLE, name_size(head.name, flow.width), 58, align="center", ink=Ink.RED)
    flow.y = flow.form.top + _HEAD_DROP - (style.pitch - style.size) / 2
    with flow.tagged(Tag.PARAGRAPH):
        flow.lines(set_text(head.name, style, flow.width))
    flow.y += 8
    if head.issue:
        with flow.tagged(Tag.PARAGRAPH):
            flow.lines(set_text(head.issue, forms.aligned(replace(forms.body(), spaced=False), "center"), flow.width))
    line = replace(forms.body(indent=False), align="left", spaced=False)
    day = clean(head.day)
    room = flow.width - 3 * forms.size() - fonts.text_width(day, line.role, line.size)
    issuer = set_text(head.issuer, line, max(room, flow.width / 3))
    with flow.tagged(Tag.PARAGRAPH):
        flow.put(mark for i, part in enumerate(issuer) for mark in part.marks(forms.size(), i * forms.pitch()))
        flow.y += (len(issuer) - 1) * forms.pitch()
        right = set_text(day, replace(line, align="right"), flow.width - forms.size())
        flow.put(mark for part in right for mark in part.marks(0, 0))
    flow.y += forms.pitch() + 1
    flow.decorate([Line(0, 0, flow.width, 0, _RED_RULE, Ink.RED)])
    flow.snap(forms.pitch() / 2)


def name_size(name: str, width: float) -> float:
    """Return the largest size, at most 48 pt, at which the name stands on one line with air around it."""
    return min(48.0, 0.9 * width / max(fonts.text_width(clean(name), Role.TITLE, 1.0), 1.0))


def draw_title(flow: Flow, title: str, subtitle: str = "") -> None:
    """Place a title, 2号, with a free line under it; the subtitle in brackets stands between."""
    with flow.tagged(Tag.H1), flow.saying():
        flow.lines(balanced(title, forms.title(), flow.width), keep=2)
    if subtitle:
        flow.snap()
        with flow.tagged(Tag.PARAGRAPH):
            flow.lines(set_text(subtitle, forms.subtitle(), flow.width))
    flow.snap(0.4 * forms.pitch())


def draw_cover(flow: Flow, cover: Cover) -> None:
    """Place a cover on a page of its own, unnumbered."""
    flow.break_page(odd=flow.form.mirrored)
    flow.pages[-1].numbered = False
    flow.y = flow.form.top + 0.2 * flow.form.block_height
    with flow.tagged(Tag.H1):
        flow.lines(balanced(cover.title, Style(Role.TITLE, COVER_SIZE, 50, align="center"), flow.width))
    flow.y += 1.5 * forms.pitch()
    for number, text in enumerate(cover.lines):
        with flow.tagged(Tag.PARAGRAPH), flow.saying(f"line|{number}"):
            flow.lines(balanced(text, _COVER_LINE, flow.width))
    flow.y = max(flow.y, flow.form.bottom - len(cover.foot) * forms.pitch())
    for text in cover.foot:
        with flow.tagged(Tag.PARAGRAPH):
            flow.lines(set_text(text, replace(forms.body(indent=False), align="center"), flow.width))
    flow.y = flow.form.bottom


_SIGN_OFF_PITCH = 25.0
ABOVE_SIGNATURE = 2
"""Empty lines above a signature: a seal of 42 mm then begins within a line of the text and covers name and day."""


def draw_signature(flow: Flow, signature: Signature) -> None:
    """Place 署名 and 成文日期 so that a seal fits over both: the day ends four characters from the right.

    The name is centred over it (GB/T 9704-2012, 7.3.5.1).
    """
    pitch = forms.pitch()
    flow.snap()
    flow.need(signature_height(flow.width, signature))
    flow.y += ABOVE_SIGNATURE * pitch if flow.y > flow.form.top else 0
    for left, lines in _signed(flow.width, signature):
        with flow.tagged(Tag.PARAGRAPH):
            flow.put(mark for i, line in enumerate(lines) for mark in line.marks(left, i * pitch))
        flow.y += pitch * len(lines)


def signature_height(width: float, signature: Signature) -> float:
    """Return what a signature takes, with the empty lines above it."""
    return (ABOVE_SIGNATURE + sum(len(lines) for _left, lines in _signed(width, signature))) * forms.pitch()


def _signed(width: float, signature: Signature) -> list[tuple[float, list[SetLine]]]:
    """Return where name and day begin, and their lines."""
    style = replace(forms.body(indent=False), spaced=False)
    texts = [clean(signature.name), clean(signature.day)]
    name_width, day_width = (fonts.text_width(text, style.role, style.size) for text in texts)
    centre = min(width - 4 * style.size - day_width / 2, width - name_width / 2)
    lefts = [max(centre - wide / 2, 0.0) for wide in (name_width, day_width)]
    return [(left, set_text(text, style, width - left)) for left, text in zip(lefts, texts, strict=True)]


def draw_sign_off(flow: Flow, sign_off: SignOff) -> None:
    """Place 版记 at the foot of the last page: 报/送/发, then who issues it and how many were printed.

    Printed on both sides the last page is the back of the last sheet, an even one, whatever room the page before has
    (GB/T 9704-2012, 7.4.1).
    """
    style = Style(Role.BODY, 14, _SIGN_OFF_PITCH, hang=False)
    inner = flow.width - 2 * style.size
    groups = [set_text(line, replace(style, align="left"), inner) for line in sign_off.lines]
    printed = set_text(sign_off.printed, replace(style, align="right"), inner)
    taken = fonts.text_width(clean(sign_off.printed), style.role, style.size) + style.size / 2
    last = set_text(sign_off.issuer, replace(style, align="left"), max(inner - taken, inner / 3))
    height = sum(len(group) for group in (*groups, last)) * style.pitch
    flow.need(height + forms.pitch() / 2)
    if flow.form.mirrored and len(flow.pages) % 2:
        _turn_over(flow)
    flow.y = flow.form.bottom - height
    flow.decorate([Line(0, 0, flow.width, 0, _RULE_THICK)])
    for group in groups:
        with flow.tagged(Tag.PARAGRAPH):
            flow.put(m for i, line in enumerate(group) for m in line.marks(style.size, i * style.pitch))
        flow.y += len(group) * style.pitch
        flow.decorate([Line(0, 0, flow.width, 0, _RULE_THIN)])
    with flow.tagged(Tag.PARAGRAPH):
        flow.put(m for i, line in enumerate(last) for m in line.marks(style.size, i * style.pitch))
        flow.put(m for line in printed for m in line.marks(style.size, (len(last) - 1) * style.pitch))
    flow.y = flow.form.bottom
    flow.decorate([Line(0, 0, flow.width, 0, _RULE_THICK)])


def _turn_over(flow: Flow) -> None:
    """Go on at the back of this sheet; where its front is empty, neither side is numbered (GB/T 9704-2012, 7.5)."""
    front = flow.pages[-1]
    blank = flow.fresh
    flow.new_page()
    if blank:
        front.numbered = flow.pages[-1].numbered = False


def folios(flow: Flow, paper: Paper) -> None:
    """Put the page numbers on: with dashes on the outer side, or a ledger's page line at the right of its head."""
    for number, page in enumerate(flow.pages, 1):
        if page.numbered:
            page.add(_ledger_folio(flow, paper, number) if paper.sheet is Sheet.LEDGER else _folio(flow, number))


def _folio(flow: Flow, number: int) -> list[Mark]:
    form, size = flow.form, forms.FOLIO_SIZE
    text = f"— {number} —"
    left = form.left_of(number)
    width = fonts.text_width(text, Role.BODY, size)
    x = left + form.block_width - size - width if number % 2 else left + size
    return [Text(x, form.bottom + 7 * MM + 0.38 * size, text, Role.BODY, size)]


def _ledger_folio(flow: Flow, paper: Paper, number: int) -> list[Mark]:
    form, size = flow.form, 9.0
    right = clean(paper.folio.format(page=number, pages=len(flow.pages)))
    y = form.top - 4 * MM
    x = form.left + form.block_width - fonts.text_width(right, Role.LABEL, size)
    marks: list[Mark] = [Text(x, y, right, Role.LABEL, size, Ink.GREY)]
    if number > 1:
        marks.append(Text(form.left, y, clean(f"{paper.title} {paper.subtitle}"), Role.LABEL, size, Ink.GREY))
    foot = clean(paper.author)
    marks.append(Text(form.left, form.bottom + 8 * MM, foot, Role.LABEL, size, Ink.GREY))
    return marks


def watermark(kind: str, state: PaperState) -> str:
    """Return the word across a page that is not final; what one works with is no draft of anything."""
    if state is PaperState.DRAFT:
        return "" if kind in WORKING_PAPERS else _("DRAFT")
    return _("FOR REVIEW") if state is PaperState.REVIEW else ""
