"""Reading: the whole service call against the bare statement, on the same rows."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from bench.measure import Measure
from bench.stock import Stock
from crm_app.domain.views import Query
from crm_app.services import lists
from crm_app.services.book import close_book, open_book


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield the first page of the list."""
    book = open_book(stock.book(rows))

    def bare_page() -> None:
        with book.read() as reader:
            reader.rows(text("SELECT * FROM enterprise ORDER BY pinyin, id LIMIT 100"))

    query = Query("enterprises")
    yield Measure("first page of the list", lambda: lists.first_rows(book, query), bare_page, "the bare 100 rows")
    close_book(book)
