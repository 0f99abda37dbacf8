"""The figures of the sample's half-year against bare reads of the tables they are worked out from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import text

from bench.measure import Measure
from bench.stock import Stock
from crm_app.services import demo, figures
from crm_app.services.book import close_book, create_book

_FIRST, _LAST = date(2023, 1, 1), date(2023, 6, 30)
_TABLES = (
    *("project", "signing", "investor", "project_park", "stage_entry", "milestone", "fund", "project_set"),
    *("project_set_item", "lead", "label", "trip", "trip_member", "visit", "visit_person", "event"),
    *("target", "forecast", "ranking", "annual", "person", "setting"),
)


def measures(stock: Stock, _rows: int) -> Iterator[Measure]:
    """Yield every figure of the half-year the program is accepted by."""
    book = create_book(stock.fresh("figures"))
    demo.fill(book)

    def bare() -> None:
        with book.read() as reader:
            for table in _TABLES:
                reader.rows(text(f'SELECT * FROM "{table}"'))

    yield Measure(
        "every figure of the sample's half-year",
        lambda: figures.figures(book, _FIRST, _LAST),
        bare,
        f"bare reads of {len(_TABLES)} tables",
    )
    close_book(book)
