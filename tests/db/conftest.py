from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_app.db.book import Book
from tests.templates import bare_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """An empty book without the lists that ship."""
    made = bare_book(tmp_path / "book.crm")
    yield made
    made.close()
