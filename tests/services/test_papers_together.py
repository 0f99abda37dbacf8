"""Papers of several records: in one, each on pages of its own, or a file each; stopped at any of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from crm_app import clock
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.papers import PaperKind
from crm_app.errors import BadInput, Cancelled
from crm_app.services import access, papers
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from tests import templates

NAMES = ("江津农产(示例)有限公司", "江津农产(示例)有限公司", "某某/贸易:有限公司")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = templates.new_book(tmp_path / "book.crm")
    yield opened
    books.close_book(opened)


@pytest.fixture
def asked(book: Book) -> Asked:
    with book.unit("make") as unit:
        ids = tuple(unit.insert(Enterprise, name=name) for name in NAMES)
        unit.commit()
    return Asked(ids=ids)


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "") for page in document]


def test_each_begins_a_page_and_on_both_sides_a_leaf(book: Book, asked: Asked) -> None:
    paper = papers.compose(book, PaperKind.ONE_PAGER, asked)
    assert paper.title == "企业一页纸（3份）"
    once = pages(papers.pages(book, paper))
    assert [name in page for page, name in zip(once, NAMES, strict=True)] == [True] * 3
    assert "企业一页纸（3份）" not in once[0]
    both = Asked(ids=asked.ids, both_sides=True)
    leaves = pages(papers.pages(book, papers.compose(book, PaperKind.ONE_PAGER, both)))
    assert [bool(page.strip("草\u3000稿")) for page in leaves] == [True, False, True, False, True]
    titles = [
        one.text for one in Document(io.BytesIO(papers.document(book, paper))).paragraphs if one.style.name == "Title"
    ]
    assert titles == list(NAMES)


def test_a_file_each_bears_the_name_and_none_replaces_another(book: Book, asked: Asked, tmp_path: Path) -> None:
    folder = tmp_path / "一页纸"
    written = papers.write_each(book, PaperKind.ONE_PAGER, asked, folder)
    day = clock.today().isoformat()
    assert [path.name for path in written] == [
        f"企业一页纸 {NAMES[0]} {day}.pdf",
        f"企业一页纸 {NAMES[0]} {day} (2).pdf",
        f"企业一页纸 某某-贸易-有限公司 {day}.pdf",
    ]
    assert all(path.read_bytes().startswith(b"%PDF") for path in written)
    assert access.entries(book)[0].act == "导出为文件"
    assert papers.write_each(book, PaperKind.ONE_PAGER, asked, folder) == written, "a batch made again replaces itself"
    with pytest.raises(BadInput, match="--of"):
        papers.write_each(book, PaperKind.LEDGER, Asked(list_name="trips"), folder)


def test_a_batch_that_is_stopped_keeps_what_is_written(book: Book, asked: Asked, tmp_path: Path) -> None:
    def stop(done: int, total: int, text: str) -> None:
        assert (total, text) == (3, f"{done + 1}/3")
        if done == 2:
            raise Cancelled("…")

    with pytest.raises(Cancelled):
        papers.write_each(book, PaperKind.ONE_PAGER, asked, tmp_path / "x", report=stop)
    assert len(list((tmp_path / "x").iterdir())) == 2
    with pytest.raises(Cancelled):
        papers.compose(book, PaperKind.ONE_PAGER, asked, stop)
