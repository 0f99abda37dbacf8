"""What a password costs: the same work in an encrypted book and in a plain one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.measure import Measure
from bench.stock import Stock
from crm_app.domain.enterprises import Category, Enterprise
from crm_app.domain.views import Query
from crm_app.services import lists, protection
from crm_app.services.book import Book, close_book, create_book, open_book
from crm_app.services.leads import LogLead, log_lead
from crm_app.services.search import search

BULK = 2_000
_PASSPHRASE = "石门大桥 2023"
_PLAIN = "the same in a plain book"


def _first_page(book: Book) -> object:
    return lists.first_rows(book, Query("enterprises"))


def _fill(book: Book, first: int, amount: int) -> None:
    with book.unit("bench") as unit:
        rows = [
            {"name": f"示例{n}号新材料有限公司", "region": "重庆市", "category": Category.COMPANY}
            for n in range(first, first + amount)
        ]
        unit.insert_many(Enterprise, rows)
        unit.commit()


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield opening, saving, finding and reading, over so many enterprises."""
    recovery = protection.new_recovery_key()
    secret, plain = stock.fresh("secret"), stock.fresh("plain")
    for made in (create_book(secret, _PASSPHRASE, recovery), create_book(plain)):
        _fill(made, 0, rows)
        close_book(made)

    def opening(path: Path, word: str | None = None) -> Callable[[], object]:
        def run() -> None:
            book = open_book(path, word)
            _first_page(book)
            close_book(book)

        return run

    # The recovery key needs no stretching: the difference of the two is what Argon2id takes, once for each opening.
    yield Measure("open by password, first page", opening(secret, _PASSPHRASE), opening(plain), _PLAIN)
    yield Measure("open by recovery key, first page", opening(secret, recovery), opening(plain), _PLAIN)

    guarded, open_to_all = open_book(secret, recovery), open_book(plain)
    numbers = itertools.count(rows)

    def on(book: Book, work: Callable[[Book], object]) -> Callable[[], object]:
        return lambda: work(book)

    def save(book: Book) -> None:
        log_lead(book, LogLead(f"示例{next(numbers)}号新能源有限公司", contact="张总", next_step="下周三 回访"))

    def save_many(book: Book) -> None:
        _fill(book, next(numbers) * BULK, BULK)

    for name, work in (
        ("save a lead", save),
        (f"save {BULK:,} enterprises", save_many),
        ("find by two characters", lambda book: search(book, "能源")),
        ("a page of enterprises", _first_page),
    ):
        yield Measure(f"{name}, encrypted", on(guarded, work), on(open_to_all, work), _PLAIN)
    close_book(guarded)
    close_book(open_to_all)
