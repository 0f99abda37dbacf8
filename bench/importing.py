"""Importing, previewing and importing again, against the floor of storing the same file bare (floor.py)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import floor
from bench.measure import GOALS_FROM, ROUNDS, Measure
from bench.stock import LARGEST_TEXT, Stock
from crm_app.db.book import Book
from crm_app.services import imports
from crm_app.services.book import close_book, create_book, open_book

_FLOOR_IS = "reading and storing the file bare (floor.py)"
_HISTORY = 10
"""One visit or follow-up for so many enterprises."""

_UNTIL_READY = 1.0
"""Seconds in which a child that reads ledgers has loaded what it reads them with."""

_ALONE = """
import sys; from pathlib import Path
from crm_app.services import imports; from crm_app.services.book import create_book
imports.take(create_book(Path(sys.argv[1])), Path(sys.argv[2]), "enterprises")
"""


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield the import of a workbook and of a GB18030 text, then what is done with a book that holds them."""
    whole = rows <= LARGEST_TEXT
    # A million takes minutes: once, which says how it grows.
    rounds = ROUNDS if whole else 1
    for name, file in (("xlsx", stock.xlsx(rows)), ("GB18030 CSV", stock.csv(rows, "gb18030")))[: 2 if whole else 1]:
        yield Measure(
            f"import of {name}",
            _into_a_new_book(stock, file),
            _bare(stock, file),
            _FLOOR_IS,
            goal=1.0 if rows >= GOALS_FROM else None,
            goal_mb=400 if whole else None,
            goal_growth=12.5,
            prepare=_page_is_open,
            rounds=rounds,
            memory=("-c", _ALONE, str(stock.fresh("memory-of-importing")), str(file)),
        )
    file = stock.ledger(rows)
    book = open_book(stock.copied(stock.imported(rows), "holding"))
    known = _bare(stock, file)
    if whole:
        yield Measure("sqlite-utils with full text", _sqlite_utils(stock, file), known, _FLOOR_IS)
    yield Measure(
        "the same file again",
        _again(book, file),
        known,
        _FLOOR_IS,
        goal=0.6 if rows >= GOALS_FROM else None,
        prepare=_page_is_open,
        rounds=rounds,
    )
    some = stock.again(rows, max(rows // 10, 100))
    yield Measure(
        "preview of known and new ones",
        _preview(book, some, "enterprises"),
        _bare(stock, some),
        _FLOOR_IS,
        goal=0.5 if rows >= GOALS_FROM else None,
        prepare=_page_is_open,
        rounds=rounds,
    )
    amount = max(rows // _HISTORY, 100)
    for name, history in (("visits", stock.visits(rows, amount)), ("follow-ups", stock.follow_ups(rows, amount))):
        yield Measure(
            f"preview of {name}",
            _preview(book, history),
            _bare(stock, some),
            f"as many rows: {_FLOOR_IS}",
            prepare=_page_is_open,
            rounds=rounds,
        )
    close_book(book)


def _page_is_open() -> None:
    """Stand where a user does who chooses a file: the import page is open, and a child waits."""
    imports.make_ready()
    time.sleep(_UNTIL_READY)


def _into_a_new_book(stock: Stock, file: Path) -> Callable[[], object]:
    def run() -> None:
        book = create_book(stock.fresh("importing"))
        imports.take(book, file, "enterprises")
        close_book(book)

    return run


def _bare(stock: Stock, file: Path) -> Callable[[], object]:
    return lambda: floor.import_file(file, stock.fresh("floor-of-importing"))


def _sqlite_utils(stock: Stock, file: Path) -> Callable[[], object]:
    return lambda: floor.sqlite_utils_import(file, stock.fresh("sqlite-utils"))


def _again(book: Book, file: Path) -> Callable[[], object]:
    return lambda: imports.apply(book, imports.plan(book, file, "enterprises"))


def _preview(book: Book, file: Path, kind: str = "auto") -> Callable[[], object]:
    return lambda: imports.plan(book, file, kind)
