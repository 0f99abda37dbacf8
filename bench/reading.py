"""Finding and reading: the whole service call against LIKE, on the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from bench.measure import Measure
from crm_app.domain.enterprises import Category, Enterprise
from crm_app.services.book import create_book
from crm_app.services.enterprises import list_enterprises
from crm_app.services.search import search

ROWS = 20_000
_FIRST = "华中恒瑞鑫天盛宏泰博远安科正嘉凯德"
_SECOND = "达信泰科源创业通盛华兴瑞丰安宁远"


def measures(folder: Path) -> Iterator[Measure]:
    """Yield a search by two characters and the first page of the list, over 20,000 enterprises."""
    book = create_book(folder / "reading.crm")
    with book.unit("bench") as unit:
        rows = [
            {
                "name": f"{_FIRST[n % 17]}{_SECOND[n // 17 % 16]}{n}号新材料有限公司",
                "category": Category.COMPANY,
            }
            for n in range(ROWS)
        ]
        unit.insert_many(Enterprise, rows)
        unit.commit()

    def like() -> None:
        with book.read() as reader:
            reader.rows(text("SELECT id, name FROM enterprise WHERE name LIKE '%恒泰%' LIMIT 20"))
            reader.rows(text("SELECT count(*) FROM enterprise WHERE name LIKE '%恒泰%'"))

    def bare_page() -> None:
        with book.read() as reader:
            reader.rows(text("SELECT * FROM enterprise ORDER BY pinyin, id LIMIT 100"))

    yield Measure(
        "search by two characters, 20,000", lambda: search(book, "恒泰"), like, "LIKE over the names, counted"
    )
    yield Measure("first page of the list, 20,000", lambda: list_enterprises(book), bare_page, "the bare 100 rows")
    book.close()
