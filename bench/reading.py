"""Reading: the whole service call against the bare statement, on the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from sqlalchemy import text

from bench.history import day_of
from bench.measure import Measure
from bench.stock import Stock
from crm_app.domain.views import Query
from crm_app.services import calendar, lists
from crm_app.services.book import Book, close_book, open_book


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield the first page of the list, and a month and a week of the calendar at the end of the made-up history."""
    book = open_book(stock.book(rows))

    def bare_page() -> None:
        with book.read() as reader:
            reader.rows(text("SELECT * FROM enterprise ORDER BY pinyin, id LIMIT 100"))

    query = Query("enterprises")
    yield Measure("first page of the list", lambda: lists.first_rows(book, query), bare_page, "the bare 100 rows")
    last = day_of(870)
    monday = last - timedelta(days=last.weekday())
    for name, first, until, per_day in (
        ("month", monday - timedelta(weeks=2), monday + timedelta(weeks=4, days=-1), 12),
        ("week", monday, monday + timedelta(days=6), 40),
    ):
        yield Measure(
            f"a {name} of the calendar",
            partial(calendar.between, book, first, until, per_day=per_day),
            partial(_bare_days, book, first, until),
            "the steps and visits of the days by bare SQL",
        )
    close_book(book)


def _bare_days(book: Book, first: date, until: date) -> None:
    days = {"first": first.isoformat(), "until": until.isoformat()}
    with book.read() as reader:
        for table, day in (("task", "due"), ("visit", '"on"'), ("follow_up", '"on"')):
            statement = f"SELECT id, {day} FROM {table} WHERE {day} BETWEEN :first AND :until ORDER BY {day}, id"
            reader.rows(text(statement), days)
