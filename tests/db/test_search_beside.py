"""Words that are indexed beside the other work: what they leave is what the book would have written by itself."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from crm_app.db import search, search_beside
from crm_app.db.book import Book
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import store_all
from crm_app.domain.search_documents import BrokenEntries, KnownEntries, PackedEntries
from crm_app.errors import Refused
from crm_app.services import checkup
from tests.ledgers import pieces_of, take_a_ledger
from tests.templates import bare_book


def shadow_tables(book: Book) -> list[Any]:
    """Return all that the full-text index keeps."""
    with book.read() as reader:
        tables = ("data", "idx", "docsize", "config")
        return [reader.rows_of(f"SELECT * FROM search_text_{table} ORDER BY 1, 2") for table in tables]


def states(path: Path) -> list[Any]:
    """Return the index after each of many steps: ledgers on what was deleted, taken back, done again and merged."""
    book, found = bare_book(path), []
    take_a_ledger(book, 40)
    with book.unit("Delete") as unit:
        for enterprise in sorted(unit.find(Enterprise), key=lambda one: one.name)[::7]:
            unit.delete(Enterprise, enterprise.id)
        unit.commit()
    found.append(shadow_tables(book))
    for _ledger in range(2):
        take_a_ledger(book, 30)
        found.append(shadow_tables(book))
        book.undo()
        found.append(shadow_tables(book))
        book.redo()
        checkup.merge_index(book)
    found.append(shadow_tables(book))
    assert book.check() == []
    book.close()
    return found


def test_it_is_to_the_byte_what_the_book_writes_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = states(tmp_path / "beside.crm")
    monkeypatch.setattr(search_beside, "_MOST_PIECES", -1)
    assert states(tmp_path / "alone.crm") == beside


def test_a_ledger_of_more_pieces_than_are_left_unmerged_comes_in(book: Book) -> None:
    take_a_ledger(book, 2_100)
    assert pieces_of(book) < 1_000
    assert book.check() == []
    with book.read() as reader:
        assert len(search.find(reader, "示例2099-2")) == 1


def take(book: Book, many: Sequence[bytes], room: int | None = None) -> None:
    """Take in enterprises of which the index is told these words; ``room``: by how many pages the book may grow."""
    with book.unit("Take") as unit:
        unit.expect_many()
        if room is not None:
            pages = unit.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            unit.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + room}")
        for words in many:
            known = KnownEntries(PackedEntries(b"[[1,null]]", words, 1), range(1))
            unit.insert_stored(Enterprise, store_all(Enterprise, [{"name": "示例公司"}]), known)
        unit.commit()


def is_as_before(book: Book, before: list[Any]) -> bool:
    """Say whether nothing came in, nothing is under way any more, and the next ledger does come in."""
    stood = shadow_tables(book) == before and "indexing" not in [one.name for one in threading.enumerate()]
    take_a_ledger(book, 4)
    return stood and book.check() == []


def test_a_disk_that_is_full_of_words_is_told(book: Book) -> None:
    take_a_ledger(book, 4)
    before = shadow_tables(book)
    with pytest.raises(Refused, match="磁盘"):
        take(book, [json.dumps([" ".join(f"w{n}" for n in range(50_000))]).encode()], room=40)
    with book.unit("Make room") as unit:
        unit.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert is_as_before(book, before)


def test_words_that_are_none_far_below_leave_nothing(book: Book) -> None:
    take_a_ledger(book, 4)
    before = shadow_tables(book)
    with pytest.raises(BrokenEntries):
        take(book, [b'["a"]'] * 20 + [b'["a"'] + [b'["a"]'] * 20)
    assert is_as_before(book, before)
