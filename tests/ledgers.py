"""A ledger as an import hands it to the book, in blocks, and what it leaves in the search index."""

from __future__ import annotations

from crm_app.db.book import Book
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import store_all
from crm_app.domain.search_documents import KnownEntries, entries, pack


def take_a_ledger(book: Book, blocks: int) -> None:
    """Take in so many blocks of three enterprises."""
    with book.unit("Take") as unit:
        unit.expect_many()
        for block in range(blocks):
            columns = store_all(Enterprise, [{"name": f"示例{block}-{n}"} for n in range(3)])
            known = KnownEntries(pack([entries("enterprise", columns)]), range(3))
            unit.insert_stored(Enterprise, columns, known)
        unit.commit()


def pieces_of(book: Book) -> int:
    """Return of how many pieces the search index consists."""
    with book.read() as reader:
        return int(reader.rows_of("SELECT count(DISTINCT segid) FROM search_text_idx")[0][0])
