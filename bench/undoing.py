"""Taking an import back and doing it again, against the floor of importing the same file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench import floor
from bench.measure import GOALS_FROM, ROUNDS, Measure, Run
from bench.stock import LARGEST_TEXT, Stock
from crm_app.services import changes
from crm_app.services.book import Book, close_book, open_book
from crm_app.services.enterprises import create_enterprise

_FLOOR_IS = "reading and storing the file bare (floor.py)"


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield undo and redo of one import, each round in a book that is as it was imported.

    Each undo and redo leaves an entry in the journal for every record, so that the twentieth takes half as long again.
    At first the import is all the book holds, and its index is emptied at once; at last something else stays in it.
    """
    file, imported = stock.csv(rows, "gb18030"), stock.imported(rows)
    held: list[Book] = []

    def close() -> None:
        while held:
            close_book(held.pop())

    def fresh(*before: Callable[[Book], object]) -> Run:
        def prepare() -> None:
            close()
            held.append(open_book(stock.copied(imported, "undoing")))
            for work in before:
                work(held[0])

        return prepare

    fresh()()
    step = changes.list_units(held[0], limit=1)[0].n

    def undo(book: Book) -> object:
        return changes.undo_unit(book, step)

    def measure(name: str, ours: Callable[[Book], object], prepare: Run, goal: float | None = None) -> Measure:
        def store() -> None:
            floor.import_file(file, stock.fresh("floor-of-undoing"))

        # Each of a million takes minutes, and a copy of three gigabytes: once, which says how it grows.
        rounds = ROUNDS if rows <= LARGEST_TEXT else 1
        return Measure(name, lambda: ours(held[0]), store, _FLOOR_IS, goal=goal, prepare=prepare, rounds=rounds)

    goal = 0.5 if rows >= GOALS_FROM else None
    yield measure("undo of an import", undo, fresh(), goal)
    yield measure("redo of an import", lambda book: changes.redo_unit(book, step), fresh(undo))
    yield measure("what undoing an import would do", lambda book: changes.preview_undo(book, step), fresh())
    yield measure("undo of an import beside other records", undo, fresh(_enter_another), goal)
    close()


def _enter_another(book: Book) -> None:
    create_enterprise(book, name="示例之外有限公司")
