"""The bureau's own fonts: chosen for the book, printed and named, and done without where the file is not at hand."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from crm_app import paths
from crm_app.domain.papers import PaperKind
from crm_app.domain.typefaces import Typeface
from crm_app.errors import Refused
from crm_app.services import enterprises, papers
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from tests.briefs.reading import fonts_of


def faces(pdf: bytes) -> set[str]:
    return {name.rpartition("+")[2].strip() for name, _embedded in fonts_of(pdf)}


def test_a_paper_is_printed_in_the_bureaus_font_as_long_as_it_is_there(book: Book, tmp_path: Path) -> None:
    file = Path(shutil.copy(paths.resources() / "fonts" / "OutreachKai-Regular.ttf", tmp_path / "own.ttf"))
    known = enterprises.create_enterprise(book, name="示例新材料有限公司").value
    paper = papers.compose(book, PaperKind.ONE_PAGER, Asked((known,)))
    ours = papers.pages(book, paper)
    assert "NotoSerifSC-Bold" in faces(ours)

    papers.change_typeface(book, Typeface.TITLE, file)
    assert papers.typefaces(book)[1].family == "Outreach Kai"
    assert "NotoSerifSC-Bold" not in faces(papers.pages(book, paper))
    title = Document(io.BytesIO(papers.document(book, paper))).styles["Title"]
    assert title.element.rPr.rFonts.get(qn("w:eastAsia")) == "Outreach Kai"
    assert not papers.typefaces_lacking(book)

    file.unlink()
    assert papers.pages(book, paper) == ours
    (told,) = papers.typefaces_lacking(book)
    assert told.startswith("标题、红头刊名：字体文件")
    assert "改用随附字体" in told
    with pytest.raises(Refused, match="无法读取"):
        papers.change_typeface(book, Typeface.BODY, file)
    papers.change_typeface(book, Typeface.TITLE, None)
    assert not papers.typefaces_lacking(book)
