"""Photos and codes on paper, and what a reader who sees nothing is told of them."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import pypdfium2.raw as raw
import pytest
import segno
from docx import Document
from PIL import Image
from pypdfium2 import PdfDocument

from crm_app.briefs import bulletin, codec, pdf, visit, word
from crm_app.briefs.content import Paper, Photos, Qr
from crm_app.briefs.layout import lay_out
from crm_app.briefs.marks import MM, Picture, Rect
from crm_app.briefs.qr import SIDE
from crm_app.briefs.texts import texts
from crm_app.domain.papers import PaperState
from tests.briefs import reading, samples
from tests.briefs.half_year import BULLETIN

FINAL = PaperState.FINAL


def test_photos_stand_two_to_a_row_each_over_its_caption() -> None:
    paper = Paper("visit", "照片", "zh_CN", (Photos(tuple(samples.VISIT.photos)),))
    layout = lay_out(paper)
    (page,) = layout.pages
    pictures = [mark for mark in page.marks if isinstance(mark, Picture)]
    left, wide = layout.form.left, layout.form.block_width
    assert [round(one.width / one.height, 2) for one in pictures] == [1.33, 0.75, 1.33]
    first, second, alone = pictures
    assert first.y + first.height == pytest.approx(second.y + second.height)
    assert alone.x + alone.width / 2 == pytest.approx(left + wide / 2)
    assert all(one.x >= left - 0.01 and one.x + one.width <= left + wide + 0.01 for one in pictures)
    made = pdf.render(paper, state=FINAL)
    text = "".join(reading.text_of(made).split())
    assert all("".join(photo.caption.split()) in text for photo in samples.VISIT.photos)
    with PdfDocument(made) as document:
        drawn = [one for page in document for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
        assert [one.get_px_size() for one in drawn] == [(72, 54), (54, 72), (72, 54)]
    assert codec.from_json(codec.to_json(paper)) == paper, "a final paper needs no file beside it"


def test_photos_stand_on_the_page_of_the_signature_where_they_can() -> None:
    for count, across in ((2, 2), (3, 2), (6, 3)):
        taken = (samples.VISIT.photos * 2)[:count]
        layout = lay_out(visit.compose(replace(samples.VISIT, photos=taken)))
        *_before, last = layout.pages
        pictures = [mark for mark in last.marks if isinstance(mark, Picture)]
        assert len(pictures) == count
        assert len({round(one.y + one.height) for one in pictures}) == -(-count // across)


def test_the_code_in_the_margin_says_what_the_standard_reads() -> None:
    paper = visit.compose(replace(samples.VISIT, photos=()))
    squares = [mark for mark in lay_out(paper).pages[0].marks if isinstance(mark, Rect) and mark.y < 36 * MM]
    left, top = min(one.x for one in squares), min(one.y for one in squares)
    wanted = segno.make_qr(samples.QR.text, error="m", encoding="utf-8", boost_error=False).matrix
    module = SIDE / len(wanted)
    for number, row in enumerate(wanted):
        y = top + (number + 0.5) * module
        dark = [one for one in squares if one.y <= y < one.y + module]
        for at, wants in enumerate(row):
            x = left + (at + 0.5) * module
            assert bool(wants) == any(one.x <= x < one.x + one.width for one in dark), (number, at)
    assert max(one.x + one.width for one in squares) <= 184 * MM + 0.01
    assert "扫码" not in reading.text_of(pdf.render(visit.compose(replace(samples.VISIT, code=None)), state=FINAL))


def test_who_sees_nothing_is_told_all() -> None:
    made = pdf.render(visit.compose(samples.VISIT), state=PaperState.DRAFT)
    elements = reading.elements_of(made)
    tags = Counter(tag for tag, _told in elements)
    assert tags["H1"] >= 1
    assert tags["H2"] >= 6
    assert tags["TD"] > tags["TH"] > 8
    told = [told for tag, told in elements if tag == "Figure"]
    assert {photo.caption for photo in samples.VISIT.photos} | {samples.QR.label} == set(told)
    charts = [told for tag, told in reading.elements_of(pdf.render(bulletin.compose(BULLETIN), state=FINAL)) if told]
    assert any("智能网联新能源汽车" in one and "亿元" in one for one in charts)


def test_word_has_the_same_photos_and_the_code() -> None:
    paper = visit.compose(samples.VISIT)
    document = Document(io.BytesIO(word.render(paper, state=FINAL)))
    pictures = [part.blob for part in document.part.package.image_parts]
    photos = next(block for block in paper.blocks if isinstance(block, Photos)).photos
    assert {photo.jpeg for photo in photos} <= set(pictures)
    code = next(blob for blob in pictures if blob.startswith(b"\x89PNG"))
    side = len(segno.make_qr(samples.QR.text, error="m", encoding="utf-8", boost_error=False).matrix)
    assert Image.open(io.BytesIO(code)).size == (8 * side, 8 * side)
    assert "wp:anchor" in document.element.body.xml
    assert word.render(paper, state=FINAL) == word.render(paper, state=FINAL)
    assert next(block.label for block in paper.blocks if isinstance(block, Qr)) in list(texts(paper))
