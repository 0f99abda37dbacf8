"""Rows of an import compared with the book: who is found, and what it takes where a ledger was undone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from crm_app.db import duplicates
from crm_app.db.book import Book
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.likeness import traits

LETTERS = "甲乙丙丁戊己庚辛"


def found_and_looks(book: Book, asked: Sequence[str]) -> tuple[list[list[str]], int]:
    """Return the names that are found for each, and how many thousand steps of SQLite's machine that took."""
    looks = 0

    def look() -> bool:
        nonlocal looks
        looks += 1
        return False

    with book.read() as reader, reader.until(look):
        found = duplicates.like_many(reader, [traits(name) for name in asked])
    return [[one.name for one in some] for some in found], looks


def take_and_undo(book: Book, names: Sequence[str]) -> None:
    with book.unit("Take") as unit:
        unit.insert_many(Enterprise, [{"name": name} for name in names])
        unit.commit()
    book.undo()


def test_a_ledger_that_was_undone_costs_the_next_one_little(book: Book) -> None:
    with book.unit("Keep") as unit:
        unit.insert(Enterprise, name="示例辛辛辛辛辛新能源科技有限公司")
        unit.commit()
    names = ["示例" + "".join(some) + "新能原科技有限公司" for some in product(LETTERS, repeat=4)]
    asked = [*names[::20], "示例辛辛辛辛辛新能源"]
    take_and_undo(book, names[::4])
    _found, before = found_and_looks(book, asked)
    take_and_undo(book, names)
    found, after = found_and_looks(book, asked)
    assert found[-1] == ["示例辛辛辛辛辛新能源科技有限公司"]
    assert after < 2 * before
