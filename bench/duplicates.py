"""The same enterprise once: a scan of the whole book, and who may be meant while a name is typed.

One in twenty stands in the book a second time without its code: without the legal form or the place, cut off, or with a
slip; three in ten of those with the same phone.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from sqlalchemy import text

from bench import words
from bench.enterprises import NAME, SEED, enterprise
from bench.measure import Measure
from bench.stock import Stock
from crm_app.domain import phones
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise
from crm_app.services import duplicates
from crm_app.services.book import Book, close_book, open_book

_EVERY = 20
_PHONE = 6
_TYPED = 200
_GOAL_IS_FOR = 100_000


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield the scan and the suggestions."""
    book = stock.opened(rows, "duplicates")
    enter_again(book, rows)
    close_book(book)
    alone = stock.fresh("duplicates-alone")
    shutil.copyfile(book.path, alone)
    book = open_book(book.path)
    typed = cycle(_again(random.Random(SEED), enterprise(n)) for n in range(0, rows, max(rows // _TYPED, 1)))

    def bare_read() -> None:
        with book.read() as reader:
            reader.rows(text("SELECT id, name, name_key, uscc, address FROM enterprise"))

    def like() -> None:
        with book.read() as reader:
            reader.rows(text("SELECT id, name FROM enterprise WHERE name LIKE :words"), {"words": f"%{next(typed)}%"})

    yield Measure(
        "scan for duplicates",
        lambda: duplicates.scan(book),
        bare_read,
        "the bare rows read",
        # As much for each enterprise of a larger book: the growth is to be close to linear.
        goal_ms=20_000 * max(1, rows // _GOAL_IS_FOR),
        rounds=5 if rows <= _GOAL_IS_FOR else 1,
        memory=["-m", "bench.duplicates", str(alone)],
        goal_mb=500 if rows <= _GOAL_IS_FOR else None,
    )
    yield Measure(
        "who may be meant, while typing",
        lambda: duplicates.suggest(book, next(typed)),
        like,
        "LIKE over the names",
        goal_ms=10,
        calls=50,
        floor_calls=50 if rows <= 100_000 else 5,
        rounds=5 if rows <= 100_000 else 3,
    )
    close_book(book)


def enter_again(book: Book, rows: int) -> None:
    """Enter every twentieth enterprise a second time, as a person in a hurry does."""
    chance = random.Random(SEED)
    with book.unit("entered again") as unit:
        chosen = [enterprise(n) for n in range(0, rows, _EVERY)]
        made = unit.insert_many(Enterprise, [{"name": _again(chance, row)} for row in chosen])
        for row, one in zip(chosen, made, strict=True):
            if chance.random() < 0.3:
                contact = unit.insert(Contact, name=row[_PHONE - 1], phone=phones.parse(row[_PHONE]))
                unit.insert(Position, contact_id=contact, enterprise_id=one)
        unit.commit()


def _again(chance: random.Random, row: list[str]) -> str:
    name = row[NAME]
    way = chance.randrange(4)
    if way == 0:
        return name.removesuffix("有限公司").removesuffix("股份")
    if way == 1:
        return name[2:]
    if way == 2:
        return name[:6]
    return name[:3] + chance.choice(words.SECOND) + name[4:]


def scan_alone(path: Path) -> None:
    """Scan a book and nothing else, for its memory to be watched."""
    book = open_book(path)
    duplicates.scan(book)
    close_book(book)


if __name__ == "__main__":
    scan_alone(Path(sys.argv[1]))
