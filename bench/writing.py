"""Saving: a whole use case against the bare statements with the same SQLite and the same durability."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from sqlcipher3 import dbapi2

from bench.measure import Measure
from bench.stock import Stock
from crm_app.domain.enterprises import Category, Enterprise
from crm_app.services.book import create_book
from crm_app.services.leads import LogLead, log_lead

ROWS = 2_000


def _floor_book(path: Path) -> dbapi2.Connection:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE e(id BLOB PRIMARY KEY, name TEXT, region TEXT, note TEXT)")
    return connection


def measures(stock: Stock, _rows: int) -> Iterator[Measure]:
    """Yield one save and a bulk of enterprises."""
    book = create_book(stock.fresh("writing"))
    floor = _floor_book(stock.fresh("floor-of-writing"))
    numbers = itertools.count()

    def one() -> None:
        log_lead(book, LogLead(f"示例{next(numbers)}号新能源有限公司", contact="张总", next_step="下周三 回访"))

    def bare_one() -> None:
        floor.execute("BEGIN IMMEDIATE")
        for _table in range(5):
            floor.execute(
                "INSERT INTO e VALUES (randomblob(16), ?, ?, ?)", (f"示例{next(numbers)}号", "重庆市", "备注")
            )
        floor.execute("COMMIT")

    def many() -> None:
        with book.unit("bench") as unit:
            rows = [
                {"name": f"示例{next(numbers)}号", "region": "重庆市", "category": Category.COMPANY}
                for _n in range(ROWS)
            ]
            unit.insert_many(Enterprise, rows)
            unit.commit()

    def bare_many() -> None:
        rows = [(f"示例{next(numbers)}号", "重庆市", "备注") for _n in range(ROWS)]
        floor.execute("BEGIN IMMEDIATE")
        floor.executemany("INSERT INTO e VALUES (randomblob(16), ?, ?, ?)", rows)
        floor.execute("COMMIT")

    one()
    yield Measure("log a lead", one, bare_one, "five bare inserts in one durable transaction")
    yield Measure(
        f"insert {ROWS:,} enterprises", many, bare_many, "the same rows into one bare table: no journal, no index"
    )
    floor.close()
    book.close()
