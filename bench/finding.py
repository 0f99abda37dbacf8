"""Finding: the whole service call against LIKE over the same texts, by what is typed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import text

from bench.measure import GOALS_FROM, Measure
from bench.stock import Stock
from crm_app.domain import pinyin
from crm_app.services.book import Book, close_book, open_book
from crm_app.services.search import search

_CALLS = 30
_LIKES = 4
"""Calls of LIKE in a round, of a million names: each takes a second."""
_NAMES = 30
_TWO = ("苏州", "储能", "科技", "厂房", "电池", "光伏")
_FOUR = ("有限公司", "成都高新", "标准厂房", "智能制造")
_ONE = ("公", "新", "电", "的", "1", "k")
_PHONE = ("1386", "8888", "7437", "697618", "15088573934", "18612")


def _names(book: Book, rows: int) -> list[str]:
    chance = random.Random(3)
    with book.read() as reader:
        statement = text("SELECT name FROM enterprise LIMIT 1 OFFSET :n")
        return [reader.rows(statement, {"n": chance.randrange(rows)})[0]["name"] for _name in range(_NAMES)]


def _terms(names: Sequence[str]) -> dict[str, Sequence[str]]:
    """Return what is typed, by what it is called."""
    return {
        "one character": _ONE,
        "two characters": [*_TWO, *(name[at : at + 2] for at, name in zip([0, 2, 4] * _NAMES, names, strict=False))],
        "four characters": [*_FOUR, *(name[2:6] for name in names)],
        "initials": [pinyin.initials(name)[at : at + 4] for at, name in zip([0, 2] * _NAMES, names, strict=False)],
        "pinyin": ["".join(pinyin.full(name).split()[2:4]) for name in names],
        "initials and characters": [pinyin.initials(name[2:4]) + name[4:6] for name in names],
        "a piece of a phone": _PHONE,
        "a whole name": names,
    }


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield a search for each kind of term."""
    book = open_book(stock.book(rows))
    for words, terms in _terms(_names(book, rows)).items():
        yield Measure(
            f"search: {words}",
            _each(terms, lambda term: search(book, term)),
            _each(terms, lambda term: _like(book, term)),
            "LIKE over names, phones and notes",
            goal=1 / 30 if rows >= GOALS_FROM and words != "one character" else None,
            goal_ms=5 if rows <= 100_000 and words != "one character" else 20,
            calls=_CALLS,
            floor_calls=_CALLS if rows <= 100_000 else _LIKES,
            rounds=9 if rows <= 100_000 else 3,
        )
    close_book(book)


def _each(terms: Sequence[str], ask: Callable[[str], object]) -> Callable[[], None]:
    """Return a run that asks for the next term each time."""
    at = iter(range(1 << 62))

    def run() -> None:
        ask(terms[next(at) % len(terms)])

    return run


def _like(book: Book, term: str) -> None:
    with book.read() as reader:
        for column in ("enterprise.name", "contact.phone", "lead.note"):
            table, name = column.split(".")
            reader.rows(text(f"SELECT count(*) FROM {table} WHERE {name} LIKE :term"), {"term": f"%{term}%"})
