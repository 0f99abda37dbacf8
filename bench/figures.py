"""The figures of a half-year against bare reads of the tables they are worked out from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bench.measure import Measure
from bench.stock import Stock
from crm_app.services import demo, figures
from crm_app.services.book import Book, close_book, create_book, open_book

_FIRST, _LAST = date(2023, 1, 1), date(2023, 6, 30)
_TABLES = (
    *("project", "signing", "investor", "project_park", "stage_entry", "milestone", "fund", "project_set"),
    *("project_set_item", "lead", "label", "trip", "trip_member", "visit", "visit_person", "event"),
    *("target", "forecast", "ranking", "annual", "person", "setting"),
)


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield every figure of the half-year the program is accepted by, and of one in a book of so many enterprises."""
    sample = create_book(stock.fresh("figures"))
    demo.fill(sample)
    yield _all(sample, "the sample")
    close_book(sample)
    book = open_book(stock.book(rows))
    yield _all(book, "the whole book")
    close_book(book)


def _all(book: Book, words: str) -> Measure:
    def bare() -> None:
        with book.read() as reader:
            for table in _TABLES:
                reader.rows_of(f'SELECT * FROM "{table}"')

    return Measure(
        f"every figure of a half-year of {words}",
        lambda: figures.figures(book, _FIRST, _LAST),
        bare,
        f"bare reads of {len(_TABLES)} tables",
        rounds=3,
    )
