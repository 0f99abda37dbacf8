"""Every kind of paper, measured: what it says, its faces, its page, what a reader of the file is told, how it looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pypdfium2.raw as raw
import pytest
from pypdfium2 import PdfDocument

from crm_app import i18n
from crm_app.briefs import fonts, forms, pdf
from crm_app.briefs.content import Cover, Heading, KeyValue, Paper, Qr, Sheet
from crm_app.briefs.lacking import lacking
from crm_app.briefs.layout import Layout, lay_out
from crm_app.briefs.marks import Ink, Role, Text
from crm_app.briefs.texts import mapped, texts
from crm_app.briefs.typeset import clean
from crm_app.domain.papers import PAPER_KIND_LABELS, PaperKind, PaperState
from tests.briefs import golden, reading, sheets
from tests.briefs.test_content import PAPERS

LONGEST = "示例" + "西部陆海新通道智能网联新能源汽车零部件产业投资发展集团" * 2 + "股份有限公司"
ENGLISH = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesellschaft International Holdings (S) Pte. Ltd."
HOSTILE = '示例<img src="/etc/passwd"/><b>&amp;</para> %s {0} \\'
RARE = "示例䶮㛃㐂𬭎𫖯䓨𬍛𣲗 Łukasz Әлия สมชาย ສົມສັກ Nguyễn"
CHANGES: dict[str, Callable[[str], str]] = {
    "short": lambda text: text.replace("示例", "华"),
    "long": lambda text: text.replace("示例", LONGEST[:60]),
    "English": lambda text: text.replace("示例", ENGLISH),
    "hostile": lambda text: text.replace("示例", HOSTILE),
    "rare": lambda text: text.replace("示例", RARE),
}


@cache
def made(kind: str) -> tuple[Paper, bytes, Layout]:
    paper = PAPERS[kind]()
    return paper, pdf.render(paper, state=PaperState.FINAL), lay_out(paper)


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_says_all_in_embedded_faces_and_repeats_to_the_byte(kind: str) -> None:
    paper, content, layout = made(kind)
    assert content == pdf.render(paper, state=PaperState.FINAL)
    faces = reading.fonts_of(content)
    assert faces
    assert all(embedded for _name, embedded in faces)
    assert lacking(paper) == []
    read = bare(reading.text_of(content))
    assert "〔U+" not in read
    said = [text for text in texts(paper) if text and not (isinstance(paper.blocks[0], Cover) and text == paper.title)]
    # Readers join what stands on two lines of a narrow cell with what is beside it: its pieces are all there.
    lost = [text for text in said if bare(text)[:8] not in read]
    assert len(lost) <= len(said) / 20, lost
    with PdfDocument(content) as document:
        about = document.get_metadata_dict()
        subject = paper.subtitle or i18n._(PAPER_KIND_LABELS[PaperKind(paper.kind)])
        assert (about["Title"], about["Author"], about["Subject"]) == (paper.title, paper.author, subject)
        assert about["CreationDate"][:10] == (f"D:{paper.day:%Y%m%d}" if paper.day else "D:20000101")
        assert len(document) == len(layout.pages)
        assert raw.FPDFCatalog_IsTagged(document.raw)
        told = [item.get_title() for item in document.get_toc()]
        assert told == [clean(block.text) for block in paper.blocks if isinstance(block, Heading)]
    assert b"/Lang (zh-CN)" in content
    tags = {tag for tag, _told in reading.elements_of(content)}
    assert {"Document", "H1"} <= tags or isinstance(paper.blocks[0], Cover)


@pytest.mark.parametrize("kind", PAPERS)
def test_nothing_leaves_the_block_or_stands_on_another_whatever_the_names(kind: str) -> None:
    paper, _content, layout = made(kind)
    for name, change in {"as it is": lambda text: text, **CHANGES}.items():
        laid = layout if name == "as it is" else lay_out(mapped(paper, change))
        assert not list(sheets.outside(laid))[:3], name
        assert not list(sheets.colliding(laid))[:3], name
        assert all(page.marks for page in laid.pages if page.numbered), name


@pytest.mark.parametrize("kind", PAPERS)
def test_running_text_stands_on_the_22_lines(kind: str) -> None:
    paper, _content, layout = made(kind)
    if paper.sheet is Sheet.LEDGER:
        # A lying page is rows of a table, not lines.
        assert layout.form.width > layout.form.height
        return
    grid = {round(layout.form.top + forms.body().baseline + n * forms.PITCH, 1) for n in range(22)}
    set_ = [m for page in layout.pages for m in page.marks if isinstance(m, Text) and m.size == forms.SIZE]
    off = [mark.text for mark in set_ if round(mark.y, 1) not in grid]
    # Issue, compiler and day of a red head stand between its name and its rule.
    assert off == ([paper.head.issue, paper.head.issuer, paper.head.day] if paper.head else [])


def test_every_kind_of_paper_has_its_picture() -> None:
    assert golden.kinds() == sorted(PAPERS), "python -m tests.briefs.golden takes what is new; delete what is gone"


@pytest.mark.parametrize("kind", PAPERS)
def test_in_english_it_stands_on_32_lines_and_nothing_leaves_the_block_or_stands_on_another(kind: str) -> None:
    i18n.set_language("en")
    paper = PAPERS[kind]()
    layout = lay_out(paper)
    with fonts.set_for("en"):
        assert not list(sheets.outside(layout))[:3]
        assert not list(sheets.colliding(layout))[:3]
        style = forms.body()
    if paper.sheet is Sheet.LEDGER:
        return
    head = [paper.head.issue, paper.head.issuer, paper.head.day] if paper.head else []
    grid = {round(layout.form.top + style.baseline + n * style.pitch, 1) for n in range(32)}
    running = [m for page in layout.pages for m in page.marks if isinstance(m, Text) and m.role is Role.BODY]
    off = [m.text for m in running if m.size == style.size and round(m.y, 1) not in grid and m.text not in head]
    # A form's values are of the same size: they are the only ones that stand between rules.
    assert not off or any(isinstance(block, KeyValue) for block in paper.blocks)


@pytest.mark.parametrize("kind", golden.kinds())
def test_a_paper_looks_as_it_was_found_good(kind: str) -> None:
    _paper, content, _layout = made(kind)
    now = golden.picture(content)
    share = golden.difference(now, golden.kept(kind))
    assert share <= golden.SHARE, f"{share:.2%} of {kind} differs: look, then python -m tests.briefs.golden"


def test_every_ink_of_a_text_can_be_read_when_printed_without_colour() -> None:
    def contrast(ink: Ink, ground: float) -> float:
        red, green, blue = (int(ink.value[at : at + 2], 16) / 255 for at in (1, 3, 5))
        grey = 0.299 * red + 0.587 * green + 0.114 * blue
        linear = grey / 12.92 if grey <= 0.04045 else ((grey + 0.055) / 1.055) ** 2.4
        return (ground + 0.05) / (linear + 0.05)

    wash = 0.86
    used = {
        mark.ink for kind in PAPERS for page in made(kind)[2].pages for mark in page.marks if isinstance(mark, Text)
    }
    assert Ink.BLACK in used
    assert all(contrast(ink, wash) >= 4.5 for ink in used | {Ink.RED}), used
    assert any(isinstance(block, Qr) for kind in PAPERS for block in made(kind)[0].blocks)
