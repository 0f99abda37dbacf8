"""Taking an import back and doing it again, against the floor of importing the same file."""

from __future__ import annotations

from collections.abc import Iterator

from bench import floor
from bench.measure import Measure
from bench.stock import Stock
from crm_app.services import changes
from crm_app.services.book import close_book, open_book
from crm_app.services.enterprises import create_enterprise

_MANY = 100_000


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield undo and redo of one import; one is what the other needs before it, so each prepares the next.

    At first the import is all the book holds, and its index is emptied at once; at last something else stays in it.
    Of a million it is only undone, once.
    """
    file = stock.csv(rows, "gb18030")
    book = open_book(stock.copied(stock.imported(rows), "undoing"))
    step = changes.list_units(book, limit=1)[0].n
    stands = True

    def toggle() -> None:
        nonlocal stands
        (changes.undo_unit if stands else changes.redo_unit)(book, step)
        stands = not stands

    def standing(wanted: bool) -> None:
        if stands is not wanted:
            toggle()

    def store() -> None:
        floor.import_file(file, stock.fresh("floor-of-undoing"))

    floor_is = "reading and storing the file bare (floor.py)"
    rounds = 5 if rows <= _MANY else 1
    yield Measure(
        "undo of an import",
        toggle,
        store,
        floor_is,
        goal=0.5,
        prepare=lambda: standing(True),
        rounds=rounds,
    )
    if rows > _MANY:
        close_book(book)
        return
    yield Measure("redo of an import", toggle, store, floor_is, prepare=lambda: standing(False), rounds=rounds)
    yield Measure(
        "what undoing an import would do",
        lambda: changes.preview_undo(book, step),
        store,
        floor_is,
        prepare=lambda: standing(True),
        rounds=rounds,
    )
    standing(True)
    create_enterprise(book, name="示例之外有限公司")
    yield Measure(
        "undo of an import beside other records",
        toggle,
        store,
        floor_is,
        goal=0.5,
        prepare=lambda: standing(True),
        rounds=rounds,
    )
    close_book(book)
