from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from crm_app import clock
from crm_app.domain.enterprises import Category
from crm_app.services import book as books
from crm_app.services import enterprises, staff
from crm_app.services.book import Book
from tests.templates import new_book, sample_file

TODAY = date(2023, 6, 14)
"""A Wednesday."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "t.crm")
    clock.pin_today(TODAY)
    yield made
    made.close()


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Book]:
    """The sample of its own day, for one test alone."""
    opened = books.open_book(sample_file(tmp_path / "sample.crm"))
    yield opened
    books.close_book(opened)


@dataclass(frozen=True)
class Bureau:
    """A book that belongs to 单晓, with a colleague and three enterprises."""

    book: Book
    me: UUID
    colleague: UUID
    battery: UUID
    motors: UUID
    association: UUID


@pytest.fixture
def bureau(book: Book) -> Bureau:
    from_name = {
        name: enterprises.create_enterprise(book, name=name).value for name in ("渝能电池(示例)", "江驰电机(示例)")
    }
    association = enterprises.create_enterprise(book, name="西部动力协会(示例)", category=Category.ASSOCIATION).value
    return Bureau(
        book,
        books.be(book, "单晓").value,
        staff.add_colleague(book, name="曾敏", level="区领导带队").value,
        from_name["渝能电池(示例)"],
        from_name["江驰电机(示例)"],
        association,
    )
